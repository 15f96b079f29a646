//! `im.v1.message`

mod create;
mod delete;
mod get;
mod list;
mod mget;
mod reply;
mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(create::handle)
        .endpoint(delete::handle)
        .endpoint(get::handle)
        .endpoint(list::handle)
        .endpoint(mget::handle)
        .endpoint(reply::handle)
        .endpoint(update::handle)
}
