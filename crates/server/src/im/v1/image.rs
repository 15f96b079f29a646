//! `im.v1.image`

mod create;
mod get;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.upload(create::handle).download(get::handle)
}
