//! A step as a request of the wire.

use serde_json::{Value, json};

use crate::{
    agree::Names,
    facts,
    op::{Actor, Bot, Change, Op, Speakers, Text, To, Who},
    reference,
};

/// What is sent.
pub(crate) struct Request {
    /// The app whose token goes along; users need none.
    pub(crate) by: Option<Bot>,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) body: Value,
    /// How many to a page, if the answer comes in pages.
    pub(crate) page_size: Option<usize>,
}

/// The request of a step. `None` if the platform is asked for nothing, or what the step names has no id yet.
pub(crate) fn of(names: &Names, op: &Op) -> Option<Request> {
    let maker = Maker { names };
    maker.make(op)
}

struct Maker<'a> {
    names: &'a Names,
}

fn call(by: Bot, method: &'static str, path: impl Into<String>, body: Value) -> Request {
    let path = format!("/open-apis/im/v1/{}", path.into());
    Request { by: Some(by), method, path, body, page_size: None }
}

fn get(by: Bot, path: impl Into<String>) -> Request {
    call(by, "GET", path, Value::Null)
}

fn pages(by: Bot, path: &str, page_size: usize) -> Request {
    let sign = if path.contains('?') { '&' } else { '?' };
    let request = get(by, format!("{path}{sign}page_size={page_size}"));
    Request { page_size: Some(page_size), ..request }
}

fn act(verb: &str, body: Value) -> Request {
    let path = format!("/_larkspur/v1/act/{verb}");
    Request { by: None, method: "POST", path, body, page_size: None }
}

fn only(only: bool) -> &'static str {
    if only { "only_owner" } else { "all_members" }
}

fn uuid(uuid: Option<u8>) -> Option<String> {
    uuid.map(|uuid| format!("uuid-{uuid}"))
}

fn uuid_query(given: Option<u8>) -> String {
    uuid(given).map(|uuid| format!("&uuid={uuid}")).unwrap_or_default()
}

impl Text {
    /// The text with its mentions as markup.
    fn sent(&self) -> String {
        let all = if self.at_all { "<at user_id=\"all\"></at> " } else { "" };
        let one = self.at.map(|user| format!("<at user_id=\"{user}\">{}</at> ", facts::name(user)));
        format!("{all}{}{}", one.unwrap_or_default(), self.words)
    }

    fn content(&self) -> String {
        json!({"text": self.sent()}).to_string()
    }
}

impl Maker<'_> {
    fn id(&self, name: &str) -> Option<&str> {
        Some(self.names.id(name)).filter(|id| *id != "unbound")
    }

    /// The kind of a receiver, and its id.
    fn to(&self, to: &To) -> Option<(&'static str, String)> {
        Some(match to {
            To::Chat(chat) => ("chat_id", self.id(chat)?.to_owned()),
            To::Thread(thread) => ("thread_id", self.id(thread)?.to_owned()),
            To::User(user) => ("user_id", (*user).to_owned()),
            To::Bot(_) => return None,
        })
    }

    fn make(&self, op: &Op) -> Option<Request> {
        Some(match op {
            Op::CreateChat { by, new } => {
                let uuid = uuid_query(new.uuid);
                let path = format!("chats?user_id_type=user_id&set_bot_manager={}{uuid}", new.bot_manager);
                let bots: Vec<_> = new.bots.iter().map(|bot| facts::app_id(bot)).collect();
                let body = json!({
                    "name": new.name,
                    "owner_id": new.owner,
                    "user_id_list": new.users,
                    "bot_id_list": bots,
                    "chat_type": if new.public { "public" } else { "private" },
                    "group_message_type": if new.threaded { "thread" } else { "chat" },
                    "membership_approval": approval(new.approval),
                });
                call(by, "POST", path, body)
            }
            Op::UpdateChat { by, chat, change } => {
                let path = format!("chats/{}?user_id_type=user_id", self.id(chat)?);
                call(by, "PUT", path, change_body(change))
            }
            Op::Dissolve { by, chat } => call(by, "DELETE", format!("chats/{}", self.id(chat)?), Value::Null),
            Op::AddMembers { by, chat, who, succeed_type } => {
                let path = self.members(chat, who)? + &format!("&succeed_type={succeed_type}");
                call(by, "POST", path, json!({"id_list": ids(who)}))
            }
            Op::RemoveMembers { by, chat, who } => {
                call(by, "DELETE", self.members(chat, who)?, json!({"id_list": ids(who)}))
            }
            Op::AddManagers { by, chat, who } => {
                call(by, "POST", self.managers(chat, who, "add")?, json!({"manager_ids": ids(who)}))
            }
            Op::DeleteManagers { by, chat, who } => {
                call(by, "POST", self.managers(chat, who, "delete")?, json!({"manager_ids": ids(who)}))
            }
            Op::Moderate { by, chat, speakers, add, remove } => {
                let path = format!("chats/{}/moderation?user_id_type=user_id", self.id(chat)?);
                let setting = match speakers {
                    Speakers::All => "all_members",
                    Speakers::Owner => "only_owner",
                    Speakers::Listed => "moderator_list",
                };
                let body = json!({
                    "moderation_setting": setting,
                    "moderator_added_list": add,
                    "moderator_removed_list": remove,
                });
                call(by, "PUT", path, body)
            }
            Op::Join { by: Actor::Bot(by), chat } => {
                call(by, "PATCH", format!("chats/{}/members/me_join", self.id(chat)?), Value::Null)
            }
            Op::Join { by: Actor::User(by), chat } => {
                act("join", json!({"user": by, "chat_id": self.id(chat)?}))
            }
            Op::Leave { by, chat } => act("leave", json!({"user": by, "chat_id": self.id(chat)?})),
            Op::Read { by, chat } => act("read", json!({"user": by, "chat_id": self.id(chat)?})),
            Op::Wait { .. } | Op::Restart => return None,
            other => return self.message(other).or_else(|| self.look(other)),
        })
    }

    fn members(&self, chat: &str, who: &Who) -> Option<String> {
        Some(format!("chats/{}/members?member_id_type={}", self.id(chat)?, id_type(who)))
    }

    fn managers(&self, chat: &str, who: &Who, verb: &str) -> Option<String> {
        let chat = self.id(chat)?;
        Some(format!("chats/{chat}/managers/{verb}_managers?member_id_type={}", id_type(who)))
    }

    /// What is done with messages.
    fn message(&self, op: &Op) -> Option<Request> {
        Some(match op {
            Op::Send { by: Actor::Bot(by), to, text, uuid: given } => {
                let (kind, id) = self.to(to)?;
                let body = json!({"receive_id": id, "msg_type": "text", "content": text.content(), "uuid": uuid(*given)});
                call(by, "POST", format!("messages?receive_id_type={kind}"), body)
            }
            Op::Send { by: Actor::User(by), to, text, .. } => {
                let mut body = json!({"user": by, "text": text.sent()});
                match to {
                    To::Chat(chat) => body["chat_id"] = self.id(chat)?.into(),
                    To::Bot(bot) => body["app_id"] = facts::app_id(bot).into(),
                    To::User(_) | To::Thread(_) => return None,
                }
                act("send", body)
            }
            Op::Reply { by: Actor::Bot(by), message, in_thread, text, uuid: given } => {
                let path = format!("messages/{}/reply", self.id(message)?);
                let body = json!({"msg_type": "text", "content": text.content(), "reply_in_thread": in_thread, "uuid": uuid(*given)});
                call(by, "POST", path, body)
            }
            Op::Reply { by: Actor::User(by), message, in_thread, text, .. } => {
                let message = self.id(message)?;
                let body = json!({"user": by, "message_id": message, "reply_in_thread": in_thread, "text": text.sent()});
                act("reply", body)
            }
            Op::Edit { by: Actor::Bot(by), message, text } => {
                let body = json!({"msg_type": "text", "content": text.content()});
                call(by, "PUT", format!("messages/{}", self.id(message)?), body)
            }
            Op::Edit { by: Actor::User(by), message, text } => {
                act("edit", json!({"user": by, "message_id": self.id(message)?, "text": text.sent()}))
            }
            Op::Recall { by: Actor::Bot(by), message } => {
                call(by, "DELETE", format!("messages/{}", self.id(message)?), Value::Null)
            }
            Op::Recall { by: Actor::User(by), message } => self.act_on("recall", by, message)?,
            Op::Forward { by, message, to, uuid } => {
                let (kind, id) = self.to(to)?;
                let message = self.id(message)?;
                let path = format!("messages/{message}/forward?receive_id_type={kind}{}", uuid_query(*uuid));
                call(by, "POST", path, json!({"receive_id": id}))
            }
            Op::Merge { by, messages, to, uuid } => {
                let (kind, id) = self.to(to)?;
                let messages: Vec<_> = messages.iter().map(|name| self.id(name)).collect::<Option<_>>()?;
                let path = format!("messages/merge_forward?receive_id_type={kind}{}", uuid_query(*uuid));
                call(by, "POST", path, json!({"receive_id": id, "message_id_list": messages}))
            }
            Op::ForwardThread { by, thread, to, uuid } => {
                let (kind, id) = self.to(to)?;
                let thread = self.id(thread)?;
                let path = format!("threads/{thread}/forward?receive_id_type={kind}{}", uuid_query(*uuid));
                call(by, "POST", path, json!({"receive_id": id}))
            }
            Op::React { by: Actor::Bot(by), message, emoji } => {
                let path = format!("messages/{}/reactions", self.id(message)?);
                call(by, "POST", path, json!({"reaction_type": {"emoji_type": emoji}}))
            }
            Op::React { by: Actor::User(by), message, emoji } => {
                act("react", json!({"user": by, "message_id": self.id(message)?, "emoji_type": emoji}))
            }
            Op::Unreact { by, message, reaction } => {
                let path = format!("messages/{}/reactions/{}", self.id(message)?, self.id(reaction)?);
                call(by, "DELETE", path, Value::Null)
            }
            Op::UnreactAs { by, message, emoji } => {
                act("unreact", json!({"user": by, "message_id": self.id(message)?, "emoji_type": emoji}))
            }
            Op::Pin { by: Actor::Bot(by), message } => {
                call(by, "POST", "pins", json!({"message_id": self.id(message)?}))
            }
            Op::Pin { by: Actor::User(by), message } => self.act_on("pin", by, message)?,
            Op::Unpin { by: Actor::Bot(by), message } => {
                call(by, "DELETE", format!("pins/{}", self.id(message)?), Value::Null)
            }
            Op::Unpin { by: Actor::User(by), message } => self.act_on("unpin", by, message)?,
            _ => return None,
        })
    }

    fn act_on(&self, verb: &str, by: &str, message: &str) -> Option<Request> {
        Some(act(verb, json!({"user": by, "message_id": self.id(message)?})))
    }

    /// What changes nothing.
    fn look(&self, op: &Op) -> Option<Request> {
        let order = |newest: bool| if newest { "ByCreateTimeDesc" } else { "ByCreateTimeAsc" };
        Some(match op {
            Op::GetMessage { by, message } => get(by, format!("messages/{}", self.id(message)?)),
            Op::GetMessages { by, messages } => {
                let ids: Vec<_> = messages.iter().map(|name| self.id(name)).collect::<Option<_>>()?;
                get(by, format!("messages/mget?message_ids={}", ids.join("&message_ids=")))
            }
            Op::ListChat { by, chat, newest_first, page_size } => {
                let (chat, order) = (self.id(chat)?, order(*newest_first));
                let path = format!("messages?container_id_type=chat&container_id={chat}&sort_type={order}");
                pages(by, &path, *page_size)
            }
            Op::ListThread { by, thread, newest_first, page_size } => {
                let (thread, order) = (self.id(thread)?, order(*newest_first));
                let path =
                    format!("messages?container_id_type=thread&container_id={thread}&sort_type={order}");
                pages(by, &path, *page_size)
            }
            Op::ListReactions { by, message, emoji, page_size } => {
                let emoji = emoji.map(|emoji| format!("?reaction_type={emoji}")).unwrap_or_default();
                pages(by, &format!("messages/{}/reactions{emoji}", self.id(message)?), *page_size)
            }
            Op::ListPins { by, chat, page_size } => {
                pages(by, &format!("pins?chat_id={}", self.id(chat)?), *page_size)
            }
            Op::ListReaders { by, message } => {
                let path = format!("messages/{}/read_users?user_id_type=user_id", self.id(message)?);
                pages(by, &path, 2)
            }
            Op::GetChat { by, chat } => get(by, format!("chats/{}?user_id_type=user_id", self.id(chat)?)),
            Op::ListChats { by, by_activity, page_size } => {
                let order = if *by_activity { "ByActiveTimeDesc" } else { "ByCreateTimeAsc" };
                pages(by, &format!("chats?sort_type={order}"), *page_size)
            }
            Op::SearchChats { by, query, page_size } => {
                pages(by, &format!("chats/search?query={query}"), *page_size)
            }
            Op::ListUsers { by, chat, page_size } => {
                pages(by, &format!("chats/{}/members?member_id_type=user_id", self.id(chat)?), *page_size)
            }
            Op::ListMembers { by, chat, page_size } => {
                let path = format!("chats/{}/members/list?member_id_type=user_id", self.id(chat)?);
                pages(by, &path, *page_size)
            }
            Op::ListModerators { by, chat } => {
                pages(by, &format!("chats/{}/moderation?user_id_type=user_id", self.id(chat)?), 2)
            }
            Op::IsInChat { by, chat } => get(by, format!("chats/{}/members/is_in_chat", self.id(chat)?)),
            _ => return None,
        })
    }
}

fn approval(needed: bool) -> &'static str {
    if needed { "approval_required" } else { "no_approval_required" }
}

fn id_type(who: &Who) -> &'static str {
    if who.are_bots() { "app_id" } else { "user_id" }
}

fn ids(who: &Who) -> Vec<String> {
    who.actors().into_iter().map(reference::wire_id).collect()
}

fn change_body(change: &Change) -> Value {
    match change {
        Change::Name(name) => json!({"name": name}),
        Change::Owner(user) => json!({"owner_id": user}),
        Change::Public(on) => json!({"chat_type": if *on { "public" } else { "private" }}),
        Change::Threaded(on) => json!({"group_message_type": if *on { "thread" } else { "chat" }}),
        Change::Approval(on) => json!({"membership_approval": approval(*on)}),
        Change::Edit(on) => json!({"edit_permission": only(*on)}),
        Change::AtAll(on) => json!({"at_all_permission": only(*on)}),
        Change::AddMembers(on) => {
            let share = if *on { "not_allowed" } else { "allowed" };
            json!({"add_member_permission": only(*on), "share_card_permission": share})
        }
        Change::Pins(on) => json!({"pin_manage_setting": only(*on)}),
        Change::NoCopies(on) => {
            let who = if *on { "not_anyone" } else { "all_members" };
            json!({"restricted_mode_setting": {"status": on, "message_has_permission_setting": who}})
        }
    }
}
