//! Cards that grow while their text is being written.

use std::time::Duration;

use larkspur_api::{
    content::{Card, Content, MAX_RICH_BYTES},
    id::MessageId,
    im::v1::message::patch,
};
use serde_json::{Value, json};
use tokio::{sync::watch, task::JoinHandle};

use super::MessageContext;
use crate::error::Error;

/// The shortest time between two updates of a card: a message may be updated 5 times a second.
const PAUSE: Duration = Duration::from_millis(220);

/// The most bytes of a card in a request. A little less than may be: there is more in a request than its card.
const MOST: usize = MAX_RICH_BYTES - 1024;

/// What stands there until there is text.
const NOTHING_YET: &str = "…";

/// A reply that grows while its text is being written, such as the answer of a language model: Markdown in a card.
///
/// The card is updated in the background, at most 5 times a second, each time with all the text there is. When
/// the text does not fit in a card (30 KB), it goes on in another.
///
/// If this is dropped before [`finish`](Self::finish), what was written until then is still shown.
pub struct StreamCard {
    text: watch::Sender<String>,
    shown: JoinHandle<Result<Vec<MessageId>, Error>>,
}

impl StreamCard {
    pub(super) async fn reply(message: MessageContext) -> Result<Self, Error> {
        let first = message.reply(&Content::card(card(NOTHING_YET))).await?.message_id;
        let (text, growing) = watch::channel(String::new());
        let cards = Cards { message, ids: vec![first], start: 0, shown: String::new() };
        Ok(Self { text, shown: tokio::spawn(cards.keep_up(growing)) })
    }

    /// Adds text.
    pub fn push(&self, text: &str) {
        self.text.send_modify(|all| all.push_str(text));
    }

    /// Waits until all the text is shown. Gives the messages it stands in, mostly one.
    pub async fn finish(self) -> Result<Vec<MessageId>, Error> {
        drop(self.text);
        self.shown.await.unwrap_or_else(|error| Err(Error::Config(format!("the card was given up: {error}"))))
    }
}

struct Cards {
    message: MessageContext,
    /// The messages so far. The last is the one that grows.
    ids: Vec<MessageId>,
    /// Where its text begins.
    start: usize,
    /// What it shows.
    shown: String,
}

impl Cards {
    async fn keep_up(mut self, mut text: watch::Receiver<String>) -> Result<Vec<MessageId>, Error> {
        loop {
            let is_more = text.changed().await.is_ok();
            let all = text.borrow_and_update().clone();
            self.show(&all).await?;
            if !is_more {
                return Ok(self.ids);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn show(&mut self, all: &str) -> Result<(), Error> {
        loop {
            let rest = all.get(self.start..).unwrap_or_default();
            let fits = fitting(rest);
            let (part, rest) = rest.split_at(fits);
            if part != self.shown && !part.is_empty() {
                let Some(id) = self.ids.last() else { return Ok(()) };
                let request = patch::Request::card(id, &Card(card(part)));
                self.message.client.send(request).await?;
                part.clone_into(&mut self.shown);
            }
            if rest.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
            self.start += fits;
            self.shown.clear();
            let next = self.message.reply(&Content::card(card(NOTHING_YET))).await?;
            self.ids.push(next.message_id);
        }
    }
}

fn card(text: &str) -> Value {
    json!({
        "schema": "2.0",
        "config": {"update_multi": true},
        "body": {"elements": [{"tag": "markdown", "content": text}]},
    })
}

/// A card with this text, as it stands in a request.
fn sent(text: &str) -> String {
    Value::from(card(text).to_string()).to_string()
}

/// How many bytes of a text fit in a card; cut at the end of a line if there is one in the last half.
fn fitting(text: &str) -> usize {
    let mut left = MOST.saturating_sub(sent("").len());
    // A card is JSON in a string of JSON: what is escaped is escaped twice.
    let cost = |c: char| match c {
        '"' | '\\' => 4,
        '\n' | '\r' | '\t' => 3,
        c if c.is_control() => 7,
        c => c.len_utf8(),
    };
    for (at, c) in text.char_indices() {
        match left.checked_sub(cost(c)) {
            Some(less) => left = less,
            None => {
                let fits = text.get(..at).unwrap_or_default();
                let line = fits.rfind('\n').map(|end| end + 1);
                return line.filter(|end| *end > at / 2).unwrap_or(at);
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_where_a_card_is_full() {
        assert_eq!(fitting(""), 0);
        assert_eq!(fitting("hello"), 5);
        for piece in ["a", "好", "\"", "\n", "\u{1}", "\u{7f}", "👋"] {
            let text = piece.repeat(40_000);
            let fits = fitting(&text);
            assert!(text.is_char_boundary(fits) && fits > 0);
            assert!(sent(&text[..fits]).len() <= MOST, "{piece}");
        }
        let lines = format!("{}\n{}", "a".repeat(20_000), "b".repeat(20_000));
        assert_eq!(fitting(&lines), 20_001);
        let early = format!("{}\n{}", "a".repeat(10), "b".repeat(40_000));
        assert!(fitting(&early) > 20_000);
    }
}
