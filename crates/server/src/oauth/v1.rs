//! `oauth.v1`

mod device_authorization;
mod revoke;

use larkspur_api::oauth::v1;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .oauth::<v1::device_authorization::Request, _>(device_authorization::handle)
        .oauth::<v1::revoke::Request, _>(revoke::handle)
}
