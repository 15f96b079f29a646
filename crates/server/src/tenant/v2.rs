//! `tenant.v2`

mod tenant;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    tenant::routes(routes)
}
