//! What is said, and what stands where nothing is.

use leptos::prelude::*;
use market::{Money, Refusal};

use crate::{
    api::ApiError,
    components::{Art, FailureNotice, Icon, card::CardSkeleton},
};

/// Every tone.
#[component]
pub fn Notices() -> impl IntoView {
    let notices = [
        ("notice", "info", "조건 하나를 읽지 못했어요.", "가격은 숫자여야 해요."),
        ("notice is-good", "check", "100,000원을 충전했어요.", ""),
        ("notice is-moving", "clock", "안심결제로 보관 중이에요.", "11.29까지 확인해 주세요."),
        ("notice is-hot", "outbid", "밀렸어요.", "413,000원부터 다시 앞설 수 있어요."),
    ];
    let notices = notices.map(|(class, icon, what, then)| {
        view! {
            <div class=class>
                <Icon name=icon />
                <p>
                    <b>{what}</b>
                    " "
                    {then}
                </p>
            </div>
        }
    });
    let refused = Refusal::InsufficientFunds { required: Money::won(52_000), available: Money::won(30_000) };
    view! {
        <div class="form-stack">
            {notices.collect_view()} <FailureNotice error=ApiError::Refused(refused) />
            <FailureNotice error=ApiError::Failed { reference: "1f2e3d4c".to_owned() } /> <p class="toast">
                <Icon name="lead" />
                <span>"푸른 여우 3님이 도전했지만 여전히 앞서요"</span>
                <a href="#main">{tr!(common.look)}</a>
            </p> <p class="stale-mark">
                <Icon name="offline" size="is-s" />
                "연결이 끊겨 20:11:58의 값이에요"
            </p>
        </div>
    }
}

/// The skeleton of a card, and an empty place.
#[component]
pub fn Waiting() -> impl IntoView {
    view! {
        <ul class="cards">
            <CardSkeleton />
        </ul>
        <section class="empty">
            <Art name="misc" />
            <h3>{tr!(home.empty.filtered)}</h3>
            <p>{tr!(home.empty.hint_filters)}</p>
        </section>
    }
}
