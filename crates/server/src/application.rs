//! `application`

mod v6;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    v6::routes(routes)
}
