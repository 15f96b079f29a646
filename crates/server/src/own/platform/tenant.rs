//! `platform.tenant`

mod get;
mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(get::handle).endpoint(update::handle)
}
