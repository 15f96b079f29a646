//! `search.v2.message`

mod create;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(create::handle)
}
