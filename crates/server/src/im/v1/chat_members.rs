//! `im.v1.chat_members`

mod create;
mod delete;
mod get;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(create::handle).endpoint(delete::handle).endpoint(get::handle)
}
