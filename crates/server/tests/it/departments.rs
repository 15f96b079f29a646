//! `contact.v3.department`, who is in departments, and what an app may see of them.

use larkspur_server::Platform;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::{Answer, Home};

const SEED: &str = r#"
[[tenants]]
name = "Garden"

[[tenants.apps]]
name = "main"
app_id = "cli_00000000000000a1"
app_secret = "main"

[[tenants.apps]]
name = "shy"
app_id = "cli_00000000000000a4"
app_secret = "shy"
availability = ["Ada"]

[[tenants.users]]
name = "Ada"
user_id = "ada"

[[tenants.users]]
name = "Bo"
user_id = "bo"

[[tenants.users]]
name = "Cy"
user_id = "cy"
resigned = true

[[tenants.users]]
name = "Di"
user_id = "di"

[[tenants.groups]]
name = "roses"
users = ["Bo"]
bots = ["main"]

[[tenants.departments]]
name = "Plants"
department_id = "plants"
leader = "Bo"
users = ["Bo"]

[[tenants.departments]]
name = "Roses 玫瑰"
en_name = "Roses"
department_id = "roses"
parent = "Plants"
users = ["Ada", "Bo", "Cy"]
group = "roses"

[[tenants.departments]]
name = "Red roses"
department_id = "red"
parent = "Roses 玫瑰"
users = ["Ada"]

[[tenants.departments]]
name = "Tools"
department_id = "tools"

[[tenants]]
name = "Other"

[[tenants.apps]]
name = "foreign"
app_id = "cli_00000000000000b1"
app_secret = "foreign"

[[tenants.departments]]
name = "Abroad"
department_id = "abroad"
"#;

async fn home(name: &str, app_id: &str) -> Home {
    let platform = Platform::builder().rate_limit(false).seed(SEED).start().await.expect("it starts");
    Home::of(Arc::new(platform), app_id, name).await
}

async fn main() -> Home {
    home("main", "cli_00000000000000a1").await
}

const BY_ID: &str = "department_id_type=department_id&user_id_type=user_id";

async fn get(home: &Home, path: &str) -> Answer {
    let mark = if path.contains('?') { '&' } else { '?' };
    home.get(&format!("contact/v3/{path}{mark}{BY_ID}")).await
}

fn listed(answer: &Answer, field: &str) -> Vec<String> {
    assert_eq!(answer.told(), "200 0 success", "{answer:?}");
    let items = answer.body["data"]["items"].as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item[field].as_str().expect("a text").to_owned()).collect()
}

fn ids(answer: &Answer) -> Vec<String> {
    listed(answer, "department_id")
}

#[tokio::test]
async fn a_department_is_shown_with_its_place_and_people() {
    let main = main().await;
    let roses = get(&main, "departments/roses").await.body["data"]["department"].clone();
    let groups = main.get("im/v1/chats").await;
    for (field, value) in [
        ("name", json!("Roses 玫瑰")),
        ("i18n_name", json!({"zh_cn": "Roses 玫瑰", "en_us": "Roses"})),
        ("parent_department_id", json!("plants")),
        ("chat_id", groups.body["data"]["items"][0]["chat_id"].clone()),
        ("member_count", json!(2)),
        ("primary_member_count", json!(1)),
        ("status", json!({"is_deleted": false})),
        ("leaders", Value::Null),
    ] {
        assert_eq!(roses[field], value, "{field}");
    }
    let open = roses["open_department_id"].as_str().expect("an id");
    assert!(open.starts_with("od-"));
    let same = main.get(&format!("contact/v3/departments/{open}")).await;
    assert_eq!(same.body["data"]["department"]["department_id"], "roses");
    assert!(
        same.body["data"]["department"]["parent_department_id"]
            .as_str()
            .is_some_and(|id| id.starts_with("od-"))
    );
    let plants = get(&main, "departments/plants").await.body["data"]["department"].clone();
    assert_eq!(
        (&plants["leader_user_id"], &plants["leaders"]),
        (&json!("bo"), &json!([{"leaderType": 1, "leaderID": "bo"}]))
    );
    let root = get(&main, "departments/0").await.body["data"]["department"].clone();
    assert_eq!((&root["name"], &root["member_count"]), (&json!("Garden"), &json!(3)));

    let user = async |id: &str| {
        get(&main, &format!("users/{id}")).await.body["data"]["user"]["department_ids"].clone()
    };
    assert_eq!(user("bo").await, json!(["plants", "roses"]));
    assert_eq!(user("di").await, json!(["0"]));
    assert_eq!(get(&main, "departments/abroad").await.told(), "400 40015 department not exist");
    assert_eq!(get(&main, "departments/od-x").await.told(), "400 40015 department not exist");
}

#[tokio::test]
async fn departments_are_walked_up_and_down() {
    let main = main().await;
    let list = async |path: &str| ids(&get(&main, path).await);
    assert_eq!(list("departments/0/children").await, ["plants", "tools"]);
    assert_eq!(list("departments/0/children?fetch_child=true").await, ["plants", "roses", "red", "tools"]);
    assert_eq!(list("departments/plants/children").await, ["roses"]);
    assert_eq!(list("departments/plants/children?fetch_child=true").await, ["roses", "red"]);
    assert_eq!(list("departments/tools/children").await, [""; 0]);
    assert_eq!(list("departments/parent?department_id=red").await, ["roses", "plants"]);
    assert_eq!(list("departments/parent?department_id=plants").await, [""; 0]);
    assert_eq!(
        list("departments/batch?department_ids=red&department_ids=x&department_ids=0").await,
        ["red", "0"]
    );

    for path in [
        "departments/0/children?fetch_child=true&page_size=1",
        "departments/parent?department_id=red&page_size=1",
    ] {
        let whole = list(&path.replace("page_size=1", "page_size=50")).await;
        let (mut found, mut token) = (Vec::new(), String::new());
        loop {
            let page = get(&main, &format!("{path}&page_token={token}")).await;
            found.extend(ids(&page));
            if page.body["data"]["has_more"] == false {
                break;
            }
            token = page.data("page_token");
        }
        assert_eq!(found, whole, "{path}");
        assert_eq!(
            get(&main, &format!("{path}&page_token=x")).await.told(),
            "400 40012 page token is invalid error"
        );
        let none = path.replace("page_size=1", "page_size=0");
        assert_eq!(get(&main, &none).await.told(), "400 40011 page size is invalid");
        let many = path.replace("page_size=1", "page_size=51");
        assert_eq!(get(&main, &many).await.told(), "400 99992402 field validation failed");
    }
    assert_eq!(get(&main, "departments/x/children").await.told(), "400 40008 dept Info is null error");
    let above = async |id: &str| get(&main, &format!("departments/parent?department_id={id}")).await.told();
    assert_eq!(above("0").await, "400 40002 process root dept error");
    assert_eq!(above("x").await, "400 40008 dept Info is null error");
    assert_eq!(above("").await, "400 99992402 field validation failed");
}

#[tokio::test]
async fn users_are_found_by_their_department() {
    let main = main().await;
    let users = async |query: &str| {
        listed(&get(&main, &format!("users/find_by_department?{query}")).await, "user_id")
    };
    assert_eq!(users("department_id=roses").await, ["ada", "bo"], "without those who left");
    assert_eq!(users("department_id=plants").await, ["bo"], "right in it");
    assert_eq!(users("department_id=0").await, ["di"]);
    let first = get(&main, "users/find_by_department?department_id=roses&page_size=1").await;
    assert_eq!(first.body["data"]["items"][0]["department_ids"], json!(["roses", "red"]));
    let next = format!("department_id=roses&page_size=1&page_token={}", first.data("page_token"));
    assert_eq!(users(&next).await, ["bo"]);
    let told = async |query: &str| get(&main, &format!("users/find_by_department?{query}")).await.told();
    assert_eq!(told("department_id=x").await, "403 40004 no dept authority error");
    assert_eq!(told(&next.replace("=roses", "=red")).await, "400 40012 page token is invalid error");
    assert_eq!(told("department_id=roses&page_size=0").await, "400 40011 page size is invalid");
}

#[tokio::test]
async fn a_user_searches_departments() {
    let main = main().await;
    let body = json!({"user": "ada", "app_id": main.app_id});
    let token = main.own(Method::POST, "users/token", body).await.data("access_token");
    let search = async |query: &str, page: &str| {
        let path = format!("contact/v3/departments/search?{BY_ID}{page}");
        main.send(main.request(Method::POST, &path).bearer_auth(&token).json(&json!({"query": query}))).await
    };
    assert_eq!(ids(&search("ROSES", "").await), ["roses", "red"]);
    assert_eq!(ids(&search("玫瑰", "").await), ["roses"]);
    let first = search("roses", "&page_size=1").await;
    let next = format!("&page_size=1&page_token={}", first.data("page_token"));
    assert_eq!(ids(&search("roses", &next).await), ["red"]);
    for (query, page) in [(" ", ""), ("roses", "&page_size=0"), ("other", &next)] {
        assert_eq!(search(query, page).await.told(), "400 48001 invalid param", "{query} {page}");
    }
    assert_eq!(
        main.post("contact/v3/departments/search", json!({"query": "x"})).await.body["code"],
        99991663
    );
}

#[tokio::test]
async fn a_group_stays_when_its_department_leaves_it() {
    let main = main().await;
    let unbind = async |id: &str| {
        let path = format!("contact/v3/departments/unbind_department_chat?{BY_ID}");
        main.post(&path, json!({"department_id": id})).await.told()
    };
    assert_eq!(unbind("roses").await, "200 0 success");
    assert_eq!(get(&main, "departments/roses").await.body["data"]["department"]["chat_id"], Value::Null);
    assert_eq!(main.get("im/v1/chats").await.body["data"]["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(unbind("roses").await, "403 40020 department does not have a chat error");
    assert_eq!(unbind("0").await, "400 40002 process root dept error");
    assert_eq!(unbind("x").await, "403 40004 no dept authority error");
}

#[tokio::test]
async fn an_app_sees_what_is_in_its_range() {
    let main = main().await;
    let all = get(&main, "scopes").await.body["data"].clone();
    assert_eq!(all, json!({"user_ids": ["di"], "department_ids": ["plants", "tools"], "has_more": false}));
    let (mut seen, mut token) = (Vec::new(), String::new());
    loop {
        let page = get(&main, &format!("scopes?page_size=1&page_token={token}")).await;
        let data = &page.body["data"];
        for field in ["user_ids", "department_ids"] {
            seen.extend(data[field].as_array().cloned().unwrap_or_default());
        }
        if data["has_more"] == false {
            break;
        }
        token = page.data("page_token");
    }
    assert_eq!(json!(seen), json!(["di", "plants", "tools"]));
    assert_eq!(get(&main, "scopes?page_token=x").await.told(), "400 40012 page token is invalid error");
    assert_eq!(get(&main, "scopes?page_size=0").await.told(), "400 99992402 field validation failed");

    let shy = home("shy", "cli_00000000000000a4").await;
    assert_eq!(get(&shy, "scopes").await.body["data"], json!({"user_ids": ["ada"], "has_more": false}));
    let denied = "403 40004 no dept authority error";
    for path in [
        "departments/roses",
        "departments/0",
        "departments/0/children",
        "departments/batch?department_ids=roses",
        "departments/parent?department_id=red",
        "users/find_by_department?department_id=0",
    ] {
        assert_eq!(get(&shy, path).await.told(), denied, "{path}");
    }
    let path = "contact/v3/departments/unbind_department_chat";
    assert_eq!(shy.post(path, json!({"department_id": "roses"})).await.told(), denied);
}

#[tokio::test]
async fn a_batch_reaches_a_department_and_all_below_it() {
    let main = main().await;
    let open = get(&main, "departments/roses").await.body["data"]["department"]["open_department_id"].clone();
    let send = async |departments: Value| {
        let body = json!({"msg_type": "text", "content": {"text": "x"}, "department_ids": departments});
        main.post("message/v4/batch_send/", body).await
    };
    let sent = send(json!(["plants", "0", "abroad", "tools", "x"])).await;
    assert_eq!(sent.body["data"]["invalid_department_ids"], json!(["0", "abroad", "x"]));
    let reached = async |answer: &Answer| {
        let id = answer.body["data"]["message_id"].as_str().expect("an id");
        let progress = main.get(&format!("im/v1/batch_messages/{id}/get_progress")).await;
        progress.body["data"]["batch_message_send_progress"]["success_user_ids_count"].clone()
    };
    assert_eq!(reached(&sent).await, 2, "each once, without those who left");
    assert_eq!(reached(&send(json!([open])).await).await, 2);
    assert_eq!(reached(&send(json!(["red"])).await).await, 1);
}
