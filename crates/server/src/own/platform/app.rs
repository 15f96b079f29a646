//! `platform.app`

mod create;
mod delete;
mod get;
mod list;
mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    let routes = routes.endpoint(create::handle).endpoint(delete::handle);
    routes.endpoint(get::handle).endpoint(list::handle).endpoint(update::handle)
}
