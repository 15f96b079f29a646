//! `contact.v3.user`

mod basic_batch;
mod batch;
mod batch_get_id;
mod find_by_department;
mod get;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(basic_batch::handle)
        .endpoint(batch::handle)
        .endpoint(batch_get_id::handle)
        .endpoint(find_by_department::handle)
        .endpoint(get::handle)
}
