//! `contact.v3.department`

mod batch;
mod children;
mod get;
mod parent;
mod search;
mod unbind_department_chat;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(batch::handle)
        .endpoint(children::handle)
        .endpoint(get::handle)
        .endpoint(parent::handle)
        .endpoint(search::handle)
        .endpoint(unbind_department_chat::handle)
}
