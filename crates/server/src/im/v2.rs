//! `im.v2`

mod chat;
mod feed_shortcut;
mod url_preview;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    url_preview::routes(feed_shortcut::routes(chat::routes(routes)))
}
