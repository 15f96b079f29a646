//! `cardkit`

mod v1;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    v1::routes(routes)
}
