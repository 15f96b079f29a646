//! `bot.v4.bot`

mod search;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(search::handle)
}
