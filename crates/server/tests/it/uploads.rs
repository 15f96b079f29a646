//! Uploads that go wrong on the way: nothing of them stays.

use std::{path::Path, sync::Arc, time::Duration};

use larkspur_server::Platform;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{Home, images::png};

const EDGE: &str = "----edge";

/// A platform on disk, so that what stays can be looked for.
async fn on_disk(folder: &Path) -> Home {
    let platform = Arc::new(Platform::builder().data(folder).start().await.expect("starts"));
    let (id, secret) = (platform.workspace().app_id.clone(), platform.workspace().app_secret.clone());
    Home::of(platform, &id, &secret).await
}

/// The body of an image upload.
fn form(picture: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{EDGE}\r\nContent-Disposition: form-data; name=\"image_type\"\r\n\r\nmessage\r\n\
         --{EDGE}\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n"
    );
    let mut body = head.into_bytes();
    body.extend_from_slice(picture);
    body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
    body
}

/// The beginning of a request for an upload with a body of this length.
fn head(home: &Home, length: usize, content_type: &str) -> String {
    format!(
        "POST /open-apis/im/v1/images HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: {content_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
        home.token
    )
}

async fn connect(home: &Home) -> TcpStream {
    let address = home.platform.base_url().trim_start_matches("http://");
    TcpStream::connect(address).await.expect("connects")
}

async fn read_all(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn multipart() -> String {
    format!("multipart/form-data; boundary={EDGE}")
}

/// The blobs on disk, whole or begun.
fn blobs(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.join("blobs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path().display().to_string());
            }
        }
    }
    found
}

/// Waits until nothing is there: what was begun is removed after the refusal has gone out.
async fn nothing_stays(folder: &Path) {
    let gone = async {
        while !blobs(folder).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    if tokio::time::timeout(Duration::from_secs(10), gone).await.is_err() {
        panic!("{:?}", blobs(folder));
    }
}

#[tokio::test]
async fn a_broken_form_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = on_disk(folder.path()).await;
    let whole = form(&png(4, 4));
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("application/json", b"{}".to_vec(), "not multipart/form-data with a boundary"),
        ("multipart/form-data", whole.clone(), "not multipart/form-data with a boundary"),
        (&multipart(), whole[..whole.len() - 20].to_vec(), "cut off"),
        (&multipart(), b"nonsense".to_vec(), "broken"),
        (&multipart(), format!("--{EDGE}--\r\n").into_bytes(), "image_type is required"),
        ("multipart/form-data; boundary=other", whole.clone(), "broken"),
    ];
    for (content_type, body, why) in cases {
        let request = home.request(reqwest::Method::POST, "im/v1/images").bearer_auth(&home.token);
        let answer = home.send(request.header("content-type", content_type).body(body)).await;
        assert_eq!(answer.told(), "400 234001 Invalid request param.", "{why}");
        assert!(answer.violations().contains(why), "{answer:?}");
    }
    nothing_stays(folder.path()).await;
}

#[tokio::test]
async fn parts_come_in_any_order_and_without_file_names() {
    let home = Home::new().await;
    let mut body = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n").into_bytes();
    body.extend_from_slice(&png(4, 4));
    let rest = format!(
        "\r\n--{EDGE}\r\nContent-Disposition: form-data; name=\"more\"\r\n\r\nignored\r\n\
         --{EDGE}\r\nContent-Disposition: form-data; name=\"image_type\"\r\n\r\nmessage\r\n--{EDGE}--\r\n"
    );
    body.extend_from_slice(rest.as_bytes());
    let request = home.request(reqwest::Method::POST, "im/v1/images").bearer_auth(&home.token);
    let answer = home.send(request.header("content-type", multipart()).body(body)).await;
    assert_eq!(answer.told(), "200 0 success");
}

#[tokio::test]
async fn an_upload_that_is_cut_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = on_disk(folder.path()).await;
    let mut picture = png(4, 4);
    picture.resize(2_000_000, 0);
    let body = form(&picture);
    let mut stream = connect(&home).await;
    stream.write_all(head(&home, body.len(), &multipart()).as_bytes()).await.expect("sends");
    stream.write_all(&body[..1_000_000]).await.expect("sends half");
    stream.shutdown().await.expect("closes");
    let answer = read_all(stream).await;
    // Nobody may be there to hear it; whoever still listens gets the refusal.
    assert!(answer.is_empty() || answer.contains("234001"), "{answer}");
    home.stop().await;
    nothing_stays(folder.path()).await;
}

#[tokio::test]
async fn a_length_that_is_too_small_is_a_broken_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = on_disk(folder.path()).await;
    let body = form(&png(4, 4));
    let mut stream = connect(&home).await;
    stream.write_all(head(&home, body.len() - 30, &multipart()).as_bytes()).await.expect("sends");
    stream.write_all(&body).await.expect("sends");
    let answer = read_all(stream).await;
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("\"code\":234001"), "{answer}");
    nothing_stays(folder.path()).await;
}

#[tokio::test]
async fn a_client_that_falls_silent_is_told_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = on_disk(folder.path()).await;
    let body = form(&png(4, 4));
    let mut stream = connect(&home).await;
    stream.write_all(head(&home, body.len(), &multipart()).as_bytes()).await.expect("sends");
    stream.write_all(&body[..body.len() - 30]).await.expect("sends most of it");
    // Time runs ahead whenever nothing else is to be done: the answer comes when the patience is over.
    tokio::time::pause();
    let answer = read_all(stream).await;
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("\"code\":234001"), "{answer}");
    nothing_stays(folder.path()).await;
}

#[tokio::test]
async fn a_slow_upload_arrives() {
    let home = Home::new().await;
    let body = form(&png(4, 4));
    let mut stream = connect(&home).await;
    stream.write_all(head(&home, body.len(), &multipart()).as_bytes()).await.expect("sends");
    tokio::time::pause();
    for piece in body.chunks(64) {
        stream.write_all(piece).await.expect("sends");
        tokio::time::sleep(Duration::from_secs(20)).await;
    }
    tokio::time::resume();
    let answer = read_all(stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn what_was_refused_is_not_stored() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = on_disk(folder.path()).await;
    let mut large = png(1, 1);
    large.resize(11 * 1024 * 1024, 0);
    home.upload_image("message", large).await;
    home.upload_image("message", b"text").await;
    home.upload_image("nothing", png(1, 1)).await;
    nothing_stays(folder.path()).await;
    home.image_key().await;
    assert_eq!(blobs(folder.path()).len(), 1);
}
