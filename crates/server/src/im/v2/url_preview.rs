//! `im.v2.url_preview`

mod batch_update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(batch_update::handle)
}
