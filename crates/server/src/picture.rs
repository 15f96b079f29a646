//! What picture bytes are: format and size by their header alone, and TIFF and HEIC as JPEG.
//!
//! Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/image/create`.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageEncoder, codecs::jpeg::JpegEncoder, codecs::tiff::TiffDecoder};
use imagesize::{Compression, ImageType as Detected};
use larkspur_api::{
    Refusal,
    code::resource,
    im::v1::image::{MAX_AVATAR_SIDE, MAX_GIF_SIDE, MAX_SIDE, create::ImageType},
};
use larkspur_domain::{Failure, Result};

/// The most pixels of a picture that has to be decoded to be converted.
const MAX_CONVERTED_PIXELS: u64 = 50_000_000;

/// The quality of converted pictures, in percent.
const JPEG_QUALITY: u8 = 90;

/// A picture format the platform takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Jpeg,
    Png,
    Webp,
    Gif,
    Bmp,
    Ico,
    Tiff,
    Heic,
}

impl Format {
    /// The format that bytes begin as, by their content.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        Some(match imagesize::image_type(bytes).ok()? {
            Detected::Jpeg => Self::Jpeg,
            Detected::Png => Self::Png,
            Detected::Webp => Self::Webp,
            Detected::Gif => Self::Gif,
            Detected::Bmp => Self::Bmp,
            Detected::Ico => Self::Ico,
            Detected::Tiff => Self::Tiff,
            Detected::Heif(Compression::Hevc) => Self::Heic,
            _ => return None,
        })
    }

    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg | Self::Tiff | Self::Heic => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Ico => "image/x-icon",
        }
    }

    pub(crate) const fn is_converted(self) -> bool {
        matches!(self, Self::Tiff | Self::Heic)
    }
}

/// Refuses bytes that are no picture the platform takes, by their beginning alone.
///
/// `more` tells that the bytes are not all there are: then a header that is not whole passes.
pub fn inspect(bytes: &[u8], more: bool, image_type: &ImageType) -> std::result::Result<(), Refusal> {
    let format = Format::of(bytes).ok_or(resource::FORMAT_UNKNOWN)?;
    match size(bytes) {
        Some(size) => check_size(format, image_type, size),
        None if more => Ok(()),
        None => Err(resource::FORMAT_UNKNOWN.into()),
    }
}

/// Whether the platform stores these bytes as JPEG instead of as they are.
pub fn is_converted(bytes: &[u8]) -> bool {
    Format::of(bytes).is_some_and(Format::is_converted)
}

/// Width and height, in px.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// In px.
    pub width: u32,
    /// In px.
    pub height: u32,
}

/// Width and height by the header; `None` if the header is not whole.
pub(crate) fn size(bytes: &[u8]) -> Option<Size> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some(Size { width: u32::try_from(size.width).ok()?, height: u32::try_from(size.height).ok()? })
}

/// Refuses a picture that is too wide or too high for what it is.
pub(crate) fn check_size(
    format: Format,
    image_type: &ImageType,
    size: Size,
) -> std::result::Result<(), Refusal> {
    let max = match (format, image_type) {
        (Format::Gif, _) => MAX_GIF_SIDE,
        (_, ImageType::Avatar) => MAX_AVATAR_SIDE,
        _ => MAX_SIDE,
    };
    let converted =
        u64::from(size.width) * u64::from(size.height) > MAX_CONVERTED_PIXELS && format.is_converted();
    if size.width > max || size.height > max {
        return Err(resource::RESOLUTION_TOO_HIGH.into());
    }
    if converted {
        let what = "TIFF and HEIC are converted to JPEG: at most 50 megapixels";
        return Err(resource::RESOLUTION_TOO_HIGH.field(
            "image",
            &format!("{}x{}", size.width, size.height),
            what,
        ));
    }
    if size.width == 0 || size.height == 0 {
        return Err(resource::FORMAT_UNKNOWN.into());
    }
    Ok(())
}

/// A TIFF or HEIC as JPEG, right side up.
pub fn to_jpeg(bytes: &[u8]) -> Result<(Vec<u8>, Size)> {
    let unreadable = |why: &dyn std::fmt::Display| {
        Failure::from(resource::FORMAT_UNKNOWN.field(
            "image",
            "",
            format!("it cannot be converted to JPEG: {why}"),
        ))
    };
    let picture = match Format::of(bytes) {
        Some(Format::Heic) => {
            let options = heifer::Options { max_threads: 1, max_pixels: MAX_CONVERTED_PIXELS };
            // Turns and mirrors as the file says.
            let decoded = heifer::decode_rgba8(bytes, &options).map_err(|error| unreadable(&error))?;
            let (width, height) = (decoded.width, decoded.height);
            let pixels = image::RgbImage::from_raw(width, height, decoded.into_rgb8());
            DynamicImage::ImageRgb8(pixels.ok_or_else(|| unreadable(&"it has fewer pixels than it says"))?)
        }
        _ => {
            let mut decoder = TiffDecoder::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
            let mut limits = image::Limits::no_limits();
            limits.max_alloc = Some(MAX_CONVERTED_PIXELS * 8);
            decoder.set_limits(limits).map_err(|error| unreadable(&error))?;
            let orientation = decoder.orientation().map_err(|error| unreadable(&error))?;
            let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| unreadable(&error))?;
            picture.apply_orientation(orientation);
            picture
        }
    };
    let picture = picture.into_rgb8();
    let size = Size { width: picture.width(), height: picture.height() };
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY)
        .write_image(&picture, size.width, size.height, image::ExtendedColorType::Rgb8)
        .map_err(|error| unreadable(&error))?;
    Ok((jpeg, size))
}
