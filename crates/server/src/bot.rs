//! `bot`

mod v3;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    v3::routes(routes)
}
