//! `jssdk`

mod ticket;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    ticket::routes(routes)
}
