//! `im.v1.message_reaction`

mod batch_query;
mod create;
mod delete;
mod list;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(batch_query::handle)
        .endpoint(create::handle)
        .endpoint(delete::handle)
        .endpoint(list::handle)
}
