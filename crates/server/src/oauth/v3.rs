//! `oauth.v3`

use larkspur_api::oauth::v3;

use super::token;
use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.oauth::<v3::token::Request, _>(token::of_anyone)
}
