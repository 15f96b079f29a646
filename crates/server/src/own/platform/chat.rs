//! `platform.chat`

mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(update::handle)
}
