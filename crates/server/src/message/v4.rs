//! `message.v4`

mod batch_send;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    batch_send::routes(routes)
}
