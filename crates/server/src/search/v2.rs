//! `search.v2`

mod message;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    message::routes(routes)
}
