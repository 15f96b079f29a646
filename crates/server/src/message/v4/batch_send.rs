//! `message.v4.batch_send`

mod create;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(create::handle)
}
