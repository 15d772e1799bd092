//! Pictures over HTTP: sent by who is signed in, shown to everybody.
//!
//! A form is always heard out, even when its answer is clear before its end: a browser that is still sending
//! when the connection closes shows its own error instead of ours.

use anyhow::Context;
use app::{
    api::ApiError,
    paths,
    server_side::{AppContext, Viewer, answer, failed},
};
use axum::{
    Extension, Json, Router,
    body::Body,
    extract::{
        DefaultBodyLimit, Multipart, State,
        multipart::{Field, MultipartError, MultipartRejection},
    },
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bytes::{Bytes, BytesMut};
use market::{
    AuctionId, PictureId, Refusal, UserId,
    refusal::{PictureFault, Reason},
    view::{MOST_PICTURES, Picture},
};
use pictures::{
    Pictures,
    judge::LARGEST_FILE,
    store::{FileName, Store},
};
use serde::Serialize;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{Config, api_answers::error_answer, layers::A_YEAR, state::AppState};

/// Forms that arrive at a time: each may keep a whole file in memory.
const ARRIVING: usize = 64;
/// Seconds until one of them has surely ended or moved on.
const ARRIVED: u32 = 5;
/// So much of a form is heard out, in bytes. What is kept of it is far less.
const HEARD_OUT: usize = 4 * LARGEST_FILE;
/// A form with all the pictures of an auction, in bytes.
const LARGEST_FORM: usize = (MOST_PICTURES + 1) * LARGEST_FILE;
/// A field that is no file, in bytes.
const LARGEST_FIELD: usize = 100;

static ROOM: Semaphore = Semaphore::const_new(ARRIVING);

/// The pictures that the configuration names: a store of its own, or a folder beside the other data.
///
/// # Errors
/// When the folder cannot be made or the URL makes no sense.
pub fn open(config: &Config) -> anyhow::Result<Pictures> {
    let store = match config.pictures_url() {
        Some(url) => Store::url(url).context("PICTURES_URL is not understood")?,
        None => Store::folder(&config.data_dir().join("pictures"))?,
    };
    Ok(Pictures::kept_in(store))
}

/// Where pictures are sent; each route knows how large a form may be.
pub fn uploads() -> Router<AppState> {
    Router::new()
        .route(paths::UPLOAD, post(upload_picture).layer(DefaultBodyLimit::max(HEARD_OUT)))
        .route(paths::ADD_PICTURE, post(add_picture).layer(DefaultBodyLimit::max(LARGEST_FORM)))
}

/// Where they are shown.
pub fn files() -> Router<AppState> {
    Router::new().route(&format!("{}/{{*name}}", paths::PICTURES), get(picture))
}

/// One picture, for scripts: `picture` → its name and size.
async fn upload_picture(
    State(context): State<AppContext>,
    State(pictures): State<Pictures>,
    Extension(viewer): Extension<Viewer>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let Ok(mut form) = form else { return refused(Refusal::Malformed) };
    let taken = upload(&context, &pictures, &viewer, &mut form).await;
    reply(taken, form).await
}

async fn upload(
    context: &AppContext,
    pictures: &Pictures,
    viewer: &Viewer,
    form: &mut Multipart,
) -> Result<Picture, ApiError> {
    let user = signed_in(viewer)?;
    let _room = room()?;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if field.name() == Some("picture") {
            return take(context, pictures, user, file(field).await?).await;
        }
    }
    Err(Refusal::Malformed.into())
}

/// What a seller's form was answered.
#[derive(Serialize)]
struct Added {
    ok: &'static str,
    pictures: Vec<PictureId>,
}

/// Several pictures for an auction that is open already, for forms without scripts: `auction_id`, `picture` …
async fn add_picture(
    State(context): State<AppContext>,
    State(pictures): State<Pictures>,
    Extension(viewer): Extension<Viewer>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let Ok(mut form) = form else { return refused(Refusal::Malformed) };
    let added = add(&context, &pictures, &viewer, &mut form).await;
    reply(added, form).await
}

async fn add(
    context: &AppContext,
    pictures: &Pictures,
    viewer: &Viewer,
    form: &mut Multipart,
) -> Result<Added, ApiError> {
    let seller = signed_in(viewer)?;
    let _room = room()?;
    let mut auction = None;
    let mut taken = Vec::new();
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name() {
            Some("auction_id") => {
                auction = text(field).await?.trim().parse::<AuctionId>().ok();
                // Before anything is taken for it: what is refused leaves nothing behind.
                if let Some(auction) = auction {
                    answer(context.market.may_add_pictures(seller, auction).await)?;
                }
            }
            Some("picture") => {
                let file = file(field).await?;
                // A browser sends an empty file where none was chosen.
                if !file.is_empty() {
                    if taken.len() == MOST_PICTURES {
                        return Err(Refusal::field("pictures", Reason::TooMany).into());
                    }
                    taken.push(take(context, pictures, seller, file).await?.id);
                }
            }
            _ => {}
        }
    }
    if taken.is_empty() {
        return Err(Refusal::field("pictures", Reason::Required).into());
    }
    let auction = auction.ok_or(Refusal::NotFound)?;
    answer(context.market.add_auction_pictures(seller, auction, &taken).await)?;
    let pictures = answer(context.market.pictures_of(auction).await)?;
    Ok(Added { ok: "added", pictures })
}

/// A file becomes a picture of `user`. Noted first and stored then: what is noted is not tidied away for a
/// day, and what nobody was answered nobody shows.
async fn take(
    context: &AppContext,
    pictures: &Pictures,
    user: UserId,
    file: Bytes,
) -> Result<Picture, ApiError> {
    let renditions = pictures.render(file).await.map_err(|error| match error {
        pictures::Error::Refused(fault) => Refusal::Picture { fault }.into(),
        failure => failed("a picture", &failure),
    })?;
    answer(context.market.record_picture(user, &renditions.picture).await)?;
    pictures.store().put(&renditions).await.map_err(|failure| failed("a picture", &failure))?;
    Ok(renditions.picture)
}

/// A file of the store, under a name that never changes its content.
async fn picture(State(pictures): State<Pictures>, uri: Uri, headers: HeaderMap) -> Response {
    // The path as it was sent: a name has nothing that would have to be decoded.
    let name = uri.path().strip_prefix(paths::PICTURES).and_then(|name| name.strip_prefix('/'));
    let Some((text, name)) = name.and_then(|text| Some((text, FileName::read(text)?))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{text}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let kept = [(header::CACHE_CONTROL, A_YEAR)];
    if known.is_some_and(|known| known.contains(&tag)) {
        return (StatusCode::NOT_MODIFIED, kept, [(header::ETAG, tag)]).into_response();
    }
    match pictures.store().get(&name).await {
        Ok(Some(found)) => {
            let about = [
                (header::CONTENT_TYPE, "image/jpeg".to_owned()),
                (header::CONTENT_LENGTH, found.size.to_string()),
                (header::ETAG, tag),
            ];
            (kept, about, Body::from_stream(found.content)).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(failure) => error_answer(&failed("a picture", &failure)),
    }
}

fn signed_in(viewer: &Viewer) -> Result<UserId, Refusal> {
    viewer.0.as_ref().map(|(me, _)| me.id).ok_or(Refusal::NoSession)
}

/// Room for one more file in memory.
fn room() -> Result<SemaphorePermit<'static>, Refusal> {
    ROOM.try_acquire().map_err(|_| Refusal::TooMany { retry_after: ARRIVED })
}

/// A file, of which no more is kept than may be taken.
async fn file(field: Field<'_>) -> Result<Bytes, Refusal> {
    read(field, LARGEST_FILE, Refusal::Picture { fault: PictureFault::TooLarge }).await
}

/// A short field.
async fn text(field: Field<'_>) -> Result<String, Refusal> {
    let bytes = read(field, LARGEST_FIELD, Refusal::Malformed).await?;
    String::from_utf8(bytes.into()).map_err(|_| Refusal::Malformed)
}

async fn read(mut field: Field<'_>, most: usize, too_large: Refusal) -> Result<Bytes, Refusal> {
    let mut read = BytesMut::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        if read.len() + chunk.len() > most {
            return Err(too_large);
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read.freeze())
}

/// Longer than anything that is heard out, or no form at all.
fn unreadable(error: MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Refusal::Picture { fault: PictureFault::TooLarge }
    } else {
        Refusal::Malformed
    }
}

/// Hears the form out, then answers.
async fn reply<T: Serialize>(outcome: Result<T, ApiError>, mut form: Multipart) -> Response {
    // What is left of a field is skipped with it; a form that breaks off has ended too.
    while let Ok(Some(_rest)) = form.next_field().await {}
    match outcome {
        Ok(done) => Json(done).into_response(),
        Err(error) => error_answer(&error),
    }
}

fn refused(refusal: Refusal) -> Response {
    error_answer(&refusal.into())
}
