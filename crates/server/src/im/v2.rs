//! `im.v2`

mod chat;
mod url_preview;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    url_preview::routes(chat::routes(routes))
}
