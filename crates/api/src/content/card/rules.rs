//! The rules of single components.

use serde_json::{Map, Value};

use super::{
    chart,
    component::Component,
    count,
    fault::Fault,
    table,
    walk::{Checked, Walk},
};

/// The most tables a card has, in one language.
///
/// Source: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/content-components/table`.
pub const MAX_TABLES: usize = 5;

/// The most tables one Markdown component has.
///
/// Source: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/content-components/rich-text`.
const MAX_MARKDOWN_TABLES: usize = 4;

impl<'a> Walk<'a> {
    /// Checks what a component wants besides its properties.
    pub(super) fn rules(
        &mut self,
        component: &Component,
        element: &'a Map<String, Value>,
        in_form: bool,
    ) -> Checked {
        if in_form && component.typed.iter().any(|(name, _)| *name == "name") {
            self.name(element)?;
        }
        match component.tag {
            "form" => {
                let named = element.get("name").and_then(Value::as_str).is_some_and(|name| !name.is_empty());
                if !named {
                    return Err(self.broken("form's name is required and can not be empty string"));
                }
                self.name(element)?;
                if element.get("elements").is_some_and(submits) {
                    return Ok(());
                }
                Err(self.broken("form has no button to submit it"))
            }
            "select_img" if !in_form && element.get("multi_select") == Some(&Value::Bool(true)) => {
                Err(self.broken("select_img with multi_select is supported in form only"))
            }
            "chart" => match chart::fault(element.get("chart_spec").unwrap_or(&Value::Null)) {
                Some(value) => {
                    let fault = Fault::new(200_550, "chart spec is invalid");
                    Err(fault.at(self.place.without_body()).of(value))
                }
                None => Ok(()),
            },
            "table" => {
                self.tables(1)?;
                table::check(element)
            }
            "markdown" if self.second() => {
                let content = element.get("content").and_then(Value::as_str).unwrap_or_default();
                let tables = count::markdown_tables(content);
                if tables > MAX_MARKDOWN_TABLES { Err(too_many_tables()) } else { self.tables(tables) }
            }
            "audio" => match element.get("audio_id").and_then(Value::as_str) {
                Some(id) if !self.sounds.insert(id) => Err(Fault::new(300_230, "duplicate audio id;")),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn tables(&mut self, more: usize) -> Checked {
        self.tables += more;
        if self.tables > MAX_TABLES { Err(too_many_tables()) } else { Ok(()) }
    }
}

fn too_many_tables() -> Fault {
    Fault::new(11_310, "card table number over limit").of("table")
}

/// Whether a button that submits a form is somewhere in it.
fn submits(value: &Value) -> bool {
    match value {
        Value::Object(object) => {
            let is = |name: &str, value: &str| object.get(name).and_then(Value::as_str) == Some(value);
            is("form_action_type", "submit")
                || is("behavior", "submit")
                || is("action_type", "form_submit")
                || object.values().any(submits)
        }
        Value::Array(values) => values.iter().any(submits),
        _ => false,
    }
}
