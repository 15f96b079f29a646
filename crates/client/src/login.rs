//! Users who let an app act in their name: their logins, and their tokens for as long as a login lasts.
//!
//! ```no_run
//! use larkspur::{Client, login::UserTokens};
//!
//! # async fn example() -> Result<(), larkspur::Error> {
//! let app = Client::builder("cli_a1b2c3d4e5f60718", "the app's secret").build()?;
//! let tokens = UserTokens::new("/var/lib/bot/users", app.base_url(), "cli_a1b2c3d4e5f60718");
//!
//! let login = app.start_login("im:message:readonly").await?;
//! println!("open {}", login.verification_url);
//! let user = login.wait(&app, &tokens).await?;
//!
//! let ada = app.as_user(&tokens, user.open_id)?;
//! # Ok(())
//! # }
//! ```

mod device;
mod refresh;
mod store;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::{device::DeviceLogin, store::UserTokens};
use crate::{
    client::{FEISHU, LARK},
    token::{MARGIN, now},
};

/// The scope that brings a refresh token.
pub const OFFLINE_ACCESS: &str = "offline_access";

/// How long an access token and a refresh token are valid, in s, if the platform does not say.
const LIFE: (i64, i64) = (7200, 604_800);

/// A token as young as this is refused for another reason than its age, in ms.
const NEW: u64 = 60 * 1000;

/// Where logins are, for a platform: the vendor's two keep them on hosts of their own.
pub(crate) fn accounts(base_url: &str) -> &str {
    match base_url {
        FEISHU => "https://accounts.feishu.cn",
        LARK => "https://accounts.larksuite.com",
        other => other,
    }
}

/// The tokens of a user, and what they are good for. Times are in ms since 1970.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserToken {
    /// The user within the app.
    pub open_id: String,
    /// The user's name.
    pub name: String,
    /// The `user_access_token`.
    pub access_token: String,
    /// Gets new tokens, once; there if `offline_access` was granted.
    pub refresh_token: Option<String>,
    /// When `access_token` ends.
    pub expires_at: u64,
    /// When `refresh_token` ends.
    pub refresh_expires_at: Option<u64>,
    /// What the user granted, separated by spaces.
    pub scope: String,
    /// When the user logged in.
    pub granted_at: u64,
    /// When the tokens were got.
    pub issued_at: u64,
    /// When a refresh was begun that has not ended: its process may have died with the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refreshing_since: Option<u64>,
    /// Why the refresh token is of no use any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
}

/// What a login is still good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenStatus {
    /// The token can be used as it is.
    Valid,
    /// The next call refreshes it.
    NeedsRefresh,
    /// The user has to log in again.
    Expired,
}

impl TokenStatus {
    /// `valid`, `needs_refresh` or `expired`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::NeedsRefresh => "needs_refresh",
            Self::Expired => "expired",
        }
    }
}

impl UserToken {
    /// What it is good for now.
    pub fn status(&self) -> TokenStatus {
        if self.is_fresh() {
            TokenStatus::Valid
        } else if self.can_refresh() && self.refresh_expires_at.is_none_or(|ends| ends > now()) {
            TokenStatus::NeedsRefresh
        } else if self.is_over() {
            TokenStatus::Expired
        } else {
            TokenStatus::Valid
        }
    }

    /// Whether the user granted a scope. What is not known is taken for granted.
    pub fn allows(&self, scope: &str) -> bool {
        self.scope.trim().is_empty() || self.scope.split_whitespace().any(|granted| granted == scope)
    }

    fn is_fresh(&self) -> bool {
        self.expires_at > now().saturating_add(u64::try_from(MARGIN.as_millis()).unwrap_or(0))
    }

    fn is_over(&self) -> bool {
        self.expires_at <= now()
    }

    fn can_refresh(&self) -> bool {
        self.refresh_token.is_some() && self.ended.is_none()
    }

    fn is_new(&self) -> bool {
        self.issued_at.saturating_add(NEW) > now()
    }
}

/// Without the tokens, which must not reach a log.
impl fmt::Debug for UserToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserToken")
            .field("open_id", &self.open_id)
            .field("expires_at", &self.expires_at)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_on_hosts_of_their_own_at_the_vendor() {
        assert_eq!(accounts(FEISHU), "https://accounts.feishu.cn");
        assert_eq!(accounts(LARK), "https://accounts.larksuite.com");
        assert_eq!(accounts("http://127.0.0.1:7790"), "http://127.0.0.1:7790");
    }
}
