//! `platform.app`

mod create;
mod get;
mod list;
mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(create::handle).endpoint(get::handle).endpoint(list::handle).endpoint(update::handle)
}
