//! Sending one picture. `XMLHttpRequest`, because `fetch` tells nothing of what has left.

use market::view::Picture;
use market::{PictureId, Refusal};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{File, FormData, ProgressEvent, XmlHttpRequest};

use crate::{api::ApiError, paths};

/// What is heard of a picture on its way.
pub enum Told {
    /// So many per cent have left.
    Progress(u8),
    /// It was taken, under this name.
    Taken(PictureId),
    /// It was not.
    Refused(ApiError),
}

/// Sends `file`; `tell` hears how far it is, and at last what came of it.
pub fn send(file: &File, tell: impl Fn(Told) + Clone + 'static) {
    if start(file, tell.clone()).is_err() {
        tell(Told::Refused(ApiError::Offline { offline: true }));
    }
}

fn start(file: &File, tell: impl Fn(Told) + Clone + 'static) -> Result<(), JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", paths::UPLOAD)?;
    request.set_request_header("Accept", "application/json")?;
    let form = FormData::new()?;
    form.append_with_blob_and_filename("picture", file, &file.name())?;

    let heard = tell.clone();
    let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        heard(Told::Progress(percent(event.loaded(), event.total())));
    });
    request.upload()?.set_onprogress(Some(progress.into_js_value().unchecked_ref()));
    let answered = request.clone();
    let over = Closure::once_into_js(move || tell(answer(&answered)));
    request.set_onloadend(Some(over.unchecked_ref()));
    request.send_with_opt_form_data(Some(&form))
}

/// The server has its own work to do when all has left, so the last step is its answer.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 99")]
fn percent(loaded: f64, total: f64) -> u8 {
    if total > 0.0 { (loaded / total * 99.0).clamp(0.0, 99.0) as u8 } else { 0 }
}

fn answer(request: &XmlHttpRequest) -> Told {
    let status = request.status().unwrap_or(0);
    let text = request.response_text().ok().flatten().unwrap_or_default();
    read(status, &text)
}

/// An answer without words, or in words that are not ours, did not come from the market.
fn read(status: u16, text: &str) -> Told {
    let offline = || ApiError::Offline { offline: true };
    match status {
        200 => match serde_json::from_str::<Picture>(text) {
            Ok(picture) => Told::Taken(picture.id),
            Err(_) => Told::Refused(offline()),
        },
        413 => Told::Refused(Refusal::Picture { fault: market::refusal::PictureFault::TooLarge }.into()),
        _ => Told::Refused(serde_json::from_str(text).unwrap_or_else(|_| offline())),
    }
}

#[cfg(test)]
mod tests {
    use market::refusal::PictureFault;

    use super::*;

    fn refused(status: u16, text: &str) -> ApiError {
        match read(status, text) {
            Told::Refused(error) => error,
            Told::Progress(_) | Told::Taken(_) => panic!("not refused: {text}"),
        }
    }

    #[test]
    fn the_answer_is_a_picture_a_refusal_or_none_of_ours() {
        let id = "0123456789abcdef".repeat(4);
        let taken = read(200, &format!(r#"{{"id":"{id}","width":800,"height":600}}"#));
        assert!(matches!(taken, Told::Taken(picture) if picture.as_str() == id));
        let broken = Refusal::Picture { fault: PictureFault::Broken };
        assert_eq!(refused(422, r#"{"refused":"picture","fault":"broken"}"#), broken.into());
        assert_eq!(refused(401, r#"{"refused":"no_session"}"#), Refusal::NoSession.into());
        assert_eq!(refused(413, ""), Refusal::Picture { fault: PictureFault::TooLarge }.into());
        for (status, text) in [(200, "{}"), (502, "<html>"), (0, "")] {
            assert_eq!(refused(status, text), ApiError::Offline { offline: true });
        }
    }

    #[test]
    fn all_of_it_is_there_only_when_it_was_answered() {
        assert_eq!([percent(0.0, 10.0), percent(5.0, 10.0), percent(10.0, 10.0)], [0, 49, 99]);
        assert_eq!(percent(5.0, 0.0), 0, "a browser that does not know how long it is");
    }
}
