//! Headers of pictures, and what is converted.

#![no_main]

use larkspur_api::im::v1::image::create::ImageType;
use larkspur_server::picture;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for image_type in [ImageType::Message, ImageType::Avatar] {
        let _ = picture::inspect(bytes, true, &image_type);
        if picture::inspect(bytes, false, &image_type).is_ok() && picture::is_converted(bytes) {
            if let Ok((jpeg, _)) = picture::to_jpeg(bytes) {
                assert!(picture::inspect(&jpeg, false, &ImageType::Message).is_ok());
            }
        }
    }
});
