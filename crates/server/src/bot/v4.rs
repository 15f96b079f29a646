//! `bot.v4`

mod bot;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    bot::routes(routes)
}
