//! `platform.card_template`

mod create;
mod list;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(create::handle).endpoint(list::handle)
}
