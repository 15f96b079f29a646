//! Sending, listing, downloading.

use futures_util::TryStreamExt;
use larkspur::{
    content::{Content, Received},
    im::v1::{image, message, message_resource},
};

use crate::Home;

/// The smallest PNG: one pixel.
pub(crate) const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63,
    0xf8, 0xff, 0xff, 0xff, 0x7f, 0, 0x09, 0xfb, 0x03, 0xfd, 0x05, 0x43, 0x45, 0xca, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

#[tokio::test]
async fn a_picture_goes_up_and_comes_back() {
    let home = Home::new().await;
    let uploaded = home
        .client
        .send(image::create::Request::new(image::create::ImageType::Message, PNG.to_vec()))
        .await
        .expect("uploads");
    let sent = home
        .client
        .send(message::create::Request::to_chat(home.chat_id(), &Content::image(uploaded.image_key.clone())))
        .await
        .expect("sends");
    let got = home.client.send(message::get::Request::new(sent.message_id.clone())).await.expect("reads");
    let Received::Image(content) = got.items[0].content() else { panic!("an image") };
    assert_eq!(content.image_key, uploaded.image_key);
    let request = message_resource::get::Request::new(
        sent.message_id,
        uploaded.image_key.as_str(),
        message_resource::get::ResourceType::Image,
    );
    let bytes =
        home.client.download(request).await.expect("downloads").bytes(1 << 20).await.expect("arrives");
    assert_eq!(bytes, PNG);
}

#[tokio::test]
async fn pages_give_every_message_once_in_order() {
    let platform = larkspur::Platform::builder().rate_limit(false).start().await.expect("starts");
    let client = crate::client(&platform).build().expect("builds");
    let chat_id = &platform.workspace().chat_id;
    for number in 0..120 {
        let request = message::create::Request::to_chat(chat_id.as_str(), &Content::text(number.to_string()));
        client.send(request).await.expect("sends");
    }
    let request =
        message::list::Request { page_size: Some(50), ..message::list::Request::of_chat(chat_id.as_str()) };
    let listed: Vec<_> = client.pages(request).try_collect().await.expect("lists");
    let texts: Vec<_> = listed
        .iter()
        .map(|message| match message.content() {
            Received::Text(text) => text.text,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(texts, (0..120).map(|number| number.to_string()).collect::<Vec<_>>());
}
