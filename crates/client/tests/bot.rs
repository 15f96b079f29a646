//! How to test a bot: the platform runs in the test, and the bot talks to it as to the real one.

use larkspur::{Client, Error, Platform, content::Content, im::v1::message};

/// The bot: greets a chat.
async fn greet(client: &Client, chat_id: &str, name: &str) -> Result<(), Error> {
    let hello = Content::text(format!("Welcome, {name}!"));
    client.send(message::create::Request::to_chat(chat_id, &hello)).await.map(drop)
}

#[tokio::test]
async fn it_greets() {
    let platform = Platform::start().await.expect("the platform starts");
    let workspace = platform.workspace();
    let client = Client::builder(&workspace.app_id, &workspace.app_secret).base_url(platform.base_url());
    let client = client.build().expect("the client builds");

    greet(&client, &workspace.chat_id, "Ada").await.expect("the bot greets");

    let listed = client.send(message::list::Request::of_chat(workspace.chat_id.as_str())).await;
    let messages = listed.expect("the chat is listed").items;
    assert_eq!(messages[0].content().text(), Some("Welcome, Ada!"));
}
