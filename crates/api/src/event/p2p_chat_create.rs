//! `p2p_chat_create`

use crate::prelude::*;

/// A user and the bot have their first conversation: a good moment to say hello.
#[event(
    event_type = "p2p_chat_create",
    schema = V1,
    scopes = NO_SCOPE,
    long_connection,
    doc = "/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/bot-events",
    example = r#"{"ts":"1502199207.7171419","uuid":"bc447199585340d1f3728d26b1c0297a","token":"41a9425ea7df4536a7623e38fa321bae","type":"event_callback","event":{"app_id":"cli_9c8609450f78d102","chat_id":"oc_26b66a5eb603162b849f91bcd8815b20","operator":{"open_id":"ou_2d2c0399b53d06fd195bb393cd1e38f2","user_id":"gfa21d92"},"tenant_key":"736588c9260f175c","type":"p2p_chat_create","user":{"name":"张三","open_id":"ou_7dede290d6a27698b969a7fd70ca53da","user_id":"gfa21d92"}}}"#,
)]
pub struct Event {
    /// The app.
    pub app_id: AppId,
    /// The new chat.
    pub chat_id: ChatId,
    /// Who began it: the user or the bot.
    pub operator: Option<Operator>,
    /// The user's tenant.
    pub tenant_key: String,
    /// `p2p_chat_create`.
    pub r#type: String,
    /// The user.
    pub user: Option<User>,
}

/// Who began a conversation.
#[object]
pub struct Operator {
    /// The user or bot within this app.
    pub open_id: OpenId,
    /// The user within its tenant. Given to custom apps only.
    pub user_id: Option<UserId>,
}

/// The user of a conversation.
#[object]
pub struct User {
    /// The name.
    pub name: String,
    /// The user within this app.
    pub open_id: OpenId,
    /// The user within its tenant. Given to custom apps only.
    pub user_id: Option<UserId>,
}
