//! `im.v1.image` and `im.v1.file`: which bytes are taken, and what is stored.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::json;

use crate::{Home, world::World};

/// A picture whose left half is red and whose right half is blue.
fn picture(width: u32, height: u32) -> DynamicImage {
    let colour = |x| if x < width / 2 { Rgb([220, 0, 0]) } else { Rgb([0, 0, 220]) };
    RgbImage::from_fn(width, height, |x, _| colour(x)).into()
}

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture(width, height).write_to(&mut bytes, format).expect("encodes");
    bytes.into_inner()
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(width, height, ImageFormat::Png)
}

/// A lossless WEBP of one pixel.
const WEBP: &[u8] = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0";

fn heic(width: u32, height: u32) -> Vec<u8> {
    let rgb = picture(width, height).into_rgb8();
    heifer::encode::encode_rgb8(width, height, rgb.as_raw(), &heifer::encode::EncodeOptions::default())
        .expect("encodes")
}

/// A PNG that says it is this large, and holds nothing.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(1, 1);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    bytes
}

fn gif_claiming(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = encoded(1, 1, ImageFormat::Gif);
    bytes[6..8].copy_from_slice(&width.to_le_bytes());
    bytes[8..10].copy_from_slice(&height.to_le_bytes());
    bytes
}

#[tokio::test]
async fn pictures_are_known_by_their_content_and_come_back_as_they_went() {
    crate::shows(&["image.download.formats"]);
    let home = Home::new().await;
    let formats = [
        (encoded(5, 4, ImageFormat::Jpeg), "image/jpeg"),
        (png(5, 4), "image/png"),
        (WEBP.to_vec(), "image/webp"),
        (encoded(5, 4, ImageFormat::Gif), "image/gif"),
        (encoded(5, 4, ImageFormat::Bmp), "image/bmp"),
        (encoded(5, 4, ImageFormat::Ico), "image/x-icon"),
    ];
    for (bytes, media_type) in formats {
        let key = home.upload_image("message", bytes.clone()).await.data("image_key");
        assert!(key.starts_with("img_v3_"), "{key}");
        let back = home.get(&format!("im/v1/images/{key}")).await;
        assert_eq!(back.status, 200);
        assert_eq!(back.headers["content-type"], media_type);
        assert_eq!(back.bytes, bytes, "{media_type}");
    }
}

#[tokio::test]
async fn tiff_and_heic_become_jpeg() {
    let home = Home::new().await;
    for bytes in [encoded(64, 32, ImageFormat::Tiff), heic(64, 32)] {
        let key = home.upload_image("message", bytes).await.data("image_key");
        let back = home.get(&format!("im/v1/images/{key}")).await;
        assert_eq!(back.headers["content-type"], "image/jpeg");
        let shown = image::load_from_memory(&back.bytes).expect("a JPEG").into_rgb8();
        assert_eq!(shown.dimensions(), (64, 32));
        let (left, right) = (shown.get_pixel(8, 16), shown.get_pixel(56, 16));
        assert!(left[0] > 150 && left[2] < 80, "{left:?}");
        assert!(right[2] > 150 && right[0] < 80, "{right:?}");
    }
}

/// A TIFF with an orientation: 6 means that it is to be turned to the right.
fn turned_tiff() -> Vec<u8> {
    let mut bytes = encoded(64, 32, ImageFormat::Tiff);
    // The directory is a list of 12-byte entries. PhotometricInterpretation keeps its place; an entry
    // that does not matter for reading becomes the orientation.
    let start = u32::from_le_bytes(bytes[4..8].try_into().expect("4 bytes")) as usize;
    let count = usize::from(u16::from_le_bytes([bytes[start], bytes[start + 1]]));
    let entry = (0..count)
        .map(|index| start + 2 + index * 12)
        .find(|&at| matches!(u16::from_le_bytes([bytes[at], bytes[at + 1]]), 282 | 283 | 296))
        .expect("a resolution");
    bytes[entry..entry + 12].copy_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]);
    bytes
}

#[tokio::test]
async fn what_lies_on_its_side_is_stood_up() {
    let home = Home::new().await;
    let key = home.upload_image("message", turned_tiff()).await.data("image_key");
    let back = home.get(&format!("im/v1/images/{key}")).await;
    let shown = image::load_from_memory(&back.bytes).expect("a JPEG").into_rgb8();
    assert_eq!(shown.dimensions(), (32, 64));
    assert!(shown.get_pixel(16, 8)[0] > 150, "red is on top");
}

#[tokio::test]
async fn what_cannot_be_converted_is_refused() {
    let home = Home::new().await;
    let mut broken = heic(64, 32);
    let data = broken.windows(4).position(|window| window == b"mdat").expect("the data") + 4;
    broken[data..].fill(0xff);
    let mut cut = encoded(64, 32, ImageFormat::Tiff);
    // The pixels of this encoder come before the directory: they are kept, and the strip points beyond.
    let at = u32::from_le_bytes(cut[4..8].try_into().expect("4 bytes")) as usize;
    let strip = (0..32).map(|index| at + 2 + index * 12).find(|&at| cut[at] == 0x11 && cut[at + 1] == 1);
    let strip = strip.expect("strip offsets");
    cut[strip + 8..strip + 12].copy_from_slice(&u32::MAX.to_le_bytes());
    for bytes in [broken, cut] {
        let answer = home.upload_image("message", bytes).await;
        assert_eq!(answer.told(), "400 234011 Can't regonnize the image format.");
        assert!(answer.violations().contains("cannot be converted to JPEG"), "{answer:?}");
    }
}

#[tokio::test]
async fn what_is_no_picture_is_refused() {
    let home = Home::new().await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec();
    for bytes in [b"hello".to_vec(), svg, b"\x89PNG\r\n\x1a\n".to_vec(), png(1, 1)[..12].to_vec()] {
        let answer = home.upload_image("message", bytes).await;
        assert_eq!(answer.told(), "400 234011 Can't regonnize the image format.");
    }
    assert_eq!(home.upload_image("message", b"").await.told(), "400 234010 File's size can't be 0.");
}

#[tokio::test]
async fn ten_megabytes_are_taken_and_not_a_byte_more() {
    let home = Home::new().await;
    let mut bytes = png(1, 1);
    bytes.resize(10 * 1024 * 1024, 0);
    assert_eq!(home.upload_image("message", bytes.clone()).await.told(), "200 0 success");
    bytes.push(0);
    assert_eq!(
        home.upload_image("message", bytes).await.told(),
        "400 234006 The file size exceed the max value."
    );
}

#[tokio::test]
async fn sides_are_measured_by_the_header() {
    let home = Home::new().await;
    let told = async |image_type: &str, bytes: Vec<u8>| home.upload_image(image_type, bytes).await.told();
    let (taken, refused) = ("200 0 success", "400 234039 Image resolution exceeds limit.");
    assert_eq!(told("message", png_claiming(12_000, 12_000)).await, taken);
    assert_eq!(told("message", png_claiming(12_001, 1)).await, refused);
    assert_eq!(told("message", png_claiming(1, 12_001)).await, refused);
    assert_eq!(told("message", png_claiming(u32::MAX, u32::MAX)).await, refused);
    assert_eq!(told("message", gif_claiming(2000, 2000)).await, taken);
    assert_eq!(told("message", gif_claiming(2001, 1)).await, refused);
    assert_eq!(told("avatar", png_claiming(4096, 4096)).await, taken);
    assert_eq!(told("avatar", png_claiming(4097, 1)).await, refused);
}

#[tokio::test]
async fn the_image_type_is_one_of_two() {
    let home = Home::new().await;
    let answer = home.upload_image("sticker", png(1, 1)).await;
    assert_eq!(answer.told(), "400 234001 Invalid request param.");
    assert_eq!(answer.violations(), "image_type: options: [message,avatar]");
}

#[tokio::test]
async fn an_avatar_is_not_sent_and_not_downloaded() {
    let home = Home::new().await;
    let key = home.upload_image("avatar", png(4, 4)).await.data("image_key");
    assert_eq!(home.get(&format!("im/v1/images/{key}")).await.told(), "400 234001 Invalid request param.");
    assert_eq!(
        home.say(home.chat_id(), "image", &json!({"image_key": key})).await.told(),
        "400 230001 Your request contains an invalid request parameter, ext=invalid image_key"
    );
}

#[tokio::test]
async fn resources_belong_to_the_app_that_uploaded_them() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let key = main.image_key().await;
    let file_key = main.upload_file("stream", "a.bin", b"abc").await.data("file_key");
    let not_the_sender = "400 234008 The app is not the resource sender";
    assert_eq!(shy.get(&format!("im/v1/images/{key}")).await.told(), not_the_sender);
    assert_eq!(shy.get(&format!("im/v1/files/{file_key}")).await.told(), not_the_sender);
    let not_the_owner = "400 230017 Bot is NOT the owner of the resource.";
    let open = world.group("open");
    assert_eq!(shy.say(open, "image", &json!({"image_key": key})).await.told(), not_the_owner);
    assert_eq!(shy.say(open, "file", &json!({"file_key": file_key})).await.told(), not_the_owner);
    let unknown = "img_v3_0000_00000000-0000-0000-0000-00000000000g";
    assert_eq!(
        main.get(&format!("im/v1/images/{unknown}")).await.told(),
        "400 234005 Image has been deleted"
    );
}

#[tokio::test]
async fn files_are_taken_up_to_30_megabytes_and_keep_their_names() {
    let home = Home::new().await;
    let mut bytes = vec![7; 30 * 1024 * 1024];
    let key = home.upload_file("stream", "测试 1.bin", &bytes).await.data("file_key");
    assert!(key.starts_with("file_v3_"), "{key}");
    let back = home.get(&format!("im/v1/files/{key}")).await;
    assert!(back.bytes == bytes, "the bytes differ");
    let disposition = back.headers["content-disposition"].to_str().expect("text");
    assert!(disposition.contains("filename*=UTF-8''%E6%B5%8B%E8%AF%95%201.bin"), "{disposition}");
    bytes.push(0);
    assert_eq!(
        home.upload_file("stream", "a", &bytes).await.told(),
        "400 234006 The file size exceed the max value."
    );
    assert_eq!(home.upload_file("stream", "a", b"").await.told(), "400 234010 File's size can't be 0.");
    // One SDK sends an empty part for a duration that was not given.
    let form = reqwest::multipart::Form::new()
        .text("file_type", "pdf")
        .text("file_name", "a.pdf")
        .text("duration", "")
        .part("file", reqwest::multipart::Part::bytes(b"%PDF".to_vec()));
    assert_eq!(home.upload("im/v1/files", form).await.told(), "200 0 success");
    let odd = home.upload_file("zip", "a", b"x").await;
    assert_eq!(odd.told(), "400 234001 Invalid request param.");
    assert_eq!(odd.violations(), "file_type: options: [opus,mp4,pdf,doc,xls,ppt,stream]");
}

#[tokio::test]
async fn a_part_of_a_file_can_be_asked_for() {
    let home = Home::new().await;
    let key = home.upload_file("stream", "a.txt", b"0123456789").await.data("file_key");
    let request = home.request(reqwest::Method::GET, &format!("im/v1/files/{key}")).bearer_auth(&home.token);
    let part = home.send(request.header("range", "bytes=2-4")).await;
    assert_eq!((part.status, part.bytes.as_slice()), (206, b"234".as_slice()));
    assert_eq!(part.headers["content-range"], "bytes 2-4/10");
}
