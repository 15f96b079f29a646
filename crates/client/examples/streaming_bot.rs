//! A bot that answers slowly, in a card that grows word by word, as a language model would.

use std::time::Duration;

use larkspur::{
    Client,
    bot::{Bot, MessageContext},
    receive::HandlerResult,
};

/// The bot, with the pause between two words. A function of its own, so that a test can run it too.
pub(crate) fn bot(client: Client, pause: Duration) -> Bot {
    Bot::builder(client).on_message(move |message: MessageContext| answer(message, pause)).build()
}

/// Takes longer than the 3 s that the platform waits: the event is acknowledged meanwhile, and the handler goes on.
async fn answer(message: MessageContext, pause: Duration) -> HandlerResult {
    let card = message.stream_card().await?;
    for word in words(&message.text()) {
        card.push(&word);
        tokio::time::sleep(pause).await;
    }
    card.finish().await?;
    Ok(())
}

/// What a language model would stand in for.
fn words(question: &str) -> impl Iterator<Item = String> {
    let answer = format!("You asked: *{question}*\n\n{}", "That is a good question. ".repeat(20));
    answer.split_inclusive(' ').map(str::to_owned).collect::<Vec<_>>().into_iter()
}

#[cfg(not(test))]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(std::env::var("LARKSPUR_APP_ID")?, std::env::var("LARKSPUR_APP_SECRET")?);
    let base_url = std::env::var("LARKSPUR_BASE_URL").unwrap_or_else(|_| larkspur::FEISHU.to_owned());
    let client = client.base_url(base_url).build()?;
    bot(client, Duration::from_millis(50)).run(tokio::signal::ctrl_c()).await?;
    Ok(())
}
