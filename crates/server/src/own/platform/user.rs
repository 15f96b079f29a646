//! `platform.user`

mod create;
mod delete;
mod token;
mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(create::handle).endpoint(delete::handle).endpoint(token::handle).endpoint(update::handle)
}
