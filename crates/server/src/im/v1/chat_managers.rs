//! `im.v1.chat_managers`

mod add_managers;
mod delete_managers;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(add_managers::handle).endpoint(delete_managers::handle)
}
