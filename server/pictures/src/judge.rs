//! What a file is, by its content: only its header is read.

use std::io::Cursor;

use image::{ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use market::refusal::PictureFault;

use crate::jpeg;

/// The largest file, in bytes: 10 MB.
pub const LARGEST_FILE: usize = 10 * 1024 * 1024;
/// The most pixels: what a phone's 50-megapixel camera makes.
const MOST_PIXELS: u64 = 50 * 1024 * 1024;
/// The longest side, in pixels: what WebP can say.
const LONGEST_SIDE: u32 = 16_384;
/// The most memory for decoded pixels, in bytes: four for each, so that pictures of 16 bits a colour may have
/// half as many.
const MOST_MEMORY: u64 = 4 * MOST_PIXELS;
/// From so many pixels on a picture is worked on alone.
const LARGE: u64 = MOST_PIXELS / 2;

/// A file that may be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    format: ImageFormat,
    pixels: u64,
}

impl Judged {
    /// Whether it takes much memory to decode.
    #[must_use]
    pub fn is_large(self) -> bool {
        self.pixels > LARGE
    }
}

/// Whether a file may be decoded.
///
/// # Errors
/// What is wrong with it.
pub fn judge(file: &[u8]) -> Result<Judged, PictureFault> {
    if file.len() > LARGEST_FILE {
        return Err(PictureFault::TooLarge);
    }
    let format = format_of(file).ok_or(PictureFault::NotAPicture)?;
    let decoder = open_as(format, file)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(PictureFault::Broken);
    }
    if pixels > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(PictureFault::TooManyPixels);
    }
    if format == ImageFormat::Jpeg && !jpeg::is_whole(file) {
        return Err(PictureFault::Broken);
    }
    Ok(Judged { format, pixels })
}

/// A decoder over a file that was judged, its header read.
pub(crate) fn open(judged: Judged, file: &[u8]) -> Result<impl ImageDecoder, PictureFault> {
    open_as(judged.format, file)
}

fn open_as(format: ImageFormat, file: &[u8]) -> Result<impl ImageDecoder, PictureFault> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| fault(&error))
}

/// What a decoder's complaint means for the sender.
pub(crate) fn fault(error: &ImageError) -> PictureFault {
    match error {
        ImageError::Limits(_) => PictureFault::TooManyPixels,
        _ => PictureFault::Broken,
    }
}

/// By the first bytes.
fn format_of(file: &[u8]) -> Option<ImageFormat> {
    match file {
        [0xFF, 0xD8, 0xFF, ..] => Some(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(ImageFormat::WebP),
        _ => None,
    }
}
