//! `bot`

mod v3;
mod v4;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    v4::routes(v3::routes(routes))
}
