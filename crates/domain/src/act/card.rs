//! A user presses a button of a card, chooses, or sends its form: what the bot is asked, and what its answer does.

use std::collections::BTreeMap;

use larkspur_api::{
    act::{click, submit},
    code::{client, message as message_code},
    content::{
        Content,
        card::{Card, CardKind},
    },
    event::{
        Envelope, Event,
        callback::{Context as Place, Host, Operator},
        card::action::{Action, trigger, trigger_v1},
    },
    id::MessageId,
    im::v1::message::MsgType,
};
use larkspur_store::{
    Actor, Tx, View,
    message::{MessageRow, State},
    user::UserRow,
};
use serde_json::{Map, Value, json};

use super::{Person, person};
use crate::{App, Caller, Context, Failure, Result, card, content, event, message, person as people};

/// Elements that a user can do something to.
const ELEMENTS: &[&str] = &[
    "button",
    "checker",
    "date_picker",
    "input",
    "interactive_container",
    "multi_select_person",
    "multi_select_static",
    "overflow",
    "picker_datetime",
    "picker_time",
    "select_img",
    "select_person",
    "select_static",
];

/// A day, in ms.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// How long a card of version 1.0 can be clicked, in ms.
///
/// Source: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-breaking-changes-release-notes`.
const CLICKABLE: i64 = 30 * DAY;

/// How long a card can be changed by answers, and one of version 2.0 can be clicked, in ms.
const UPDATABLE: i64 = 14 * DAY;

/// Elements that need a name where they stand in a form.
const NAMED: &[&str] = &[
    "button",
    "checker",
    "date_picker",
    "input",
    "multi_select_person",
    "multi_select_static",
    "picker_datetime",
    "picker_time",
    "select_img",
    "select_person",
    "select_static",
];

/// Elements that tell where the user is.
const TIMED: &[&str] = &["date_picker", "picker_datetime", "picker_time"];

/// What the app is asked, and about which message.
pub struct Question {
    /// The app.
    pub app: i64,
    /// What it is asked.
    pub envelope: Envelope,
    /// The message with the card.
    message: i64,
    /// Who sees the answer.
    user: i64,
    /// With it the app may change the card later.
    token: String,
}

/// What an answer did.
#[derive(Clone, Debug, Default)]
pub struct Effect {
    /// The notice that the user sees.
    pub toast: Option<String>,
    /// Whether the card was replaced.
    pub card_updated: bool,
}

/// Refuses to ask an app that does not listen.
pub(super) fn listens<E: Event>(app: &App) -> Result<()> {
    if app.subscription.includes(E::META) {
        return Ok(());
    }
    let why = format!("{} is not among the callbacks that the app subscribed to", E::META.event_type);
    Err(client::NO_ADDRESS.because(why).into())
}

/// The user, as callbacks name them.
pub(super) fn operator(view: &View<'_>, app: &App, user: &UserRow) -> Result<Operator> {
    let name = |id_type| people::name_of(view, app, &id_type, user);
    Ok(Operator {
        tenant_key: Some(user.tenant_key.clone()),
        user_id: Some(user.user_id.as_str().into()),
        open_id: name(larkspur_api::user::UserIdType::OpenId)?.into(),
        union_id: Some(user.union_id.as_str().into()),
        ..Operator::default()
    })
}

/// A card that stands in a chat.
struct Standing {
    by: Person,
    row: MessageRow,
    chat_id: String,
    app: std::sync::Arc<App>,
    card: Value,
}

fn standing(view: &View<'_>, context: &Context, user: &str, message_id: &MessageId) -> Result<Standing> {
    let by = person(view, context, user)?;
    let row = message::find(view, &by.caller, message_id.as_str())?;
    let chat = view.chat_by_row(row.chat)?.ok_or(message_code::BOT_OUTSIDE_GROUP)?;
    message::check_member(view, &by.caller, &chat)?;
    if row.state != State::Sent {
        return Err(message_code::RECALLED.into());
    }
    let app = match row.sender {
        Actor::App(app) if MsgType::from(row.msg_type.as_str()) == MsgType::Interactive => {
            context.apps.get(app)
        }
        _ => None,
    };
    let app = app.ok_or_else(|| message_code::TYPE_NOT_SUPPORTED.because("not a card of a bot"))?;
    let card = seen(view, &row, by.user.id)?;
    let life = if card.kind() == Some(CardKind::Json2) { UPDATABLE } else { CLICKABLE };
    if context.now() - row.created_at > life {
        let why = format!("the card is older than {} days: it can no longer be clicked", life / DAY);
        return Err(super::wrong("message_id", message_id.as_str(), why).into());
    }
    let card = card.0;
    Ok(Standing { by, row, chat_id: chat.chat_id, app, card })
}

/// The card in a message, as a user sees it.
fn seen(view: &View<'_>, row: &MessageRow, user: i64) -> Result<Card> {
    let sent = || Card(serde_json::from_str(&row.content).unwrap_or_default());
    Ok(card::copy_of(view, row, user)?.unwrap_or_else(sent))
}

/// An element, and whether it stands in a form.
struct Element<'a> {
    element: &'a Map<String, Value>,
    in_form: bool,
}

impl<'a> Element<'a> {
    fn text(&self, key: &str) -> &'a str {
        self.element.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn label(&self) -> &'a str {
        let text = self.element.get("text");
        text.and_then(|text| text.as_str().or_else(|| text.get("content")?.as_str())).unwrap_or_default()
    }

    /// What a person would call it.
    fn shown(&self) -> &'a str {
        [self.text("name"), self.label(), self.text("element_id"), self.text("tag")]
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default()
    }

    fn is_called(&self, name: &str) -> bool {
        [self.text("name"), self.label(), self.text("element_id")].contains(&name)
    }

    /// Whether pressing it sends a form.
    fn submits(&self) -> bool {
        self.in_form
            && (self.text("form_action_type") == "submit" || self.text("action_type") == "form_submit")
    }

    /// Whether using it asks the bot by itself.
    fn asks(&self) -> bool {
        if self.in_form && self.text("tag") != "button" {
            return false;
        }
        let behaviours = self.element.get("behaviors").and_then(Value::as_array);
        match behaviours {
            Some(all) => all.iter().any(|one| one.get("type").and_then(Value::as_str) == Some("callback")),
            None => {
                !["url", "multi_url"].iter().any(|key| self.element.contains_key(*key)) && !self.submits()
            }
        }
    }

    /// What the author put there to come back.
    fn value(&self) -> Option<Value> {
        let behaviours = self.element.get("behaviors").and_then(Value::as_array).into_iter().flatten();
        let callback = behaviours
            .filter(|one| one.get("type").and_then(Value::as_str) == Some("callback"))
            .find_map(|one| one.get("value"));
        callback.or_else(|| self.element.get("value")).cloned()
    }
}

/// Every element that a user can do something to, in the order of the card.
fn elements(card: &Value) -> Vec<Element<'_>> {
    fn collect<'a>(value: &'a Value, in_form: bool, found: &mut Vec<Element<'a>>) {
        match value {
            Value::Object(element) => {
                let tag = element.get("tag").and_then(Value::as_str).unwrap_or_default();
                if ELEMENTS.contains(&tag) {
                    found.push(Element { element, in_form });
                }
                element.values().for_each(|value| collect(value, in_form || tag == "form", found));
            }
            Value::Array(values) => values.iter().for_each(|value| collect(value, in_form, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(card, false, &mut found);
    found
}

/// The one element that is meant.
fn chosen<'a>(all: Vec<Element<'a>>, name: Option<&str>) -> Result<Element<'a>> {
    let names: Vec<_> = all.iter().map(Element::shown).collect();
    let there_are = format!("there are: {}", names.join(", "));
    let mut meant: Vec<_> =
        all.into_iter().filter(|element| name.is_none_or(|name| element.is_called(name))).collect();
    match meant.len() {
        1 => Ok(meant.remove(0)),
        0 => Err(client::NO_ELEMENT.because(there_are).into()),
        _ => Err(client::NO_ELEMENT.because(format!("several are meant; {there_are}")).into()),
    }
}

/// Presses a button, or uses another element.
pub fn press(tx: &Tx<'_>, context: &Context, request: &click::Request) -> Result<Question> {
    let standing = standing(tx, context, &request.user, &request.message_id)?;
    let all = elements(&standing.card).into_iter().filter(Element::asks).collect();
    let element = chosen(all, request.element.as_deref())?;
    let action = Action {
        option: request.option.clone(),
        options: request.options.clone(),
        input_value: request.input_value.clone(),
        checked: request.checked,
        ..action(&element)
    };
    ask(tx, context, &standing, action)
}

/// Sends a form.
pub fn submit(tx: &Tx<'_>, context: &Context, request: &submit::Request) -> Result<Question> {
    let standing = standing(tx, context, &request.user, &request.message_id)?;
    let all = elements(&standing.card);
    if all.iter().any(|one| one.in_form && NAMED.contains(&one.text("tag")) && one.text("name").is_empty()) {
        return Err(client::NAMELESS.into());
    }
    let known: BTreeMap<&str, &Element<'_>> =
        all.iter().filter(|one| one.in_form && !one.submits()).map(|one| (one.text("name"), one)).collect();
    for name in request.form_value.keys() {
        if !known.contains_key(name.as_str()) {
            let names: Vec<_> = known.keys().copied().collect();
            return Err(
                super::wrong("form_value", name, format!("the form has: {}", names.join(", "))).into()
            );
        }
    }
    let required = known.iter().find(|(name, element)| {
        element.element.get("required") == Some(&json!(true)) && !request.form_value.contains_key(**name)
    });
    if let Some((name, _)) = required {
        return Err(super::wrong("form_value", name, "the form wants this to be filled in").into());
    }
    let buttons = elements(&standing.card).into_iter().filter(Element::submits).collect();
    let button = chosen(buttons, request.element.as_deref())?;
    let action = Action { form_value: Some(request.form_value.clone()), ..action(&button) };
    ask(tx, context, &standing, action)
}

fn action(element: &Element<'_>) -> Action {
    let tag = element.text("tag");
    let name = Some(element.text("name")).filter(|name| !name.is_empty());
    Action {
        value: element.value(),
        tag: tag.to_owned(),
        timezone: TIMED.contains(&tag).then(|| "Asia/Shanghai".to_owned()),
        name: name.map(str::to_owned),
        ..Action::default()
    }
}

fn ask(tx: &Tx<'_>, context: &Context, standing: &Standing, action: Action) -> Result<Question> {
    let Standing { by, row, chat_id, app, .. } = standing;
    let old = !app.subscription.includes(trigger::Event::META);
    if old {
        // An app that listens to neither is told so in the words of the new one.
        listens::<trigger_v1::Event>(app).or_else(|_| listens::<trigger::Event>(app))?;
    }
    let operator = operator(tx, app, &by.user)?;
    let token = card::mint_token(tx, context, app.row.id, row.id)?;
    let message_id = Some(row.message_id.as_str().into());
    let open_chat_id = Some(chat_id.as_str().into());
    let envelope = if old {
        let body = trigger_v1::Event {
            open_id: operator.open_id,
            user_id: operator.user_id,
            tenant_key: operator.tenant_key,
            token: token.clone(),
            open_message_id: message_id,
            open_chat_id,
            action,
            ..trigger_v1::Event::default()
        };
        event::envelope(context, app, &body)
    } else {
        let place = Place { open_message_id: message_id, open_chat_id, ..Place::default() };
        let body = trigger::Event {
            operator,
            token: token.clone(),
            action,
            host: Some(Host::ImMessage),
            context: Some(place),
            ..trigger::Event::default()
        };
        event::envelope(context, app, &body)
    };
    Ok(Question { app: app.row.id, envelope, message: row.id, user: by.user.id, token })
}

/// Does what an answer says: shows its notice, and puts its card in the place of the other.
pub fn apply(
    tx: &Tx<'_>,
    context: &Context,
    question: &Question,
    answer: &Map<String, Value>,
) -> Result<Effect> {
    let old = question.envelope.header.event_type == trigger_v1::Event::META.event_type;
    let toast = answer.get("toast").map(|toast| {
        let i18n = toast.get("i18n").and_then(|all| all.get("zh_cn").or_else(|| all.get("en_us")));
        let content = toast.get("content").or(i18n).and_then(Value::as_str);
        content.unwrap_or_default().to_owned()
    });
    let card = match answer.get("card") {
        _ if old => ["elements", "i18n_elements"]
            .iter()
            .any(|key| answer.contains_key(*key))
            .then(|| Value::Object(answer.clone())),
        None => None,
        Some(card) => match (card.get("type").and_then(Value::as_str), card.get("data")) {
            (Some("raw"), Some(data)) => Some(data.clone()),
            (Some("template"), _) => Some(card.clone()),
            _ => return Err(client::CARD_INVALID.because("card has type and data").into()),
        },
    };
    let card_updated = match card {
        Some(card) => replace(tx, context, question, Card(card))?,
        None => false,
    };
    card::mark_answered(tx, &question.token)?;
    Ok(Effect { toast, card_updated })
}

/// Puts a card in the place of the one that was clicked; `false` if that is too old to be changed.
fn replace(tx: &Tx<'_>, context: &Context, question: &Question, card: Card) -> Result<bool> {
    let row = tx.message_by_row(question.message)?.ok_or(message_code::DELETED)?;
    let chat = tx.chat_by_row(row.chat)?.ok_or(message_code::DELETED)?;
    let app = context.apps.get(question.app).ok_or(message_code::DELETED)?;
    content::card::check(&card).map_err(invalid)?;
    let caller = Caller::bot(app);
    let card = card::resolve_shown(tx, &caller, &card).map_err(invalid)?;
    message::send::check_references(tx, &caller, &chat, &Content::Interactive(card.clone()))
        .map_err(invalid)?;
    let was = seen(tx, &row, question.user)?;
    if was.kind() == Some(CardKind::Json2) && card.kind() == Some(CardKind::Json1) {
        return Err(client::CARD_VERSION.into());
    }
    if context.now() - row.created_at > UPDATABLE {
        return Ok(false);
    }
    if content::card::is_shared(&card) {
        card::replace(tx, context, &row, &card)?;
    } else {
        // Everyone has one of their own.
        tx.put_card_copy(row.id, question.user, &card.0.to_string(), context.now())?;
    }
    Ok(true)
}

/// What the message endpoints say of a card, with the number a client has for it.
fn invalid(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) => client::CARD_INVALID.because(refusal.detail.unwrap_or_default()).into(),
        other => other,
    }
}
