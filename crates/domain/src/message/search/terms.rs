//! The terms by which texts are found: words as they are, and pairs of characters where a script does not part its words.
//!
//! What is indexed and what is looked for go through the same functions.

use std::collections::BTreeSet;

use icu_normalizer::ComposingNormalizerBorrowed;

/// Longer words are found by so many characters, and then compared.
const MAX_TERM: usize = 40;

/// Before terms that are no words. No text has it: it is no letter.
const MARK: char = '\u{E000}';

/// Text as it is compared: neither case nor width counts.
pub(super) fn folded(text: &str) -> String {
    // Letter by letter, so that a part of a text folds to a part of the folded text.
    let lower: String = text.chars().flat_map(char::to_lowercase).collect();
    let text = ComposingNormalizerBorrowed::new_nfkc().normalize(&lower);
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Whether the script of a character is written without spaces between words, or with words that grow together.
fn is_unparted(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{1000}'..='\u{109F}' // Burmese
        | '\u{1100}'..='\u{11FF}' // Hangul
        | '\u{1780}'..='\u{17FF}' // Khmer
        | '\u{2E80}'..='\u{2FDF}' // radicals
        | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{31FF}' // kana, Bopomofo, Hangul
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' // Han
        | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}' // Hangul
        | '\u{F900}'..='\u{FAFF}' | '\u{1B000}'..='\u{1B16F}' | '\u{20000}'..='\u{3FFFF}')
}

/// A run of characters that make terms together.
enum Run<'a> {
    Word(&'a str),
    Unparted(&'a str),
}

/// The runs of folded text.
fn runs(folded: &str) -> Vec<Run<'_>> {
    let kind = |c: char| (is_unparted(c), is_unparted(c) || c.is_alphanumeric());
    let mut runs = Vec::new();
    let mut start = 0;
    let mut last = (false, false);
    for (at, c) in folded.char_indices().chain([(folded.len(), ' ')]) {
        let now = kind(c);
        if now != last {
            match (folded.get(start..at), last) {
                (Some(run), (true, _)) => runs.push(Run::Unparted(run)),
                (Some(run), (false, true)) => runs.push(Run::Word(run)),
                _ => {}
            }
            start = at;
            last = now;
        }
    }
    runs
}

fn beginning(word: &str) -> &str {
    word.char_indices().nth(MAX_TERM).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

/// Each pair of neighbours.
fn pairs(run: &str) -> impl Iterator<Item = &str> {
    let ends = run.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
    run.char_indices().zip(ends).filter_map(|((start, _), end)| run.get(start..end))
}

/// The terms of a folded text, each once.
pub(super) fn of_text(folded: &str) -> BTreeSet<&str> {
    let mut terms = BTreeSet::new();
    for run in runs(folded) {
        match run {
            Run::Word(word) => {
                terms.insert(beginning(word));
            }
            Run::Unparted(run) => {
                terms.extend(pairs(run));
                // Every character begins a term, so that one alone can be looked for.
                terms.extend(run.char_indices().next_back().and_then(|(at, _)| run.get(at..)));
            }
        }
    }
    terms
}

/// A term that stands for something else than a word: ASCII letters and digits.
pub(super) fn mark(what: &str) -> String {
    format!("{MARK}{what}")
}

/// The words that someone looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    words: Vec<String>,
    terms: BTreeSet<String>,
}

impl Query {
    /// Reads the words, parted by spaces.
    pub(super) fn new(text: &str) -> Self {
        let folded = folded(text);
        let words = folded.split_whitespace().map(str::to_owned).collect();
        let mut terms = BTreeSet::new();
        for run in runs(&folded) {
            match run {
                Run::Word(word) => {
                    terms.insert(format!("\"{}\"*", beginning(word)));
                }
                Run::Unparted(run) if run.chars().nth(1).is_none() => {
                    terms.insert(format!("\"{run}\"*"));
                }
                Run::Unparted(run) => terms.extend(pairs(run).map(|pair| format!("\"{pair}\""))),
            }
        }
        Self { words, terms }
    }

    /// Whether nothing is looked for.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What texts that fit have among their terms, in the query language of FTS5; not all that have it fit.
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(String::as_str)
    }

    /// Whether each word stands in a folded text.
    pub(super) fn fits(&self, folded: &str) -> bool {
        self.words.iter().all(|word| folded.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(text: &str) -> Vec<String> {
        of_text(&folded(text)).into_iter().map(str::to_owned).collect()
    }

    /// Whether the index would give a text for a query.
    fn finds(query: &str, text: &str) -> bool {
        let query = Query::new(query);
        let text = folded(text);
        let known = of_text(&text);
        let has = |term: &str| match term.strip_suffix('*') {
            Some(start) => known.iter().any(|known| known.starts_with(start.trim_matches('"'))),
            None => known.contains(term.trim_matches('"')),
        };
        query.terms().all(has) && query.fits(&text)
    }

    #[test]
    fn words_and_pairs() {
        assert_eq!(terms("Hello, hello World-7"), ["7", "hello", "world"]);
        assert_eq!(terms("测试消息ok"), ["ok", "息", "测试", "消息", "试消"]);
        assert_eq!(terms("ＡＢＣ ｶﾞ"), ["abc", "ガ"]);
        assert!(terms(" !? … 😀").is_empty());
    }

    #[test]
    fn what_is_found() {
        for (query, text) in [
            ("消息", "这是一条测试消息。"),
            ("测", "测试"),
            ("试", "测试"),
            ("HEL wor", "hello, world"),
            ("straße", "Die STRASSE? Nein: Straße"),
            ("c++", "we like C++17"),
            ("สวัสดี", "สวัสดีครับ"),
            ("안녕", "안녕하세요"),
            ("iphone手机", "我的iPhone手机"),
        ] {
            assert!(finds(query, text), "{query} in {text}");
        }
        for (query, text) in
            [("消试", "测试消息"), ("测试消息", "测试 试消 消息"), ("lo", "hello"), ("a.b", "a b")]
        {
            assert!(!finds(query, text), "{query} in {text}");
        }
    }

    proptest! {
        #[test]
        fn a_word_of_a_text_is_found_in_it(text in any::<String>(), which in any::<prop::sample::Index>()) {
            let folded = folded(&text);
            let words: Vec<_> = folded.split_whitespace().collect();
            if !words.is_empty() {
                let word = words[which.index(words.len())];
                prop_assert!(finds(word, &text), "{word:?} in {text:?}");
            }
        }

        #[test]
        fn any_part_of_unparted_text_is_found_in_it(text in "[一-龥ぁ-ん가-힣]{1,20}", a in 0_usize..20, b in 0_usize..20) {
            let chars: Vec<_> = text.chars().collect();
            let (from, to) = (a.min(b).min(chars.len() - 1), a.max(b).min(chars.len() - 1));
            let part: String = chars[from..=to].iter().collect();
            prop_assert!(finds(&part, &text), "{part} in {text}");
        }

        #[test]
        fn terms_are_what_the_index_takes_as_one(text in any::<String>()) {
            for term in terms(&text) {
                prop_assert!(term.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric()), "{term:?}");
                prop_assert!(!term.starts_with(MARK));
            }
        }
    }
}
