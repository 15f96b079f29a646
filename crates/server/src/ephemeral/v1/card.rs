//! `ephemeral.v1.card`

mod delete;
mod send;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(delete::handle).endpoint(send::handle)
}
