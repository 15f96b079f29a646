//! `authen`

mod v1;

use larkspur_api::authen::v2::oauth_token::{create, refresh};

use crate::{oauth::token, route::Routes};

pub(crate) fn routes(routes: Routes) -> Routes {
    v1::routes(routes).oauth::<create::Request, _>(token::of_user).and::<refresh::Request>()
}
