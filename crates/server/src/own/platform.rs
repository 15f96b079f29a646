//! `platform`

mod app;
mod connection;
mod trigger;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    let routes = app::routes(routes);
    connection::routes(routes).endpoint(trigger::handle)
}
