//! The facts: which rows there are.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;

const ENDPOINTS: &str = include_str!("../../api/catalogue/endpoints.json");
const SUB_ERRORS: &str = include_str!("../../api/catalogue/sub_errors.json");
const LIMITS: &str = include_str!("../../api/catalogue/limits.json");
const FIELD_LIMITS: &str = include_str!("../../api/catalogue/field_limits.json");

/// The groups of endpoints that bots are made of.
const CORE: [&str; 15] = [
    "batch_message",
    "card",
    "chat",
    "chat_member",
    "chat_moderation",
    "chat_top_notice",
    "ephemeral",
    "file",
    "image",
    "message",
    "pin",
    "reaction",
    "thread",
    "urgent",
    "url_preview",
];

/// An endpoint, or a feature with limits that belong to none.
pub(crate) struct Facts {
    pub(crate) id: String,
    pub(crate) group: String,
    pub(crate) core: bool,
    /// Key and text of each row.
    pub(crate) rows: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Endpoint {
    id: String,
    group: String,
    #[serde(default)]
    errors: Vec<Code>,
}

#[derive(Deserialize)]
struct Code {
    http_status: Option<u16>,
    code: i64,
    msg: Option<String>,
}

#[derive(Deserialize)]
struct SubError {
    endpoint: String,
    parent: i64,
    code: i64,
    msg: String,
}

#[derive(Deserialize)]
struct Limit {
    id: String,
    endpoint: Option<String>,
    feature: String,
    value: Value,
    unit: String,
}

#[derive(Deserialize)]
struct FieldLimit {
    endpoint: String,
    field: String,
    bound: String,
    value: i64,
}

/// Reads all of it, in the order of the ledger.
pub(crate) fn read() -> Result<Vec<Facts>> {
    let endpoints: Vec<Endpoint> = serde_json::from_str(ENDPOINTS)?;
    let mut all: BTreeMap<String, Facts> = BTreeMap::new();
    for endpoint in endpoints {
        let core = CORE.contains(&endpoint.group.as_str());
        let rows = endpoint.errors.into_iter().map(|row| {
            let status = row.http_status.map_or(String::new(), |status| format!("{status} "));
            (row.code.to_string(), format!("{status}{}", row.msg.unwrap_or_default()))
        });
        let facts = Facts { id: endpoint.id.clone(), group: endpoint.group, core, rows: rows.collect() };
        all.insert(endpoint.id, facts);
    }
    let sub_errors: Vec<SubError> = serde_json::from_str(SUB_ERRORS)?;
    for row in sub_errors {
        if let Some(facts) = all.get_mut(&row.endpoint) {
            facts.rows.push((format!("{}/{}", row.parent, row.code), row.msg));
        }
    }
    let bounds: Vec<FieldLimit> = serde_json::from_str(FIELD_LIMITS)?;
    for row in bounds {
        if let Some(facts) = all.get_mut(&row.endpoint) {
            facts.rows.push((format!("{} {}", row.field, row.bound), row.value.to_string()));
        }
    }
    let limits: Vec<Limit> = serde_json::from_str(LIMITS)?;
    for row in limits {
        let at = row.endpoint.unwrap_or_else(|| row.feature.clone());
        let facts = all.entry(at.clone()).or_insert_with(|| Facts {
            core: CORE.contains(&row.feature.as_str()),
            id: at,
            group: row.feature.clone(),
            rows: Vec::new(),
        });
        facts.rows.push((row.id, format!("{} {}", row.value, row.unit)));
    }
    Ok(all.into_values().filter(|facts| !facts.rows.is_empty()).collect())
}
