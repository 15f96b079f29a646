//! One text message from one process, with a token that is already there.

use anyhow::Result;

use super::{
    Programs, Row,
    tools::{self, Serve},
};

pub(crate) fn measure(programs: &Programs) -> Result<Vec<Row>> {
    let serve = Serve::start(programs)?;
    let chat = serve.chat_id();
    let body = serve.folder.path().join("body.json");
    std::fs::write(
        &body,
        format!(r#"{{"receive_id":"{chat}","msg_type":"text","content":"{{\"text\":\"hello\"}}"}}"#),
    )?;
    let commands = [
        format!("{} im +messages-send --chat-id {chat} --text hello", programs.larkspur.display()),
        format!(
            "curl -s -o /dev/null -H 'Authorization: Bearer {}' -H 'Content-Type: application/json' --data @{} {}",
            serve.token,
            body.display(),
            serve.url("im/v1/messages?receive_id_type=chat_id")
        ),
    ];
    let medians = tools::hyperfine(&commands, 300, &serve.environment())?;
    Ok(vec![Row::new("`+messages-send --text`", medians[0], "`curl`, the same request", medians[1], "ms")])
}
