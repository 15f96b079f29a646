//! Every refusal the platform knows: number, HTTP status, message, and what to do about it.
//!
//! A number alone does not say what is meant: several mean different things at different
//! endpoints (`230071`), so each meaning is an entry of its own. The tables are split by who refuses.

use std::fmt;

pub mod auth;
pub mod authen;
pub mod batch;
pub mod bot;
pub mod card;
pub mod cardkit;
pub mod chat;
pub mod client;
pub mod contact;
pub mod ephemeral;
pub mod gateway;
pub mod hook;
pub mod message;
pub mod oauth;
pub mod platform;
pub mod reaction;
pub mod resource;
pub mod search;

/// One meaning of one error code.
#[derive(Clone, Copy)]
pub struct Code {
    /// The `code` of the answer.
    pub number: i64,
    /// The HTTP status that carries it.
    pub status: u16,
    /// The documented `msg`; `%v` stands for the values it complains about.
    pub msg: &'static str,
    /// What to do next, for a person.
    pub hint: &'static str,
    /// Whether the same request may succeed later.
    pub retryable: bool,
}

impl Code {
    /// The `msg` with its details: in the place of `%v`, or behind `, ext=` as the message API has it.
    pub fn message(&self, detail: Option<&str>) -> String {
        match detail {
            None => self.msg.to_owned(),
            Some(detail) if self.msg.contains("%v") => self.msg.replace("%v", detail),
            Some(detail) => format!("{}, ext={detail}", self.msg.trim_end_matches('.')),
        }
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number && self.msg == other.msg
    }
}

impl Eq for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.msg)
    }
}

/// All tables, in the order of their numbers.
pub fn all() -> impl Iterator<Item = Code> + Clone {
    [
        auth::ALL,
        oauth::ALL,
        authen::ALL,
        hook::ALL,
        platform::ALL,
        contact::ALL,
        message::ALL,
        reaction::ALL,
        chat::ALL,
        resource::ALL,
        search::ALL,
        card::ALL,
        cardkit::ALL,
        batch::ALL,
        ephemeral::ALL,
        client::ALL,
        gateway::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The first meaning of a number. Where a number has several, the `msg` of the answer tells which.
pub fn find(number: i64) -> Option<Code> {
    all().find(|code| code.number == number)
}

/// `NAME = number "msg" => "hint";`, with `/ 401` for a status that is not 400, and `(retry)`, behind the number.
macro_rules! codes {
    ($($name:ident = $number:literal $(/ $status:literal)? $(($retry:ident))?, $msg:literal => $hint:literal;)*) => {
        $(
            #[doc = concat!("`", $number, "` ", $msg)]
            pub const $name: $crate::Code = $crate::Code {
                number: $number,
                status: $crate::code::codes!(@status $($status)?),
                msg: $msg,
                hint: $hint,
                retryable: $crate::code::codes!(@retry $($retry)?),
            };
        )*

        /// The whole table.
        pub const ALL: &[$crate::Code] = &[$($name),*];
    };
    (@status) => { 400 };
    (@status $status:literal) => { $status };
    (@retry) => { false };
    (@retry retry) => { true };
}
pub(crate) use codes;
