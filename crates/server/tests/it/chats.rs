//! `im.v1.chat` and `im.v1.chat_members`.

use reqwest::Method;
use serde_json::json;

use crate::{Home, clocked, world::World};

#[tokio::test]
async fn a_group_is_made_read_and_changed() {
    let world = World::new().await;
    let main = world.main();
    let avatar = main.upload_image("avatar", crate::images::png(8, 8)).await.data("image_key");
    let body = json!({"name": "New", "description": "d", "avatar": avatar, "owner_id": "ada", "user_id_list": ["bo"],
        "bot_id_list": ["cli_00000000000000a4"], "set_bot_manager": true, "external": false});
    let made = main.post("im/v1/chats?user_id_type=user_id&set_bot_manager=true", body).await;
    let chat_id = made.data("chat_id");
    assert_eq!((made.data("name"), made.data("owner_id")), ("New".to_owned(), "ada".to_owned()));

    let got = main.get(&format!("im/v1/chats/{chat_id}?user_id_type=user_id")).await;
    let data = &got.body["data"];
    assert_eq!((&data["user_count"], &data["bot_count"]), (&json!("2"), &json!("2")));
    assert_eq!(data["bot_manager_id_list"], json!(["cli_00000000000000a1"]));
    let picture = reqwest::get(data["avatar"].as_str().expect("a URL")).await.expect("the avatar");
    assert_eq!(picture.headers()["content-type"], "image/png");

    let change = json!({"name": "Newer", "description": "", "owner_id": "bo"});
    let changed =
        main.call(Method::PUT, &format!("im/v1/chats/{chat_id}?user_id_type=user_id"), change).await;
    assert_eq!(changed.told(), "200 0 success");
    let got = main.get(&format!("im/v1/chats/{chat_id}?user_id_type=user_id")).await;
    assert_eq!(
        (got.data("name"), got.data("description"), got.data("owner_id")),
        ("Newer".into(), String::new(), "bo".into())
    );
    assert_eq!(got.data("avatar"), data["avatar"]);
}

#[tokio::test]
async fn groups_are_not_made_out_of_nonsense() {
    let world = World::new().await;
    let main = world.main();
    let invalid = "400 232001 Your request contains an invalid request parameter.";
    let cases = [
        (json!({"chat_type": "public"}), "400 232042 Public group chat's name should not be empty."),
        (
            json!({"chat_type": "public", "name": "x"}),
            "400 232020 Name can NOT be less than two characters for public chats.",
        ),
        (json!({"owner_id": "nobody"}), "400 232030 Your request specifies a user_id which is invalid."),
        (json!({"owner_id": "cy"}), "400 232022 User has already resigned."),
        (json!({"user_id_list": ["cy"]}), "400 232022 User has already resigned."),
        (json!({"user_id_list": ["zoe"]}), "400 232043 Your request contains unavailable ids."),
        (json!({"bot_id_list": ["cli_ffffffffffffffff"]}), "400 232021 Bot can NOT be found."),
        (json!({"bot_id_list": ["cli_00000000000000a3"]}), "400 232025 Bot ability is not activated."),
        (json!({"avatar": "img_v3_x"}), invalid),
        (json!({"chat_mode": "p2p"}), invalid),
        (json!({"restricted_mode_setting": {"status": true}}), invalid),
    ];
    let theirs = world.app("shy").upload_image("avatar", crate::images::png(2, 2)).await.data("image_key");
    let cases = cases.into_iter().chain([(json!({"avatar": theirs}), invalid)]);
    for (body, told) in cases {
        let answer = main.post("im/v1/chats?user_id_type=user_id", body.clone()).await;
        assert_eq!(answer.told(), told, "{body}");
    }
}

#[tokio::test]
async fn a_uuid_makes_one_group() {
    crate::shows(&["chat.create.uuid_window"]);
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let main = world.main();
    let make = async || {
        let token = main.mint(&main.app_id, &main.app_secret).await;
        let token = token.body["tenant_access_token"].as_str().expect("a token");
        let request = main.request(Method::POST, "im/v1/chats?uuid=one").bearer_auth(token);
        main.send(request.json(&json!({"name": "x"}))).await.data("chat_id")
    };
    let first = make().await;
    assert_eq!(make().await, first);
    // Asking again in between does not make it last longer.
    for hours in [9, 2] {
        clock.advance(std::time::Duration::from_secs(hours * 60 * 60));
        assert_eq!(make().await == first, hours == 9);
    }
}

#[tokio::test]
async fn chats_are_read_by_members_and_glimpsed_by_others() {
    let world = World::new().await;
    let get = async |app: &str, chat: &str| world.app(app).get(&format!("im/v1/chats/{chat}")).await;
    let glimpse = get("main", world.group("elsewhere")).await;
    assert_eq!(glimpse.data("name"), "elsewhere");
    assert_eq!(glimpse.body["data"].get("description"), None);
    assert_eq!(
        get("main", world.group("abroad")).await.told(),
        "400 232010 Operator and chat can NOT be in different tenants."
    );
    assert_eq!(
        get("main", "oc_x").await.told(),
        "400 232006 Your request specifies a chat_id which is invalid."
    );
}

#[tokio::test]
async fn groups_are_listed_page_by_page() {
    let world = World::new().await;
    let main = world.main();
    for sort in ["ByCreateTimeAsc", "ByActiveTimeDesc"] {
        let mut names = Vec::new();
        let mut token = String::new();
        loop {
            let answer =
                main.get(&format!("im/v1/chats?page_size=2&sort_type={sort}&page_token={token}")).await;
            names.extend(
                answer.body["data"]["items"]
                    .as_array()
                    .expect("a list")
                    .iter()
                    .map(|chat| chat["name"].to_string()),
            );
            if answer.body["data"]["has_more"] == false {
                break;
            }
            answer.data("page_token").clone_into(&mut token);
        }
        names.sort_unstable();
        assert_eq!(names.join(" "), r#""easy" "guarded" "moderated" "open" "sealed" "threads""#);
    }
    let wrong = main.get("im/v1/chats?page_token=nonsense").await;
    assert_eq!(wrong.told(), "400 232001 Your request contains an invalid request parameter.");
}

#[tokio::test]
async fn who_may_change_a_group_is_up_to_the_group() {
    let world = World::new().await;
    let main = world.main();
    let change = async |chat: &str, body| {
        main.call(Method::PUT, &format!("im/v1/chats/{chat}?user_id_type=user_id"), body).await.told()
    };
    assert_eq!(
        change(world.group("guarded"), json!({"name": "x"})).await,
        "400 232002 No Permission: Only chat owner or admin can edit chat information in the current situation."
    );
    assert_eq!(change(world.group("easy"), json!({"name": "x"})).await, "200 0 success");
    assert_eq!(
        change(world.group("easy"), json!({"owner_id": "ada"})).await,
        "400 232016 Non-chat-owner or Non-chat-admin can only edit certain parts."
    );
    assert_eq!(
        change(world.group("elsewhere"), json!({"name": "x"})).await,
        "400 232011 Operator can NOT be out of the chat."
    );
    let open = world.group("open");
    assert_eq!(
        change(open, json!({"owner_id": "cy"})).await,
        "400 232012 New chat owner can NOT be out of the chat."
    );
    assert_eq!(
        change(open, json!({"owner_id": "nobody"})).await,
        "400 232035 Your request specifies an owner_id which is invalid."
    );
    let theirs = world.app("shy").upload_image("avatar", crate::images::png(2, 2)).await.data("image_key");
    for avatar in ["img_v3_x", &theirs] {
        assert_eq!(change(open, json!({"avatar": avatar})).await, "400 232041 The avatar key is illegal.");
    }
    assert_eq!(
        change(open, json!({"add_member_permission": "only_owner"})).await,
        "400 232001 Your request contains an invalid request parameter."
    );
    main.post("im/v1/chats", json!({"chat_type": "public", "name": "taken"})).await;
    assert_eq!(
        change(open, json!({"chat_type": "public", "name": "taken"})).await,
        "400 232026 This name is already used in an existing public chat. Names of public chats are supposed to be different."
    );
    let user =
        main.get("contact/v3/users/ada?user_id_type=user_id").await.body["data"]["user"]["open_id"].clone();
    let body = json!({"receive_id": user, "msg_type": "text", "content": r#"{"text":"x"}"#});
    let p2p = main.post("im/v1/messages?receive_id_type=open_id", body).await.data("chat_id");
    assert_eq!(
        change(&p2p, json!({"name": "x"})).await,
        "400 232008 Your request specifies a chat whose type is NOT supported currently."
    );
    let share = main.say(open, "share_chat", &json!({"chat_id": p2p})).await;
    assert_eq!(share.told(), "400 230015 P2P chat can NOT be shared.");
}

async fn members(home: &Home, method: Method, chat: &str, id_type: &str, ids: &[&str]) -> crate::Answer {
    let path = format!("im/v1/chats/{chat}/members?member_id_type={id_type}");
    home.call(method, &path, json!({"id_list": ids})).await
}

#[tokio::test]
async fn members_come_and_go() {
    let world = World::new().await;
    let main = world.main();
    let chat = main.post("im/v1/chats", json!({"name": "x"})).await.data("chat_id");
    assert_eq!(members(main, Method::POST, &chat, "user_id", &["ada", "bo"]).await.told(), "200 0 success");
    assert_eq!(
        members(main, Method::POST, &chat, "app_id", &["cli_00000000000000a4"]).await.told(),
        "200 0 success"
    );
    let listed = main.get(&format!("im/v1/chats/{chat}/members?member_id_type=user_id&page_size=1")).await;
    assert_eq!(
        (&listed.body["data"]["member_total"], &listed.body["data"]["has_more"]),
        (&json!(2), &json!(true))
    );
    assert_eq!(listed.body["data"]["items"][0]["member_id"], "ada");
    let next = listed.data("page_token");
    let listed =
        main.get(&format!("im/v1/chats/{chat}/members?member_id_type=user_id&page_token={next}")).await;
    assert_eq!(listed.body["data"]["items"][0]["member_id"], "bo");
    assert_eq!(members(main, Method::DELETE, &chat, "user_id", &["ada"]).await.told(), "200 0 success");
    let listed = main.get(&format!("im/v1/chats/{chat}/members?member_id_type=user_id")).await;
    assert_eq!(listed.body["data"]["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn members_are_added_whole_or_as_far_as_possible() {
    let world = World::new().await;
    let main = world.main();
    let chat = main.post("im/v1/chats", json!({"name": "x"})).await.data("chat_id");
    let add = async |home: &Home, succeed_type: u8, ids: &[&str]| {
        let path = format!("im/v1/chats/{chat}/members?member_id_type=user_id&succeed_type={succeed_type}");
        home.post(&path, json!({"id_list": ids})).await
    };
    assert_eq!(
        add(main, 0, &["ada", "nobody"]).await.told(),
        "400 99992360 Your request contains not existed id."
    );
    assert_eq!(
        add(main, 2, &["ada", "cy"]).await.told(),
        "400 232043 Your request contains unavailable ids."
    );
    assert_eq!(
        add(main, 0, &[]).await.told(),
        "400 232027 There are no valid members in the ID list specified in your request."
    );
    let some = add(main, 1, &["ada", "cy", "nobody"]).await;
    assert_eq!(
        (&some.body["data"]["invalid_id_list"], &some.body["data"]["not_existed_id_list"]),
        (&json!(["cy"]), &json!(["nobody"]))
    );
    members(main, Method::POST, &chat, "app_id", &["cli_00000000000000a4"]).await;
    assert!(
        add(world.app("shy"), 0, &["bo"])
            .await
            .told()
            .starts_with("400 232024 Users do not have the visibility of the app")
    );
    let many: Vec<&str> = vec!["ada"; 51];
    assert_eq!(
        add(main, 0, &many).await.told(),
        "400 232001 Your request contains an invalid request parameter."
    );
    let guarded = members(main, Method::POST, world.group("guarded"), "user_id", &["bo"]).await;
    assert!(guarded.told().starts_with("400 232017 No Permission"), "{guarded:?}");
}

#[tokio::test]
async fn members_are_removed_by_who_runs_the_group() {
    let world = World::new().await;
    let main = world.main();
    let remove = async |chat: &str, id_type: &str, ids: &[&str]| {
        members(main, Method::DELETE, chat, id_type, ids).await.told()
    };
    assert_eq!(
        remove(world.group("easy"), "user_id", &["ada"]).await,
        "400 232014 The token used in the request does NOT have the permissions necessary to complete the request."
    );
    assert_eq!(remove(world.group("easy"), "app_id", &["cli_00000000000000a1"]).await, "200 0 success");
    assert_eq!(
        remove(world.group("open"), "user_id", &["cy"]).await,
        "400 232027 There are no valid members in the ID list specified in your request."
    );
    let chat =
        main.post("im/v1/chats?user_id_type=user_id", json!({"owner_id": "ada"})).await.data("chat_id");
    assert_eq!(remove(&chat, "user_id", &["ada"]).await, "400 232076 Can't kick chat owner.");
    let alone = main.post("im/v1/chats", json!({})).await.data("chat_id");
    assert_eq!(
        remove(&alone, "app_id", &["cli_00000000000000a1"]).await,
        "400 232029 There are no available candidates for chat owner."
    );
}

#[tokio::test]
async fn a_group_holds_fifteen_bots() {
    crate::shows(&["chat.max_bots"]);
    let mut seed = String::from("[[tenants]]\nname = \"T\"\n");
    for number in 0..17 {
        seed.push_str(&format!(
            "[[tenants.apps]]\nname = \"b{number}\"\napp_id = \"cli_{number:016x}\"\napp_secret = \"s\"\n"
        ));
    }
    let platform = larkspur_server::Platform::builder().seed(seed).start().await.expect("starts");
    let home = Home::of(std::sync::Arc::new(platform), "cli_0000000000000000", "s").await;
    let chat = home.post("im/v1/chats", json!({})).await.data("chat_id");
    let ids: Vec<String> = (1..17).map(|number| format!("cli_{number:016x}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for group in ids[..14].chunks(5) {
        assert_eq!(members(&home, Method::POST, &chat, "app_id", group).await.told(), "200 0 success");
    }
    assert_eq!(
        members(&home, Method::POST, &chat, "app_id", &ids[14..]).await.told(),
        "400 232013 You have reached the limit of maximum number of members a chat can have."
    );
}

#[tokio::test]
async fn a_group_is_dissolved_by_its_owner_or_its_maker() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let dissolve = async |home: &Home, chat: &str| {
        home.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await.told()
    };
    let body = json!({"name": "x", "user_id_list": ["ada"], "bot_id_list": ["cli_00000000000000a4"]});
    let chat = main.post("im/v1/chats?user_id_type=user_id", body).await.data("chat_id");
    let message_id = main.text(&chat, "x").await;
    assert!(dissolve(shy, &chat).await.starts_with("400 232017 No Permission: If the operator is NOT owner"));
    assert_eq!(dissolve(main, &chat).await, "200 0 success");

    // Nothing happens in it any more, and what was said is gone.
    let dissolved = "400 232009 Your request specifies a chat which has already been dissolved.";
    assert_eq!(dissolve(main, &chat).await, dissolved);
    assert_eq!(main.say(&chat, "text", &json!({"text": "x"})).await.told(), dissolved);
    let path = format!("im/v1/chats/{chat}");
    assert_eq!(main.call(Method::PUT, &path, json!({"name": "y"})).await.told(), dissolved);
    assert_eq!(members(main, Method::POST, &chat, "user_id", &["bo"]).await.told(), dissolved);
    assert_eq!(main.get(&format!("{path}/members")).await.told(), dissolved);
    let outside = "400 230002 The bot can not be outside the group.";
    assert_eq!(main.get(&format!("im/v1/messages/{message_id}")).await.told(), outside);
    let listed = main.get(&format!("im/v1/messages?container_id_type=chat&container_id={chat}")).await;
    assert_eq!(listed.told(), outside);
    let glimpse = main.get(&path).await;
    assert_eq!((glimpse.data("chat_status"), glimpse.data("user_count")), ("dissolved".into(), "0".into()));
    let mine = main.get("im/v1/chats?page_size=100").await;
    assert!(!mine.body.to_string().contains(&chat), "{mine:?}");

    // The maker with the scope for that, though someone else owns it.
    let body = json!({"name": "x", "owner_id": "ada"});
    let given = main.post("im/v1/chats?user_id_type=user_id", body).await.data("chat_id");
    assert_eq!(dissolve(main, &given).await, "200 0 success");
    // An admin who did not make it may not.
    let body = json!({"name": "x", "bot_id_list": ["cli_00000000000000a4"], "owner_id": "ada", "set_bot_manager": true});
    let managed =
        main.post("im/v1/chats?user_id_type=user_id&set_bot_manager=true", body).await.data("chat_id");
    assert!(dissolve(shy, &managed).await.starts_with("400 232017"));

    assert_eq!(dissolve(main, "oc_x").await, "400 232006 Your request specifies a chat_id which is invalid.");
    assert_eq!(
        dissolve(main, world.group("abroad")).await,
        "400 232010 Operator and chat can NOT be in different tenants."
    );
    assert_eq!(
        dissolve(main, world.group("elsewhere")).await,
        "400 232011 Operator can NOT be out of the chat."
    );
    assert_eq!(dissolve(world.app("mute"), &managed).await, "400 232025 Bot ability is not activated.");
    let body = json!({"receive_id": "ada", "msg_type": "text", "content": r#"{"text":"x"}"#});
    let p2p = main.post("im/v1/messages?receive_id_type=user_id", body).await.data("chat_id");
    assert_eq!(
        dissolve(main, &p2p).await,
        "400 232008 Your request specifies a chat whose type is NOT supported currently."
    );
}

#[tokio::test]
async fn the_maker_of_a_group_needs_a_scope_to_dissolve_it() {
    let seed = r#"
[[tenants]]
name = "T"

[[tenants.apps]]
name = "plain"
app_id = "cli_00000000000000c1"
app_secret = "s"
scopes = ["im:chat", "contact:user.employee_id:readonly"]

[[tenants.users]]
name = "Ada"
user_id = "ada"
"#;
    let platform = larkspur_server::Platform::builder().seed(seed).start().await.expect("starts");
    let home = Home::of(std::sync::Arc::new(platform), "cli_00000000000000c1", "s").await;
    let given =
        home.post("im/v1/chats?user_id_type=user_id", json!({"owner_id": "ada"})).await.data("chat_id");
    let kept = home.post("im/v1/chats", json!({})).await.data("chat_id");
    let dissolve =
        async |chat: &str| home.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await.told();
    assert!(dissolve(&given).await.starts_with("400 232017 No Permission"));
    assert_eq!(dissolve(&kept).await, "200 0 success");
}

#[tokio::test]
async fn the_bots_of_a_group_hear_that_it_is_dissolved() {
    let (stage, world) = crate::behind::Stage::new().await;
    let main = world.main();
    let chat = world.group("open").to_owned();
    main.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await;
    world.stop().await;
    for app_id in ["cli_00000000000000a1", "cli_00000000000000a4"] {
        let heard = stage.heard(app_id).await;
        assert_eq!(heard.len(), 1, "{heard:?}");
        assert_eq!((heard[0].0.as_str(), &heard[0].1["chat_id"]), ("im.chat.disbanded_v1", &json!(chat)));
    }
}
