//! `contact.v3.scope`

mod list;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(list::handle)
}
