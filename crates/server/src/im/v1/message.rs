//! `im.v1.message`

mod create;
mod delete;
mod forward;
mod get;
mod list;
mod merge_forward;
mod mget;
mod patch;
mod push_follow_up;
mod read_status;
mod read_users;
mod reply;
mod search;
mod update;
mod urgent_app;
mod urgent_phone;
mod urgent_sms;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(create::handle)
        .endpoint(delete::handle)
        .endpoint(forward::handle)
        .endpoint(get::handle)
        .endpoint(list::handle)
        .endpoint(merge_forward::handle)
        .endpoint(mget::handle)
        .endpoint(patch::handle)
        .endpoint(push_follow_up::handle)
        .endpoint(read_status::handle)
        .endpoint(read_users::handle)
        .endpoint(reply::handle)
        .endpoint(search::handle)
        .endpoint(update::handle)
        .endpoint(urgent_app::handle)
        .endpoint(urgent_phone::handle)
        .endpoint(urgent_sms::handle)
}
