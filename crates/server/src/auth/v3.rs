//! `auth.v3`

mod auth;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    auth::routes(routes)
}
