//! `custom_bot.v2`

mod hook;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    hook::routes(routes)
}
