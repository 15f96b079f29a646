//! Cards are checked before they are sent: `--dry-run` needs no platform for it.

use crate::{Home, larkspur, ran};

/// Says what is wrong with a card, without any platform in reach.
fn refused(home: &Home, card: &str) -> (i32, String) {
    let mut command = larkspur(home.folder.path());
    command.args(["im", "+messages-send", "--chat-id", "oc_1", "--dry-run", "--msg-type", "interactive"]);
    let ran = ran({
        command.args(["--content", card]);
        command
    });
    let error: serde_json::Value = serde_json::from_str(&ran.stderr).expect("JSON on stderr");
    (ran.code, error["error"]["message"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_card_that_would_be_refused_is_not_sent() {
    let home = Home::new();
    let cases = [
        (
            r#"{"schema":"2.0","body":{"elements":[{"tag":"note"}]}}"#.to_owned(),
            "--content: ErrCode: 200861; ErrPath: ROOT -> body -> elements -> [0](tag: note); ErrMsg: cards of schema V2 no longer support this capability; ErrorValue: unsupported tag note".to_owned(),
        ),
        (
            r#"{"elements":[{"tag":"divider"}]}"#.to_owned(),
            "--content: ErrCode: 11310; ErrMsg: unsupported type of block; ErrorValue: divider".to_owned(),
        ),
        (
            format!(r#"{{"elements":[{{"tag":"markdown","content":"{}"}}]}}"#, "x".repeat(30 * 1024)),
            "--content: the card has 30766 bytes, of 30720 it may have".to_owned(),
        ),
    ];
    for (card, message) in cases {
        assert_eq!(refused(&home, &card), (2, message));
    }
}
