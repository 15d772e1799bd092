//! Files to send, built byte by byte: what no library writes is what has to be refused.
#![allow(dead_code, reason = "each test binary uses its part of this module")]

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// Something a camera would write about where it was.
pub const POSITION: &[u8] = b"37.5559N 126.9019E";

/// A picture whose left half is red and whose right half is blue.
pub fn red_and_blue(width: u32, height: u32) -> DynamicImage {
    let colour = |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    RgbImage::from_fn(width, height, colour).into()
}

/// A picture that no other seed gives, full of detail.
pub fn noise(width: u32, height: u32, seed: u32) -> DynamicImage {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    RgbImage::from_fn(width, height, |_, _| Rgb([next(), next(), next()])).into()
}

pub fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("encoded");
    file.into_inner()
}

pub fn jpeg(picture: &DynamicImage) -> Vec<u8> {
    file(picture, ImageFormat::Jpeg)
}

/// A JPEG with a segment of its own behind the start marker.
fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("a short segment").to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

/// With EXIF: an orientation, and [`POSITION`] as a note in the directory of the GPS.
pub fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    // Two entries: orientation, one short; the GPS's directory, at offset 38.
    exif.extend([0, 2]);
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    exif.extend([0, 0, 0, 0]);
    // One entry there: a text at offset 56.
    let length = u8::try_from(POSITION.len()).expect("short");
    exif.extend([0, 1]);
    exif.extend([0, 0x1b, 0, 7, 0, 0, 0, length, 0, 0, 0, 56]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(POSITION);
    with_segment(jpeg, 0xE1, &exif)
}

/// With a colour profile.
pub fn with_profile(jpeg: &[u8], profile: &[u8]) -> Vec<u8> {
    with_segment(jpeg, 0xE2, &[b"ICC_PROFILE\0\x01\x01".as_slice(), profile].concat())
}

/// A PNG that says it is so large, and has next to nothing in it.
pub fn forged_png(width: u32, height: u32) -> Vec<u8> {
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).expect("short").to_be_bytes();
        let named = [kind.as_slice(), content].concat();
        [length.as_slice(), &named, &crc32(&named).to_be_bytes()].concat()
    };
    let start = b"\x89PNG\r\n\x1a\n".to_vec();
    // An empty stream of zlib.
    let nothing = [0x78, 0x9c, 0x03, 0, 0, 0, 0, 1];
    [start, chunk(b"IHDR", &header), chunk(b"IDAT", &nothing), chunk(b"IEND", b"")].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}

/// A program, whatever it is called.
pub fn program() -> Vec<u8> {
    [b"MZ\x90\0\x03\0\0\0".as_slice(), &[0; 500], b"PE\0\0", b"This program cannot be run in DOS mode"]
        .concat()
}

/// A drawing that could hold scripts.
pub const SVG: &[u8] =
    b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>";

/// A page that hides behind a picture.
pub const PAGE: &[u8] = b"<html><script>alert(document.cookie)</script></html>";
