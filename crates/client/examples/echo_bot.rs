//! A bot that repeats what it is told.
//!
//! ```sh
//! LARKSPUR_BASE_URL=http://127.0.0.1:7790 LARKSPUR_APP_ID=cli_… LARKSPUR_APP_SECRET=… cargo run --example echo_bot
//! ```

use larkspur::{
    Client,
    bot::{Bot, Context, MessageContext},
    content::Content,
    event::im::chat::member::bot::added_v1,
};

/// The bot. A function of its own, so that a test can run it too.
pub(crate) fn bot(client: Client) -> Bot {
    Bot::builder(client)
        .command("/help", |message: MessageContext| async move {
            message.reply_text("I repeat what I am told. In a group, mention me.").await?;
            Ok(())
        })
        .on_message(|message: MessageContext| async move {
            let text = message.text();
            if !text.is_empty() {
                message.reply_text(text).await?;
            }
            Ok(())
        })
        .event(|added: Context<added_v1::Event>| async move {
            added.send_to(&added.event.chat_id, &Content::text("Hello!")).await?;
            Ok(())
        })
        .build()
}

#[cfg(not(test))]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(std::env::var("LARKSPUR_APP_ID")?, std::env::var("LARKSPUR_APP_SECRET")?);
    let base_url = std::env::var("LARKSPUR_BASE_URL").unwrap_or_else(|_| larkspur::FEISHU.to_owned());
    bot(client.base_url(base_url).build()?).run(tokio::signal::ctrl_c()).await?;
    Ok(())
}
