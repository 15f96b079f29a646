//! Custom bots: bots that only speak, in one group, through an address that is their credential.
//!
//! A custom bot is an [app](crate::App) without a secret: it has a name, stands among the members of its group
//! and as the sender of its messages, but nobody gets a token for it, it has no scopes, and it is in no other
//! chat. Its hook says how it may be called. Removing the bot from the group, or dissolving the group,
//! ends the hook.
//!
//! Source: `/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN`.

use std::net::{IpAddr, Ipv4Addr};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use larkspur_api::{
    Refusal,
    code::{hook, message},
    content::{Card, Content, Text},
    custom_bot::{
        v1, v2,
        v2::hook::{SIGN_WINDOW, send::HookMsgType},
    },
    im::v1::message::MsgType,
    user::UserIdType,
};
use larkspur_store::{
    Actor, Tx, View, app::AppRow, chat::ChatRow, hook::HookRow, message::MessageRow, user::UserRow,
};
use serde_json::Value;
use sha2::Sha256;

use crate::{App, Caller, Context, Failure, Result, content, message::send, person};

/// A custom bot to be made.
#[derive(Clone, Default)]
pub struct NewHook {
    /// The bot's name.
    pub name: String,
    /// The last part of its address; made up if it is not given.
    pub token: Option<String>,
    /// What messages must be signed with.
    pub secret: Option<String>,
    /// One of these words must stand in a message; at most 10.
    pub keywords: Vec<String>,
    /// The addresses it may be called from, such as `10.0.0.7`, `10.0.0.*` and `10.0.0.0/24`; at most 10.
    pub ip_list: Vec<String>,
}

larkspur_store::debug_shows!(NewHook: name, keywords, ip_list);

/// Makes a custom bot and puts it into a chat.
///
/// The new app must be put into [`Context::apps`] after the commit.
pub fn create(
    tx: &Tx<'_>,
    context: &Context,
    chat: &ChatRow,
    new: &NewHook,
) -> std::result::Result<(AppRow, HookRow), larkspur_store::Error> {
    let mut app = AppRow {
        id: 0,
        app_id: format!("cli_{}", context.hex(16)),
        tenant_key: chat.tenant_key.clone(),
        app_secret: String::new(),
        name: new.name.clone(),
        open_id: context.open_id().into(),
        bot: true,
        activate_status: 2,
        scopes: "[]".to_owned(),
        availability: None,
        encrypt_key: String::new(),
        verification_token: String::new(),
        subscription: "{}".to_owned(),
        client: false,
        redirect_uris: None,
        app_type: "custom".to_owned(),
        origin: None,
        deleted: false,
    };
    app.id = tx.insert_app(&app)?;
    tx.insert_member(chat.id, Actor::App(app.id), false, context.now())?;
    let row = HookRow {
        hook_id: new.token.clone().unwrap_or_else(|| context.uuid()),
        app: app.id,
        chat: chat.id,
        secret: new.secret.clone(),
        keywords: serde_json::to_string(&new.keywords).unwrap_or_default(),
        ip_list: serde_json::to_string(&new.ip_list).unwrap_or_default(),
    };
    tx.insert_hook(&row)?;
    Ok((app, row))
}

/// Where a hook is called.
pub fn url(base_url: &str, hook: &HookRow) -> String {
    format!("{base_url}/open-apis/bot/v2/hook/{}", hook.hook_id)
}

/// The hook that a token names, if its bot is still in its chat.
pub fn find(view: &View<'_>, token: &str) -> Result<HookRow> {
    let row = view.hook(token)?.ok_or(hook::TOKEN_INVALID)?;
    let there = view.member(row.chat, Actor::App(row.app))?.is_some();
    if there { Ok(row) } else { Err(hook::TOKEN_INVALID.into()) }
}

/// Refuses a call from an address that is not on the hook's list, if it has one.
pub fn check_address(hook: &HookRow, address: IpAddr) -> Result<()> {
    let rules: Vec<String> = serde_json::from_str(&hook.ip_list).unwrap_or_default();
    let allowed = rules.is_empty()
        || match address.to_canonical() {
            IpAddr::V4(address) => rules.iter().any(|rule| matches(rule, address)),
            IpAddr::V6(_) => false,
        };
    if allowed { Ok(()) } else { Err(hook::IP_NOT_ALLOWED.into()) }
}

/// Whether a rule can ever match: an address, one with `*` for parts of it, or a range `a.b.c.d/n`.
pub fn is_rule(rule: &str) -> bool {
    match rule.split_once('/') {
        Some((network, bits)) => {
            network.parse::<Ipv4Addr>().is_ok() && bits.parse::<u32>().is_ok_and(|bits| bits <= 32)
        }
        None => {
            let parts: Vec<_> = rule.split('.').collect();
            parts.len() == 4 && parts.iter().all(|part| *part == "*" || part.parse::<u8>().is_ok())
        }
    }
}

fn matches(rule: &str, address: Ipv4Addr) -> bool {
    if !is_rule(rule) {
        return false;
    }
    match rule.split_once('/') {
        Some((network, bits)) => {
            let network = network.parse().unwrap_or(Ipv4Addr::UNSPECIFIED);
            let free = 32 - bits.parse::<u32>().unwrap_or(32);
            let prefix = |address: Ipv4Addr| address.to_bits().checked_shr(free).unwrap_or_default();
            prefix(network) == prefix(address)
        }
        None => {
            let parts = rule.split('.').zip(address.octets());
            parts.into_iter().all(|(part, octet)| part == "*" || part.parse() == Ok(octet))
        }
    }
}

/// Sends what a call to a hook says.
pub fn send(tx: &Tx<'_>, context: &Context, request: &v2::hook::send::Request) -> Result<MessageRow> {
    let hook = find(tx, &request.token)?;
    check_sign(context, &hook, request.timestamp.as_deref(), request.sign.as_deref())?;
    let raw = match &request.content {
        Some(content) => serde_json::to_value(content).unwrap_or_default(),
        None => Value::Null,
    };
    let mut words = Vec::new();
    collect_words(&raw, &mut words);
    request.card.iter().for_each(|card| collect_words(card, &mut words));
    check_keywords(&hook, &words)?;
    let content = read(request, &raw)?;
    post(tx, context, &hook, &content)
}

/// Sends what a call to a hook of the old form says.
pub fn send_old(tx: &Tx<'_>, context: &Context, request: &v1::hook::send::Request) -> Result<MessageRow> {
    let hook = find(tx, &request.token)?;
    // The old form has no place for a signature.
    check_sign(context, &hook, None, None)?;
    let title = request.title.as_deref().unwrap_or_default();
    check_keywords(&hook, &[title, &request.text])?;
    if request.text.is_empty() {
        return Err(hook::CONTENT_UNKNOWN.into());
    }
    let text = if title.is_empty() { request.text.clone() } else { format!("{title}\n{}", request.text) };
    post(tx, context, &hook, &Content::text(text))
}

/// The member of a custom bot's chat that it means by an id: an `open_id` of whichever app, or a `user_id`.
pub(crate) fn member(view: &View<'_>, bot: &App, id: &str) -> Result<Option<UserRow>> {
    let user = match person::kind_of(id) {
        UserIdType::OpenId => match view.open_id_owner(id)? {
            Some(owner) => view.user_by_row(owner.user)?,
            None => None,
        },
        UserIdType::UserId => view.user_by_user_id(&bot.row.tenant_key, id)?,
        _ => None,
    };
    let (Some(user), Some(hook)) = (user, view.hook_of(bot.row.id)?) else { return Ok(None) };
    let member = view.member(hook.chat, Actor::User(user.id))?;
    Ok(member.map(|_| user))
}

fn check_sign(context: &Context, hook: &HookRow, timestamp: Option<&str>, sign: Option<&str>) -> Result<()> {
    let Some(secret) = &hook.secret else { return Ok(()) };
    let now = context.now().div_euclid(1000);
    let in_time = |timestamp: &str| {
        timestamp.parse::<i64>().is_ok_and(|timestamp| now.abs_diff(timestamp) <= SIGN_WINDOW.unsigned_abs())
    };
    match (timestamp, sign) {
        (Some(timestamp), Some(sign)) if in_time(timestamp) && is_signed(secret, timestamp, sign) => Ok(()),
        _ => Err(hook::SIGN_MISMATCH.into()),
    }
}

/// Whether `sign` is `base64(HMAC-SHA256(key = timestamp + "\n" + secret, message = ""))`.
fn is_signed(secret: &str, timestamp: &str, sign: &str) -> bool {
    let key = format!("{timestamp}\n{secret}");
    let (Ok(mac), Ok(sign)) = (Hmac::<Sha256>::new_from_slice(key.as_bytes()), STANDARD.decode(sign)) else {
        return false;
    };
    mac.verify_slice(&sign).is_ok()
}

/// The words that keywords are looked for in: texts and titles, and in cards what stands under `content`.
fn collect_words<'a>(value: &'a Value, words: &mut Vec<&'a str>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                match value.as_str() {
                    Some(text) if matches!(name.as_str(), "text" | "title" | "content") => words.push(text),
                    _ => collect_words(value, words),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect_words(value, words)),
        _ => {}
    }
}

fn check_keywords(hook: &HookRow, words: &[&str]) -> Result<()> {
    let keywords: Vec<String> = serde_json::from_str(&hook.keywords).unwrap_or_default();
    let found = keywords.iter().any(|keyword| words.iter().any(|words| words.contains(keyword.as_str())));
    if keywords.is_empty() || found { Ok(()) } else { Err(hook::KEYWORD_MISSING.into()) }
}

/// The content of a call, as the message endpoints know it.
fn read(request: &v2::hook::send::Request, raw: &Value) -> Result<Content> {
    let unknown = || Failure::from(hook::CONTENT_UNKNOWN);
    let said = request.content.as_ref();
    Ok(match request.msg_type {
        HookMsgType::Text => {
            let text = said.and_then(|said| said.text.clone()).filter(|text| !text.is_empty());
            Content::Text(Text::new(text.ok_or_else(unknown)?))
        }
        HookMsgType::Post => {
            let post = raw.get("post").filter(|post| is_post(post)).ok_or_else(unknown)?;
            Content::parse(&MsgType::Post, &post.to_string()).map_err(|_| unknown())?
        }
        HookMsgType::Image => {
            let key = said.and_then(|said| said.image_key.clone());
            Content::image(key.filter(|key| !key.as_str().is_empty()).ok_or_else(unknown)?)
        }
        HookMsgType::ShareChat => {
            let chat = said.and_then(|said| said.share_chat_id.clone());
            Content::share_chat(chat.filter(|chat| !chat.as_str().is_empty()).ok_or_else(unknown)?)
        }
        HookMsgType::Interactive => {
            let card = request.card.clone().ok_or(hook::CARD_UNKNOWN)?;
            if !card.is_object() {
                return Err(hook::CARD_UNKNOWN.into());
            }
            let card = Card(card);
            content::card::check(&card).map_err(in_own_words)?;
            Content::Interactive(card)
        }
        HookMsgType::Other(_) => return Err(hook::MSG_TYPE_NEEDED.into()),
    })
}

/// The tags that a post of a custom bot may have.
const POST_TAGS: &[&str] = &["text", "a", "at", "img"];

/// Rich text of the form the guide has: paragraphs of four tags, none of them styled.
fn is_post(post: &Value) -> bool {
    let is_node = |node: &Value| {
        let tag = node.get("tag").and_then(Value::as_str).unwrap_or_default();
        POST_TAGS.contains(&tag) && node.get("style").is_none()
    };
    let is_paragraph =
        |paragraph: &Value| paragraph.as_array().is_some_and(|nodes| nodes.iter().all(is_node));
    let is_body = |body: &Value| {
        let content = body.get("content").and_then(Value::as_array);
        content.is_some_and(|content| !content.is_empty() && content.iter().all(is_paragraph))
    };
    post.as_object().is_some_and(|post| !post.is_empty() && post.values().all(is_body))
}

/// Writes a message to the bot's chat, by the same rules as any bot's.
fn post(tx: &Tx<'_>, context: &Context, hook: &HookRow, content: &Content) -> Result<MessageRow> {
    let app = context.apps.get(hook.app).ok_or(hook::TOKEN_INVALID)?;
    let chat = tx.chat_by_row(hook.chat)?.ok_or(hook::TOKEN_INVALID)?;
    let caller = Caller::bot(app);
    let (_, row) = send::send_to(tx, context, &caller, &chat, content).map_err(in_own_words)?;
    Ok(row)
}

/// What the message endpoints say, with the numbers that hooks have for it.
fn in_own_words(failure: Failure) -> Failure {
    let Failure::Refused(refusal) = failure else { return failure };
    let Refusal { code, detail, .. } = *refusal.clone();
    if code == message::CARD_INVALID {
        let detail = detail.unwrap_or_default();
        return hook::CARD_INVALID.because(detail.trim_start_matches("ErrCode: ")).into();
    }
    if code == message::FREQUENCY_LIMIT {
        return hook::RATE_LIMITED.into();
    }
    Failure::Refused(refusal)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn signatures_are_those_of_the_vectors() {
        assert!(is_signed("demo", "1599360473", "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="));
        assert!(is_signed("SECv3ct0r", "1608725989", "vS5fDzMZnCzGllOyowCSVGwhsqoDntLoTmxkoepVEg0="));
        assert!(is_signed("密钥", "1700000000", "cyn+2wyXar1IIl3eihT1dIzSxsVv1BFWCgy6prBcWJM="));
        assert!(!is_signed("demo", "1599360474", "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="));
        assert!(!is_signed("demo", "1599360473", "not base64"));
        assert!(!is_signed("demo", "1599360473", ""));
    }

    #[test]
    fn addresses_match_their_rules() {
        let address = Ipv4Addr::new(123, 12, 1, 7);
        for rule in ["123.12.1.7", "123.12.1.*", "*.*.*.*", "123.12.1.1/24", "123.12.1.7/32", "0.0.0.0/0"] {
            assert!(is_rule(rule) && matches(rule, address), "{rule}");
        }
        for rule in ["123.12.1.8", "123.12.2.*", "123.12.2.0/24"] {
            assert!(is_rule(rule) && !matches(rule, address), "{rule}");
        }
        for rule in ["", "123.12.1", "123.12.1.x", "123.12.1.0/33", "::1"] {
            assert!(!is_rule(rule) && !matches(rule, address), "{rule}");
        }
    }

    #[test]
    fn a_post_has_the_form_of_the_guide() {
        let post = |content: Value| json!({"zh_cn": {"title": "T", "content": content}});
        assert!(is_post(&post(json!([[{"tag": "text", "text": "x"}, {"tag": "at", "user_id": "all"}], []]))));
        assert!(!is_post(&post(json!([[{"tag": "md", "text": "x"}]]))));
        assert!(!is_post(&post(json!([[{"tag": "text", "text": "x", "style": ["bold"]}]]))));
        assert!(!is_post(&post(json!([]))));
        assert!(!is_post(&json!({})));
        assert!(!is_post(&json!({"zh_cn": {"title": "T"}})));
    }
}
