//! `Debug` of rows with secrets in them.

/// `debug_shows!(Row: id, name)` shows these fields and says that there are others, which must not reach a log.
#[macro_export]
macro_rules! debug_shows {
    ($type:ty: $($field:ident),*) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($type))
                    $(.field(stringify!($field), &self.$field))*
                    .finish_non_exhaustive()
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::{
        app::AppRow,
        token::{TokenKind, TokenRow},
    };

    #[test]
    fn rows_hide_what_lets_in() {
        let secret = || "s3cr3t".to_owned();
        let app = AppRow {
            id: 7,
            app_id: "cli_x".to_owned(),
            tenant_key: String::new(),
            app_secret: secret(),
            name: "Bot".to_owned(),
            open_id: String::new(),
            bot: true,
            activate_status: 2,
            scopes: "[]".to_owned(),
            availability: None,
            encrypt_key: secret(),
            verification_token: secret(),
            subscription: "{}".to_owned(),
            client: false,
            redirect_uris: None,
            app_type: "custom".to_owned(),
            origin: None,
            deleted: false,
        };
        let token = TokenRow {
            token: secret(),
            kind: TokenKind::Tenant,
            app: 7,
            user: None,
            scopes: None,
            expires_at: 1,
        };
        let shown = format!("{app:?} {token:?}");
        assert!(shown.contains("app_id: \"cli_x\"") && shown.contains("expires_at: 1"), "{shown}");
        assert!(!shown.contains("s3cr3t"), "{shown}");
    }
}
