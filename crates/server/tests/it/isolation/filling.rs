//! Requests from the field tables: each field gets what its name says it holds, the caller's own or someone else's.

use std::collections::{BTreeSet, HashMap};

use larkspur_api::endpoint::{Field, Kind, Meta, Place};
use serde_json::{Map, Value, json};

use super::belongings::{Belongings, card_entity, leaves};

/// A request.
#[derive(Debug)]
pub(crate) struct Filling {
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Map<String, Value>,
    /// Whether one field is someone else's and all others are the caller's own.
    pub(crate) aimed: bool,
}

impl Filling {
    /// Whether a text stands in the request.
    pub(crate) fn names(&self, text: &str) -> bool {
        self.path.contains(text)
            || self.query.iter().any(|(_, value)| value == text)
            || self
                .body
                .values()
                .flat_map(leaves)
                .any(|leaf| leaf.as_str().is_some_and(|leaf| leaf.contains(text)))
    }
}

/// What a field of text holds.
enum What {
    /// One of these ids.
    Ids(Vec<String>),
    /// Words that name nothing.
    Words(&'static str),
}

/// Makes requests of one endpoint.
pub(crate) struct Filler<'a> {
    meta: &'static Meta,
    theirs: &'a Belongings,
    mine: &'a Belongings,
    dice: u64,
    /// The field that holds someone else's; all others hold the caller's own.
    aim: Option<String>,
    /// The kinds of ids that were chosen, by the names of their fields.
    kinds: HashMap<String, String>,
    unknown: BTreeSet<String>,
}

impl<'a> Filler<'a> {
    pub(crate) fn new(meta: &'static Meta, theirs: &'a Belongings, mine: &'a Belongings) -> Self {
        let (aim, kinds, unknown) = (None, HashMap::new(), BTreeSet::new());
        Self { meta, theirs, mine, dice: 1, aim, kinds, unknown }
    }

    /// The fields of this endpoint that nothing is known of.
    pub(crate) fn unknown(self) -> BTreeSet<String> {
        self.unknown
    }

    /// The fields that hold ids.
    pub(crate) fn aims(&self) -> Vec<String> {
        fn gather(fields: &[Field], out: &mut Vec<&'static str>) {
            for field in fields {
                match field.kind {
                    Kind::Text | Kind::List(Kind::Text) | Kind::Any => out.push(field.name),
                    Kind::Object(fields) => gather(fields, out),
                    Kind::List(Kind::Object(fields)) => gather(fields, out),
                    _ => {}
                }
            }
        }
        let mut names = Vec::new();
        gather(self.meta.fields, &mut names);
        let holds_ids = |name: &&str| matches!(self.what(name, self.theirs, 0), Some(What::Ids(_)));
        names.into_iter().filter(holds_ids).map(str::to_owned).collect()
    }

    /// A request in which mostly everything is someone else's.
    pub(crate) fn at_random(&mut self) -> Filling {
        self.aim = None;
        self.fill()
    }

    /// A request in which all is the caller's own but one field.
    pub(crate) fn aimed_at(&mut self, field: &str) -> Filling {
        self.aim = Some(field.to_owned());
        self.fill()
    }

    /// A request in which nothing is someone else's.
    pub(crate) fn own(&mut self) -> Filling {
        self.aim = Some(String::new());
        self.fill()
    }

    fn roll(&mut self, bound: usize) -> usize {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.dice >> 33) as usize % bound.max(1)
    }

    fn fill(&mut self) -> Filling {
        let fullness = [1, 5, 9][self.roll(3)];
        self.kinds.clear();
        for field in self.meta.fields {
            if let Kind::Enum(values) = field.kind {
                let chosen = values[self.roll(values.len())].value;
                self.kinds.insert(field.name.to_owned(), chosen.to_owned());
            }
        }
        let (mut path, mut query, mut body) = (self.meta.path.to_owned(), Vec::new(), Map::new());
        for field in self.meta.fields {
            if !field.required && self.aim.as_deref() != Some(field.name) && self.roll(10) >= fullness {
                continue;
            }
            let value = self.value(field.name, &field.kind);
            let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            match (field.place, &value) {
                (Place::Path, value) => path = path.replace(&format!(":{}", field.name), &plain(value)),
                (Place::Query, Value::Array(items)) => {
                    query.extend(items.iter().map(|item| (field.name.to_owned(), plain(item))));
                }
                (Place::Query, value) => query.push((field.name.to_owned(), plain(value))),
                (Place::Body | Place::File, _) => drop(body.insert(field.name.to_owned(), value)),
            }
        }
        match self.meta.id {
            "message.v4.batch_send.create" => leave_out_unread(&mut body),
            "im.v1.chat_menu_item.patch" => leave_out_unchanged(&mut body),
            _ => {}
        }
        Filling { path, query, body, aimed: self.aim.is_some() }
    }

    fn value(&mut self, name: &str, kind: &Kind) -> Value {
        match kind {
            Kind::Text | Kind::Any => self.text(name),
            Kind::Enum(values) => match self.kinds.get(name) {
                Some(chosen) => chosen.as_str().into(),
                None => values[self.roll(values.len())].value.into(),
            },
            Kind::IntEnum(values) => {
                let value = values[self.roll(values.len())].value;
                value.parse::<i64>().map_or(Value::Null, Value::from)
            }
            Kind::Int => 10.into(),
            Kind::Float => 1.0.into(),
            Kind::Bool => (self.roll(2) == 0).into(),
            Kind::List(inner) => (0..=self.roll(2)).map(|_| self.value(name, inner)).collect(),
            Kind::Object(fields) => {
                let mut object = Map::new();
                for field in *fields {
                    if field.required || self.aim.as_deref() == Some(field.name) || self.roll(10) < 7 {
                        object.insert(field.name.to_owned(), self.value(field.name, &field.kind));
                    }
                }
                object.into()
            }
            Kind::Map(_) | Kind::File => json!({}),
        }
    }

    fn text(&mut self, name: &str) -> Value {
        let foreign = match &self.aim {
            Some(aim) => aim == name,
            None => self.roll(10) < 8,
        };
        let whose = if foreign { self.theirs } else { self.mine };
        let roll = self.roll(1000);
        // The caller's own are each for one request: the same again would be the first again.
        if name == "uuid" && !foreign {
            return format!("own {}", self.dice).into();
        }
        match self.what(name, whose, roll) {
            Some(What::Ids(ids)) => {
                let chosen = &ids[roll % ids.len()];
                // These are JSON and not text.
                match name {
                    "card" | "post" => serde_json::from_str(chosen).unwrap_or_default(),
                    _ => chosen.as_str().into(),
                }
            }
            Some(What::Words(words)) => words.into(),
            None => {
                self.unknown.insert(format!("{}: {name}", self.meta.id));
                Value::Null
            }
        }
    }

    /// Someone, by the kind of id that the request names, or by any.
    fn person(&self, whose: &Belongings) -> Vec<String> {
        let kinds = ["user_id_type", "member_id_type", "receive_id_type", "chatter_id_type"];
        let kind = kinds.iter().find_map(|kind| self.kinds.get(*kind)).map_or("", String::as_str);
        let ids = match kind {
            "open_id" => vec![&whose.open_id, &whose.bot_open_id],
            "union_id" => vec![&whose.union_id],
            "user_id" => vec![&whose.user_id],
            "app_id" => vec![&whose.app_id],
            "email" => vec![&whose.email],
            _ => vec![&whose.open_id, &whose.union_id, &whose.user_id],
        };
        ids.into_iter().cloned().collect()
    }

    /// What the field with this name holds. One name means the same wherever it stands.
    fn what(&self, name: &str, whose: &Belongings, roll: usize) -> Option<What> {
        let ids = |ids: &[&String]| Some(What::Ids(ids.iter().map(|id| (*id).clone()).collect()));
        let words = |words: &'static str| Some(What::Words(words));
        match name {
            "chat_id" | "chat_ids" | "feed_card_id" => ids(&[&whose.chat_id, &whose.p2p_chat_id]),
            "container_id" => match self.kinds.get("container_id_type").map(String::as_str) {
                Some("thread") => ids(&[&whose.thread_id]),
                _ => ids(&[&whose.chat_id, &whose.p2p_chat_id]),
            },
            "message_id" | "message_ids" | "message_id_list" | "item_id" => {
                Some(What::Ids(whose.messages().map(str::to_owned).to_vec()))
            }
            "receive_id" => match self.kinds.get("receive_id_type").map(String::as_str) {
                Some("chat_id") => ids(&[&whose.chat_id, &whose.p2p_chat_id]),
                Some("thread_id") => ids(&[&whose.thread_id]),
                _ => Some(What::Ids(self.person(whose))),
            },
            "user_id"
            | "user_ids"
            | "user_id_list"
            | "owner_id"
            | "id_list"
            | "manager_ids"
            | "member_ids"
            | "moderator_added_list"
            | "moderator_removed_list"
            | "from_ids"
            | "at_chatter_ids" => Some(What::Ids(self.person(whose))),
            "open_id" | "open_ids" | "chatter_ids" => ids(&[&whose.open_id, &whose.bot_open_id]),
            "union_ids" => ids(&[&whose.union_id]),
            "email" | "emails" => ids(&[&whose.email]),
            "mobiles" => ids(&[&whose.mobile]),
            "app_id" | "bot_id_list" => ids(&[&whose.app_id]),
            // Whoever has the secret of an app is the app.
            "app_secret" => Some(What::Ids(vec![self.mine.app_secret.clone()])),
            "image_key" => ids(&[&whose.image_key, &whose.avatar_key]),
            "avatar" | "icon_key" => ids(&[&whose.avatar_key, &whose.image_key]),
            "file_key" => ids(&[&whose.file_key, &whose.image_key]),
            "reaction_id" => ids(&[&whose.reaction_id]),
            "thread_id" => ids(&[&whose.thread_id]),
            "tab_id" | "tab_ids" => ids(&[&whose.tab_id]),
            "menu_item_id" => ids(&[&whose.menu_id, &whose.menu_entry_id]),
            "chat_menu_top_level_ids" => ids(&[&whose.menu_id]),
            // The platform gives these to what is made, whatever the request says.
            "chat_menu_top_level_id" | "chat_menu_second_level_id" => words("1"),
            "department_id" => match self.kinds.get("department_id_type").map(String::as_str) {
                Some("department_id") => ids(&[&whose.department_id]),
                Some(_) => ids(&[&whose.open_department_id]),
                None => ids(&[&whose.department_id, &whose.open_department_id]),
            },
            "batch_message_id" => ids(&[&whose.batch_message_id]),
            "card_id" => ids(&[&whose.card_entity_id]),
            "data" => Some(What::Ids(vec![card_entity("x")])),
            "settings" => words(r#"{"config":{"summary":{"content":"x"}}}"#),
            "element_id" | "target_element_id" => words("piece"),
            "elements" => words(r#"[{"tag":"markdown","element_id":"other","content":"x"}]"#),
            "partial_element" => words(r#"{"content":"x"}"#),
            "actions" => words(
                r#"[{"action":"partial_update_element","params":{"element_id":"piece","partial_element":{"content":"x"}}}]"#,
            ),
            "type" => words("card_json"),
            "members" => ids(&[&whose.user_id, &whose.union_id, &whose.open_id]),
            "user_code" => words("BCDF-GHJK"),
            "token" => ids(&[&whose.card_token]),
            "preview_tokens" => ids(&[&whose.preview_token]),
            "content" if self.meta.id == "im.v1.message.patch" => Some(What::Ids(vec![card(whose)])),
            "content" => Some(What::Ids(vec![self.content(whose, roll)])),
            "card" => Some(What::Ids(vec![card(whose)])),
            "post" => Some(What::Ids(vec![post(whose)])),
            "share_chat_id" => ids(&[&whose.chat_id]),
            // Users act in their own name.
            "user" => Some(What::Ids(vec![self.mine.user_id.clone()])),
            "at" => ids(&[&whose.user_id, &whose.union_id, &whose.open_id]),
            "uuid" => Some(What::Ids(vec!["same".to_owned()])),
            "emoji_type" | "reaction_type" => words("OK"),
            // What would find the people, groups, departments, apps and messages of the first tenant.
            "query" => {
                let words = ["group", "text", "beds", "first", "GARDEN"];
                Some(What::Ids(words.map(str::to_owned).to_vec()))
            }
            "url" | "doc" | "common_url" | "ios_url" | "android_url" | "pc_url" | "web_url" => {
                words("https://x.example")
            }
            "element" if self.meta.id.starts_with("cardkit.") => {
                words(r#"{"tag":"markdown","element_id":"piece","content":"y"}"#)
            }
            "element" => words("yes"),
            "page_token" | "meeting_minute" | "task" | "option" | "options" | "input_value" | "event_key"
            | "name" | "en_us" | "zh_cn" | "ja_jp" | "description" | "text" | "title" | "tab_name"
            | "nickname" | "member_types" | "file_name" | "file" | "image" | "department_ids" => words("x"),
            "start_time" | "end_time" => words("1800000000"),
            _ => None,
        }
    }

    /// Content of the type that the request names, with ids in it.
    fn content(&self, whose: &Belongings, roll: usize) -> String {
        let mention = format!("<at user_id=\"{}\"></at> x", whose.open_id);
        let content = match self.kinds.get("msg_type").map_or("", String::as_str) {
            "image" => json!({"image_key": whose.image_key}),
            "file" | "audio" | "sticker" => json!({"file_key": whose.file_key}),
            "media" => json!({"file_key": whose.file_key, "image_key": whose.image_key}),
            "share_chat" => json!({"chat_id": whose.chat_id}),
            "share_user" => json!({"user_id": whose.open_id}),
            "interactive" => return card(whose),
            "post" if roll.is_multiple_of(2) => return post(whose),
            "post" => json!({"zh_cn": {"content": [[{"tag": "at", "user_id": whose.open_id}]]}}),
            _ => json!({"text": mention}),
        };
        content.to_string()
    }
}

/// Leaves out what a message to many users does not read, given its type.
fn leave_out_unread(body: &mut Map<String, Value>) {
    let read = match body.get("msg_type").and_then(Value::as_str) {
        Some("text") => "text",
        Some("image") => "image_key",
        Some("post") => "post",
        Some("share_chat") => "share_chat_id",
        _ => {
            body.remove("content");
            return;
        }
    };
    body.remove("card");
    if let Some(content) = body.get_mut("content").and_then(Value::as_object_mut) {
        content.retain(|name, _| name == read);
    }
}

/// Leaves out the icon of a menu if the icon is not to change: it is not read then.
fn leave_out_unchanged(body: &mut Map<String, Value>) {
    let changed = body.get("update_fields").and_then(Value::as_array);
    if !changed.is_some_and(|fields| fields.iter().any(|field| field == "ICON"))
        && let Some(item) = body.get_mut("chat_menu_item").and_then(Value::as_object_mut)
    {
        item.remove("image_key");
    }
}

/// A post with a picture.
fn post(whose: &Belongings) -> String {
    json!({"zh_cn": {"content": [[{"tag": "img", "image_key": whose.image_key}]]}}).to_string()
}

/// A card with a picture.
fn card(whose: &Belongings) -> String {
    let picture =
        json!({"tag": "img", "img_key": whose.image_key, "alt": {"tag": "plain_text", "content": "x"}});
    json!({"config": {"update_multi": true}, "elements": [picture]}).to_string()
}
