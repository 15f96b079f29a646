//! Messages a second that are on disk when they are acknowledged, beside the same rows without a platform.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rusqlite::{Connection, params};
use tokio::{
    runtime::Runtime,
    sync::{mpsc, oneshot},
};

use super::{
    Programs, Row,
    tools::{self, Load, Serve},
};

const SECONDS: u32 = 8;

pub(crate) fn measure(programs: &Programs) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for connections in [1, 64] {
        let serve = Serve::start(programs)?;
        let ours = tools::wrk(&serve.ready.base_url, connections, SECONDS, &serve.sends())?;
        drop(serve);
        let bare = Runtime::new()?.block_on(bare_commits(connections))?;
        let what = match connections {
            1 => "durable sends, 1 connection".to_owned(),
            many => format!("durable sends, {many} connections"),
        };
        rows.push(Row::new(what.clone(), ours.rate, "bare group commit of the same rows", bare.rate, "/s"));
        rows.push(Row::new(format!("{what}, p50"), ours.p50, "the same", bare.p50, "ms"));
        rows.push(Row::new(format!("{what}, p99"), ours.p99, "the same", bare.p99, "ms"));
    }
    Ok(rows)
}

/// The rows of a send, committed in groups of whatever is queued: no HTTP, no JSON, no checks.
async fn bare_commits(in_flight: u32) -> Result<Load> {
    let folder = tools::folder()?;
    // The platform's own schema, then a connection of our own.
    drop(larkspur_store::Store::open(folder.path())?);
    let connection = Connection::open(folder.path().join("larkspur.db"))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA foreign_keys = OFF;",
    )?;
    connection.execute_batch("INSERT INTO chat (chat_id, tenant_key, chat_mode, chat_status, settings, last_position, active_at, created_at) VALUES ('oc_1', 't', 'group', 'normal', '{}', 0, 0, 0)")?;
    let (sender, mut receiver) = mpsc::channel::<oneshot::Sender<()>>(4096);
    let writer = std::thread::spawn(move || -> rusqlite::Result<()> {
        let mut number = 0_i64;
        let mut waiting = Vec::new();
        while let Some(first) = receiver.blocking_recv() {
            waiting.push(first);
            while let Ok(next) = receiver.try_recv() {
                waiting.push(next);
            }
            connection.execute_batch("BEGIN IMMEDIATE")?;
            for _ in &waiting {
                number += 1;
                send(&connection, number)?;
            }
            connection.execute_batch("COMMIT")?;
            for done in waiting.drain(..) {
                let _ = done.send(());
            }
        }
        Ok(())
    });

    let end = Instant::now() + Duration::from_secs(SECONDS.into());
    let workers: Vec<_> = (0..in_flight)
        .map(|_| {
            let sender = sender.clone();
            tokio::spawn(async move {
                let mut latencies = Vec::new();
                while Instant::now() < end {
                    let began = Instant::now();
                    let (done, committed) = oneshot::channel();
                    if sender.send(done).await.is_err() || committed.await.is_err() {
                        break;
                    }
                    latencies.push(began.elapsed().as_secs_f64() * 1000.0);
                }
                latencies
            })
        })
        .collect();
    drop(sender);
    let mut latencies = Vec::new();
    for worker in workers {
        latencies.extend(worker.await?);
    }
    writer.join().ok().context("the writer ends")??;
    latencies.sort_by(f64::total_cmp);
    let at = |part: f64| latencies[(latencies.len() as f64 * part) as usize];
    let rate = latencies.len() as f64 / f64::from(SECONDS);
    Ok(Load { rate, p50: at(0.5), p99: at(0.99), requests: latencies.len() as u64 })
}

/// What one message changes.
fn send(connection: &Connection, number: i64) -> rusqlite::Result<()> {
    let content = format!(r#"{{"text":"message {number}"}}"#);
    let message_id = format!("om_{number:032x}");
    connection
        .prepare_cached(
            "INSERT INTO message (message_id, chat, sender_kind, sender, msg_type, content, position, state, edits, created_at, updated_at)
             VALUES (?1, 1, 1, 1, 'text', ?2, ?3, 0, 0, ?3, ?3)",
        )?
        .execute(params![message_id, content, number])?;
    connection
        .prepare_cached("UPDATE chat SET last_position = ?1, active_at = ?1 WHERE id = 1")?
        .execute([number])?;
    connection
        .prepare_cached("INSERT INTO dedupe (key, object, expires_at) VALUES (?1, ?2, ?3)")?
        .execute(params![format!("im.v1.message.create/1//{number}"), message_id, number])?;
    Ok(())
}
