//! `im.v1.chat`

mod create;
mod delete;
mod get;
mod list;
mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(create::handle)
        .endpoint(delete::handle)
        .endpoint(get::handle)
        .endpoint(list::handle)
        .endpoint(update::handle)
}
