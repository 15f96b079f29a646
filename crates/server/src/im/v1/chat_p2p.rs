//! `im.v1.chat_p2p`

mod batch_query;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(batch_query::handle)
}
