//! `auth.user_access_token`: tokens of users.

pub mod revoked_v4;
