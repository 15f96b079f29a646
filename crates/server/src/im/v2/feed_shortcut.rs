//! `im.v2.feed_shortcut`

mod create;
mod list;
mod remove;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(create::handle).endpoint(list::handle).endpoint(remove::handle)
}
