//! Contract and platform hold the same endpoints.

use std::collections::BTreeSet;

use larkspur_api::endpoint::registry;

#[test]
fn every_endpoint_has_a_handler() {
    let contract: BTreeSet<_> = registry().into_iter().map(|entry| entry.meta.id).collect();
    let routes = larkspur_server::routes().ids();
    let handled: BTreeSet<_> = routes.iter().copied().collect();
    assert_eq!(handled, contract);
    assert_eq!(routes.len(), handled.len(), "an endpoint has two handlers");
}
