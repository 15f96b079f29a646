//! Finding and moving components in the JSON of a card.

use serde_json::{Map, Value};

/// Containers with components in `elements`.
const CONTAINERS: [&str; 4] = ["collapsible_panel", "column", "form", "interactive_container"];

/// Where components go.
#[derive(Clone, Copy)]
pub(super) enum Spot<'a> {
    /// Before this component.
    Before(&'a str),
    /// Behind this component.
    After(&'a str),
    /// At the end of this container.
    In(&'a str),
    /// At the end of the body.
    End,
}

fn is(object: &Map<String, Value>, element_id: &str) -> bool {
    object.get("element_id").and_then(Value::as_str) == Some(element_id)
}

/// Whatever has this id.
pub(super) fn find<'a>(value: &'a mut Value, element_id: &str) -> Option<&'a mut Map<String, Value>> {
    match value {
        Value::Object(object) => {
            if is(object, element_id) {
                return Some(object);
            }
            object.values_mut().find_map(|value| find(value, element_id))
        }
        Value::Array(list) => list.iter_mut().find_map(|value| find(value, element_id)),
        _ => None,
    }
}

/// The list that something with this id stands in, and where.
fn list_with<'a>(value: &'a mut Value, element_id: &str) -> Option<(&'a mut Vec<Value>, usize)> {
    match value {
        Value::Object(object) => object.values_mut().find_map(|value| list_with(value, element_id)),
        Value::Array(list) => {
            let here = list.iter().position(|one| one.as_object().is_some_and(|one| is(one, element_id)));
            match here {
                Some(index) => Some((list, index)),
                None => list.iter_mut().find_map(|value| list_with(value, element_id)),
            }
        }
        _ => None,
    }
}

/// Takes out what has this id, with all that stands in it.
pub(super) fn remove(card: &mut Value, element_id: &str) -> Option<Value> {
    let (list, index) = list_with(card, element_id)?;
    Some(list.remove(index))
}

/// Puts components somewhere; `None` if there is no such place.
pub(super) fn insert(card: &mut Value, spot: Spot<'_>, elements: Vec<Value>) -> Option<()> {
    let (list, index) = match spot {
        Spot::Before(element_id) => list_with(card, element_id)?,
        Spot::After(element_id) => {
            let (list, index) = list_with(card, element_id)?;
            (list, index + 1)
        }
        Spot::In(element_id) => {
            let container = find(card, element_id)?;
            let tag = container.get("tag").and_then(Value::as_str)?;
            if !CONTAINERS.contains(&tag) {
                return None;
            }
            end_of(container)?
        }
        Spot::End => {
            let body = card.as_object_mut()?.entry("body").or_insert_with(|| Value::Object(Map::new()));
            end_of(body.as_object_mut()?)?
        }
    };
    list.splice(index..index, elements);
    Some(())
}

fn end_of(container: &mut Map<String, Value>) -> Option<(&mut Vec<Value>, usize)> {
    let list = container.entry("elements").or_insert_with(|| Value::Array(Vec::new())).as_array_mut()?;
    let end = list.len();
    Some((list, end))
}
