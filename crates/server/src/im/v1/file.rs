//! `im.v1.file`

mod create;
mod get;

use larkspur_api::im::v1::file::MAX_BYTES;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .upload(MAX_BYTES, create::handle)
        .download(get::handle)
}
