//! `im.v1.thread`

mod forward;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(forward::handle)
}
