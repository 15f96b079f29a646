//! Pictures, files, recordings and videos that arguments name.
//!
//! Everything is looked at before anything is sent: that it is there, that it is not too large, that a
//! picture is a picture and a recording a recording.

use std::{
    fs::File,
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use bytes::Bytes;
use larkspur::{
    im::v1::{
        file::{self, create::FileType},
        image::{self, create::ImageType},
    },
    wire::{FileContent, FilePart},
};
use larkspur_dial::{Dialer, Reach};
use larkspur_server::picture;
use symphonia::core::{
    formats::{FormatOptions, probe::Hint},
    io::{MediaSource, MediaSourceStream},
    meta::MetadataOptions,
};

use crate::{
    failure::{Failure, Kind, Result},
    input,
};

/// How much of a picture is read to look at its header, in bytes.
const HEAD: u64 = 256 * 1024;

/// Where something comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// It was uploaded before.
    Key(String),
    /// A file on this machine.
    File(PathBuf),
    /// A web address.
    Url(String),
    /// stdin.
    Stdin,
    /// Bytes that were given in another way.
    Bytes(Bytes),
}

impl Source {
    /// What an argument means. A key is a key even if a file could have its name, unless there is one.
    pub(crate) fn read(argument: &str) -> Self {
        let key = ["img_", "file_"].iter().any(|prefix| {
            argument.strip_prefix(prefix).is_some_and(|rest| {
                !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
            })
        });
        match argument {
            "-" => Self::Stdin,
            _ if argument.starts_with("http://") || argument.starts_with("https://") => {
                Self::Url(argument.to_owned())
            }
            _ if key && !Path::new(argument).exists() => Self::Key(argument.to_owned()),
            _ => Self::File(PathBuf::from(argument)),
        }
    }

    /// How it is called in messages and bars.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Key(key) => key.clone(),
            Self::File(path) => path.display().to_string(),
            Self::Url(url) => url.split('?').next().unwrap_or_default().to_owned(),
            Self::Stdin => "stdin".to_owned(),
            Self::Bytes(_) => "the picture".to_owned(),
        }
    }
}

/// What something is to be sent as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Image(ImageType),
    File,
    Audio,
    Video,
}

impl Purpose {
    const fn max_bytes(&self) -> u64 {
        match self {
            Self::Image(_) => image::MAX_BYTES as u64,
            Self::File | Self::Audio | Self::Video => file::MAX_BYTES as u64,
        }
    }
}

/// Something that is ready to be uploaded.
#[derive(Clone, Debug)]
pub(crate) struct Media {
    pub(crate) purpose: Purpose,
    pub(crate) part: FilePart,
    pub(crate) label: String,
}

/// Looks at a file without reading it, as a dry run does.
pub(crate) fn check_file(path: &Path, purpose: &Purpose) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| Failure::usage(format!("{}: {error}", path.display()));
    let about = path.metadata().map_err(|error| failed(&error))?;
    if !about.is_file() {
        return Err(failed(&"not a file"));
    }
    check_size(about.len(), purpose, &path.display().to_string())?;
    if let Purpose::Image(image_type) = purpose {
        let mut head = Vec::new();
        let file = File::open(path).map_err(|error| failed(&error))?;
        file.take(HEAD).read_to_end(&mut head).map_err(|error| failed(&error))?;
        picture::inspect(&head, about.len() > HEAD, image_type)
            .map_err(|refusal| Failure::from(refusal).about(&path.display().to_string()))?;
    }
    Ok(())
}

fn check_size(size: u64, purpose: &Purpose, label: &str) -> Result<()> {
    let max = purpose.max_bytes();
    if size == 0 {
        return Err(Failure::usage(format!("{label} is empty")).hint("nothing was sent"));
    }
    if size > max {
        let message = format!("{label} has {size} bytes, and at most {max} ({} MB) are taken", max >> 20);
        let hint = match purpose {
            Purpose::Image(_) if size <= file::MAX_BYTES as u64 => {
                "nothing was sent; send it as a file with --file"
            }
            _ => "nothing was sent",
        };
        return Err(Failure::usage(message).hint(hint));
    }
    Ok(())
}

/// Gets hold of something and looks at it.
pub(crate) async fn load(source: Source, purpose: Purpose, allow_private: bool) -> Result<Media> {
    let label = source.label();
    let max = purpose.max_bytes();
    let part = match source {
        Source::Key(key) => {
            return Err(Failure::usage(format!("{key} is a key: there is nothing to upload")));
        }
        Source::File(path) => {
            check_file(&path, &purpose)?;
            FilePart::from(path)
        }
        Source::Url(url) => {
            let dialer = Dialer::new(if allow_private { Reach::Private } else { Reach::Public })
                .map_err(|error| Failure::new(Kind::Internal, error.to_string()))?;
            let fetched = dialer.fetch(&url, max).await?;
            FilePart { file_name: fetched.file_name, content: FileContent::Bytes(fetched.bytes) }
        }
        Source::Stdin => FilePart::from(Bytes::from(input::stdin(max)?)),
        Source::Bytes(bytes) => FilePart::from(bytes),
    };
    if let FileContent::Bytes(bytes) = &part.content {
        check_size(bytes.len() as u64, &purpose, &label)?;
        if let Purpose::Image(image_type) = &purpose {
            picture::inspect(bytes, false, image_type)
                .map_err(|refusal| Failure::from(refusal).about(&label))?;
        }
    }
    if purpose == Purpose::Audio && !is_opus(&part)? {
        return Err(Failure::usage(format!("{label} is not an Opus recording")).hint(
            "convert it with: ffmpeg -i IN -acodec libopus -ac 1 -ar 16000 OUT.opus, or send it with --file",
        ));
    }
    Ok(Media { purpose, part, label })
}

/// Whether bytes are Opus in Ogg: what a voice message has to be.
fn is_opus(part: &FilePart) -> Result<bool> {
    let mut head = Vec::new();
    match &part.content {
        FileContent::Bytes(bytes) => {
            head.extend_from_slice(bytes.get(..64.min(bytes.len())).unwrap_or_default());
        }
        FileContent::Path(path) => {
            let failed = |error: std::io::Error| Failure::usage(format!("{}: {error}", path.display()));
            File::open(path).map_err(failed)?.take(64).read_to_end(&mut head).map_err(failed)?;
        }
    }
    Ok(head.starts_with(b"OggS") && head.windows(8).any(|part| part == b"OpusHead"))
}

impl Media {
    /// The `file_type` to upload it with.
    ///
    /// `mp4` and `opus` go only with video and voice messages; a file message of such a file is refused,
    /// so as a file they are a stream of bytes.
    pub(crate) fn file_type(&self) -> FileType {
        match self.purpose {
            Purpose::Audio => FileType::Opus,
            Purpose::Video => FileType::Mp4,
            Purpose::File | Purpose::Image(_) => {
                let name = self.file_name();
                let extension = Path::new(&name).extension().map(std::ffi::OsStr::to_ascii_lowercase);
                match extension.as_ref().and_then(|extension| extension.to_str()) {
                    Some("pdf") => FileType::Pdf,
                    Some("doc" | "docx") => FileType::Doc,
                    Some("xls" | "xlsx" | "csv") => FileType::Xls,
                    Some("ppt" | "pptx") => FileType::Ppt,
                    _ => FileType::Stream,
                }
            }
        }
    }

    /// The name to upload it under.
    pub(crate) fn file_name(&self) -> String {
        self.part.file_name.clone().unwrap_or_else(|| {
            match self.purpose {
                Purpose::Audio => "audio.opus",
                Purpose::Video => "video.mp4",
                Purpose::File | Purpose::Image(_) => "file",
            }
            .to_owned()
        })
    }

    /// How long it plays, in ms, where that can be read out of it.
    pub(crate) fn duration(&self) -> Option<i64> {
        if !matches!(self.purpose, Purpose::Audio | Purpose::Video) {
            return None;
        }
        let source: Box<dyn MediaSource> = match &self.part.content {
            FileContent::Bytes(bytes) => Box::new(Cursor::new(bytes.clone())),
            FileContent::Path(path) => Box::new(File::open(path).ok()?),
        };
        let stream = MediaSourceStream::new(source, Default::default());
        let probe = symphonia::default::get_probe();
        let format =
            probe.probe(&Hint::new(), stream, FormatOptions::default(), MetadataOptions::default()).ok()?;
        let longest = format.tracks().iter().filter_map(|track| {
            let time = track.time_base?.calc_duration(track.duration?)?;
            // Opus begins with samples that are not played.
            let skipped = track.delay.map_or(0.0, |delay| f64::from(delay) / 48_000.0);
            let seconds = time.as_secs_f64() - if self.purpose == Purpose::Audio { skipped } else { 0.0 };
            Some(seconds)
        });
        let seconds = longest.fold(0.0, f64::max);
        // Whole milliseconds of a file of at most 30 MB fit.
        #[expect(clippy::cast_possible_truncation, reason = "see above")]
        let ms = (seconds * 1000.0).round() as i64;
        (ms > 0).then_some(ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_told_apart() {
        let read = Source::read;
        assert_eq!(read("img_v3_02ab_8d5181ca-0aed"), Source::Key("img_v3_02ab_8d5181ca-0aed".to_owned()));
        assert_eq!(read("img_foo.png"), Source::File("img_foo.png".into()));
        assert_eq!(read("/tmp/a.png"), Source::File("/tmp/a.png".into()));
        assert_eq!(read("https://x.cn/a.png"), Source::Url("https://x.cn/a.png".to_owned()));
        assert_eq!(read("-"), Source::Stdin);
    }
}
