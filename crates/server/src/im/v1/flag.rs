//! `im.v1.flag`

mod cancel;
mod create;
mod list;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(cancel::handle).endpoint(create::handle).endpoint(list::handle)
}
