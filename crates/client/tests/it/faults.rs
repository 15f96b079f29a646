//! What happens on the way: cut connections, limits, tokens that end.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::TryStreamExt;
use larkspur::{
    Client, Error, Outcome, Platform, Progress,
    content::Content,
    im::v1::{
        file::{self, create::FileType},
        message,
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A way to the platform on which things go wrong.
///
/// The first `cuts` answers to requests that hold `when` end after `after` bytes.
async fn way(platform: &Platform, when: &'static [u8], after: usize, cuts: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let target = platform.base_url().trim_start_matches("http://").to_owned();
    let left = Arc::new(AtomicUsize::new(cuts));
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&target).await.expect("the platform");
            tokio::spawn(carry(client, server, when, after, Arc::clone(&left)));
        }
    });
    url
}

async fn carry(client: TcpStream, server: TcpStream, when: &[u8], after: usize, left: Arc<AtomicUsize>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let mut request = vec![0; 64 * 1024];
    let mut answer = vec![0; 64 * 1024];
    let mut allowed = usize::MAX;
    loop {
        tokio::select! {
            read = from_client.read(&mut request) => match read {
                Ok(read @ 1..) => {
                    let meant = request[..read].windows(when.len()).any(|part| part == when);
                    if meant && left.load(Ordering::SeqCst) > 0 {
                        left.fetch_sub(1, Ordering::SeqCst);
                        allowed = after;
                    }
                    to_server.write_all(&request[..read]).await.expect("the platform reads");
                }
                _ => return,
            },
            read = from_server.read(&mut answer) => match read {
                Ok(read @ 1..) => {
                    let passed = read.min(allowed);
                    if to_client.write_all(&answer[..passed]).await.is_err() || passed < read {
                        return;
                    }
                    if allowed != usize::MAX {
                        allowed -= passed;
                    }
                }
                _ => return,
            },
        }
    }
}

fn client(platform: &Platform, url: String) -> larkspur::ClientBuilder {
    crate::client(platform).base_url(url)
}

async fn texts(platform: &Platform) -> usize {
    let client = crate::client(platform).build().expect("builds");
    let request = message::list::Request::of_chat(platform.workspace().chat_id.as_str());
    client.pages(request).try_collect::<Vec<_>>().await.expect("lists").len()
}

fn hello(platform: &Platform) -> message::create::Request {
    message::create::Request::to_chat(platform.workspace().chat_id.as_str(), &Content::text("hello"))
}

#[tokio::test]
async fn a_send_whose_answer_is_lost_is_repeated_and_made_once() {
    let platform = Platform::start().await.expect("starts");
    let url = way(&platform, b"POST /open-apis/im/v1/messages", 0, 2).await;
    let sent = client(&platform, url).build().expect("builds").send(hello(&platform)).await.expect("sends");
    assert!(sent.message_id.as_str().starts_with("om_"));
    assert_eq!(texts(&platform).await, 1);
}

#[tokio::test]
async fn without_retries_the_outcome_is_told_as_unknown() {
    let platform = Platform::start().await.expect("starts");
    let url = way(&platform, b"POST /open-apis/im/v1/messages", 0, 1).await;
    let client = client(&platform, url).retry(false).build().expect("builds");
    let error = client.send(hello(&platform)).await.expect_err("the answer is lost");
    assert!(matches!(error, Error::Network { outcome: Outcome::Unknown, .. }), "{error:?}");
    assert_eq!(texts(&platform).await, 1, "it was made all the same");
}

#[tokio::test]
async fn a_download_that_is_cut_goes_on_where_it_stopped() {
    let platform = Platform::start().await.expect("starts");
    let bytes: Vec<u8> =
        (0..3_000_000_u32).map(|number| u8::try_from(number % 251).unwrap_or_default()).collect();
    let direct = crate::client(&platform).build().expect("builds");
    let request = file::create::Request::new(FileType::Stream, "a.bin", bytes.clone());
    let uploaded = direct.send(request).await.expect("uploads");
    let url = way(&platform, b"GET /open-apis/im/v1/files", 1_000_000, 2).await;
    let client = client(&platform, url).build().expect("builds");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.bin");
    let download = client.download(file::get::Request::new(uploaded.file_key)).await.expect("begins");
    assert_eq!(download.save(&path, None).await.expect("arrives"), 3_000_000);
    assert!(std::fs::read(&path).expect("a file") == bytes, "the bytes differ");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing else is left");
}

#[tokio::test]
async fn a_limit_is_waited_out() {
    let platform = Platform::start().await.expect("starts");
    let client = crate::client(&platform).build().expect("builds");
    // Five a second to one chat: the other seven have to wait.
    let sends = (0..12).map(|_| client.send(hello(&platform)));
    futures_util::future::try_join_all(sends).await.expect("all are sent");
    assert_eq!(texts(&platform).await, 12);
}

#[tokio::test]
async fn a_token_that_ended_is_renewed() {
    let clock = Arc::new(larkspur_domain::ManualClock::at(1_800_000_000_000));
    let platform = Platform::builder().clock(clock.clone()).start().await.expect("starts");
    let client = crate::client(&platform).build().expect("builds");
    client.send(hello(&platform)).await.expect("sends");
    // The client still believes in its token: only the platform's clock has moved.
    clock.advance(Duration::from_secs(3 * 60 * 60));
    client.send(hello(&platform)).await.expect("sends with a new one");
    assert_eq!(texts(&platform).await, 2);
}

#[tokio::test]
async fn wrong_credentials_are_told_and_not_repeated() {
    let platform = Platform::start().await.expect("starts");
    let client = Client::builder(&platform.workspace().app_id, "wrong").base_url(platform.base_url());
    let error = client.build().expect("builds").send(hello(&platform)).await.expect_err("refused");
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!((error.code, error.is_retryable()), (10_015, false));
}

#[tokio::test]
async fn an_upload_tells_how_far_it_is() {
    let platform = Platform::start().await.expect("starts");
    let client = crate::client(&platform).build().expect("builds");
    let highest = Arc::new(std::sync::Mutex::new((0, 0)));
    let seen = Arc::clone(&highest);
    let progress: Progress = Arc::new(move |done, total| *seen.lock().expect("not poisoned") = (done, total));
    let request = file::create::Request::new(FileType::Stream, "a.bin", vec![1; 2_000_000]);
    client.upload(request, Some(&progress)).await.expect("uploads");
    let (done, total) = *highest.lock().expect("not poisoned");
    assert!(done == total && total > 2_000_000, "{done} of {total}");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_before_it_is_sent() {
    // Nobody listens there.
    let client = Client::with_token("t-1").base_url("http://127.0.0.1:9").build().expect("builds");
    let request = file::create::Request::new(FileType::Stream, "a.bin", vec![0; 30 * 1024 * 1024 + 1]);
    let Err(Error::Invalid(refusal)) = client.send(request).await else {
        panic!("refused before it is sent")
    };
    assert_eq!(refusal.code.number, 234_006);
}
