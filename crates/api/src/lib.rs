//! The contract of the Feishu/Lark IM open platform.
//!
//! Every endpoint, event, message type, error code, scope, id and limit is defined here once, as a type
//! with its metadata. The client encodes these types, the platform decodes them, the command line
//! is built from their field tables. The crate does no I/O and knows no runtime.
//!
//! The module tree is the tree of the official SDKs: [`im::v1::message::create`] is
//! `im.v1.message.create`, and [`event::im::message::receive_v1`] is `im.message.receive_v1`.

// The macros name this crate as its users do.
extern crate self as larkspur_api;

pub mod act;
pub mod application;
pub mod auth;
pub mod authen;
pub mod bot;
pub mod cardkit;
pub mod code;
pub mod contact;
pub mod content;
pub mod custom_bot;
pub mod deliveries;
pub mod endpoint;
pub mod ephemeral;
pub mod event;
pub mod id;
pub mod im;
pub mod interactive;
pub mod jssdk;
pub mod message;
pub mod oauth;
pub mod platform;
pub mod refusal;
pub mod search;
pub mod secret;
pub mod tenant;
pub mod time;
pub mod user;
pub mod wire;

pub use code::Code;
pub use endpoint::{Endpoint, Paged};
pub use event::{Callback, Event};
pub use refusal::Refusal;

/// Fields of a wire object that this version does not know, in the order they came.
///
/// They are written back, so that an object survives a round trip through an older version.
pub type Other = serde_json::Map<String, serde_json::Value>;

/// What every contract file starts from.
pub(crate) mod prelude {
    pub(crate) use larkspur_api_macros::{endpoint, event, object, open_enum};

    pub(crate) use crate::{
        code,
        endpoint::{Binary, Empty, NO_SCOPE, Rate, Scopes::*, TIER_4},
        id::*,
        time::*,
        user::*,
        wire::FilePart,
    };
}
