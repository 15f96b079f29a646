//! `message`: messages to many users at once, in the form before `im.v1`.

pub mod v4;
