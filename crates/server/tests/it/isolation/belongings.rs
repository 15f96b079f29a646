//! Something of everything that an app can have.

use larkspur_domain::{App, card, url_preview};
use reqwest::Method;
use serde_json::{Value, json};

use super::Maker;
use crate::{Home, behind::Stage, images};

/// What belongs to an app and its chats.
#[derive(Default)]
pub(crate) struct Belongings {
    pub(crate) app_id: String,
    pub(crate) app_secret: String,
    pub(crate) bot_open_id: String,
    pub(crate) user_id: String,
    pub(crate) open_id: String,
    pub(crate) union_id: String,
    pub(crate) email: String,
    pub(crate) mobile: String,
    pub(crate) chat_id: String,
    pub(crate) p2p_chat_id: String,
    pub(crate) text_id: String,
    pub(crate) card_id: String,
    pub(crate) reply_id: String,
    pub(crate) image_id: String,
    pub(crate) file_id: String,
    pub(crate) merged_id: String,
    pub(crate) ephemeral_id: String,
    pub(crate) said_id: String,
    pub(crate) newest_id: String,
    pub(crate) thread_id: String,
    pub(crate) image_key: String,
    pub(crate) avatar_key: String,
    pub(crate) file_key: String,
    pub(crate) reaction_id: String,
    pub(crate) batch_message_id: String,
    pub(crate) tab_id: String,
    pub(crate) menu_id: String,
    pub(crate) menu_entry_id: String,
    pub(crate) department_id: String,
    pub(crate) open_department_id: String,
    pub(crate) card_token: String,
    pub(crate) preview_token: String,
    pub(crate) card_entity_id: String,
    /// The bytes of its uploads.
    pub(crate) bytes: Vec<Vec<u8>>,
}

fn card(text: &str) -> Value {
    let text = json!({"tag": "plain_text", "content": text});
    let button = json!({"tag": "button", "name": "yes", "text": text, "value": {"a": 1}});
    json!({"config": {"update_multi": true}, "elements": [{"tag": "div", "text": text}, {"tag": "action", "actions": [button]}]})
}

/// The JSON of a card that can be updated piece by piece.
pub(super) fn card_entity(text: &str) -> String {
    let element = json!({"tag": "markdown", "element_id": "piece", "content": text});
    json!({"schema": "2.0", "config": {"streaming_mode": true}, "body": {"elements": [element]}}).to_string()
}

impl Belongings {
    pub(crate) async fn make(
        home: &Home,
        ((app_id, app_secret), user, other): Maker,
        [group, secret, uuid]: [&str; 3],
    ) -> Self {
        let mut all = Self {
            app_id: app_id.to_owned(),
            app_secret: app_secret.to_owned(),
            user_id: user.to_owned(),
            ..Self::default()
        };
        let of = async |name: &str| {
            let path = format!("contact/v3/users/{user}?user_id_type=user_id");
            home.get(&path).await.body["data"]["user"][name].as_str().expect("text").to_owned()
        };
        (all.open_id, all.union_id, all.email) =
            (of("open_id").await, of("union_id").await, of("email").await);
        all.mobile = of("mobile").await;
        let department = async |kind: &str| {
            let path = format!("contact/v3/users/{user}?user_id_type=user_id&department_id_type={kind}");
            let answer = home.get(&path).await;
            answer.body["data"]["user"]["department_ids"][0].as_str().expect("an id").to_owned()
        };
        (all.department_id, all.open_department_id) =
            (department("department_id").await, department("open_department_id").await);
        let bot = home.get("bot/v3/info").await;
        all.bot_open_id = bot.body["bot"]["open_id"].as_str().expect("an id").to_owned();
        all.in_chat(home, other, [group, secret, uuid]).await;
        all.uploads(home, secret).await;
        all.around(home, secret).await;
        all.menus(home, secret).await;
        all
    }

    /// A group, and messages of all sorts in it.
    async fn in_chat(&mut self, home: &Home, other: Option<&str>, [group, secret, uuid]: [&str; 3]) {
        let users: Vec<_> = [Some(self.user_id.as_str()), other].into_iter().flatten().collect();
        let new =
            json!({"name": group, "description": format!("{secret} description"), "user_id_list": users});
        self.chat_id =
            home.post(&format!("im/v1/chats?user_id_type=user_id&uuid={uuid}"), new).await.data("chat_id");
        let chat = self.chat_id.as_str();
        let text = json!({"text": format!("{secret} text")}).to_string();
        let body = json!({"receive_id": chat, "msg_type": "text", "content": text, "uuid": uuid});
        self.text_id = home.post("im/v1/messages?receive_id_type=chat_id", body).await.data("message_id");
        self.card_id = home.say(chat, "interactive", &card(secret)).await.data("message_id");
        let reply = json!({"msg_type": "text", "content": text, "reply_in_thread": true, "uuid": uuid});
        let reply = home.post(&format!("im/v1/messages/{}/reply", self.text_id), reply).await;
        (self.reply_id, self.thread_id) = (reply.data("message_id"), reply.data("thread_id"));
        let merge = json!({"receive_id": chat, "message_id_list": [self.text_id]});
        let merged = home
            .post(&format!("im/v1/messages/merge_forward?receive_id_type=chat_id&uuid={uuid}"), merge)
            .await;
        self.merged_id = merged.body["data"]["message"]["message_id"].as_str().expect("an id").to_owned();
        let body = json!({"receive_id": self.user_id, "msg_type": "text", "content": text});
        let p2p = home.post("im/v1/messages?receive_id_type=user_id", body).await;
        self.p2p_chat_id = p2p.data("chat_id");
    }

    async fn uploads(&mut self, home: &Home, secret: &str) {
        // Each picture is another.
        let width =
            u32::try_from(3 + self.app_id.bytes().map(usize::from).sum::<usize>() % 50).expect("small");
        let (picture, avatar) = (images::png(width, 2), images::png(width, 5));
        let file = format!("{secret} bytes of {}", self.app_id).into_bytes();
        self.image_key = home.upload_image("message", picture.clone()).await.data("image_key");
        self.avatar_key = home.upload_image("avatar", avatar.clone()).await.data("image_key");
        self.file_key = home.upload_file("stream", &format!("{secret}.txt"), &file).await.data("file_key");
        self.bytes = vec![picture, avatar, file];
        let image = json!({"image_key": self.image_key});
        self.image_id = home.say(&self.chat_id, "image", &image).await.data("message_id");
        let file = json!({"file_key": self.file_key});
        self.file_id = home.say(&self.chat_id, "file", &file).await.data("message_id");
    }

    /// A menu below the messages, and an entry of it.
    async fn menus(&mut self, home: &Home, secret: &str) {
        let to = json!({"common_url": "https://x.example"});
        let entry =
            json!({"action_type": "REDIRECT_LINK", "name": format!("{secret} entry"), "redirect_link": to});
        let menu = json!({"action_type": "NONE", "name": format!("{secret} menu")});
        let levels = json!([{"chat_menu_item": menu, "children": [{"chat_menu_item": entry}]}]);
        let body = json!({"menu_tree": {"chat_menu_top_levels": levels}});
        let made = home.post(&format!("im/v1/chats/{}/menu_tree", self.chat_id), body).await;
        let menu = &made.body["data"]["menu_tree"]["chat_menu_top_levels"][0];
        let id = |value: &Value| value.as_str().expect("an id").to_owned();
        self.menu_id = id(&menu["chat_menu_top_level_id"]);
        self.menu_entry_id = id(&menu["children"][0]["chat_menu_second_level_id"]);
    }

    /// What hangs on messages and chats.
    async fn around(&mut self, home: &Home, secret: &str) {
        let chat = self.chat_id.clone();
        let entity = json!({"type": "card_json", "data": card_entity(secret)});
        self.card_entity_id = home.post("cardkit/v1/cards", entity).await.data("card_id");
        let react = json!({"reaction_type": {"emoji_type": "OK"}});
        let path = format!("im/v1/messages/{}/reactions", self.text_id);
        self.reaction_id = home.post(&path, react).await.data("reaction_id");
        home.act("react", json!({"user": self.user_id, "message_id": self.card_id, "emoji_type": "OK"}))
            .await;
        home.act("read", json!({"user": self.user_id, "chat_id": chat})).await;
        let done = async |method: Method, path: String, body: Value| {
            let answer = home.call(method, &path, body).await;
            assert_eq!(answer.told(), "200 0 success", "{path}");
            answer
        };
        done(Method::POST, "im/v1/pins".to_owned(), json!({"message_id": self.text_id})).await;
        let tab = json!({"tab_name": format!("{secret} tab"), "tab_type": "url", "tab_content": {"url": "https://x.example"}});
        let path = format!("im/v1/chats/{chat}/chat_tabs");
        let tabs = done(Method::POST, path, json!({"chat_tabs": [tab]})).await;
        let tabs = tabs.body["data"]["chat_tabs"].as_array().expect("a list").clone();
        let tab = tabs.iter().find(|tab| tab["tab_type"] == "url").expect("the tab");
        self.tab_id = tab["tab_id"].as_str().expect("an id").to_owned();
        let notice = json!({"chat_top_notice": [{"action_type": "1", "message_id": self.text_id}]});
        done(Method::POST, format!("im/v1/chats/{chat}/top_notice/put_top_notice"), notice).await;
        let listed = json!({"moderation_setting": "moderator_list", "moderator_added_list": [self.user_id]});
        done(Method::PUT, format!("im/v1/chats/{chat}/moderation?user_id_type=user_id"), listed).await;
        let managers = json!({"manager_ids": [self.user_id]});
        let path = format!("im/v1/chats/{chat}/managers/add_managers?member_id_type=user_id");
        done(Method::POST, path, managers).await;
        let urgent = json!({"user_id_list": [self.user_id]});
        let path = format!("im/v1/messages/{}/urgent_app?user_id_type=user_id", self.text_id);
        done(Method::PATCH, path, urgent).await;
        let alone = json!({"chat_id": chat, "user_id": self.user_id, "msg_type": "interactive", "card": card(secret)});
        let alone = home.post("ephemeral/v1/send", alone).await;
        self.ephemeral_id = alone.body["data"]["message_id"].as_str().expect("an id").to_owned();
        let batch = json!({"msg_type": "text", "content": {"text": format!("{secret} batch")}, "user_ids": [self.user_id]});
        let batch = home.post("message/v4/batch_send/", batch).await;
        self.batch_message_id = batch.body["data"]["message_id"].as_str().expect("an id").to_owned();
        let said = home
            .act("send", json!({"user": self.user_id, "chat_id": chat, "text": format!("{secret} said")}));
        self.said_id = said.await["message_id"].as_str().expect("an id").to_owned();
        let newest = json!({"receive_id": self.user_id, "msg_type": "text", "content": "{\"text\":\"x\"}"});
        self.newest_id = home.post("im/v1/messages?receive_id_type=user_id", newest).await.data("message_id");
    }

    /// Makes the user the owner of the group, and gives them a card and a reaction of their own.
    pub(crate) async fn hand_over(&mut self, home: &Home, token: &str) {
        let chat = self.chat_id.as_str();
        let owner = json!({"owner_id": self.user_id});
        let given = home.call(Method::PUT, &format!("im/v1/chats/{chat}?user_id_type=user_id"), owner).await;
        assert_eq!(given.told(), "200 0 success");
        let post = async |path: &str, body: Value| {
            home.send(home.request(Method::POST, path).bearer_auth(token).json(&body)).await
        };
        let card = json!({"receive_id": chat, "msg_type": "interactive", "content": card("x").to_string()});
        self.card_id = post("im/v1/messages?receive_id_type=chat_id", card).await.data("message_id");
        let path = format!("im/v1/messages/{}/reactions", self.text_id);
        let react = json!({"reaction_type": {"emoji_type": "OK"}});
        self.reaction_id = post(&path, react).await.data("reaction_id");
    }

    /// The tokens that come with callbacks, as these would make them.
    pub(crate) async fn mint(&mut self, stage: &Stage) {
        let (app_id, card_id) = (self.app_id.clone(), self.card_id.clone());
        let minted = stage.change(move |tx, context| {
            let app = App::new(tx.app_by_app_id(&app_id)?.expect("the app"));
            let message = tx.message(&card_id)?.expect("the message");
            let token = card::mint_token(tx, context, app.row.id, message.id)?;
            card::mark_answered(tx, &token)?;
            let preview = url_preview::mint_token(tx, context, &app, Some(&message), "https://x.example")?;
            Ok((token, preview))
        });
        (self.card_token, self.preview_token) = minted.await;
    }

    /// The messages.
    pub(crate) fn messages(&self) -> [&str; 9] {
        let texts = [&self.text_id, &self.card_id, &self.reply_id, &self.said_id, &self.newest_id];
        let [text, card, reply, said, newest] = texts;
        [text, card, reply, said, newest, &self.image_id, &self.file_id, &self.merged_id, &self.ephemeral_id]
            .map(String::as_str)
    }

    /// What nobody else can do anything with: the ids of messages, and of what they hold and what hangs on them.
    pub(crate) fn things(&self) -> Vec<&str> {
        let mut things = self.messages().to_vec();
        things.extend([&self.thread_id, &self.reaction_id, &self.tab_id].map(String::as_str));
        things.extend([&self.menu_id, &self.menu_entry_id].map(String::as_str));
        things.extend([&self.image_key, &self.avatar_key, &self.file_key].map(String::as_str));
        things.extend([&self.batch_message_id, &self.card_token, &self.preview_token].map(String::as_str));
        things
    }
}

/// All values in a JSON value that hold no others.
pub(crate) fn leaves(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().flat_map(leaves).collect(),
        Value::Object(fields) => fields.values().flat_map(leaves).collect(),
        other => vec![other],
    }
}
