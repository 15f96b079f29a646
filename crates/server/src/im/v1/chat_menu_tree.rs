//! `im.v1.chat_menu_tree`

mod create;
mod delete;
mod get;
mod sort;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(create::handle).endpoint(delete::handle).endpoint(get::handle).endpoint(sort::handle)
}
