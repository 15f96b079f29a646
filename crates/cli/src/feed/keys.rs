//! Which events are meant: their types, `*` for all, `im.message.*` for what begins so.

use larkspur_api::event;

use crate::failure::{Failure, Result};

/// Stands for every type.
pub(crate) const ALL: &str = "*";

/// How many letters may differ in what is taken for a slip of the pen.
const SLIP: usize = 3;

/// Types of events.
#[derive(Clone, Debug)]
pub(crate) struct Keys(Vec<String>);

impl Keys {
    /// Reads them. Gives a note for each type that is not known here, which may exist all the same.
    pub(crate) fn read(words: &[String]) -> Result<(Self, Vec<String>)> {
        let mut notes = Vec::new();
        for word in words {
            let known = match word.strip_suffix(ALL) {
                Some(start) => event::events().any(|meta| meta.event_type.starts_with(start)),
                None => event::find(word).is_some(),
            };
            if known {
                continue;
            }
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
            let may_exist = word.contains('.') && word.trim_end_matches(ALL).chars().all(plain);
            match near(word) {
                None if may_exist => {
                    notes.push(format!(
                        "{word} is not in the list of `larkspur event list`; it is taken as it stands"
                    ));
                }
                near => return Err(unknown(word, near)),
            }
        }
        Ok((Self(words.to_vec()), notes))
    }

    /// Whether a type is one of them.
    pub(crate) fn include(&self, event_type: &str) -> bool {
        self.0.iter().any(|key| match key.strip_suffix(ALL) {
            Some(start) => event_type.starts_with(start),
            None => key == event_type,
        })
    }

    /// The same as text, for people.
    pub(crate) fn shown(&self) -> String {
        self.0.join(",")
    }
}

/// The type that was probably meant.
fn near(word: &str) -> Option<&'static str> {
    let types = || event::events().map(|meta| meta.event_type);
    let ending = types().find(|known| word.len() > 3 && known.ends_with(&format!(".{word}")));
    ending.or_else(|| {
        let far = |known: &str| strsim::osa_distance(word, known);
        types().filter(|known| far(known) <= SLIP).min_by_key(|known| far(known))
    })
}

/// The refusal of a type that does not exist.
pub(crate) fn unknown(word: &str, near: Option<&str>) -> Failure {
    let hint = match near {
        Some(near) => format!("did you mean {near}? `larkspur event list` names them all"),
        None => {
            let all: Vec<_> = event::events().map(|meta| meta.event_type).collect();
            format!("there are: {}", all.join(", "))
        }
    };
    Failure::usage(format!("there is no event {word:?}")).hint(hint)
}

/// The facts of a type.
pub(crate) fn find(word: &str) -> Result<&'static event::EventMeta> {
    event::find(word).ok_or_else(|| unknown(word, near(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(words: &[&str]) -> Result<(Keys, Vec<String>)> {
        Keys::read(&words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn types_are_known_by_name_or_by_how_they_begin() {
        let (one, notes) = keys(&["im.message.receive_v1", "card.*"]).expect("known");
        assert!(one.include("im.message.receive_v1") && one.include("card.action.trigger"));
        assert!(!one.include("im.message.recalled_v1") && notes.is_empty());
        assert!(keys(&["*"]).expect("all").0.include("anything"));
        let (other, notes) = keys(&["calendar.calendar.changed_v4"]).expect("may exist");
        assert!(other.include("calendar.calendar.changed_v4") && notes.len() == 1);
    }

    #[test]
    fn slips_of_the_pen_are_refused() {
        for word in ["im.message.recieve_v1", "receive_v1", "message", "im message", "nothing*"] {
            assert!(keys(&[word]).is_err(), "{word}");
        }
        let hint = keys(&["im.message.recieve_v1"]).expect_err("refused").to_json()["hint"].to_string();
        assert!(hint.contains("did you mean im.message.receive_v1?"), "{hint}");
    }
}
