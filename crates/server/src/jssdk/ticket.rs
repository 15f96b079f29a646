//! `jssdk.ticket`

mod get;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(get::handle)
}
