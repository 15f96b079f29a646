//! The platform's own endpoints: acting as a user, keeping apps, looking at what was delivered.
//!
//! They take no token and answer this machine alone: `serve` looks at `Host` and `Origin`.

mod act;
mod deliveries;
mod platform;

use larkspur_api::code::client;
use larkspur_delivery::NoAnswer;
use larkspur_domain::Failure;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    let routes = act::routes(routes);
    let routes = platform::routes(routes);
    deliveries::routes(routes)
}

/// What a client would show for want of an answer, as the refusal.
fn refused(no_answer: &NoAnswer) -> Failure {
    let code = match no_answer {
        NoAnswer::NoAddress | NoAnswer::NoConnection | NoAnswer::Private(_) => client::NO_ADDRESS,
        NoAnswer::Late => client::LATE,
        NoAnswer::Connect(_) | NoAnswer::Broken(_) => client::NOT_CONNECTED,
        NoAnswer::Resolve(_) => client::NOT_RESOLVED,
        NoAnswer::Status { .. } => client::STATUS,
        NoAnswer::Malformed { .. } => client::MALFORMED,
    };
    code.because(no_answer.to_string()).into()
}
