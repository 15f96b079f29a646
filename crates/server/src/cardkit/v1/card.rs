//! `cardkit.v1.card`

mod batch_update;
mod create;
mod id_convert;
mod settings;
mod update;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(batch_update::handle)
        .endpoint(create::handle)
        .endpoint(id_convert::handle)
        .endpoint(settings::handle)
        .endpoint(update::handle)
}
