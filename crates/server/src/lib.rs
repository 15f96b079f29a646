//! The platform as a server: routes, tokens, scopes, limits, envelope.
//!
//! Everything about an endpoint that its documentation states (method, path, tokens, scopes, rate,
//! fields) is read from its contract in one place, [`route`]. A handler translates the request, asks
//! one rule of the domain, and translates the answer. [`Platform`] starts all of it in this process.

mod application;
mod auth;
mod authen;
mod authorize;
mod bot;
mod cardkit;
mod contact;
mod custom_bot;
mod download;
mod ephemeral;
mod event;
mod gate;
mod im;
mod interactive;
mod jssdk;
mod limit;
mod long_connection;
mod message;
mod oauth;
mod own;
pub mod picture;
mod platform;
mod reply;
pub mod route;
mod search;
mod serve;
mod state;
mod tenant;
pub mod upload;
mod web;

pub use platform::{Builder, Platform, Ready, StartError};
pub use state::Call;

/// Every route of the platform.
pub fn routes() -> route::Routes {
    let routes = route::Routes::default();
    let routes = application::routes(routes);
    let routes = auth::routes(routes);
    let routes = authen::routes(routes);
    let routes = oauth::routes(routes);
    let routes = bot::routes(routes);
    let routes = cardkit::routes(routes);
    let routes = contact::routes(routes);
    let routes = event::routes(routes);
    let routes = im::routes(routes);
    let routes = jssdk::routes(routes);
    let routes = message::routes(routes);
    let routes = ephemeral::routes(routes);
    let routes = interactive::routes(routes);
    let routes = custom_bot::routes(routes);
    let routes = search::routes(routes);
    let routes = tenant::routes(routes);
    own::routes(routes)
}
