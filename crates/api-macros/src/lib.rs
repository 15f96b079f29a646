//! The four attributes the contract is written with.
//!
//! Each turns one item into the same item plus a trait implementation that exposes it as data.
//! Nothing is invented here: what the attribute says is copied into constants, field by field.

mod args;
mod debug;
mod endpoint;
mod event;
mod field;
mod object;
mod open_enum;

use proc_macro::TokenStream;

/// Turns `struct Request` into an endpoint: encoding, field table, registry entry and `Request::new`.
///
/// ```text
/// #[endpoint(
///     id = "im.v1.message.delete",
///     method = DELETE,
///     path = "/open-apis/im/v1/messages/:message_id",
///     tenant = Any(&["im:message", "im:message:recall"]),
///     user = Any(&["im:message", "im:message:recall"]),
///     rate = TIER_4,
///     doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/delete",
///     cli = "messages delete",
///     response = Empty,
///     errors = [message::INVALID_PARAM, message::BOT_OUTSIDE_GROUP],
/// )]
/// ```
///
/// | argument | meaning |
/// | --- | --- |
/// | `tenant`, `user`, `app` | the token kinds it takes, each with the scopes it asks for; none of them means no token |
/// | `paged` | item type of a paged answer: implements `Paged` |
/// | `flat` | the answer stands beside `code` and not under `data` |
/// | `oauth` | forms are taken besides JSON, and refusals are those of OAuth |
/// | `write` | changes something (`risk` of the command line) |
/// | `example` | the documented request, as JSON of all fields |
///
/// Every field carries one of `#[path]`, `#[query]`, `#[body]` and `#[file]`, with its rules in
/// parentheses: `min`, `max`, `min_len`, `max_len`, `default`, `invalid` (the code that refuses it
/// where that is not `99992402`).
#[proc_macro_attribute]
pub fn endpoint(args: TokenStream, item: TokenStream) -> TokenStream {
    endpoint::expand(args.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Turns a struct into an event or a callback: the wire object of its body, its facts, registry entry.
///
/// ```text
/// #[event(
///     event_type = "im.message.recalled_v1",
///     schema = V2,
///     scopes = Any(&["im:message", "im:message:readonly"]),
///     long_connection,
///     doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/recalled",
///     example = r#"{"schema":"2.0","header":{…},"event":{…}}"#,
/// )]
/// ```
///
/// | argument | meaning |
/// | --- | --- |
/// | `schema` | the form of the envelope: `V2`, `V1`, or `Legacy` for none |
/// | `scopes` | what an app needs to subscribe to it |
/// | `apps` | `Custom` or `Isv` where only such apps get it |
/// | `auto_subscribed` | sent without a subscription |
/// | `long_connection` | sent over long connections too; without it only to a URL |
/// | `answer` | what the receiver answers with: makes it a callback |
/// | `example` | the documented body, envelope included |
///
/// Fields are those of [`macro@object`].
#[proc_macro_attribute]
pub fn event(args: TokenStream, item: TokenStream) -> TokenStream {
    event::expand(args.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Turns a struct into a wire object: every field optional on arrival, unknown fields kept in `other`.
///
/// A field may carry `#[field(…)]` with `max_len` and so on, and `scopes = &["…"]`: the field is
/// withheld from an app that has none of them.
#[proc_macro_attribute]
pub fn object(_args: TokenStream, item: TokenStream) -> TokenStream {
    object::expand(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Turns an enum whose discriminants are wire values (`Text = "text"` or `Male = 1`) into an open enum.
///
/// A value that is not listed becomes `Other` and is written back as it came. The first variant is
/// the default. `#[scope("…")]` on a variant names the scope without which the value is refused.
#[proc_macro_attribute]
pub fn open_enum(_args: TokenStream, item: TokenStream) -> TokenStream {
    open_enum::expand(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
