//! From the bytes that somebody sends to the files that everybody may see (defect S9).

mod bucket;
mod samples;

use bytes::Bytes;
use futures::TryStreamExt;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use market::{
    refusal::PictureFault,
    view::{PICTURE_WIDTHS, Picture},
};
use moxcms::ColorProfile;
use pictures::{
    Error, Pictures,
    store::{FileName, Store},
};
use samples::{
    PAGE, POSITION, SVG, file, forged_png, jpeg, noise, program, red_and_blue, with_exif, with_profile,
};
use tempfile::TempDir;

/// Pictures in a folder that is gone afterwards.
struct Place {
    pictures: Pictures,
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::folder(&folder.path().join("pictures")).expect("a store");
        Self { pictures: Pictures::kept_in(store), folder }
    }

    async fn take(&self, file: impl Into<Bytes>) -> Picture {
        self.pictures.take(file.into()).await.expect("a picture")
    }

    async fn refusal(&self, file: impl Into<Bytes>) -> PictureFault {
        match self.pictures.take(file.into()).await.expect_err("a refusal") {
            Error::Refused(fault) => fault,
            failure => panic!("{failure}"),
        }
    }

    /// The file of that width, as it is served.
    async fn file(&self, picture: &Picture, width: u32) -> Vec<u8> {
        let name = FileName::read(&format!("{}-{width}.jpg", picture.id)).expect("a name");
        let found = self.pictures.store().get(&name).await.expect("read").expect("a file");
        let content: Vec<Bytes> = found.content.try_collect().await.expect("the content");
        let content = content.concat();
        assert_eq!(content.len() as u64, found.size);
        content
    }

    async fn shown(&self, picture: &Picture, width: u32) -> DynamicImage {
        let file = self.file(picture, width).await;
        assert_eq!(image::guess_format(&file).expect("a format"), ImageFormat::Jpeg);
        image::load_from_memory(&file).expect("a picture")
    }

    fn files(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("pictures")).expect("the folder").count()
    }
}

fn contains(file: &[u8], part: &[u8]) -> bool {
    file.windows(part.len()).any(|window| window == part)
}

/// Red, green, blue at a point, as near as JPEG keeps them.
fn colour(picture: &DynamicImage, x: u32, y: u32) -> [u8; 3] {
    picture.to_rgb8().get_pixel(x, y).0
}

#[tokio::test]
async fn s9_a_picture_is_stored_in_three_widths_and_never_larger_than_it_came() {
    let place = Place::new();
    let cases = [
        ((2400, 1800), [(320, 240), (800, 600), (1600, 1200)]),
        ((900, 1800), [(320, 640), (800, 1600), (900, 1800)]),
        ((200, 100), [(200, 100); 3]),
        ((1, 1), [(1, 1); 3]),
        // A strip is held to four times each width.
        ((100, 8000), [(16, 1280), (40, 3200), (80, 6400)]),
    ];
    for ((width, height), sizes) in cases {
        let picture = place.take(jpeg(&red_and_blue(width, height))).await;
        assert_eq!((picture.width, picture.height), sizes[2]);
        for (width, size) in PICTURE_WIDTHS.into_iter().zip(sizes) {
            let shown = place.shown(&picture, width).await;
            assert_eq!((shown.width(), shown.height()), size);
        }
    }
}

#[tokio::test]
async fn s9_a_picture_stands_upright_and_says_nothing_of_where_it_was_taken() {
    let place = Place::new();
    let lying = jpeg(&red_and_blue(80, 40));
    // To be turned a quarter to the right: the left becomes the top.
    let sent = with_exif(&lying, 6);
    assert!(contains(&sent, POSITION) && contains(&sent, b"Exif"));
    let picture = place.take(sent).await;
    assert_eq!((picture.width, picture.height), (40, 80));
    for width in PICTURE_WIDTHS {
        let file = place.file(&picture, width).await;
        assert!(!contains(&file, b"Exif") && !contains(&file, POSITION) && !contains(&file, b"MM\0\x2a"));
    }
    let shown = place.shown(&picture, 1600).await;
    let ([red, _, _], [_, _, blue]) = (colour(&shown, 20, 10), colour(&shown, 20, 70));
    assert!(red > 180 && blue > 180, "{red} above, {blue} below");
    for (orientation, left_is_red) in [(1, true), (2, false), (3, false), (4, true)] {
        let picture = place.take(with_exif(&lying, orientation)).await;
        let [red, _, _] = colour(&place.shown(&picture, 1600).await, 10, 20);
        assert_eq!(red > 180, left_is_red, "orientation {orientation}");
    }
}

#[tokio::test]
async fn s9_what_is_no_picture_is_refused_whatever_it_is_called() {
    let place = Place::new();
    for (what, file) in [
        ("a program", program()),
        ("a drawing", SVG.to_vec()),
        ("a page", PAGE.to_vec()),
        ("nothing", Vec::new()),
        ("a word", b"\xff\xd8".to_vec()),
        ("a GIF", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()),
    ] {
        assert_eq!(place.refusal(file).await, PictureFault::NotAPicture, "{what}");
    }
    assert_eq!(place.files(), 0);
}

#[tokio::test]
async fn s9_a_file_over_ten_megabytes_is_refused_before_anything_is_read_of_it() {
    let place = Place::new();
    let mut file = jpeg(&red_and_blue(40, 40));
    file.resize(30 * 1024 * 1024, 0);
    assert_eq!(place.refusal(file).await, PictureFault::TooLarge);
}

#[tokio::test]
async fn s9_a_header_that_promises_more_pixels_than_are_decoded_costs_nothing() {
    let place = Place::new();
    for (width, height) in [(50_000, 50_000), (16_385, 1), (8_000, 8_000), (u32::MAX >> 1, 2)] {
        let fault = place.refusal(forged_png(width, height)).await;
        assert_eq!(fault, PictureFault::TooManyPixels, "{width} × {height}");
    }
    assert_eq!(place.refusal(forged_png(1_000, 1_000)).await, PictureFault::Broken);
    assert_eq!(place.refusal(forged_png(0, 10)).await, PictureFault::Broken);
}

#[tokio::test]
async fn s9_a_file_that_was_cut_off_is_refused_and_not_shown_half_grey() {
    let place = Place::new();
    let picture = noise(200, 200, 1);
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = file(&picture, format);
        place.take(whole.clone()).await;
        for part in [whole.len() / 3, whole.len() / 2, whole.len() - 40] {
            let fault = place.refusal(whole[..part].to_vec()).await;
            assert_eq!(fault, PictureFault::Broken, "{format:?} cut off at {part}");
        }
    }
}

#[tokio::test]
async fn s9_a_page_that_hides_behind_a_picture_is_not_served_with_it() {
    let place = Place::new();
    let sent = [jpeg(&red_and_blue(60, 60)), PAGE.to_vec()].concat();
    let picture = place.take(sent).await;
    for width in PICTURE_WIDTHS {
        assert!(!contains(&place.file(&picture, width).await, b"<script"));
    }
}

#[tokio::test]
async fn s9_the_same_picture_sent_twice_is_one() {
    let place = Place::new();
    let file = jpeg(&noise(500, 400, 2));
    let first = place.take(file.clone()).await;
    // Metadata make another file of it, but no other picture.
    let (second, third) = tokio::join!(place.take(file.clone()), place.take(with_exif(&file, 1)));
    assert_eq!((&second, &third), (&first, &first));
    assert_eq!(place.files(), 3);
    let other = place.take(jpeg(&noise(500, 400, 3))).await;
    assert_ne!(other.id, first.id);
    assert_eq!(place.files(), 6);
}

#[tokio::test]
async fn what_is_transparent_lies_on_white() {
    let place = Place::new();
    let half = RgbaImage::from_fn(64, 64, |x, _| Rgba([0, 0, 0, if x < 32 { 0 } else { 255 }]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let picture = place.take(file(&half.clone().into(), format)).await;
        let shown = place.shown(&picture, 320).await;
        let ([white, ..], [black, ..]) = (colour(&shown, 8, 32), colour(&shown, 56, 32));
        assert!(white > 245 && black < 10, "{format:?}: {white}, {black}");
    }
}

#[tokio::test]
async fn pictures_of_every_depth_are_taken() {
    let place = Place::new();
    let picture = red_and_blue(1700, 50);
    let kinds: [DynamicImage; 5] = [
        picture.to_luma8().into(),
        picture.to_luma_alpha8().into(),
        picture.to_rgb16().into(),
        picture.to_rgba16().into(),
        picture.to_luma16().into(),
    ];
    for kind in kinds {
        let taken = place.take(file(&kind, ImageFormat::Png)).await;
        assert_eq!((taken.width, taken.height), (1600, 47), "{:?}", kind.color());
    }
}

#[tokio::test]
async fn colours_are_what_the_camera_meant_and_not_its_bare_numbers() {
    let place = Place::new();
    let muted = RgbaImage::from_pixel(32, 32, Rgba([200, 80, 80, 255]));
    let sent = jpeg(&DynamicImage::from(muted).to_rgb8().into());
    let profile = ColorProfile::new_display_p3().encode().expect("a profile");
    let plain = place.take(sent.clone()).await;
    let wide = place.take(with_profile(&sent, &profile)).await;
    let senseless = place.take(with_profile(&sent, b"no profile")).await;
    assert_eq!(senseless, plain);
    let [plain, wide] =
        [place.shown(&plain, 320).await, place.shown(&wide, 320).await].map(|shown| colour(&shown, 16, 16));
    // A red of Display P3 is stronger than the same numbers in sRGB.
    assert!(wide[0] > plain[0] + 8 && wide[1] < plain[1] - 8, "{plain:?} became {wide:?}");
}
