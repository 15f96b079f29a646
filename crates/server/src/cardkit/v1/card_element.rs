//! `cardkit.v1.card_element`

mod content;
mod create;
mod delete;
mod patch;
mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(content::handle)
        .endpoint(create::handle)
        .endpoint(delete::handle)
        .endpoint(patch::handle)
        .endpoint(update::handle)
}
