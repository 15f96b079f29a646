//! `platform.connection`

mod delete;
mod list;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(delete::handle).endpoint(list::handle)
}
