//! `contact.v3`

mod department;
mod scope;
mod user;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    user::routes(scope::routes(department::routes(routes)))
}
