//! `event.v1`

mod outbound_ip;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    outbound_ip::routes(routes)
}
