//! The components of which cards are made: their properties, and what may stand in them.
//!
//! Sources: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/…` for version 2.0,
//! `…/feishu-cards/card-components/…` for version 1.0, and one page for each component.

use super::component::{
    Component, Inside,
    Kind::{Buttons, Columns, Element, Elements, Header, List, Notes, Object, Options, Text, Word},
};

/// Whatever the table does not say otherwise.
const PLAIN: Component = Component {
    tag: "",
    second: true,
    free: "",
    typed: &[],
    first: &[],
    required: &[],
    inside: [Inside::AllBut(&[]), Inside::AllBut(&[])],
};

const LAYOUT: [Inside; 2] = [Inside::AllBut(&["form", "table"]), Inside::AllBut(&["form", "table"])];

/// Components with which a user does something.
const INTERACTIVE: &[&str] = &[
    "button",
    "checker",
    "date_picker",
    "input",
    "multi_select_person",
    "multi_select_static",
    "overflow",
    "picker_datetime",
    "picker_time",
    "select_img",
    "select_person",
    "select_static",
];

/// All of them, by tag.
pub(super) const COMPONENTS: &[Component] = &[
    Component {
        tag: "action",
        second: false,
        first: &[("actions", Elements)],
        inside: [Inside::Only(INTERACTIVE), Inside::Only(INTERACTIVE)],
        ..PLAIN
    },
    Component {
        tag: "audio",
        free: "show_time show_remaining_time duration style show_progress_bar audio_id_list width padding",
        typed: &[("file_key", Word), ("audio_id", Word)],
        required: &["file_key"],
        ..PLAIN
    },
    Component {
        tag: "button",
        free: "type size width disabled required form_action_type action_type url multi_url value complex_interaction",
        typed: &[
            ("text", Text),
            ("icon", Object),
            ("hover_tips", Text),
            ("disabled_tips", Text),
            ("confirm", Object),
            ("behaviors", List),
            ("name", Word),
        ],
        ..PLAIN
    },
    Component {
        tag: "chart",
        free: "chart_spec aspect_ratio color_theme preview height",
        required: &["chart_spec"],
        ..PLAIN
    },
    Component {
        tag: "checker",
        free: "checked overall_checkable padding disabled required value",
        typed: &[
            ("name", Word),
            ("text", Text),
            ("button_area", Buttons),
            ("checked_style", Object),
            ("confirm", Object),
            ("behaviors", List),
            ("hover_tips", Text),
            ("disabled_tips", Text),
        ],
        ..PLAIN
    },
    Component {
        tag: "collapsible_panel",
        free: "direction vertical_spacing horizontal_spacing vertical_align horizontal_align padding expanded background_color",
        typed: &[("header", Header), ("border", Object), ("elements", Elements)],
        inside: LAYOUT,
        ..PLAIN
    },
    Component {
        tag: "column",
        free: "background_style width weight horizontal_spacing horizontal_align vertical_align vertical_spacing direction padding",
        typed: &[("action", Object), ("elements", Elements)],
        inside: [Inside::AllBut(&["form", "table", "img_combination"]), Inside::AllBut(&["form", "table"])],
        ..PLAIN
    },
    Component {
        tag: "column_set",
        free: "horizontal_spacing horizontal_align vertical_spacing vertical_align direction padding flex_mode background_style",
        typed: &[("action", Object), ("columns", Columns)],
        required: &["columns"],
        ..PLAIN
    },
    Component {
        tag: "date_picker",
        free: "required disabled width value",
        typed: &[
            ("name", Word),
            ("initial_date", Word),
            ("placeholder", Text),
            ("confirm", Object),
            ("behaviors", List),
        ],
        ..PLAIN
    },
    Component {
        tag: "div",
        free: "width",
        typed: &[("text", Text), ("icon", Object), ("fields", Options), ("extra", Element)],
        ..PLAIN
    },
    Component {
        tag: "form",
        free: "direction horizontal_spacing vertical_spacing horizontal_align vertical_align padding",
        typed: &[("name", Word), ("confirm", Object), ("elements", Elements)],
        inside: [Inside::AllBut(&["form", "table", "chart", "div"]), Inside::AllBut(&["form", "table"])],
        ..PLAIN
    },
    Component { tag: "hr", ..PLAIN },
    Component {
        tag: "img",
        free: "i18n_img_key corner_radius scale_type size transparent preview mode custom_width compact_width",
        typed: &[("img_key", Word), ("alt", Text), ("title", Text)],
        required: &["img_key"],
        ..PLAIN
    },
    Component {
        tag: "img_combination",
        free: "combination_mode combination_transparent corner_radius img_list_length",
        typed: &[("img_list", List)],
        required: &["img_list"],
        ..PLAIN
    },
    Component {
        tag: "input",
        free: "required disabled width max_length input_type rows auto_resize max_rows show_icon label_position value",
        typed: &[
            ("name", Word),
            ("placeholder", Text),
            ("default_value", Word),
            ("disabled_tips", Text),
            ("behaviors", List),
            ("label", Text),
            ("confirm", Object),
        ],
        ..PLAIN
    },
    Component {
        tag: "interactive_container",
        free: "width height direction horizontal_spacing horizontal_align vertical_align vertical_spacing background_style has_border border_color corner_radius padding disabled value",
        typed: &[
            ("behaviors", List),
            ("disabled_tips", Text),
            ("confirm", Object),
            ("hover_tips", Text),
            ("elements", Elements),
            ("name", Word),
        ],
        inside: [
            Inside::Only(&[
                "div",
                "markdown",
                "img",
                "note",
                "column_set",
                "checker",
                "interactive_container",
            ]),
            Inside::AllBut(&["form", "table"]),
        ],
        ..PLAIN
    },
    Component {
        tag: "markdown",
        free: "text_size text_align",
        typed: &[("content", Word), ("i18n_content", Object), ("icon", Object)],
        required: &["content"],
        ..PLAIN
    },
    Component { tag: "multi_select_person", ..SELECT },
    Component { tag: "multi_select_static", ..SELECT },
    Component { tag: "note", second: false, first: &[("elements", Notes)], ..PLAIN },
    Component {
        tag: "overflow",
        free: "width value disabled",
        typed: &[("options", Options), ("behaviors", List), ("confirm", Object), ("name", Word)],
        ..PLAIN
    },
    Component {
        tag: "person",
        free: "size show_avatar show_name style",
        typed: &[("user_id", Word), ("icon", Object), ("ud_icon", Object)],
        required: &["user_id"],
        ..PLAIN
    },
    Component {
        tag: "person_list",
        free: "drop_invalid_user_id lines show_name show_avatar size",
        typed: &[("persons", List), ("icon", Object), ("ud_icon", Object)],
        required: &["persons"],
        ..PLAIN
    },
    Component {
        tag: "picker_datetime",
        free: "required disabled width value",
        typed: &[
            ("name", Word),
            ("initial_datetime", Word),
            ("placeholder", Text),
            ("confirm", Object),
            ("behaviors", List),
        ],
        ..PLAIN
    },
    Component {
        tag: "picker_time",
        free: "required disabled width value",
        typed: &[
            ("name", Word),
            ("initial_time", Word),
            ("placeholder", Text),
            ("confirm", Object),
            ("behaviors", List),
        ],
        ..PLAIN
    },
    Component {
        tag: "select_img",
        free: "style multi_select layout required can_preview aspect_ratio disabled value",
        typed: &[
            ("name", Word),
            ("disabled_tips", Text),
            ("options", List),
            ("behaviors", List),
            ("confirm", Object),
        ],
        required: &["options"],
        ..PLAIN
    },
    Component { tag: "select_person", ..SELECT },
    Component { tag: "select_static", ..SELECT },
    Component {
        tag: "table",
        free: "page_size row_height row_max_height freeze_first_column columns rows",
        typed: &[("header_style", Object)],
        required: &["columns"],
        ..PLAIN
    },
];

/// What all selections from a list have.
const SELECT: Component = Component {
    free: "type width required disabled initial_index value",
    typed: &[
        ("name", Word),
        ("placeholder", Text),
        ("initial_option", Word),
        ("selected_values", List),
        ("options", Options),
        ("behaviors", List),
        ("confirm", Object),
    ],
    ..PLAIN
};
