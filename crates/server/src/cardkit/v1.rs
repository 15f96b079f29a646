//! `cardkit.v1`

mod card;
mod card_element;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    card_element::routes(card::routes(routes))
}
