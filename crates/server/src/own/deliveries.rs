//! `deliveries`

mod list;
mod resend;
mod show;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(list::handle).endpoint(resend::handle).endpoint(show::handle)
}
