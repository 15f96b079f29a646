//! `im.v1.chat_members`

mod bots;
mod create;
mod delete;
mod get;
mod is_in_chat;
mod list;
mod me_join;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(bots::handle)
        .endpoint(create::handle)
        .endpoint(delete::handle)
        .endpoint(get::handle)
        .endpoint(is_in_chat::handle)
        .endpoint(list::handle)
        .endpoint(me_join::handle)
}
