//! `im.chat.member.user.withdrawn_v1`

use super::User;
use crate::{event::UserIds, im::v1::message::I18nNames, prelude::*};

/// Users were added to a group the bot is in, and the invitation was taken back.
#[event(
    event_type = "im.chat.member.user.withdrawn_v1",
    schema = V2,
    scopes = Any(&["im:chat", "im:chat.members:read", "im:chat:readonly"]),
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-user/events/withdrawn",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"im.chat.member.user.withdrawn_v1","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"chat_id":"oc_413871888e0d5492e25b173f0812efb7","operator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"external":false,"operator_tenant_key":"879dsyud8","users":[{"name":"user name","tenant_key":"3774yuu3743","user_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"}}],"name":"群名称测试","i18n_names":{"zh_cn":"群聊","en_us":"group chat","ja_jp":"グループチャット"}}}"#,
)]
pub struct Event {
    /// The chat.
    pub chat_id: ChatId,
    /// Who took it back.
    pub operator_id: Option<UserIds>,
    /// Whether the chat has members of other tenants.
    pub external: bool,
    /// The tenant of who did it.
    pub operator_tenant_key: Option<String>,
    /// Who had been added.
    pub users: Vec<User>,
    /// The name of the chat.
    pub name: Option<String>,
    /// The same by language.
    pub i18n_names: Option<I18nNames>,
}
