//! `im.v1.chat`

mod batch_query;
mod create;
mod delete;
mod get;
mod link;
mod list;
mod search;
mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(batch_query::handle)
        .endpoint(create::handle)
        .endpoint(delete::handle)
        .endpoint(get::handle)
        .endpoint(link::handle)
        .endpoint(list::handle)
        .endpoint(search::handle)
        .endpoint(update::handle)
}
