//! A bot for requests: a form to fill in, and buttons to decide with.

use larkspur::{
    Client,
    bot::{Bot, CardContext, MessageContext},
    content::Content,
    event::card::action::{ToastType, trigger::Answer},
    receive::HandlerResult,
};
use serde_json::{Value, json};

/// The bot. A function of its own, so that a test can run it too.
pub(crate) fn bot(client: Client) -> Bot {
    Bot::builder(client)
        .command("/request", |message: MessageContext| async move {
            message.reply(&Content::card(form())).await?;
            Ok(())
        })
        .card_action("send_request", send_request)
        .card_action("decision", decide)
        .build()
}

/// Someone filled in the form: it becomes a card with two buttons, for everyone.
async fn send_request(card: CardContext) -> HandlerResult<Answer> {
    let Some(reason) = card.form_text("reason").filter(|reason| !reason.trim().is_empty()) else {
        return Ok(Answer::toast(ToastType::Error, "Say why."));
    };
    card.send(&Content::card(request(reason))).await?;
    Ok(Answer::card(text("The request was sent.")))
}

/// Someone pressed one of the buttons.
async fn decide(card: CardContext) -> HandlerResult<Answer> {
    let decision = card.value("decision").and_then(Value::as_str).unwrap_or_default();
    let reason = card.value("reason").and_then(Value::as_str).unwrap_or_default();
    let by = card.operator();
    let decided = text(&format!("{reason}\n\n**{decision}** by <at id={by}></at>"));
    Ok(Answer { toast: Answer::toast(ToastType::Success, "Done").toast, ..Answer::card(decided) })
}

fn form() -> Value {
    card(json!([{
        "tag": "form",
        "name": "request",
        "elements": [
            {"tag": "input", "name": "reason", "placeholder": {"tag": "plain_text", "content": "Why?"}},
            {
                "tag": "button",
                "name": "send_request",
                "text": {"tag": "plain_text", "content": "Send"},
                "type": "primary",
                "form_action_type": "submit",
            },
        ],
    }]))
}

fn request(reason: &str) -> Value {
    let button = |decision: &str, looks: &str| {
        json!({
            "tag": "button",
            "text": {"tag": "plain_text", "content": decision},
            "type": looks,
            "behaviors": [{"type": "callback", "value": {"decision": decision, "reason": reason}}],
        })
    };
    card(json!([
        {"tag": "markdown", "content": reason},
        button("Approved", "primary"),
        button("Rejected", "danger"),
    ]))
}

fn text(markdown: &str) -> Value {
    card(json!([{"tag": "markdown", "content": markdown}]))
}

fn card(elements: Value) -> Value {
    json!({"schema": "2.0", "config": {"update_multi": true}, "body": {"elements": elements}})
}

#[cfg(not(test))]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(std::env::var("LARKSPUR_APP_ID")?, std::env::var("LARKSPUR_APP_SECRET")?);
    let base_url = std::env::var("LARKSPUR_BASE_URL").unwrap_or_else(|_| larkspur::FEISHU.to_owned());
    bot(client.base_url(base_url).build()?).run(tokio::signal::ctrl_c()).await?;
    Ok(())
}
