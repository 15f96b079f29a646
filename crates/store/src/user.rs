//! Users, and what each app calls them.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Error, Tx, View};

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRow {
    /// The row.
    pub id: i64,
    /// The tenant.
    pub tenant_key: String,
    /// The user within the tenant.
    pub user_id: String,
    /// `on_…`
    pub union_id: String,
    /// The name.
    pub name: String,
    /// The English name; may be empty.
    pub en_name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The phone number.
    pub mobile: Option<String>,
    /// Whether they have left.
    pub resigned: bool,
}

/// Whom an `open_id` names, and to which app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenIdOwner {
    /// `app.id`
    pub app: i64,
    /// `user.id`
    pub user: i64,
}

const COLUMNS: &str = "id, tenant_key, user_id, union_id, name, en_name, email, mobile, resigned";

fn user(row: &Row<'_>) -> rusqlite::Result<UserRow> {
    Ok(UserRow {
        id: row.get(0)?,
        tenant_key: row.get(1)?,
        user_id: row.get(2)?,
        union_id: row.get(3)?,
        name: row.get(4)?,
        en_name: row.get(5)?,
        email: row.get(6)?,
        mobile: row.get(7)?,
        resigned: row.get(8)?,
    })
}

impl View<'_> {
    fn user_where(&self, condition: &str, values: impl rusqlite::Params) -> Result<Option<UserRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM user WHERE {condition}");
        Ok(self.connection.prepare_cached(&sql)?.query_row(values, user).optional()?)
    }

    /// The user in this row.
    pub fn user_by_row(&self, id: i64) -> Result<Option<UserRow>, Error> {
        self.user_where("id = ?1", [id])
    }

    /// The user with this `user_id`.
    pub fn user_by_user_id(&self, tenant_key: &str, user_id: &str) -> Result<Option<UserRow>, Error> {
        self.user_where("tenant_key = ?1 AND user_id = ?2", [tenant_key, user_id])
    }

    /// The user with this `on_…`, of whichever tenant.
    pub fn user_by_union_id(&self, union_id: &str) -> Result<Option<UserRow>, Error> {
        self.user_where("union_id = ?1", [union_id])
    }

    /// The user with this e-mail address.
    pub fn user_by_email(&self, tenant_key: &str, email: &str) -> Result<Option<UserRow>, Error> {
        self.user_where("tenant_key = ?1 AND email = ?2", [tenant_key, email])
    }

    /// The user with this phone number.
    pub fn user_by_mobile(&self, tenant_key: &str, mobile: &str) -> Result<Option<UserRow>, Error> {
        self.user_where("tenant_key = ?1 AND mobile = ?2", [tenant_key, mobile])
    }

    /// The users of a tenant, in the order they were made.
    pub fn users(&self, tenant_key: &str) -> Result<Vec<UserRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM user WHERE tenant_key = ?1 ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let users = statement.query_map([tenant_key], user)?.collect::<Result<_, _>>()?;
        Ok(users)
    }

    /// Whom an `open_id` names, whichever app it belongs to.
    pub fn open_id_owner(&self, open_id: &str) -> Result<Option<OpenIdOwner>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT app, user FROM open_id WHERE open_id = ?1")?;
        Ok(statement
            .query_row([open_id], |row| Ok(OpenIdOwner { app: row.get(0)?, user: row.get(1)? }))
            .optional()?)
    }

    /// What an app calls a user.
    pub fn open_id(&self, app: i64, user: i64) -> Result<Option<String>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT open_id FROM open_id WHERE app = ?1 AND user = ?2")?;
        Ok(statement.query_row([app, user], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Adds a user and gives the row. `user.id` is not used.
    pub fn insert_user(&self, user: &UserRow) -> Result<i64, Error> {
        self.connection.execute(
            "INSERT INTO user (tenant_key, user_id, union_id, name, en_name, email, mobile, resigned)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                user.tenant_key,
                user.user_id,
                user.union_id,
                user.name,
                user.en_name,
                user.email,
                user.mobile,
                user.resigned
            ],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Replaces everything that can be changed of a user.
    pub fn update_user(&self, user: &UserRow) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE user SET name = ?2, en_name = ?3, email = ?4, mobile = ?5, resigned = ?6 WHERE id = ?1",
            params![user.id, user.name, user.en_name, user.email, user.mobile, user.resigned],
        )?;
        Ok(())
    }

    /// Gives a user a name in an app.
    pub fn insert_open_id(&self, open_id: &str, app: i64, user: i64) -> Result<(), Error> {
        let mut statement =
            self.connection.prepare_cached("INSERT INTO open_id (open_id, app, user) VALUES (?1, ?2, ?3)")?;
        statement.execute(params![open_id, app, user])?;
        Ok(())
    }
}
