//! `application.v6`

mod application;
mod scope;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    scope::routes(application::routes(routes))
}
