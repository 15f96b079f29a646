//! Apps, and who calls.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};

use larkspur_store::{Actor, app::AppRow};

use crate::subscription::Subscription;

/// An app, with its lists read.
#[derive(Debug)]
pub struct App {
    /// The row.
    pub row: AppRow,
    /// What it listens to, and where it is told.
    pub subscription: Subscription,
    scopes: HashSet<String>,
    availability: Option<HashSet<i64>>,
}

impl App {
    /// Reads the lists of a row.
    pub fn new(row: AppRow) -> Self {
        let scopes = serde_json::from_str(&row.scopes).unwrap_or_default();
        let subscription = serde_json::from_str(&row.subscription).unwrap_or_default();
        let availability = row.availability.as_deref().and_then(|list| serde_json::from_str(list).ok());
        Self { row, subscription, scopes, availability }
    }

    /// Whether it has a scope.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.contains(scope)
    }

    /// Its scopes, in the order of their names.
    pub fn scopes(&self) -> Vec<&str> {
        let mut scopes: Vec<_> = self.scopes.iter().map(String::as_str).collect();
        scopes.sort_unstable();
        scopes
    }

    /// Whether a user may use it.
    pub fn is_available_to(&self, user: i64) -> bool {
        self.availability.as_ref().is_none_or(|users| users.contains(&user))
    }

    /// Whether everyone in its tenant may use it.
    pub fn is_for_everyone(&self) -> bool {
        self.availability.is_none()
    }

    /// Whether it is the custom bot of a group: it has no secret, so nobody can call as it. It speaks
    /// through its [hook](crate::hook) and is in no other chat.
    pub fn is_custom_bot(&self) -> bool {
        self.row.app_secret.is_empty()
    }

    /// Whether chats of a tenant may have it as a member, as far as it goes. A custom bot stays in its own.
    pub fn is_invitable_to(&self, tenant_key: &str) -> bool {
        self.row.tenant_key == tenant_key && !self.is_custom_bot()
    }

    /// The row of the app itself, where its connections are and its events wait: another than its own if a tenant
    /// installed it from the store.
    pub fn home(&self) -> i64 {
        self.row.origin.unwrap_or(self.row.id)
    }

    /// Whether it is in the store.
    pub fn is_isv(&self) -> bool {
        self.row.app_type == "isv"
    }

    /// Whether its tenant uses it.
    pub fn is_enabled(&self) -> bool {
        self.row.activate_status == 2
    }
}

/// All apps, in memory: every call asks for one.
#[derive(Default)]
pub struct Apps(RwLock<HashMap<i64, Arc<App>>>);

impl Apps {
    /// The app in this row.
    pub fn get(&self, id: i64) -> Option<Arc<App>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// Puts apps in, replacing those of the same row.
    pub fn extend(&self, rows: impl IntoIterator<Item = AppRow>) {
        let mut apps = self.0.write().unwrap_or_else(PoisonError::into_inner);
        apps.extend(rows.into_iter().map(|row| (row.id, Arc::new(App::new(row)))));
    }

    /// The app through which the users of a tenant act.
    pub fn client_of(&self, tenant_key: &str) -> Option<Arc<App>> {
        self.find(|app| app.row.client && app.row.tenant_key == tenant_key)
    }

    /// The apps of a tenant, the oldest first, without the one through which its users act and without custom
    /// bots, which hear nothing and are asked nothing.
    pub fn of_tenant(&self, tenant_key: &str) -> Vec<Arc<App>> {
        let apps = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let own = |app: &&Arc<App>| {
            let row = &app.row;
            row.tenant_key == tenant_key && !row.client && !row.deleted && !app.is_custom_bot()
        };
        let mut found: Vec<_> = apps.values().filter(own).cloned().collect();
        found.sort_by_key(|app| app.row.id);
        found
    }

    /// The app with this `cli_…`.
    pub fn by_app_id(&self, app_id: &str) -> Option<Arc<App>> {
        self.find(|app| {
            app.row.app_id == app_id && app.row.origin.is_none() && !app.row.client && !app.row.deleted
        })
    }

    /// An app as a tenant has it: its own, or installed from the store.
    pub fn installed(&self, home: i64, tenant_key: &str) -> Option<Arc<App>> {
        self.find(|app| app.home() == home && app.row.tenant_key == tenant_key && !app.row.deleted)
    }

    /// An app in each tenant that has it, its own first.
    pub fn installations(&self, home: i64) -> Vec<Arc<App>> {
        let apps = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut found: Vec<_> = apps.values().filter(|app| app.home() == home).cloned().collect();
        found.sort_by_key(|app| app.row.id);
        found
    }

    /// The apps of the store.
    pub fn of_store(&self) -> Vec<Arc<App>> {
        let apps = self.0.read().unwrap_or_else(PoisonError::into_inner);
        apps.values()
            .filter(|app| app.is_isv() && app.row.origin.is_none() && !app.row.deleted)
            .cloned()
            .collect()
    }

    /// The app whose bot has this `ou_…`.
    pub fn by_open_id(&self, open_id: &str) -> Option<Arc<App>> {
        self.find(|app| app.row.open_id == open_id)
    }

    fn find(&self, wanted: impl Fn(&App) -> bool) -> Option<Arc<App>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).values().find(|app| wanted(app)).cloned()
    }
}

/// Who calls: an app as its bot, or as a user.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The app.
    pub app: Arc<App>,
    /// `user.id`, if the app acts as a user.
    pub user: Option<i64>,
    /// What the user let the app do; `None` if that is all the app may do.
    pub granted: Option<Arc<HashSet<String>>>,
}

impl Caller {
    /// An app, as its bot.
    pub fn bot(app: Arc<App>) -> Self {
        Self { app, user: None, granted: None }
    }

    /// Whether the app has a scope, and the user in whose name it acts has granted it.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.app.has_scope(scope) && self.granted.as_ref().is_none_or(|granted| granted.contains(scope))
    }

    /// Who acts.
    pub fn actor(&self) -> Actor {
        self.user.map_or(Actor::App(self.app.row.id), Actor::User)
    }

    /// The tenant both belong to.
    pub fn tenant_key(&self) -> &str {
        &self.app.row.tenant_key
    }
}
