//! `im.v1.pin`

mod create;
mod delete;
mod list;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(create::handle).endpoint(delete::handle).endpoint(list::handle)
}
