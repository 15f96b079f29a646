//! Whether JSON is a card: tags, properties, nesting, names and counts. What a card refers to is not looked up.

use serde_json::{Map, Value};

use super::{
    component::{COMMON, Component, Inside, Kind, component, lists},
    count,
    fault::Fault,
    walk::{Checked, Schema, Walk, present},
};

/// The most elements and components a card of version 2.0 has.
///
/// Source: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-structure`.
pub const MAX_ELEMENTS: usize = 200;

/// The most containers that stand in one another, around what is in the innermost.
///
/// Source: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/containers/column-set`.
pub const MAX_NESTING: usize = 5;

/// What the outermost object of version 2.0 has.
const ROOT: &str = "schema config card_link header body fallback";

/// What the title of a card of version 2.0 has.
const HEADER: &str = "title subtitle text_tag_list i18n_text_tag_list template icon padding element_id";

/// What the body of a card of version 2.0 has.
const BODY: &str =
    "elements direction padding horizontal_spacing horizontal_align vertical_spacing vertical_align";

/// Components that count as one level each; a column is a part of its column set.
const CONTAINERS: [&str; 4] = ["collapsible_panel", "column_set", "form", "interactive_container"];

/// Checks a card, whatever version it is of.
pub(super) fn check(card: &Value, schema: Schema) -> Checked {
    let root = card.as_object().ok_or_else(|| Fault::malformed(""))?;
    Walk::new(schema).root(root)
}

/// What stands around a component.
#[derive(Clone, Copy)]
struct Around {
    /// How many containers.
    depth: usize,
    /// What the innermost allows.
    inside: Inside,
    /// Its tag; empty at the root.
    tag: &'static str,
    in_form: bool,
}

impl Around {
    fn root() -> Self {
        Self { depth: 0, inside: Inside::AllBut(&["column"]), tag: "", in_form: false }
    }
}

impl<'a> Walk<'a> {
    fn root(&mut self, root: &'a Map<String, Value>) -> Checked {
        self.only(root, |name| lists(ROOT, name))?;
        for property in ["config", "fallback"] {
            if let Some(value) = present(root, property) {
                self.object(property, value)?;
            }
        }
        if let Some(link) = present(root, "card_link") {
            self.link(self.object("card_link", link)?)?;
        }
        if let Some(header) = present(root, "header") {
            self.header(self.object("header", header)?)?;
        }
        if self.second() { self.body(root) } else { self.bodies(root) }
    }

    fn body(&mut self, root: &'a Map<String, Value>) -> Checked {
        if root.get("config").and_then(|config| config.get("update_multi")) == Some(&Value::Bool(false)) {
            return Err(Fault::new(300_302, "update_multi property is false"));
        }
        if count::elements(root) > MAX_ELEMENTS {
            return Err(Fault::new(11_310, "element exceeds the limit"));
        }
        let Some(body) = present(root, "body") else { return Ok(()) };
        let body = self.object("body", body)?;
        self.place.enter("body");
        self.only(body, |name| lists(BODY, name))?;
        if let Some(elements) = present(body, "elements") {
            self.elements("elements", elements, Around::root())?;
        }
        self.place.leave();
        Ok(())
    }

    /// Version 1.0: one list of components, or one for each language.
    fn bodies(&mut self, root: &'a Map<String, Value>) -> Checked {
        if let Some(elements) = present(root, "elements") {
            self.elements("elements", elements, Around::root())?;
        }
        let Some(languages) = present(root, "i18n_elements") else { return Ok(()) };
        let languages = self.object("i18n_elements", languages)?;
        self.place.enter("i18n_elements");
        for (language, elements) in languages {
            self.begin_language();
            self.elements(language, elements, Around::root())?;
        }
        self.place.leave();
        Ok(())
    }

    /// `url`, or one for each kind of client.
    fn link(&self, link: &Map<String, Value>) -> Checked {
        let has = |name: &str| link.get(name).and_then(Value::as_str).is_some_and(|url| !url.is_empty());
        let any = ["url", "android_url", "ios_url", "pc_url"].into_iter().any(has);
        let each = ["android_url", "ios_url", "pc_url"].into_iter().all(has);
        if any && !has("url") && !each {
            return Err(self.broken("card_link has neither url nor all of android_url, ios_url and pc_url"));
        }
        Ok(())
    }

    fn header(&mut self, header: &'a Map<String, Value>) -> Checked {
        self.place.enter("header");
        self.only(header, |name| lists(HEADER, name))?;
        for property in ["title", "subtitle"] {
            if let Some(text) = present(header, property) {
                self.text(property, text)?;
            }
        }
        if let Some(tags) = present(header, "text_tag_list") {
            for tag in self.list("text_tag_list", tags)? {
                let tag = self.object("text_tag_list", tag)?;
                self.id(tag)?;
            }
        }
        self.place.leave();
        Ok(())
    }

    fn elements(&mut self, property: &str, value: &'a Value, around: Around) -> Checked {
        if !value.is_array() {
            return Err(self.unexpected("array", property, value));
        }
        self.place.enter(property);
        for (index, element) in value.as_array().into_iter().flatten().enumerate() {
            self.place.enter_element(Some(index), element);
            self.element(element, around)?;
            self.place.leave();
        }
        self.place.leave();
        Ok(())
    }

    /// A component, whose place was entered.
    fn element(&mut self, value: &'a Value, around: Around) -> Checked {
        let element = self.object("element", value)?;
        let tag = element.get("tag").and_then(Value::as_str);
        let tag = tag.ok_or_else(|| Fault::malformed(format!("tag is missing, path: {}", self.place)))?;
        let Some(component) = component(tag) else {
            return Err(Fault::new(11_310, "unsupported type of block").of(tag));
        };
        if self.second() && !component.second {
            let fault = Fault::new(200_861, "cards of schema V2 no longer support this capability");
            return Err(fault.at(self.place.to_string()).of(format!("unsupported tag {tag}")));
        }
        if !around.inside.allows(tag) {
            let within = if around.tag.is_empty() { "the root of a card" } else { around.tag };
            return Err(self.broken(format!("{tag} is not supported in {within}")));
        }
        if around.depth > MAX_NESTING {
            return Err(self.broken("containers are nested too deeply"));
        }
        self.id(element)?;
        self.properties(component, element)?;
        self.rules(component, element, around.in_form)?;
        self.children(component, element, around)
    }

    fn properties(&mut self, component: &Component, element: &'a Map<String, Value>) -> Checked {
        self.only(element, |name| {
            lists(COMMON, name)
                || lists(component.free, name)
                || component.typed.iter().any(|(known, _)| *known == name)
        })?;
        if let Some(name) = component.required.iter().find(|name| present(element, name).is_none()) {
            return Err(self.broken(format!("{}'s {name} is required", component.tag)));
        }
        for (name, kind) in component.typed {
            let Some(value) = present(element, name) else { continue };
            match kind {
                Kind::Word if !value.is_string() => return Err(self.unexpected("string", name, value)),
                Kind::List => drop(self.list(name, value)?),
                Kind::Object => drop(self.object(name, value)?),
                Kind::Text => self.text(name, value)?,
                Kind::Options => self.options(name, value)?,
                Kind::Header => {
                    if let Some(title) = present(self.object(name, value)?, "title") {
                        self.text("title", title)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn children(
        &mut self,
        component: &'static Component,
        element: &'a Map<String, Value>,
        around: Around,
    ) -> Checked {
        let first = if self.second() { &[][..] } else { component.first };
        let index = usize::from(self.second());
        let [inside_first, inside_second] = component.inside;
        let within = Around {
            depth: around.depth + usize::from(CONTAINERS.contains(&component.tag)),
            inside: if index == 0 { inside_first } else { inside_second },
            tag: component.tag,
            in_form: around.in_form || component.tag == "form",
        };
        for (name, kind) in component.typed.iter().chain(first) {
            let Some(value) = present(element, name) else { continue };
            match kind {
                Kind::Elements => self.elements(name, value, within)?,
                Kind::Columns => {
                    let columns = Around { inside: Inside::Only(&["column"]), ..within };
                    self.elements(name, value, columns)?;
                }
                Kind::Buttons => {
                    if let Some(buttons) = self.object(name, value)?.get("buttons") {
                        self.elements(name, buttons, Around { inside: Inside::Only(&["button"]), ..around })?;
                    }
                }
                Kind::Element => {
                    self.place.enter_element(None, value);
                    self.place.name_last(name);
                    self.element(value, Around { depth: around.depth, ..within })?;
                    self.place.leave();
                }
                Kind::Notes => self.notes(name, value)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// What a note holds: texts, pictures, icons.
    fn notes(&self, property: &str, value: &Value) -> Checked {
        const PARTS: [&str; 5] = ["plain_text", "lark_md", "img", "standard_icon", "custom_icon"];
        for part in self.list(property, value)? {
            let tag = self.object(property, part)?.get("tag").and_then(Value::as_str).unwrap_or_default();
            if !PARTS.contains(&tag) {
                return Err(Fault::new(11_310, "unsupported type of block").of(tag));
            }
        }
        Ok(())
    }
}
