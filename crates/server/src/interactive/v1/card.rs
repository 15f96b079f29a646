//! `interactive.v1.card`

mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(update::handle)
}
