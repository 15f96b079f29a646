//! A bot that sends back the pictures and files it is sent.
//!
//! They go through memory once, and never more than 30 MB of them: what is larger cannot be sent anyway.

use larkspur::{
    Client,
    bot::{Bot, MessageContext},
    content::Content,
    im::v1::{file, message_resource::get::ResourceType},
    receive::HandlerResult,
};

/// The bot. A function of its own, so that a test can run it too.
pub(crate) fn bot(client: Client) -> Bot {
    Bot::builder(client).on_message(send_back).build()
}

async fn send_back(message: MessageContext) -> HandlerResult {
    let resources = message.resources();
    if resources.is_empty() {
        message.reply_text("Send me a picture.").await?;
    }
    for resource in resources {
        let download = message.download(&resource).await?;
        let bytes = download.bytes(file::MAX_BYTES as u64).await?;
        if resource.resource_type == ResourceType::Image {
            message.reply_image(bytes).await?;
        } else {
            let name = resource.file_name.as_deref().unwrap_or("file");
            let file_key = message.upload_file(name, bytes).await?;
            message.reply(&Content::file(file_key)).await?;
        }
    }
    Ok(())
}

#[cfg(not(test))]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(std::env::var("LARKSPUR_APP_ID")?, std::env::var("LARKSPUR_APP_SECRET")?);
    let base_url = std::env::var("LARKSPUR_BASE_URL").unwrap_or_else(|_| larkspur::FEISHU.to_owned());
    bot(client.base_url(base_url).build()?).run(tokio::signal::ctrl_c()).await?;
    Ok(())
}
