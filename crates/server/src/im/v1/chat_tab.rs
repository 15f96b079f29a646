//! `im.v1.chat_tab`

mod create;
mod delete_tabs;
mod list_tabs;
mod sort_tabs;
mod update_tabs;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(create::handle)
        .endpoint(delete_tabs::handle)
        .endpoint(list_tabs::handle)
        .endpoint(sort_tabs::handle)
        .endpoint(update_tabs::handle)
}
