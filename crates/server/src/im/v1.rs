//! `im.v1`

mod batch_message;
mod chat;
mod chat_managers;
mod chat_members;
mod chat_menu_item;
mod chat_menu_tree;
mod chat_moderation;
mod chat_nickname;
mod chat_p2p;
mod chat_tab;
mod chat_top_notice;
mod chat_user_setting;
mod file;
mod flag;
mod image;
mod message;
mod message_reaction;
mod message_resource;
mod pin;
mod thread;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    let routes = image::routes(routes);
    let routes = file::routes(routes);
    let routes = flag::routes(routes);
    let routes = message::routes(routes);
    let routes = message_reaction::routes(routes);
    let routes = message_resource::routes(routes);
    let routes = batch_message::routes(routes);
    let routes = pin::routes(routes);
    let routes = thread::routes(routes);
    let routes = chat::routes(routes);
    let routes = chat_managers::routes(routes);
    let routes = chat_members::routes(routes);
    let routes = chat_menu_item::routes(routes);
    let routes = chat_menu_tree::routes(routes);
    let routes = chat_moderation::routes(routes);
    let routes = chat_nickname::routes(routes);
    let routes = chat_p2p::routes(routes);
    let routes = chat_tab::routes(routes);
    let routes = chat_top_notice::routes(routes);
    chat_user_setting::routes(routes)
}
