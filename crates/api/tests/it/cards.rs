//! Cards: what the documents show is taken, what they refuse is refused.

use larkspur_api::content::card::{Card, MAX_ELEMENTS};
use proptest::prelude::*;
use serde_json::{Value, json};

fn first(elements: Value) -> Value {
    json!({"elements": elements})
}

fn second(elements: Value) -> Value {
    json!({"schema": "2.0", "body": {"elements": elements}})
}

fn plain(content: &str) -> Value {
    json!({"tag": "plain_text", "content": content})
}

fn icon() -> Value {
    json!({"tag": "standard_icon", "token": "chat-forbidden_outlined", "color": "orange", "img_key": "img_v2_38811724"})
}

fn confirm() -> Value {
    json!({"title": plain("title"), "text": plain("content")})
}

fn callback() -> Value {
    json!([
        {"type": "open_url", "default_url": "https://x.cn", "pc_url": "", "ios_url": "lark://msgcard/unsupported_action", "android_url": ""},
        {"type": "callback", "value": {"tag": "no element", "key": "value"}}
    ])
}

fn submit(name: &str) -> Value {
    json!({"tag": "button", "text": plain("Send"), "form_action_type": "submit", "name": name})
}

/// Every component of version 2.0 with the properties that its page shows.
fn components() -> Vec<Value> {
    let text = json!({
        "tag": "plain_text", "element_id": "words", "content": "", "text_size": "normal", "text_color": "default",
        "text_align": "left", "lines": 2, "i18n_content": {"en_us": ""}
    });
    vec![
        json!({"tag": "div", "element_id": "div_1", "margin": "0px", "width": "fill", "text": text, "icon": icon()}),
        json!({"tag": "div", "text": plain("x"), "fields": [{"is_short": false, "text": {"tag": "lark_md", "content": "*x*"}}]}),
        json!({"tag": "markdown", "element_id": "md_1", "margin": "0px", "content": "# x", "text_size": "heading-0", "text_align": "left", "icon": icon()}),
        json!({"tag": "img", "img_key": "img_v3_x", "scale_type": "crop_center", "margin": "4px -12px"}),
        json!({"tag": "img", "element_id": "img_1", "margin": "0px", "img_key": "img_v3_x", "alt": plain(""), "title": plain(""), "corner_radius": "5px", "scale_type": "crop_top", "size": "100px 100px", "transparent": false, "preview": false, "mode": "large", "custom_width": "300px", "compact_width": false}),
        json!({"tag": "img_combination", "element_id": "imgs_1", "margin": "0px", "combination_mode": "double", "combination_transparent": false, "corner_radius": "12px", "img_list": [{"img_key": "img_v3_x", "transparent": false}, {"img_key": "img_v3_y"}]}),
        json!({"tag": "person", "element_id": "who_1", "margin": "0px", "size": "small", "user_id": "ou_1", "show_avatar": true, "show_name": true, "style": "capsule"}),
        json!({"tag": "person_list", "element_id": "who_2", "margin": "0px", "drop_invalid_user_id": false, "lines": 1, "show_name": true, "show_avatar": true, "size": "large", "persons": [{"id": "ou_1"}], "icon": icon(), "ud_icon": {"token": "x", "style": {"color": "red"}}}),
        json!({"tag": "chart", "element_id": "chart_1", "margin": "0px", "aspect_ratio": "16:9", "color_theme": "brand", "preview": true, "height": "auto", "chart_spec": {"type": "bar", "title": {"text": "x"}, "data": {"values": [{"tag": "a", "value": 1}]}, "xField": ["a"], "yField": "value", "legends": {"visible": true}}}),
        json!({"tag": "hr", "element_id": "hr_1", "margin": "0px"}),
        json!({"tag": "button", "element_id": "button_1", "margin": "0px", "type": "primary", "size": "small", "width": "default", "text": plain("x"), "icon": icon(), "hover_tips": {}, "disabled": false, "disabled_tips": {}, "confirm": confirm(), "behaviors": callback(), "url": "https://x.cn", "multi_url": {"android_url": "", "ios_url": "", "pc_url": ""}, "value": {"key_1": "value_1"}}),
        json!({"tag": "input", "element_id": "input_1", "margin": "0px", "name": "input1", "required": false, "placeholder": plain("x"), "default_value": "demo", "disabled": false, "disabled_tips": plain("x"), "width": "default", "behaviors": callback(), "max_length": 5, "input_type": "multiline_text", "rows": 1, "auto_resize": true, "max_rows": 5, "show_icon": false, "label": plain("x"), "label_position": "left", "value": {"k": "v"}, "confirm": confirm()}),
        json!({"tag": "overflow", "element_id": "more_1", "margin": "0px", "width": "fill", "options": [{"text": plain("x"), "multi_url": {"url": "https://x.cn", "pc_url": ""}, "value": "document"}], "behaviors": callback(), "confirm": confirm()}),
        json!({"tag": "select_static", "element_id": "select_1", "margin": "0px", "type": "text", "name": "s1", "required": false, "disabled": false, "initial_option": "x", "initial_index": 1, "placeholder": plain("x"), "width": "default", "behaviors": callback(), "options": [{"text": plain("x"), "icon": icon(), "value": "1"}], "confirm": confirm()}),
        json!({"tag": "select_person", "element_id": "select_2", "placeholder": plain("x"), "options": [{"value": "ou_1"}], "type": "default"}),
        json!({"tag": "date_picker", "element_id": "date_1", "name": "d1", "required": false, "disabled": false, "width": "default", "initial_date": "2024-01-01", "placeholder": plain("x"), "behaviors": callback(), "value": {"k": "v"}, "confirm": confirm()}),
        json!({"tag": "picker_time", "element_id": "time_1", "initial_time": "11:30", "placeholder": plain("x")}),
        json!({"tag": "picker_datetime", "element_id": "moment_1", "margin": "0px", "name": "p1", "required": false, "disabled": false, "width": "default", "behaviors": callback(), "initial_datetime": "2024-01-01 11:30", "placeholder": plain("x"), "value": {"key_1": "value_1"}, "confirm": confirm()}),
        json!({"tag": "select_img", "element_id": "pick_1", "margin": "0px", "multi_select": false, "layout": "bisect", "name": "c", "required": false, "can_preview": false, "aspect_ratio": "16:9", "disabled": false, "disabled_tips": plain("x"), "value": {"key": "value"}, "options": [{"img_key": "x", "value": "p", "disabled": false, "disabled_tips": plain("x"), "hover_tips": plain("x")}], "behaviors": callback(), "confirm": confirm()}),
        json!({"tag": "checker", "element_id": "check_1", "name": "check_1", "checked": false, "text": {"tag": "lark_md", "content": "x", "text_size": "normal", "text_color": "default", "text_align": "left"}, "overall_checkable": true, "button_area": {"pc_display_rule": "always", "buttons": [{"tag": "button", "type": "text", "size": "small", "text": plain("x"), "icon": icon(), "disabled": false, "behaviors": []}]}, "checked_style": {"show_strikethrough": true, "opacity": 1}, "margin": "0px", "padding": "0px", "confirm": confirm(), "behaviors": callback(), "hover_tips": {}, "disabled": false, "disabled_tips": {}}),
        json!({"tag": "column_set", "element_id": "set_1", "margin": "4px", "horizontal_spacing": "large", "horizontal_align": "left", "flex_mode": "none", "background_style": "default", "action": {"multi_url": {"url": "https://x.cn"}}, "columns": [{"tag": "column", "element_id": "col_1", "background_style": "default", "width": "auto", "weight": 1, "horizontal_spacing": "large", "horizontal_align": "left", "vertical_align": "center", "vertical_spacing": "4px", "direction": "vertical", "padding": "8px", "margin": "4px", "action": {"multi_url": {"url": "https://x.cn"}}, "elements": []}]}),
        json!({"tag": "interactive_container", "width": "fill", "height": "auto", "element_id": "area_1", "direction": "vertical", "margin": "4px", "horizontal_spacing": "large", "horizontal_align": "left", "vertical_align": "center", "vertical_spacing": "4px", "background_style": "default", "has_border": false, "border_color": "grey", "corner_radius": "40px", "padding": "10px", "behaviors": callback(), "disabled": false, "disabled_tips": plain("x"), "confirm": {}, "hover_tips": plain("x"), "elements": []}),
        json!({"tag": "collapsible_panel", "element_id": "panel_1", "direction": "vertical", "vertical_spacing": "8px", "horizontal_spacing": "8px", "vertical_align": "top", "horizontal_align": "left", "padding": "8px", "margin": "0px", "expanded": true, "background_color": "grey", "header": {"title": {"tag": "markdown", "content": "**x**"}, "background_color": "grey", "vertical_align": "center", "padding": "4px", "position": "top", "width": "auto", "icon": {"tag": "standard_icon", "token": "x", "size": "16px 16px"}, "icon_position": "follow_text", "icon_expanded_angle": -180}, "border": {"color": "grey", "corner_radius": "5px"}, "elements": [{"tag": "markdown", "content": "x"}]}),
        json!({"tag": "form", "element_id": "form_1", "direction": "horizontal", "horizontal_spacing": "8px", "vertical_spacing": "8px", "horizontal_align": "left", "vertical_align": "top", "padding": "4px", "margin": "0px", "name": "form_1", "elements": [{"tag": "input", "name": "reason", "required": true}, {"tag": "multi_select_person", "name": "people", "selected_values": ["ou_1"], "options": [{"value": "ou_1"}]}, {"tag": "multi_select_static", "name": "many", "options": [{"text": plain("x"), "value": "1"}]}, {"tag": "select_img", "name": "pictures", "multi_select": true, "options": []}, {"tag": "column_set", "columns": [{"tag": "column", "width": "auto", "elements": [submit("send")]}]}]}),
        json!({"tag": "form", "name": "old", "elements": [{"tag": "button", "text": plain("x"), "action_type": "form_submit", "name": "b"}]}),
        json!({"tag": "table", "element_id": "table_1", "margin": "0px", "page_size": 5, "row_height": "low", "row_max_height": "50px", "freeze_first_column": true, "header_style": {"text_align": "left", "bold": true, "lines": 1},
            "columns": [{"name": "a", "display_name": "A", "width": "auto", "data_type": "text"}, {"name": "b", "data_type": "lark_md"}, {"name": "c", "data_type": "number", "format": {"precision": 2}}, {"name": "d", "data_type": "options"}, {"name": "e", "data_type": "persons"}, {"name": "f", "data_type": "date", "date_format": "YYYY/MM/DD"}, {"name": "g", "data_type": "markdown"}],
            "rows": [{"a": "x", "when": 1, "d": [{"text": "S2", "color": "blue"}], "c": 168, "e": ["ou_1", "ou_2"], "b": "[x](https://x.cn)"}, {"a": "y", "c": 168.23, "e": "ou_1", "f": 1_699_341_315_000_i64, "g": "![x](image_key)"}]}),
        json!({"tag": "audio", "element_id": "sound_1", "file_key": "file_1", "audio_id": "a1", "show_time": true, "style": "speak"}),
    ]
}

#[test]
fn documented_cards_are_cards() {
    let settings = json!({
        "streaming_mode": true, "streaming_config": {"print_step": {"default": 1}}, "summary": {"content": ""}, "locales": ["en_us"],
        "enable_forward": true, "update_multi": true, "width_mode": "fill", "use_custom_translation": false,
        "enable_forward_interaction": false, "style": {"text_size": {"cus-0": {"pc": "medium"}}, "color": {}}
    });
    let header = json!({
        "title": plain("x"), "subtitle": {"tag": "lark_md", "content": ""}, "template": "blue", "icon": icon(), "padding": "12px",
        "text_tag_list": [{"tag": "text_tag", "element_id": "tag_1", "text": plain("x"), "color": "neutral"}], "i18n_text_tag_list": {"zh_cn": []}
    });
    let link = json!({"url": "https://x.cn", "android_url": "https://x.cn", "ios_url": "", "pc_url": ""});
    let mut cards = vec![
        json!({}),
        json!({"schema": "1.0"}),
        json!({"schema": "2.0"}),
        json!({"schema": "2.0", "config": {}, "card_link": {}, "header": {}, "body": {"elements": []}, "fallback": {}}),
        json!({"schema": "2.0", "config": settings, "header": header, "card_link": link, "body": {"direction": "vertical", "padding": "12px", "horizontal_spacing": "3px", "horizontal_align": "left", "vertical_spacing": "4px", "vertical_align": "center", "elements": []}}),
        json!({"config": {"update_multi": false, "compact_width": true}, "card_link": {"android_url": "a", "ios_url": "b", "pc_url": "c"}, "header": {"title": {"tag": "plain_text", "content": "x", "i18n": {"zh_cn": ""}}, "ud_icon": {"token": "x"}}, "i18n_header": {}, "i18n_elements": {"zh_cn": [{"tag": "hr"}], "en_us": []}, "fallback": {"trigger_conditions": []}}),
        json!({"type": "template", "data": {"template_id": "AAq", "template_version_name": "1.0.0", "template_variable": {"a": 1}}}),
        json!({"type": "card", "data": {"card_id": "7371713483664506900"}}),
        first(json!([
            {"tag": "div", "text": plain("x"), "fields": [{"is_short": true, "text": {"tag": "lark_md", "content": "**x**"}}], "extra": {"tag": "button", "text": plain("x"), "value": {}}},
            {"tag": "action", "layout": "bisected", "actions": [{"tag": "button", "text": {"tag": "lark_md", "content": "x"}, "multi_url": {"url": ""}}, {"tag": "select_static", "options": []}, {"tag": "overflow", "options": []}, {"tag": "date_picker", "initial_date": "2020-01-01"}]},
            {"tag": "note", "elements": [plain("x"), {"tag": "lark_md", "content": "x"}, {"tag": "img", "img_key": "k", "alt": plain("x")}]},
            {"tag": "markdown", "content": "[x]($urlVal)", "href": {"urlVal": {"url": "x"}}, "of_the_future": 1},
            {"tag": "column_set", "columns": [{"tag": "column", "elements": [{"tag": "action", "actions": []}, {"tag": "note", "elements": []}]}]},
            {"tag": "interactive_container", "elements": [{"tag": "div", "text": plain("x")}, {"tag": "checker", "text": plain("x")}]},
            {"tag": "form", "name": "f", "elements": [{"tag": "input", "name": "i"}, {"tag": "button", "action_type": "form_submit", "name": "b", "text": plain("x")}]},
            {"tag": "select_img", "style": "laser", "options": [{"img_key": "k", "value": "v"}]},
        ])),
    ];
    let all = components();
    // A card has at most 200 elements: a few at a time.
    cards.extend(all.iter().map(|component| second(json!([component]))));
    for card in cards {
        assert_eq!(Card(card.clone()).check(), Ok(()), "{card}");
    }
}

fn nested(depth: usize) -> Value {
    let inside = json!([{"tag": "hr"}]);
    (0..depth).fold(
        inside,
        |inside, _| json!([{"tag": "column_set", "columns": [{"tag": "column", "elements": inside}]}]),
    )
}

#[test]
fn what_is_no_card_is_told() {
    let table = |rows: Value| {
        second(
            json!([{"tag": "table", "columns": [{"name": "a"}, {"name": "n", "data_type": "number"}, {"name": "who", "data_type": "persons"}], "rows": rows}]),
        )
    };
    let malformed = "200621; ErrMsg: parse card json err, please check whether the card json is correct";
    let unknown = format!("{malformed}; ErrorValue: unknown property, property");
    let form =
        |elements: Value| second(json!([{"tag": "hr"}, {"tag": "form", "name": "f", "elements": elements}]));
    let tables = json!([{"tag": "table", "columns": []}]);
    let two_tables = "|a|\n|-|\n|b|\n\n|a|b|\n|:-:|---|\n\n```\n|a|\n|-|\n```";
    let cases = [
        (json!([]), malformed.to_owned()),
        (json!({"type": "template"}), malformed.to_owned()),
        (json!({"schema": "3.0"}), format!("{malformed}; ErrorValue: unknown schema: \"3.0\"")),
        (json!({"elements": {}}), format!("{malformed}; ErrorValue: expected array for elements, but: {{}}, path: ROOT")),
        (first(json!([1])), format!("{malformed}; ErrorValue: expected object for element, but: 1, path: ROOT -> elements -> [0](tag: )")),
        (first(json!([{}])), format!("{malformed}; ErrorValue: tag is missing, path: ROOT -> elements -> [0](tag: )")),
        (first(json!([{"tag": "divider"}])), "11310; ErrMsg: unsupported type of block; ErrorValue: divider".to_owned()),
        (first(json!([{"tag": "div", "text": {"tag": "text_of_mine"}}])), "11310; ErrMsg: unsupported type of block; ErrorValue: text_of_mine".to_owned()),
        (json!({"schema": "2.0", "elements": []}), format!("{unknown}: elements, path: ROOT")),
        (json!({"schema": "2.0", "header": {"tag": "header"}}), format!("{unknown}: tag, path: ROOT -> header")),
        (second(json!([{"tag": "hr"}, {"tag": "div", "text": {"tag": "plain_text", "content": "", "text_weight": "bold"}}])), format!("{unknown}: text_weight, path: ROOT -> body -> elements -> [1](tag: div) -> text(tag: plain_text)")),
        (second(json!([{"tag": "input", "icon": {}}])), format!("{unknown}: icon, path: ROOT -> body -> elements -> [0](tag: input)")),
        (second(json!([{"tag": "markdown", "content": "", "text_color": "red"}])), format!("{unknown}: text_color, path: ROOT -> body -> elements -> [0](tag: markdown)")),
        (second(json!([{"tag": "img", "img_key": "k", "alt": "words"}])), format!("{malformed}; ErrorValue: expected object for alt, but: \"words\", path: ROOT -> body -> elements -> [0](tag: img)")),
        (second(json!([{"tag": "select_static", "initial_option": {}}])), format!("{malformed}; ErrorValue: expected string for initial_option, but: {{}}, path: ROOT -> body -> elements -> [0](tag: select_static)")),
        (second(json!([{"tag": "markdown"}])), "11310; ErrPath: ROOT -> elements -> [0](tag: markdown); ErrMsg: markdown's content is required".to_owned()),
        (second(json!([{"tag": "hr"}, {"tag": "action", "actions": []}])), "200861; ErrPath: ROOT -> body -> elements -> [1](tag: action); ErrMsg: cards of schema V2 no longer support this capability; ErrorValue: unsupported tag action".to_owned()),
        (second(json!([{"tag": "note", "elements": []}])), "200861; ErrPath: ROOT -> body -> elements -> [0](tag: note); ErrMsg: cards of schema V2 no longer support this capability; ErrorValue: unsupported tag note".to_owned()),
        (json!({"schema": "2.0", "config": {"update_multi": false}}), "300302; ErrMsg: update_multi property is false".to_owned()),
        (second(json!(vec![json!({"tag": "hr"}); MAX_ELEMENTS + 1])), "11310; ErrMsg: element exceeds the limit".to_owned()),
        (second(json!(vec![json!({"tag": "div", "text": plain("")}); MAX_ELEMENTS / 2 + 1])), "11310; ErrMsg: element exceeds the limit".to_owned()),
        (second(json!(vec![tables[0].clone(); 6])), "11310; ErrMsg: card table number over limit; ErrorValue: table".to_owned()),
        (second(json!(vec![json!({"tag": "markdown", "content": two_tables}); 3])), "11310; ErrMsg: card table number over limit; ErrorValue: table".to_owned()),
        (second(json!([{"tag": "markdown", "content": "|a|\n|-|\n".repeat(5)}])), "11310; ErrMsg: card table number over limit; ErrorValue: table".to_owned()),
        (first(json!(vec![tables[0].clone(); 6])), "11310; ErrMsg: card table number over limit; ErrorValue: table".to_owned()),
        (second(json!([{"tag": "hr", "element_id": "a"}, {"tag": "div", "text": {"tag": "plain_text", "element_id": "a"}}])), "300301; ErrMsg: Duplicate element_id in card component.; ErrorValue: a".to_owned()),
        (second(json!([{"tag": "hr", "element_id": "1a"}])), "300301; ErrMsg: elementID format error; ErrorValue: 1a".to_owned()),
        (second(json!([{"tag": "hr", "element_id": "a-b"}])), "300301; ErrMsg: elementID format error; ErrorValue: a-b".to_owned()),
        (second(json!([{"tag": "hr", "element_id": "a23456789012345678901"}])), "300301; ErrMsg: elementID format error; ErrorValue: a23456789012345678901".to_owned()),
        (second(json!([{"tag": "hr"}, {"tag": "form", "elements": []}])), "11310; ErrPath: ROOT -> elements -> [1](tag: form); ErrMsg: form's name is required and can not be empty string".to_owned()),
        (form(json!([{"tag": "input", "name": "f"}, submit("s")])), "11310; ErrPath: ROOT -> elements -> [1](tag: form) -> elements -> [0](tag: input); ErrMsg: name(f) duplicate".to_owned()),
        (form(json!([{"tag": "input", "name": "a"}, {"tag": "input", "name": "a"}, submit("s")])), "11310; ErrPath: ROOT -> elements -> [1](tag: form) -> elements -> [1](tag: input); ErrMsg: name(a) duplicate".to_owned()),
        (form(json!([{"tag": "input", "name": "a"}])), "11310; ErrPath: ROOT -> elements -> [1](tag: form); ErrMsg: form has no button to submit it".to_owned()),
        (form(json!([{"tag": "table", "columns": []}, submit("s")])), "11310; ErrPath: ROOT -> elements -> [1](tag: form) -> elements -> [0](tag: table); ErrMsg: table is not supported in form".to_owned()),
        (form(json!([{"tag": "form", "name": "g"}, submit("s")])), "11310; ErrPath: ROOT -> elements -> [1](tag: form) -> elements -> [0](tag: form); ErrMsg: form is not supported in form".to_owned()),
        (second(json!([{"tag": "column_set", "columns": [{"tag": "column", "elements": tables}]}])), "11310; ErrPath: ROOT -> elements -> [0](tag: column_set) -> columns -> [0](tag: column) -> elements -> [0](tag: table); ErrMsg: table is not supported in column".to_owned()),
        (second(json!([{"tag": "column"}])), "11310; ErrPath: ROOT -> elements -> [0](tag: column); ErrMsg: column is not supported in the root of a card".to_owned()),
        (first(json!([{"tag": "form", "name": "f", "elements": [{"tag": "div"}, submit("s")]}])), "11310; ErrPath: ROOT -> elements -> [0](tag: form) -> elements -> [0](tag: div); ErrMsg: div is not supported in form".to_owned()),
        (first(json!([{"tag": "interactive_container", "elements": [{"tag": "button"}]}])), "11310; ErrPath: ROOT -> elements -> [0](tag: interactive_container) -> elements -> [0](tag: button); ErrMsg: button is not supported in interactive_container".to_owned()),
        (second(json!([{"tag": "select_img", "multi_select": true, "options": []}])), "11310; ErrPath: ROOT -> elements -> [0](tag: select_img); ErrMsg: select_img with multi_select is supported in form only".to_owned()),
        (second(json!([{"tag": "chart", "chart_spec": {"type": "bar", "axes": null}}])), "200550; ErrPath: ROOT -> elements -> [0](tag: chart); ErrMsg: chart spec is invalid; ErrorValue: - (root): Must validate at least one schema (anyOf)\n- axes: Invalid type. Expected: array, given: null\n".to_owned()),
        (table(json!({})), "200914; ErrMsg: table rows is invalid; ErrorValue: {}".to_owned()),
        (table(json!([{"a": "x"}, {"a": "x", "n": "1"}])), "200914; ErrMsg: table rows is invalid; ErrorValue: row 1, column 1".to_owned()),
        (table(json!([{"who": {"id": "ou_1"}}])), "200914; ErrMsg: table rows is invalid; ErrorValue: row 0, column 2".to_owned()),
        (table(json!([{"nobody": "x"}])), "200915; ErrMsg: table rows name is invalid; ErrorValue: nobody".to_owned()),
        (second(json!([{"tag": "audio", "file_key": "k", "audio_id": "a"}, {"tag": "audio", "file_key": "k", "audio_id": "a"}])), "300230; ErrMsg: duplicate audio id;".to_owned()),
        (json!({"card_link": {"pc_url": "https://x.cn"}}), "11310; ErrPath: ROOT; ErrMsg: card_link has neither url nor all of android_url, ios_url and pc_url".to_owned()),
    ];
    for (card, told) in cases {
        let fault = Card(card.clone()).check().expect_err(&card.to_string());
        assert_eq!(fault.to_string(), format!("ErrCode: {told}"), "{card}");
    }
    assert_eq!(Card(second(nested(5))).check(), Ok(()));
    let deep = Card(second(nested(6))).check().expect_err("too deep");
    assert_eq!((deep.code, deep.message.as_str()), (11_310, "containers are nested too deeply"));
    assert_eq!(Card(second(json!(vec![json!({"tag": "hr"}); MAX_ELEMENTS]))).check(), Ok(()));
    // Languages stand beside one another.
    let languages = json!({"i18n_elements": {"zh_cn": vec![json!({"tag": "table", "columns": []}); 5], "en_us": vec![json!({"tag": "table", "columns": []}); 5]}});
    assert_eq!(Card(languages).check(), Ok(()));
}

#[test]
fn what_a_card_refers_to_is_found_wherever_it_stands() {
    let card = Card(second(json!([
        {"tag": "markdown", "content": "<at id=ou_1></at> <at id='ou_2'></at><at ids=ou_3,ou_4></at> <at id=all></at> ![x](img_1) `![x](no) <at id=no></at>` <at email=a@b.c></at> <person id='no'></person>"},
        {"tag": "div", "text": {"tag": "lark_md", "content": "<at id=\"ou_5\"/>"}, "icon": {"tag": "custom_icon", "img_key": "img_2"}},
        {"tag": "div", "text": {"tag": "plain_text", "content": "<at id=no></at>"}, "icon": {"tag": "standard_icon", "img_key": "no"}},
        {"tag": "button", "behaviors": [{"type": "callback", "value": {"img_key": "no"}}], "value": {"tag": "person", "user_id": "no"}},
        {"tag": "img_combination", "img_list": [{"img_key": "img_3"}]},
        {"tag": "person", "user_id": "ou_6"},
        {"tag": "person_list", "persons": [{"id": "ou_7"}]},
        {"tag": "person_list", "drop_invalid_user_id": true, "persons": [{"id": "no"}]},
        {"tag": "audio", "file_key": "file_1"},
    ])));
    let found = card.references();
    assert_eq!(found.people, ["ou_1", "ou_2", "ou_3", "ou_4", "ou_5", "ou_6", "ou_7"]);
    assert_eq!(found.images, ["img_1", "img_2", "img_3"]);
    assert_eq!((found.sounds, found.everyone), (vec!["file_1"], true));
}

/// JSON made of the words of cards.
fn anything() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "tag",
        "elements",
        "columns",
        "column",
        "column_set",
        "form",
        "table",
        "rows",
        "data_type",
        "markdown",
        "content",
        "text",
        "options",
        "header",
        "title",
        "name",
        "element_id",
        "chart",
        "chart_spec",
        "actions",
        "action",
        "note",
        "i18n_elements",
        "button_area",
        "buttons",
        "checker",
        "person_list",
        "persons",
        "img_key",
        "extra",
        "div",
        "schema",
        "body",
        "card_link",
        "config",
        "${x}",
        "2.0",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 96, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..6).prop_map(|entries| {
                Value::Object(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_makes_the_check_panic(value in anything()) {
        for card in [value.clone(), first(value.clone()), second(value.clone()), first(json!([value])), second(json!([value]))] {
            let card = Card(card);
            let _ = card.check().map_err(|fault| fault.to_string());
            let _ = card.references();
        }
    }
}

#[test]
fn the_deepest_json_there_is_does_no_harm() {
    let deep = "[".repeat(126) + &"]".repeat(126);
    let value: Value = serde_json::from_str(&deep).expect("JSON");
    assert!(Card(second(value.clone())).check().is_err());
    assert!(Card(value).check().is_err());
}
