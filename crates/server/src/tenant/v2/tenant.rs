//! `tenant.v2.tenant`

mod query;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(query::handle)
}
