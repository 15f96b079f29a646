//! `search`

mod v1;
mod v2;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    v2::routes(v1::routes(routes))
}
