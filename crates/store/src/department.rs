//! Departments, and who is in them.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Error, Tx, View};

/// A department. The root is none of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentRow {
    /// The row: departments in the order they are listed.
    pub id: i64,
    /// The tenant.
    pub tenant_key: String,
    /// As the tenant names it.
    pub department_id: String,
    /// `od-…`
    pub open_department_id: String,
    /// `department.id` of the one above it; `None` below the root.
    pub parent: Option<i64>,
    /// The name.
    pub name: String,
    /// The English name; may be empty.
    pub en_name: String,
    /// `user.id` of who leads it.
    pub leader: Option<i64>,
    /// `chat.id` of its group.
    pub chat: Option<i64>,
}

const COLUMNS: &str =
    "id, tenant_key, department_id, open_department_id, parent, name, en_name, leader, chat";

/// The rows of a department and all below it.
const TREE: &str = "WITH RECURSIVE tree (id) AS (
    SELECT ?1 UNION ALL SELECT department.id FROM department JOIN tree ON department.parent = tree.id
)";

fn department(row: &Row<'_>) -> rusqlite::Result<DepartmentRow> {
    Ok(DepartmentRow {
        id: row.get(0)?,
        tenant_key: row.get(1)?,
        department_id: row.get(2)?,
        open_department_id: row.get(3)?,
        parent: row.get(4)?,
        name: row.get(5)?,
        en_name: row.get(6)?,
        leader: row.get(7)?,
        chat: row.get(8)?,
    })
}

impl View<'_> {
    fn departments_where(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<DepartmentRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM department WHERE {condition}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(values, department)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The department in this row.
    pub fn department_by_row(&self, id: i64) -> Result<Option<DepartmentRow>, Error> {
        Ok(self.departments_where("id = ?1", [id])?.pop())
    }

    /// The department that a tenant calls so.
    pub fn department_by_department_id(
        &self,
        tenant_key: &str,
        department_id: &str,
    ) -> Result<Option<DepartmentRow>, Error> {
        Ok(self
            .departments_where("tenant_key = ?1 AND department_id = ?2", [tenant_key, department_id])?
            .pop())
    }

    /// The department with this `od-…`.
    pub fn department_by_open_id(&self, open_department_id: &str) -> Result<Option<DepartmentRow>, Error> {
        Ok(self.departments_where("open_department_id = ?1", [open_department_id])?.pop())
    }

    /// The departments right below one, or below the root, behind a row.
    pub fn departments_below(
        &self,
        tenant_key: &str,
        parent: Option<i64>,
        after: i64,
        limit: i64,
    ) -> Result<Vec<DepartmentRow>, Error> {
        self.departments_where(
            "tenant_key = ?1 AND parent IS ?2 AND id > ?3 ORDER BY id LIMIT ?4",
            params![tenant_key, parent, after, limit],
        )
    }

    /// All departments of a tenant, behind a row.
    pub fn departments(&self, tenant_key: &str, after: i64, limit: i64) -> Result<Vec<DepartmentRow>, Error> {
        self.departments_where(
            "tenant_key = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
            params![tenant_key, after, limit],
        )
    }

    /// All departments below one, however deep, behind a row.
    pub fn departments_deep_below(
        &self,
        parent: i64,
        after: i64,
        limit: i64,
    ) -> Result<Vec<DepartmentRow>, Error> {
        let sql = format!(
            "{TREE} SELECT {COLUMNS} FROM department WHERE id IN tree AND id <> ?1 AND id > ?2 ORDER BY id LIMIT ?3"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([parent, after, limit], department)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The departments of a tenant with a text in their name, behind a row. Case counts beyond ASCII.
    pub fn departments_named(
        &self,
        tenant_key: &str,
        text: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<DepartmentRow>, Error> {
        self.departments_where(
            "tenant_key = ?1 AND instr(lower(name), lower(?2)) AND id > ?3 ORDER BY id LIMIT ?4",
            params![tenant_key, text, after, limit],
        )
    }

    /// The departments that a user is in, the main one first.
    pub fn departments_of(&self, user: i64) -> Result<Vec<DepartmentRow>, Error> {
        let sql = format!(
            "SELECT {} FROM department_user JOIN department ON department.id = department_user.department
             WHERE user = ?1 ORDER BY department_user.id",
            COLUMNS.split(", ").map(|name| format!("department.{name}")).collect::<Vec<_>>().join(", ")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([user], department)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The users right in a department who have not left, behind a row.
    pub fn department_users(&self, department: i64, after: i64, limit: i64) -> Result<Vec<i64>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT user FROM department_user JOIN user ON user.id = user
             WHERE department = ?1 AND user > ?2 AND NOT resigned ORDER BY user LIMIT ?3",
        )?;
        let rows = statement.query_map([department, after, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The users of a tenant who are in no department and have not left, behind a row.
    pub fn root_users(&self, tenant_key: &str, after: i64, limit: i64) -> Result<Vec<i64>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id FROM user WHERE tenant_key = ?1 AND id > ?2 AND NOT resigned
             AND NOT EXISTS (SELECT 1 FROM department_user WHERE department_user.user = user.id)
             ORDER BY id LIMIT ?3",
        )?;
        let rows = statement.query_map(params![tenant_key, after, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The users in a department and all below it who have not left, each once.
    pub fn department_users_deep(&self, department: i64) -> Result<Vec<i64>, Error> {
        let sql = format!(
            "{TREE} SELECT DISTINCT user FROM department_user JOIN user ON user.id = user
             WHERE department IN tree AND NOT resigned ORDER BY user"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([department], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many of them have their main department there.
    pub fn primary_member_count(&self, department: i64) -> Result<i64, Error> {
        let sql = format!(
            "{TREE} SELECT count(*) FROM department_user AS main JOIN user ON user.id = main.user
             WHERE department IN tree AND NOT resigned
             AND NOT EXISTS (SELECT 1 FROM department_user AS other WHERE other.user = main.user AND other.id < main.id)"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([department], |row| row.get(0))?)
    }

    /// The name of a tenant.
    pub fn tenant_name(&self, tenant_key: &str) -> Result<Option<String>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT name FROM tenant WHERE tenant_key = ?1")?;
        Ok(statement.query_row([tenant_key], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Adds a department and gives its row. `department.id` is not used.
    pub fn insert_department(&self, department: &DepartmentRow) -> Result<i64, Error> {
        self.connection.execute(
            "INSERT INTO department (tenant_key, department_id, open_department_id, parent, name, en_name, leader, chat)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                department.tenant_key,
                department.department_id,
                department.open_department_id,
                department.parent,
                department.name,
                department.en_name,
                department.leader,
                department.chat
            ],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Puts a user into a department.
    pub fn insert_department_user(&self, department: i64, user: i64) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO department_user (department, user) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            [department, user],
        )?;
        Ok(())
    }

    /// Makes a chat the group of a department, or of none.
    pub fn set_department_chat(&self, department: i64, chat: Option<i64>) -> Result<(), Error> {
        self.connection
            .execute("UPDATE department SET chat = ?2 WHERE id = ?1", params![department, chat])?;
        Ok(())
    }
}
