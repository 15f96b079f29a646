//! What was acknowledged is there after `kill -9`, once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::TryStreamExt;
use larkspur::{
    Client,
    content::{Content, Received},
    im::v1::{
        file::{self, create::FileType},
        image::{self, create::ImageType},
        message,
    },
};
use tokio::runtime::Runtime;

use crate::{PNG, serve::Serve};

/// What the platform said it has taken.
#[derive(Default)]
struct Acknowledged {
    /// Text to `message_id`.
    messages: BTreeMap<String, String>,
    /// `image_key` to size.
    images: BTreeMap<String, usize>,
    files: BTreeMap<String, usize>,
}

fn client(serve: &Serve) -> Client {
    let workspace = &serve.ready.workspace;
    Client::builder(&workspace.app_id, &workspace.app_secret)
        .base_url(&serve.ready.base_url)
        .build()
        .expect("a client")
}

fn picture(number: usize) -> Vec<u8> {
    let mut bytes = PNG.to_vec();
    bytes.resize(PNG.len() + number * 31, u8::try_from(number % 251).unwrap_or_default());
    bytes
}

/// Sends as fast as it goes until the platform is gone.
async fn load(
    client: Client,
    chat_id: String,
    worker: usize,
    said: Arc<Mutex<Acknowledged>>,
    over: Arc<AtomicBool>,
) {
    for number in 0.. {
        if over.load(Ordering::SeqCst) {
            return;
        }
        let text = format!("{worker}-{number}");
        let request = message::create::Request {
            uuid: Some(text.clone()),
            ..message::create::Request::to_chat(chat_id.as_str(), &Content::text(text.as_str()))
        };
        if let Ok(sent) = client.send(request).await {
            said.lock().expect("not poisoned").messages.insert(text, sent.message_id.into());
        }
        if number % 5 == 0 {
            let bytes = picture(number + worker);
            let size = bytes.len();
            if let Ok(image) =
                client.send(image::create::Request::new(ImageType::Message, bytes.clone())).await
            {
                said.lock().expect("not poisoned").images.insert(image.image_key.into(), size);
            }
            let request = file::create::Request::new(FileType::Stream, "a.bin", bytes);
            if let Ok(file) = client.send(request).await {
                said.lock().expect("not poisoned").files.insert(file.file_key.into(), size);
            }
        }
    }
}

#[test]
fn acknowledged_writes_survive_kill_9() {
    let home = tempfile::tempdir().expect("a folder");
    let runtime = Runtime::new().expect("a runtime");
    let said = Arc::new(Mutex::new(Acknowledged::default()));
    let mut chat_id = String::new();
    for round in 0..3 {
        let serve = Serve::start(home.path(), &["--data", "data", "--no-rate-limit"]);
        serve.ready.workspace.chat_id.clone_into(&mut chat_id);
        let over = Arc::new(AtomicBool::new(false));
        let workers: Vec<_> = (0..8)
            .map(|worker| {
                let load = load(
                    client(&serve),
                    chat_id.clone(),
                    round * 100 + worker,
                    Arc::clone(&said),
                    Arc::clone(&over),
                );
                runtime.spawn(load)
            })
            .collect();
        // In the middle of it: once every worker had many acknowledged.
        let enough = (round + 1) * 150;
        while said.lock().expect("not poisoned").messages.len() < enough {
            std::thread::sleep(Duration::from_millis(5));
        }
        serve.kill();
        over.store(true, Ordering::SeqCst);
        for worker in workers {
            runtime.block_on(worker).expect("a worker ends");
        }
    }

    let serve = Serve::start(home.path(), &["--data", "data", "--no-rate-limit"]);
    let client = client(&serve);
    let said = said.lock().expect("not poisoned");
    runtime.block_on(async {
        let request = message::list::Request {
            page_size: Some(50),
            ..message::list::Request::of_chat(chat_id.as_str())
        };
        let listed: Vec<_> = client.pages(request).try_collect().await.expect("lists");
        let mut there = BTreeMap::new();
        for message in &listed {
            let Received::Text(text) = message.content() else { panic!("{message:?}") };
            let before = there.insert(text.text.clone(), String::from(message.message_id.clone()));
            assert_eq!(before, None, "{} is there twice", text.text);
        }
        for (text, message_id) in &said.messages {
            assert_eq!(there.get(text), Some(message_id), "{text} was acknowledged");
        }
        for (image_key, size) in &said.images {
            let bytes = client
                .download(image::get::Request::new(image_key.as_str()))
                .await
                .expect("is there")
                .bytes(1 << 20)
                .await
                .expect("whole");
            assert_eq!(bytes.len(), *size);
        }
        for (file_key, size) in &said.files {
            let bytes = client
                .download(file::get::Request::new(file_key.as_str()))
                .await
                .expect("is there")
                .bytes(1 << 20)
                .await
                .expect("whole");
            assert_eq!(bytes.len(), *size);
        }
        // The positions have no gaps: nothing half-done is counted.
        let positions: BTreeSet<_> = listed.iter().filter_map(|message| message.message_position).collect();
        assert_eq!(positions.len(), listed.len());
        assert_eq!(positions.last().copied(), i64::try_from(listed.len()).ok());

        // A `uuid` from before the kill still counts.
        let (text, message_id) = said.messages.iter().next_back().expect("some");
        let request = message::create::Request {
            uuid: Some(text.clone()),
            ..message::create::Request::to_chat(chat_id.as_str(), &Content::text("again"))
        };
        assert_eq!(String::from(client.send(request).await.expect("answers").message_id), *message_id);
    });
}
