//! `im.v1.chat_nickname`

mod delete;
mod get;
mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(delete::handle).endpoint(get::handle).endpoint(update::handle)
}
