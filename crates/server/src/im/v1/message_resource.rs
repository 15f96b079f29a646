//! `im.v1.message_resource`

mod get;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.download(get::handle)
}
