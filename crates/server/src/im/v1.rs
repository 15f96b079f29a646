//! `im.v1`

mod batch_message;
mod chat;
mod chat_members;
mod file;
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
    let routes = message::routes(routes);
    let routes = message_reaction::routes(routes);
    let routes = message_resource::routes(routes);
    let routes = batch_message::routes(routes);
    let routes = pin::routes(routes);
    let routes = thread::routes(routes);
    let routes = chat::routes(routes);
    chat_members::routes(routes)
}
