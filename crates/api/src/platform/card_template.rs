//! `platform.card_template`: cards with variables, as the card builder makes and releases them.

pub mod create;
pub mod list;

use serde_json::Value;

use crate::prelude::*;

/// A released version of a template.
#[object]
pub struct CardTemplate {
    /// The app that may use it.
    pub app_id: AppId,
    /// What messages call it by.
    pub template_id: String,
    /// The version.
    pub template_version_name: String,
    /// The card, with `${name}` where a variable goes.
    pub card: Value,
    /// Its variables.
    pub variables: Vec<Variable>,
}

/// A variable of a template.
///
/// Source: `/uAjLw4CM/ugTN1YjL4UTN24CO1UjN/trouble-shooting/how-to-fix-200732-or-200737-error`.
#[object]
pub struct Variable {
    /// The name.
    pub name: String,
    /// What it holds.
    pub r#type: VariableType,
    /// What stands for it when a message gives no value.
    pub default: Option<Value>,
}

/// What a variable holds.
#[open_enum]
pub enum VariableType {
    /// Text.
    Text = "text",
    /// Markdown, in cards of version 1.0.
    Markdown = "markdown",
    /// A whole number, or one in a string.
    Integer = "integer",
    /// `{"img_key": …}`
    Image = "image",
    /// `yyyy-MM-dd`
    Date = "date",
    /// `hh:mm`
    Time = "time",
    /// `yyyy-MM-dd hh:mm`
    Datetime = "datetime",
    /// `{"url": …, "pc_url": …, "ios_url": …, "android_url": …}`
    Url = "url",
    /// A list of `{"text": …, "type": …, "multi_url": …, "value": …}`.
    Button = "button",
    /// A list of `{"text": …, "value": …}`.
    OptionArray = "option_array",
    /// A list of objects.
    ObjectArray = "object_array",
    /// A list of `{"img_key": …}`.
    ImageArray = "image_array",
    /// A list of texts, in cards of version 1.0.
    TextArray = "text_array",
    /// An object.
    Object = "object",
    /// `{"id": …}`
    Person = "person",
    /// A list of `{"id": …}`.
    PersonArray = "person_array",
    /// The rows of a table.
    TableRowArray = "table_row_array",
    /// True or false.
    Boolean = "boolean",
    /// The definition of a chart.
    Chart = "chart",
}
