//! `im.v1.batch_message`

mod delete;
mod get_progress;
mod read_user;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(delete::handle).endpoint(get_progress::handle).endpoint(read_user::handle)
}
