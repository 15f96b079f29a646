//! `custom_bot.v1.hook`

mod send;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.hook(send::handle)
}
