//! `search`

mod v2;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    v2::routes(routes)
}
