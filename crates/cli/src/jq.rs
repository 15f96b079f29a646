//! `--jq`: filters over the answer. The filter library is loaded only when a filter is given.

use jaq_core::{
    Compiler, Ctx, Vars, data,
    load::{Arena, File, Loader},
    unwrap_valr,
};
use jaq_json::Val;
use serde_json::Value;

use crate::failure::{Failure, Result};

type Code = jaq_core::compile::Filter<jaq_core::Native<data::JustLut<Val>>>;

fn compile(filter: &str) -> Result<Code> {
    let wrong = |why: String| Failure::usage(format!("--jq {filter:?} does not parse: {why}")).param("jq");
    let definitions = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let functions = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    let arena = Arena::default();
    let modules = Loader::new(definitions)
        .load(&arena, File { code: filter, path: () })
        .map_err(|_| wrong("it is not a jq filter".to_owned()))?;
    Compiler::default().with_funs(functions).compile(modules).map_err(|errors| {
        let unknown = errors.iter().flat_map(|(_, list)| list).map(|(name, _)| (*name).to_owned());
        wrong(format!("{} is not defined", unknown.collect::<Vec<_>>().join(", ")))
    })
}

/// Refuses a filter that does not parse.
pub(crate) fn check(filter: &str) -> Result<()> {
    compile(filter).map(drop)
}

/// A filter that is used more than once.
pub(crate) struct Filter {
    text: String,
    code: Code,
}

impl Filter {
    pub(crate) fn new(text: &str) -> Result<Self> {
        Ok(Self { text: text.to_owned(), code: compile(text)? })
    }

    /// What it makes of something.
    pub(crate) fn run(&self, input: &Value) -> Result<Vec<Value>> {
        let failed = |why: String| Failure::usage(format!("--jq {:?}: {why}", self.text)).param("jq");
        let input: Val = serde_json::from_value(input.clone()).map_err(|error| failed(error.to_string()))?;
        let context = Ctx::<data::JustLut<Val>>::new(&self.code.lut, Vars::new([]));
        let results = self.code.id.run((context, input)).map(unwrap_valr);
        results
            .map(|result| {
                let value = result.map_err(|error| failed(error.to_string()))?;
                serde_json::from_str(&value.to_string()).map_err(|error| failed(error.to_string()))
            })
            .collect()
    }
}

/// What a filter makes of an answer: one text for each result, strings without quotes.
pub(crate) fn run(filter: &str, answer: &Value) -> Result<Vec<String>> {
    let results = Filter::new(filter)?.run(answer)?;
    let texts = results.into_iter().map(|json| match json {
        Value::String(text) => text,
        other => serde_json::to_string_pretty(&other).unwrap_or_default(),
    });
    Ok(texts.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn filters_give_raw_strings_and_json() {
        let answer = json!({"data": {"items": [{"id": "a", "n": 1}, {"id": "b", "n": 12_345_678_901_i64}]}});
        assert_eq!(run(".data.items[].id", &answer).expect("runs"), ["a", "b"]);
        assert_eq!(
            run("[.data.items[] | select(.n > 1).n]", &answer).expect("runs"),
            ["[\n  12345678901\n]"]
        );
        assert_eq!(run(".data.items | length", &answer).expect("runs"), ["2"]);
        assert!(check(".[").is_err());
        assert!(check("nothing_like_it").is_err());
        assert!(run(".data + 1", &answer).is_err());
    }
}
