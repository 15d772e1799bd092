//! What everybody is shown: pixels of the file, and nothing else of it.

use bytes::Bytes;
use fast_image_resize::{ResizeOptions, Resizer};
use image::{DynamicImage, ImageDecoder, RgbImage, metadata::Orientation};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use market::{
    PictureId,
    view::{PICTURE_WIDTHS, Picture},
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use sha2::{Digest, Sha256};

use crate::{
    Error, Result,
    judge::{self, Judged, fault},
};

/// Of 100; artefacts begin to show below it.
const QUALITY: u8 = 82;
/// A strip that is higher than so many times its width is made as narrow as that takes.
const HIGHEST: u32 = 4;

/// A picture in its widths, ready to be stored.
#[derive(Debug)]
pub struct Renditions {
    /// What it is.
    pub picture: Picture,
    /// Each width of [`PICTURE_WIDTHS`] with its JPEG.
    pub files: [(u32, Bytes); 3],
}

/// Decodes a judged file and makes the renditions of it. Takes up to seconds.
///
/// # Errors
/// What turns out to be wrong with the file.
pub fn render(judged: Judged, file: &[u8]) -> Result<Renditions> {
    let [narrow, middle, wide] = PICTURE_WIDTHS;
    let upright = decode(judged, file, wide)?;
    let size @ (width, height) = (upright.width(), upright.height());
    let large = encode(&upright)?;
    let id = name(&large)?;
    let smaller = |width: u32| match fit(size, width) {
        same if same == size => Ok(large.clone()),
        smaller => encode(&resize(&upright, smaller)?),
    };
    let files = [(narrow, smaller(narrow)?), (middle, smaller(middle)?), (wide, large.clone())];
    Ok(Renditions { picture: Picture { id, width, height }, files })
}

/// The pixels, upright, opaque, in sRGB, at most `width` wide. They are made smaller first, so that only a
/// little is turned and converted.
fn decode(judged: Judged, file: &[u8], width: u32) -> Result<DynamicImage> {
    let mut decoder = judge::open(judged, file)?;
    // What cannot be read of the metadata is as good as not there.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let full = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    let mut picture = shrink(full, width, turns_on_its_side(orientation))?;
    picture.apply_orientation(orientation);
    let mut opaque = on_white(&picture);
    if let Some(profile) = profile.filter(|_| picture.color().has_color()) {
        to_srgb(&mut opaque, &profile);
    }
    Ok(opaque.into())
}

fn turns_on_its_side(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// The size within `width` and [`HIGHEST`], in proportion, never larger than it is.
fn fit((from_width, from_height): (u32, u32), width: u32) -> (u32, u32) {
    let (from_width, from_height) = (u64::from(from_width), u64::from(from_height));
    let highest = u64::from(width * HIGHEST);
    let wide = u64::from(width).min(from_width).min(from_width * highest / from_height).max(1);
    let high = ((from_height * wide + from_width / 2) / from_width).clamp(1, highest);
    // Both are at most what they came from, which fitted.
    let side = |pixels: u64| u32::try_from(pixels).unwrap_or(width);
    (side(wide), side(high))
}

/// As wide as `width` once it stands upright.
fn shrink(picture: DynamicImage, width: u32, on_its_side: bool) -> Result<DynamicImage> {
    let turned = |(width, height)| if on_its_side { (height, width) } else { (width, height) };
    let size = (picture.width(), picture.height());
    let smaller = turned(fit(turned(size), width));
    if smaller == size { Ok(picture) } else { resize(&picture, smaller) }
}

/// By Lanczos, which keeps letters and edges sharp; what is transparent lends no colour to what is not.
fn resize(picture: &DynamicImage, (width, height): (u32, u32)) -> Result<DynamicImage> {
    let mut smaller = DynamicImage::new(width, height, picture.color());
    let resized = Resizer::new().resize(picture, &mut smaller, &ResizeOptions::new());
    resized.map_err(|error| Error::Encoding(error.to_string()))?;
    Ok(smaller)
}

/// Eight bits a colour, without transparency.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let transparent = picture.to_rgba8();
    let (width, height) = transparent.dimensions();
    let mut opaque = RgbImage::new(width, height);
    for (on, of) in opaque.pixels_mut().zip(transparent.pixels()) {
        let [red, green, blue, alpha] = of.0.map(u16::from);
        let mix = |colour: u16| {
            let mixed = (colour * alpha + 255 * (255 - alpha) + 127) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        on.0 = [mix(red), mix(green), mix(blue)];
    }
    opaque
}

/// Brings the colours that a camera's profile describes to those that every screen assumes; without, a
/// phone's red would look pale. A profile that makes no sense changes nothing.
fn to_srgb(picture: &mut RgbImage, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let srgb = ColorProfile::new_srgb();
    let transform =
        profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default());
    let mut converted = RgbImage::new(picture.width(), picture.height());
    if let Ok(transform) = transform
        && transform.transform(picture, &mut converted).is_ok()
    {
        *picture = converted;
    }
}

/// A JPEG that shows coarsely at first and then finely, with nothing in it but the picture.
fn encode(picture: &DynamicImage) -> Result<Bytes> {
    let failed = |error: &dyn std::fmt::Display| Error::Encoding(error.to_string());
    let width = u16::try_from(picture.width()).map_err(|error| failed(&error))?;
    let height = u16::try_from(picture.height()).map_err(|error| failed(&error))?;
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, QUALITY);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    // Half as many colours as shades of light each way: what eyes see.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(picture.as_bytes(), width, height, ColorType::Rgb).map_err(|error| failed(&error))?;
    Ok(file.into())
}

/// The name that the content gives.
fn name(file: &[u8]) -> Result<PictureId> {
    let digest = Sha256::digest(file);
    let digits = digest.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
    PictureId::try_from(digits).map_err(|error| Error::Encoding(error.to_owned()))
}
