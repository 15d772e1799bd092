//! Asking this browser to let itself be woken. The service worker (`public/sw.js`) is registered only when a
//! person turns this on.

use js_sys::{Promise, Reflect, futures::JsFuture};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Notification, NotificationPermission, PushManager, PushSubscription, PushSubscriptionOptionsInit,
    ServiceWorkerRegistration,
};

use crate::{api, paths};

/// How this browser stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waking {
    /// It is woken for me.
    On,
    /// It is not.
    Off,
    /// Its owner does not allow it.
    Denied,
    /// It cannot be.
    Unsupported,
    /// It could not be asked, or we could not be told.
    Failed,
}

/// How it stands now.
pub async fn state() -> Waking {
    if !is_supported() {
        return Waking::Unsupported;
    }
    let Some(subscription) = subscription().await else { return Waking::Off };
    match api::has_device(subscription.endpoint()).await {
        Ok(true) => Waking::On,
        Ok(false) => Waking::Off,
        Err(_) => Waking::Failed,
    }
}

/// Asks its owner, then the browser, and tells the market.
pub async fn turn_on(key: String) -> Waking {
    if !is_supported() {
        return Waking::Unsupported;
    }
    match allowed().await {
        Some(NotificationPermission::Granted) => {}
        Some(_) => return Waking::Denied,
        None => return Waking::Failed,
    }
    let Some(subscription) = subscribe(&key).await else { return Waking::Failed };
    match tell(&subscription).await {
        Some(Ok(())) => Waking::On,
        _ => Waking::Failed,
    }
}

/// Lets it sleep.
pub async fn turn_off() -> Waking {
    let Some(subscription) = subscription().await else { return Waking::Off };
    let endpoint = subscription.endpoint();
    let silent = match subscription.unsubscribe() {
        Ok(promise) => awaited(promise).await.is_some(),
        Err(_) => false,
    };
    match api::remove_device(endpoint).await {
        Ok(()) if silent => Waking::Off,
        _ => Waking::Failed,
    }
}

fn is_supported() -> bool {
    let window = window();
    let has = |object: &JsValue, name: &str| Reflect::has(object, &name.into()).unwrap_or(false);
    has(&window.navigator(), "serviceWorker") && has(&window, "PushManager") && has(&window, "Notification")
}

async fn allowed() -> Option<NotificationPermission> {
    let asked = Notification::permission();
    if asked != NotificationPermission::Default {
        return Some(asked);
    }
    awaited(Notification::request_permission().ok()?).await?;
    Some(Notification::permission())
}

async fn subscription() -> Option<PushSubscription> {
    let registration = awaited(window().navigator().service_worker().get_registration()).await?;
    let registration: ServiceWorkerRegistration = registration.dyn_into().ok()?;
    let known = awaited(registration.push_manager().ok()?.get_subscription().ok()?).await?;
    known.dyn_into().ok()
}

async fn subscribe(key: &str) -> Option<PushSubscription> {
    let container = window().navigator().service_worker();
    awaited(container.register(paths::SERVICE_WORKER)).await?;
    let registration: ServiceWorkerRegistration = awaited(container.ready().ok()?).await?.dyn_into().ok()?;
    let manager: PushManager = registration.push_manager().ok()?;
    let options = PushSubscriptionOptionsInit::new();
    options.set_user_visible_only(true);
    options.set_application_server_key_opt_str(Some(key));
    let made = awaited(manager.subscribe_with_options(&options).ok()?).await?;
    made.dyn_into().ok()
}

async fn tell(subscription: &PushSubscription) -> Option<Result<(), api::ApiError>> {
    let keys = subscription.to_json().ok()?.get_keys()?;
    Some(api::add_device(subscription.endpoint(), keys.get_p256dh()?, keys.get_auth()?).await)
}

/// What the promise gives; a rejection is told to the console.
async fn awaited(promise: Promise) -> Option<JsValue> {
    match JsFuture::from(promise).await {
        Ok(value) => Some(value),
        Err(error) => {
            leptos::logging::warn!("the browser refused: {error:?}");
            None
        }
    }
}
