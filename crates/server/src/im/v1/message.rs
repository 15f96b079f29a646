//! `im.v1.message`

mod create;
mod delete;
mod get;
mod list;
mod mget;
mod patch;
mod push_follow_up;
mod read_users;
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
        .endpoint(patch::handle)
        .endpoint(push_follow_up::handle)
        .endpoint(read_users::handle)
        .endpoint(reply::handle)
        .endpoint(update::handle)
}
