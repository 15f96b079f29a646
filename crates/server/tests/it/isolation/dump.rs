//! The rows that belong to someone, whatever table they stand in.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OpenFlags, types::ValueRef};

use crate::behind::Stage;

/// Tables with rows that belong to nobody: what a request made, and what was sent of an event.
const NOBODYS: [&str; 2] = ["attempt", "dedupe"];

/// Tables that another app of the tenant writes to in the course of its own business: it may say something to the
/// same people, and the first app hears of it.
const SHARED: [&str; 3] = ["ledger", "outbox", "token"];

/// Whose rows are looked at, as SQL that gives the rows of a table of things.
pub(crate) struct Owned {
    apps: String,
    chats: String,
    users: String,
    tenant_key: Option<String>,
}

impl Owned {
    /// All that a tenant has.
    pub(crate) fn by_tenant(tenant_key: &str) -> Self {
        let of = |table: &str| format!("SELECT id FROM {table} WHERE tenant_key = '{tenant_key}'");
        Self {
            apps: of("app"),
            chats: of("chat"),
            users: of("user"),
            tenant_key: Some(tenant_key.to_owned()),
        }
    }

    /// What an app has, and the chats it is in.
    pub(crate) fn by_app(app_id: &str) -> Self {
        let apps = format!("SELECT id FROM app WHERE app_id = '{app_id}'");
        let chats = format!(
            "SELECT id FROM chat WHERE creator IN ({apps}) UNION SELECT chat FROM p2p WHERE app IN ({apps})"
        );
        Self { apps, chats, users: "SELECT id FROM user WHERE 0".to_owned(), tenant_key: None }
    }

    /// Whether it is an app and not a tenant.
    pub(crate) fn is_an_app(&self) -> bool {
        self.tenant_key.is_none()
    }

    /// Which rows of a table with these columns belong to them. `None` if the columns do not tell.
    fn condition(&self, table: &str, columns: &BTreeSet<String>) -> Option<String> {
        let messages = format!("SELECT id FROM message WHERE chat IN ({})", self.chats);
        let batches = format!("SELECT id FROM batch_message WHERE app IN ({})", self.apps);
        let mut any = Vec::new();
        for (column, rows) in [
            ("app", &self.apps),
            ("chat", &self.chats),
            ("user", &self.users),
            ("message", &messages),
            ("batch", &batches),
        ] {
            if columns.contains(column) {
                any.push(format!("{column} IN ({rows})"));
            }
            if table == column {
                any.push(format!("id IN ({rows})"));
            }
        }
        if columns.contains("tenant_key") {
            any.extend(self.tenant_key.as_ref().map(|key| format!("tenant_key = '{key}'")));
        }
        if table == "member" {
            any.push(format!("kind = 0 AND member IN ({})", self.users));
        }
        if table == "tenant" && any.is_empty() {
            return Some("0".to_owned());
        }
        (!any.is_empty()).then(|| any.join(" OR "))
    }
}

/// Rows as text, by table.
pub(crate) struct Dump(BTreeMap<String, BTreeSet<String>>);

impl Dump {
    /// The rows of the running platform.
    pub(crate) fn of(stage: &Stage, owned: &Owned) -> Self {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = Connection::open_with_flags(stage.database(), flags).expect("the database opens");
        let list = |sql: &str| -> Vec<String> {
            let mut statement = connection.prepare(sql).expect("SQL");
            let rows = statement.query_map([], |row| row.get(0)).expect("rows");
            rows.map(|row| row.expect("text")).collect()
        };
        let mut dump = BTreeMap::<String, BTreeSet<String>>::new();
        // A virtual table and those behind it hold what others hold already.
        let tables = list(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
        );
        for table in tables {
            let shared = owned.is_an_app() && SHARED.contains(&table.as_str());
            if NOBODYS.contains(&table.as_str()) || shared {
                continue;
            }
            let columns =
                list(&format!("SELECT name FROM pragma_table_info('{table}')")).into_iter().collect();
            let condition = owned.condition(&table, &columns);
            let condition =
                condition.unwrap_or_else(|| panic!("say in isolation/dump.rs whose the rows of {table} are"));
            let mut statement =
                connection.prepare(&format!("SELECT * FROM {table} WHERE {condition}")).expect("SQL");
            let width = statement.column_count();
            let rows = statement.query_map([], |row| {
                let values = (0..width).map(|at| row.get_ref(at).map(text));
                Ok(values.collect::<Result<Vec<_>, _>>()?.join(" | "))
            });
            let rows = rows.expect("rows").map(|row| row.expect("a row")).collect();
            dump.insert(table.clone(), rows);
        }
        assert!(dump["message"].len() > 5 && !dump["pin"].is_empty(), "the dump holds what it is to hold");
        Self(dump)
    }

    /// Rows that are gone or new.
    pub(crate) fn changes(&self, after: &Self) -> Vec<String> {
        let mut changes = Vec::new();
        for (table, before) in &self.0 {
            let now = &after.0[table];
            changes.extend(before.difference(now).map(|row| format!("{table}: - {row}")));
            changes.extend(now.difference(before).map(|row| format!("{table}: + {row}")));
        }
        changes
    }
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        other => format!("{other:?}"),
    }
}
