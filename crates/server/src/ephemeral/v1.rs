//! `ephemeral.v1`

mod card;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    card::routes(routes)
}
