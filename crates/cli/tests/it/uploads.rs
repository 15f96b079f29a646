//! `larkspur upload-image`

use std::io::Write;

use crate::{Home, PNG, fed};

#[test]
fn one_picture_gives_one_key() {
    let home = Home::new();
    home.file("a.png", PNG);
    let key = home.data(&["upload-image", "a.png"])["image_key"].as_str().expect("a key").to_owned();
    assert!(key.starts_with("img_v3_"), "{key}");
    let absolute = home.folder.path().join("a.png").display().to_string();
    home.data(&["upload-image", &absolute]);
}

#[test]
fn many_pictures_come_back_in_the_order_of_the_arguments() {
    let home = Home::new();
    let names: Vec<String> = (0..20).map(|number| format!("{number}.png")).collect();
    for (number, name) in names.iter().enumerate() {
        // Each has its own length, to be told apart, and the first ones take longest.
        let mut bytes = PNG.to_vec();
        bytes.resize(PNG.len() + (20 - number) * 10_000, 0);
        home.file(name, &bytes);
    }
    let mut arguments = vec!["upload-image"];
    arguments.extend(names.iter().map(String::as_str));
    let images = home.data(&arguments)["images"].as_array().expect("a list").clone();
    for (number, (name, image)) in names.iter().zip(&images).enumerate() {
        assert_eq!(image["file"], name.as_str());
        let key = image["image_key"].as_str().expect("a key");
        let back = home.data(&["im", "images", "get", "--image-key", key, "--output", "back.png"]);
        assert_eq!(back["size_bytes"], PNG.len() + (20 - number) * 10_000);
    }
}

#[test]
fn a_picture_comes_from_stdin_or_base64() {
    let home = Home::new();
    fed(home.command(&["upload-image", "-"]), PNG).data();
    let base64 =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4/////38ACfsD/QVDRcoAAAAASUVORK5CYII=";
    home.data(&["upload-image", "--base64", base64]);
    home.data(&["upload-image", "--base64", &format!("data:image/png;base64,{base64}")]);
    fed(home.command(&["upload-image", "--base64", "-"]), base64.as_bytes()).data();
}

#[test]
fn an_avatar_is_an_image_of_another_type() {
    let home = Home::new();
    home.file("a.png", PNG);
    for flag in ["--type", "--image-type"] {
        let key = home.data(&["upload-image", "a.png", flag, "avatar"])["image_key"]
            .as_str()
            .expect("a key")
            .to_owned();
        let sent = home.run(&["im", "+messages-send", "--chat-id", home.chat_id(), "--image", &key]);
        assert_eq!(sent.error()["code"], 230_001);
    }
}

#[test]
fn one_bad_picture_among_many_is_found_before_any_is_sent() {
    let home = Home::new();
    home.file("a.png", PNG);
    home.file("b.png", b"text");
    let mut large = PNG.to_vec();
    large.resize((10 << 20) + 1, 0);
    home.file("c.png", &large);
    let mut command = home.command(&["upload-image", "a.png", "b.png"]);
    // Nobody listens there: an upload would fail as network.
    command.env("LARKSPUR_BASE_URL", "http://127.0.0.1:9");
    let ran = crate::ran(command);
    assert_eq!((ran.code, &ran.error()["code"]), (2, &234_011.into()));
    let ran = home.run(&["upload-image", "c.png"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.error()["message"], "c.png has 10485761 bytes, and at most 10485760 (10 MB) are taken");
}

/// A web server that answers one request with a picture.
fn picture_server() -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        use std::io::Read;
        let (mut stream, _) = listener.accept().expect("a client");
        let _ = stream.read(&mut [0; 4096]);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", PNG.len());
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(PNG)).expect("answers");
    });
    address
}

#[test]
fn a_picture_is_fetched_from_the_web_if_that_is_allowed() {
    let home = Home::new();
    let url = format!("http://{}/a.png", picture_server());
    home.data(&["upload-image", &url, "--allow-private"]);
    let url = format!("http://{}/a.png", picture_server());
    assert_eq!(home.run(&["upload-image", &url]).code, 6);
}
