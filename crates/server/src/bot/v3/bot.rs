//! `bot.v3.bot`

mod info;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(info::handle)
}
