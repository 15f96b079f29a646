//! `search.v1`

mod user;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    user::routes(routes)
}
