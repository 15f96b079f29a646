//! `contact.v3.user` and `bot.v3.bot`.

use serde_json::json;

use crate::{Home, world::World};

#[tokio::test]
async fn a_user_is_found_by_every_kind_of_id() {
    let home = Home::new().await;
    let user = home.platform.workspace().users[2].clone();
    for (id_type, id) in
        [("open_id", &user.open_id), ("union_id", &user.union_id), ("user_id", &user.user_id)]
    {
        let answer = home.get(&format!("contact/v3/users/{id}?user_id_type={id_type}")).await;
        let found = &answer.body["data"]["user"];
        assert_eq!(found["name"], user.name);
        assert_eq!(found["open_id"], user.open_id);
        assert_eq!(found["email"], user.email);
    }
}

#[tokio::test]
async fn users_that_are_not_there_are_refused_by_the_gateway() {
    let world = World::new().await;
    let main = world.main();
    let theirs = world.open_id("shy", "ada").await;
    let get = async |id: &str, id_type: &str| {
        main.get(&format!("contact/v3/users/{id}?user_id_type={id_type}")).await.told()
    };
    assert_eq!(get("ou_0", "open_id").await, "400 99992351 these open ids not existed: [ou_0]");
    assert_eq!(get("zoe", "user_id").await, "400 99992360 Your request contains not existed id.");
    assert_eq!(get("on_0", "union_id").await, "400 99992364 Your request contains not existed id.");
    assert_eq!(get(&theirs, "open_id").await, "400 99992361 open_id cross app");
    let shy = world.app("shy").get("contact/v3/users/bo?user_id_type=user_id").await;
    assert!(shy.told().contains("41050 no user authority"), "{shy:?}");
}

#[tokio::test]
async fn fields_without_a_scope_are_withheld() {
    let world = World::new().await;
    let answer = world.app("narrow").get("contact/v3/users/ada?user_id_type=user_id").await;
    // `user_id` as an id type needs a scope of its own.
    assert_eq!(answer.body["code"], 99_991_672, "{answer:?}");
    let union_id =
        world.main().get("contact/v3/users/ada?user_id_type=user_id").await.body["data"]["user"]["union_id"]
            .as_str()
            .expect("an id")
            .to_owned();
    let answer = world.app("narrow").get(&format!("contact/v3/users/{union_id}?user_id_type=union_id")).await;
    let user = &answer.body["data"]["user"];
    assert_eq!(user["union_id"], union_id);
    for withheld in ["user_id", "email", "mobile"] {
        assert_eq!(user.get(withheld), None, "{withheld}: {user}");
    }
}

#[tokio::test]
async fn several_users_come_at_once() {
    let world = World::new().await;
    let main = world.main();
    let answer = main
        .get("contact/v3/users/batch?user_id_type=user_id&user_ids=ada&user_ids=nobody&user_ids=bo")
        .await;
    let names: Vec<_> =
        answer.body["data"]["items"].as_array().expect("a list").iter().map(|user| &user["name"]).collect();
    assert_eq!(names, [&json!("Ada"), &json!("Bo")]);
    let body = json!({"user_ids": ["ada", "bo"]});
    let answer = main.post("contact/v3/users/basic_batch?user_id_type=user_id", body).await;
    assert_eq!(answer.body["data"]["users"][1]["name"], "Bo");
}

#[tokio::test]
async fn users_are_looked_up_by_mail_and_phone() {
    let world = World::new().await;
    let main = world.main();
    let body = json!({"emails": ["ada@garden.example", "x@y.example", "cy@garden.example"], "mobiles": ["+8613800000001"]});
    let answer = main.post("contact/v3/users/batch_get_id?user_id_type=user_id", body.clone()).await;
    let list = answer.body["data"]["user_list"].as_array().expect("a list").clone();
    assert_eq!(list.len(), 4, "each comes back");
    assert_eq!((&list[0]["email"], &list[0]["user_id"]), (&json!("ada@garden.example"), &json!("ada")));
    assert_eq!((&list[1]["email"], list[1].get("user_id")), (&json!("x@y.example"), None));
    assert_eq!(list[2].get("user_id"), None, "who has left is not found");
    assert_eq!((&list[3]["mobile"], &list[3]["user_id"]), (&json!("+8613800000001"), &json!("ada")));
}

#[tokio::test]
async fn the_bot_introduces_itself() {
    let home = Home::new().await;
    let answer = home.get("bot/v3/info").await;
    assert_eq!(answer.body["bot"]["app_name"], "Larkspur Bot");
    assert_eq!(answer.body["bot"]["activate_status"], 2);
    assert!(answer.body["bot"]["open_id"].as_str().is_some_and(|id| id.starts_with("ou_")));
}

#[tokio::test]
async fn an_app_without_a_bot_has_none_to_introduce() {
    let world = World::new().await;
    assert_eq!(world.app("mute").get("bot/v3/info").await.told(), "200 11205 app do not have bot");
}
