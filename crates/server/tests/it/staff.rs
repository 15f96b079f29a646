//! Users who join, change and leave, and what apps hear of it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home};

impl Home {
    /// A call of the platform's own.
    pub(crate) async fn own(&self, method: Method, path: &str, body: Value) -> Answer {
        let url = format!("{}/_larkspur/v1/{path}", self.platform.base_url());
        self.send(reqwest::Client::new().request(method, url).json(&body)).await
    }

    /// The newest event, by its body.
    async fn last_event(&self) -> Value {
        let listed = self.own(Method::GET, "deliveries?page_size=1", json!({})).await;
        let event_id = listed.body["data"]["items"][0]["event_id"].as_str().expect("an event").to_owned();
        let shown = self.own(Method::GET, &format!("deliveries/{event_id}"), json!({})).await;
        shown.body["data"]["body"].clone()
    }
}

#[tokio::test]
async fn apps_hear_of_users_who_join_change_and_leave() {
    let home = Home::new().await;
    let joined = json!({"name": "Grace Hopper", "email": "grace@larkspur.example"});
    let user_id = home.own(Method::POST, "users", joined).await.data("user_id");
    let event = home.last_event().await;
    assert_eq!(event["header"]["event_type"], "contact.user.created_v3");
    assert_eq!(event["event"]["object"]["name"], "Grace Hopper");
    assert_eq!(event["event"]["object"].get("department_ids"), None);
    let open_id = event["event"]["object"]["open_id"].as_str().expect("an open_id").to_owned();
    let known = home.get(&format!("contact/v3/users/{open_id}")).await;
    assert_eq!(known.body["data"]["user"]["user_id"], user_id.as_str());

    home.own(Method::PATCH, "users", json!({"user": user_id, "name": "Grace"})).await.data("user_id");
    let event = home.last_event().await;
    assert_eq!(event["header"]["event_type"], "contact.user.updated_v3");
    assert_eq!(event["event"]["object"]["name"], "Grace");
    assert_eq!(event["event"]["old_object"]["name"], "Grace Hopper");
    assert_eq!(event["event"]["old_object"].get("email"), None, "what stayed is not in the old one");

    let joins = json!({"user": "Grace", "chat_id": home.chat_id()});
    assert_eq!(home.own(Method::POST, "act/join", joins).await.told(), "200 0 success");
    home.own(Method::DELETE, "users", json!({"user": "Grace"})).await.data("user_id");
    assert_eq!(home.last_event().await["header"]["event_type"], "contact.user.deleted_v3");
    let members = home.get(&format!("im/v1/chats/{}/members", home.chat_id())).await;
    assert!(!members.body.to_string().contains("Grace"), "{members:?}");
}

#[tokio::test]
async fn an_address_belongs_to_one_user() {
    let home = Home::new().await;
    let taken = json!({"name": "Other", "email": home.platform.workspace().users[0].email});
    let refused = home.own(Method::POST, "users", taken).await;
    assert_eq!(refused.violations(), "email: another user has it");
    let unknown = home.own(Method::DELETE, "users", json!({"user": "Nobody"})).await;
    assert!(unknown.violations().starts_with("user: no such user; there are: "), "{unknown:?}");
}
