//! `platform`

mod app;
mod card_template;
mod chat;
mod connection;
mod tenant;
mod trigger;
mod user;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    let routes = app::routes(routes);
    let routes = card_template::routes(routes);
    let routes = chat::routes(routes);
    let routes = connection::routes(routes);
    let routes = tenant::routes(routes);
    user::routes(routes).endpoint(trigger::handle)
}
