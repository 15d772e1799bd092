//! The gallery as it is served, before any script.

use leptos::{prelude::*, reactive::owner::Owner};
use market::PictureId;

use super::PictureGallery;
use crate::paths;

/// A title that must stay text.
const TITLE: &str = "라이카 \"M3\" <b>";

fn gallery(numbers: std::ops::RangeInclusive<u32>) -> String {
    let ids = numbers.map(|number| format!("{number:064x}").parse::<PictureId>().expect("a name"));
    let pictures: Vec<PictureId> = ids.collect();
    Owner::new().with(|| view! { <PictureGallery pictures art="camera" title=TITLE /> }.to_html())
}

fn count(html: &str, part: &str) -> usize {
    html.matches(part).count()
}

#[test]
fn without_pictures_the_illustration_stands_and_nothing_can_be_opened() {
    #[expect(clippy::reversed_empty_ranges, reason = "none")]
    let html = gallery(1..=0);
    assert!(html.contains(&paths::art("camera")));
    assert_eq!((count(&html, "<img"), count(&html, "<dialog"), count(&html, "<a ")), (1, 0, 0));
}

#[test]
fn each_picture_leads_to_its_file_and_each_thumb_to_its_picture_without_scripts() {
    let html = gallery(1..=3);
    assert!(!html.contains(&paths::art("camera")) && !html.contains("<b>"));
    for number in 1..=3 {
        let file = paths::picture(&format!("{number:064x}"), 1600);
        assert_eq!(count(&html, &format!("href=\"{file}\"")), 1, "{html}");
        assert_eq!(count(&html, &format!("id=\"picture-{number}\"")), 1);
        assert_eq!(count(&html, &format!("href=\"#picture-{number}\"")), 1);
        assert!(html.contains(&format!("{number} / 3")));
    }
    // The first is loaded at once, all others when they come near; thumbs too.
    assert_eq!((count(&html, "loading=\"eager\""), count(&html, "loading=\"lazy\"")), (1, 5));
    assert_eq!(count(&html, "aria-current=\"true\""), 1);
}

#[test]
fn a_single_picture_needs_neither_thumbs_nor_a_count() {
    let html = gallery(7..=7);
    assert_eq!((count(&html, "<img"), count(&html, "class=\"thumbs\"")), (1, 0));
    assert!(!html.contains("1 / 1") && html.contains("<dialog"));
}
