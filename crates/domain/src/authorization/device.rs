//! A device without a browser shows a code; the user lets it in elsewhere.
//!
//! Source: RFC 8628, and the official command line, which uses it; no page describes it.

use std::{collections::BTreeSet, sync::Arc};

use larkspur_api::code::oauth;
use larkspur_store::{
    Tx, View,
    authorization::{DeviceRow, DeviceState},
};

use super::{Generation, Tokens};
use crate::{App, Context, Result};

/// How long a user has, in s.
pub const EXPIRES_IN: i64 = 240;

/// How long a device is to wait between two questions, in s.
pub const INTERVAL: i64 = 5;

/// Letters that are not mistaken for others.
const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";

/// A device wants to be let in.
pub fn start(tx: &Tx<'_>, context: &Context, app: &App, scope: &str) -> Result<DeviceRow> {
    let scopes = super::scopes(scope)?;
    super::check_enabled(app, &scopes)?;
    let now = context.now();
    let row = DeviceRow {
        device_code: context.hex(64),
        user_code: user_code(context),
        app: app.row.id,
        scopes: super::column(scopes),
        user: None,
        state: DeviceState::Waiting,
        polled_at: None,
        interval: INTERVAL,
        expires_at: now + EXPIRES_IN * 1000,
    };
    tx.insert_device(&row, now)?;
    Ok(row)
}

fn user_code(context: &Context) -> String {
    let mut bytes = [0; 8];
    context.entropy.fill(&mut bytes);
    let letters: Vec<char> = bytes
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len()))
        .map(|letter| char::from(*letter))
        .collect();
    let (left, right) = letters.split_at(letters.len() / 2);
    format!("{}-{}", left.iter().collect::<String>(), right.iter().collect::<String>())
}

/// What a device that asks is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Polled {
    /// It is let in.
    Granted(Tokens),
    /// Nobody has answered yet.
    Pending,
    /// It asks too often, and is to wait longer.
    SlowDown,
    /// The user does not want it.
    Denied,
    /// Nobody answered in time, or it has its token already.
    Expired,
}

/// A device asks whether it is let in.
pub fn poll(tx: &Tx<'_>, context: &Context, app: &App, device_code: &str) -> Result<Polled> {
    let Some(mut row) = tx.device(device_code)? else { return Ok(Polled::Expired) };
    if row.app != app.row.id {
        return Err(oauth::CLIENT_MISMATCH.into());
    }
    let now = context.now();
    if row.expires_at <= now || row.state == DeviceState::Used {
        return Ok(Polled::Expired);
    }
    match (row.state, row.user) {
        (DeviceState::Granted, Some(user)) => {
            let app = super::for_user(tx, context, app, user)?;
            let wanted: BTreeSet<String> = super::of_column(&row.scopes).into_iter().collect();
            let grant = super::consent(tx, context, &app, user, &wanted)?;
            row.state = DeviceState::Used;
            tx.update_device(&row)?;
            Ok(Polled::Granted(super::issue(tx, context, &grant, Generation::V2)?))
        }
        (DeviceState::Denied, _) => Ok(Polled::Denied),
        _ => {
            // A quarter of a second is forgiven: clients wait by their own clocks.
            let early = row.polled_at.is_some_and(|last| now - last < row.interval * 1000 - 250);
            if early {
                row.interval += 5;
            }
            row.polled_at = Some(now);
            tx.update_device(&row)?;
            Ok(if early { Polled::SlowDown } else { Polled::Pending })
        }
    }
}

/// A device that waits for an answer.
pub struct Waiting {
    /// Its row.
    pub row: DeviceRow,
    /// Its app.
    pub app: Arc<App>,
    /// What it wants to do.
    pub scopes: Vec<String>,
}

/// The device that shows a code and still waits.
pub fn waiting(view: &View<'_>, context: &Context, user_code: &str) -> Result<Option<Waiting>> {
    let typed = user_code.trim().to_uppercase();
    let row = view.device_by_user_code(&typed)?;
    let row = row.filter(|row| row.state == DeviceState::Waiting && row.expires_at > context.now());
    Ok(row.and_then(|row| {
        let scopes = super::of_column(&row.scopes);
        context.apps.get(row.app).map(|app| Waiting { row, app, scopes })
    }))
}

/// A user answers. What they let it do may be less than it wants.
pub fn decide(
    tx: &Tx<'_>,
    context: &Context,
    app: &App,
    row: DeviceRow,
    user: i64,
    granted: bool,
) -> Result<()> {
    if granted {
        super::for_user(tx, context, app, user)?;
    }
    let state = if granted { DeviceState::Granted } else { DeviceState::Denied };
    tx.update_device(&DeviceRow { user: Some(user), state, ..row })?;
    Ok(())
}
