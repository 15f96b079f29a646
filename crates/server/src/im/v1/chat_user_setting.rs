//! `im.v1.chat_user_setting`

mod batch_query;
mod batch_update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(batch_query::handle).endpoint(batch_update::handle)
}
