//! `im.v1.chat_menu_item`

mod patch;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(patch::handle)
}
