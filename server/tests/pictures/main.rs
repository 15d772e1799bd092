//! Pictures over HTTP: the whole site, a real PostgreSQL, a folder for the files (defect S9).

#[path = "../../../market/tests/common/db.rs"]
mod db;
mod plain;
#[path = "../../pictures/tests/pictures/samples.rs"]
mod samples;
mod site;

use app::{api::ApiError, paths};
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use market::{
    PictureId, Refusal,
    refusal::PictureFault,
    view::{PICTURE_WIDTHS, Picture},
};
use samples::{PAGE, POSITION, SVG, forged_png, jpeg, noise, program, red_and_blue, with_exif};
use site::{Answer, Part, Person, Site, form};

/// The refusal in an answer, which has its status.
fn refusal(answer: &Answer) -> Refusal {
    let error: ApiError = serde_json::from_value(answer.json()).expect("an error");
    let refusal = error.refusal().unwrap_or_else(|| panic!("{error:?}")).clone();
    assert_eq!(answer.status.as_u16(), refusal.status());
    refusal
}

fn fault(answer: &Answer) -> PictureFault {
    match refusal(answer) {
        Refusal::Picture { fault } => fault,
        other => panic!("{other:?}"),
    }
}

fn id(text: &str) -> PictureId {
    text.parse().expect("a name")
}

#[tokio::test]
async fn s9_a_picture_is_shown_to_everybody_and_says_nothing_of_its_sender() {
    let site = Site::open().await;
    let minji = site.person("minji_park").await;
    let answer = site.upload(Some(&minji), &with_exif(&jpeg(&red_and_blue(1000, 500)), 6)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let picture: Picture = serde_json::from_value(answer.json()).expect("its name and size");
    assert_eq!((picture.width, picture.height), (500, 1000));
    for width in PICTURE_WIDTHS {
        let address = paths::picture(picture.id.as_str(), width);
        let shown = site.get(&address).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert_eq!(shown.header(header::CONTENT_TYPE), "image/jpeg");
        assert_eq!(shown.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(shown.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
        assert_eq!(shown.header(header::CONTENT_LENGTH), shown.body.len().to_string());
        assert!(shown.header(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"));
        let says = |part: &[u8]| shown.body.windows(part.len()).any(|window| window == part);
        assert!(shown.body.starts_with(b"\xff\xd8\xff") && !says(POSITION) && !says(b"Exif"));
        let again = Request::get(&address).header(header::IF_NONE_MATCH, shown.header(header::ETAG));
        let again = site.send(again.body(axum::body::Body::empty()).expect("a request")).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    }
}

#[tokio::test]
async fn s9_what_is_no_sound_picture_is_refused_by_its_content_with_the_reason() {
    let site = Site::open().await;
    let minji = site.person("minji_park").await;
    let whole = jpeg(&noise(300, 300, 1));
    let cases = [
        ("a program", program(), PictureFault::NotAPicture),
        ("a drawing", SVG.to_vec(), PictureFault::NotAPicture),
        ("a page", PAGE.to_vec(), PictureFault::NotAPicture),
        ("nothing", Vec::new(), PictureFault::NotAPicture),
        ("a bomb", forged_png(50_000, 50_000), PictureFault::TooManyPixels),
        ("half a picture", whole[..whole.len() / 2].to_vec(), PictureFault::Broken),
        ("30 MB", vec![0xff; 30 * 1024 * 1024], PictureFault::TooLarge),
        ("60 MB", vec![0xff; 60 * 1024 * 1024], PictureFault::TooLarge),
    ];
    for (what, file, expected) in cases {
        let answer = site.upload(Some(&minji), &file).await;
        assert_eq!(fault(&answer), expected, "{what}");
    }
    assert_eq!(site.books.count("SELECT count(*) FROM pictures WHERE $1 = 0", 0).await, 0);
}

#[tokio::test]
async fn a_browser_that_sends_too_much_hears_why_before_the_connection_ends() {
    let site = Site::open().await;
    let minji = site.person("minji_park").await;
    let answer = site.over_the_network(form(
        Some(&minji),
        paths::UPLOAD,
        &[Part::file("picture", &vec![0xff; 30 * 1024 * 1024])],
    ));
    let answer = answer.await;
    assert!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
    assert!(answer.ends_with(r#"{"refused":"picture","fault":"too_large"}"#), "{answer}");
}

#[tokio::test]
async fn s9_the_same_picture_has_one_address_whoever_sends_it() {
    let site = Site::open().await;
    let (minji, junho) = (site.person("minji_park").await, site.person("junho_lee").await);
    let file = jpeg(&noise(400, 300, 2));
    let first = site.picture(&minji, &file).await;
    assert_eq!(site.picture(&minji, &with_exif(&file, 1)).await, first);
    assert_eq!(site.picture(&junho, &file).await, first);
    assert_eq!(site.books.count("SELECT count(*) FROM pictures WHERE $1 = 0", 0).await, 1);
    for person in [&minji, &junho] {
        let opening = db::opening(site.books.market.now().await.expect("the time"), 60);
        let auction = site.books.auction(person.id, "key", &opening).await;
        let set = site.books.market.set_auction_pictures(person.id, auction, &[id(&first)]).await;
        set.expect("each has sent it");
    }
}

#[tokio::test]
async fn what_nobody_shows_is_gone_with_its_files_after_a_day_and_can_be_sent_again() {
    let site = Site::open().await;
    let seller = site.person("seller_kim").await;
    let (file, other) = (jpeg(&noise(90, 60, 1)), jpeg(&noise(90, 60, 2)));
    let (unused, shown) = (site.picture(&seller, &file).await, site.picture(&seller, &other).await);
    let mut opening = db::opening(site.books.market.now().await.expect("the time"), 60);
    opening.pictures = vec![id(&shown)];
    site.books.auction(seller.id, "key", &opening).await;
    let statuses = async || {
        let mut statuses = Vec::new();
        for picture in [&unused, &shown] {
            for width in PICTURE_WIDTHS {
                statuses.push(site.get(&paths::picture(picture, width)).await.status.as_u16());
            }
        }
        statuses
    };
    site.tidy().await;
    assert_eq!(statuses().await, [200; 6], "not yet");
    for sql in [
        "UPDATE pictures SET at = at - interval '25 hours'",
        "UPDATE picture_owners SET at = at - interval '25 hours'",
    ] {
        sqlx::query(sql).execute(&site.books.pool).await.expect("a day later");
    }
    site.tidy().await;
    assert_eq!(statuses().await, [404, 404, 404, 200, 200, 200]);
    assert_eq!(site.books.count("SELECT count(*) FROM pictures WHERE $1 = 0", 0).await, 1);
    assert_eq!(site.picture(&seller, &file).await, unused);
    assert_eq!(statuses().await, [200; 6]);
}

#[tokio::test]
async fn an_auctions_pictures_stand_on_its_page_and_its_cover_in_the_list() {
    let site = Site::open().await;
    let seller = site.person("seller_kim").await;
    let first = site.picture(&seller, &jpeg(&noise(90, 60, 1))).await;
    let second = site.picture(&seller, &jpeg(&noise(90, 60, 2))).await;
    let mut opening = db::opening(site.books.market.now().await.expect("the time"), 60);
    let bare = site.books.auction(seller.id, "bare", &opening).await;
    opening.pictures = vec![id(&first), id(&second)];
    let auction = site.books.auction(seller.id, "key", &opening).await;
    let page = async |path: String| String::from_utf8(site.get(&path).await.body).expect("a page");
    let html = page(paths::auction(auction)).await;
    for picture in [&first, &second] {
        for width in PICTURE_WIDTHS {
            let source = format!("{} {width}w", paths::picture(picture, width));
            assert!(html.contains(&source), "{source}");
        }
    }
    let html = page(paths::auction(bare)).await;
    // The other one stands among what the seller has besides, but not in the gallery.
    assert!(html.contains(&paths::art("digital")) && !html.contains("id=\"picture-1\""));
    let list = page(paths::HOME.to_owned()).await;
    assert!(list.contains(&paths::picture(&first, 800)) && !list.contains(&paths::picture(&second, 800)));
}

#[tokio::test]
async fn without_a_session_or_from_another_site_nothing_is_taken() {
    let site = Site::open().await;
    let minji = site.person("minji_park").await;
    let file = jpeg(&red_and_blue(40, 40));
    for path in [paths::UPLOAD, paths::ADD_PICTURE] {
        let answer = site.post(None, path, &[Part::file("picture", &file)]).await;
        assert_eq!(refusal(&answer), Refusal::NoSession, "{path}");
        let mut forged = form(Some(&minji), path, &[Part::file("picture", &file)]);
        forged.headers_mut().insert(header::ORIGIN, HeaderValue::from_static("https://elsewhere.test"));
        assert_eq!(site.send(forged).await.status, StatusCode::FORBIDDEN, "{path}");
        let mut read = form(Some(&minji), path, &[]);
        *read.method_mut() = Method::GET;
        assert_eq!(site.send(read).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    assert_eq!(site.books.count("SELECT count(*) FROM pictures WHERE $1 = 0", 0).await, 0);
}

#[tokio::test]
async fn a_form_that_is_none_is_the_senders_fault_and_not_ours() {
    let site = Site::open().await;
    let minji = site.person("minji_park").await;
    let file = jpeg(&red_and_blue(40, 40));
    for path in [paths::UPLOAD, paths::ADD_PICTURE] {
        let whole = || form(Some(&minji), path, &[Part::file("picture", &file)]);
        let mut without_boundary = whole();
        without_boundary
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("multipart/form-data"));
        let mut plain = whole();
        plain
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let mut cut_off = whole();
        *cut_off.body_mut() = axum::body::Body::from("------a-boundary\r\nContent-Dis");
        for wrong in [without_boundary, plain, cut_off] {
            assert_eq!(refusal(&site.send(wrong).await), Refusal::Malformed, "{path}");
        }
    }
    let elsewhere = site.post(Some(&minji), paths::UPLOAD, &[Part::file("file", &file)]).await;
    assert_eq!(refusal(&elsewhere), Refusal::Malformed);
}

#[tokio::test]
async fn a_name_that_is_not_exactly_a_pictures_is_not_found() {
    let site = Site::open().await;
    let minji = site.person("minji_park").await;
    let name = site.picture(&minji, &jpeg(&red_and_blue(40, 40))).await;
    let unknown = "0".repeat(64);
    let names = [
        format!("{unknown}-320.jpg"),
        format!("{name}-321.jpg"),
        format!("{name}-320.png"),
        format!("{name}.jpg"),
        format!("{}-320.jpg", name.to_uppercase()),
        format!("x/../{name}-320.jpg"),
        format!("x%2f..%2f{name}-320.jpg"),
        format!("%2e%2e/pictures/{name}-320.jpg"),
        "..%2f..%2f..%2fetc%2fpasswd".to_owned(),
        "..%2f".to_owned(),
        "%ff%fe".to_owned(),
        "%00".to_owned(),
    ];
    for name in names {
        let answer = site.get(&format!("{}/{name}", paths::PICTURES)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
        assert!(!answer.header(header::CACHE_CONTROL).contains("immutable"), "{name}");
    }
}

#[tokio::test]
async fn who_sends_too_many_pictures_waits_and_bids_meanwhile() {
    let site = Site::open().await;
    let minji = site.person("minji_park").await;
    let mut refused = None;
    for _ in 0..40 {
        let answer = site.upload(Some(&minji), b"").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a limit");
    assert!(matches!(refusal(&refused), Refusal::TooMany { retry_after: 1..=3 }));
    assert!(!refused.header(header::RETRY_AFTER).is_empty());
    let bid = site.post(Some(&minji), "/api/toggle_watch", &[]).await;
    assert_ne!(bid.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn only_pictures_may_be_larger_than_a_form() {
    let site = Site::open().await;
    let minji: Person = site.person("minji_park").await;
    let large = "x".repeat(100 * 1024);
    let answer = site.post(Some(&minji), "/api/place_bid", &[Part::field("amount", &large)]).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    let mut plain = form(Some(&minji), "/api/place_bid", &[Part::field("amount", &large)]);
    let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
    plain.headers_mut().insert(header::CONTENT_TYPE, kind);
    plain.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("102400"));
    assert_eq!(site.send(plain).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}
