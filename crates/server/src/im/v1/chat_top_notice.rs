//! `im.v1.chat_top_notice`

mod delete_top_notice;
mod put_top_notice;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(delete_top_notice::handle).endpoint(put_top_notice::handle)
}
