//! Buttons, tags, badges.

use leptos::prelude::*;

use crate::components::Icon;

/// Every kind of button.
#[component]
pub fn Buttons() -> impl IntoView {
    view! {
        <div class="btn-row">
            <button class="btn btn-primary">"1,290,000원 입찰하기"</button>
            <button class="btn btn-soft">"판매하기"</button>
            <button class="btn btn-ghost">"한도 변경"</button>
            <button class="btn btn-quiet">"모두 지우기"</button>
            <button class="btn btn-danger">"경매 취소"</button>
            <button class="btn btn-primary" disabled>
                "입찰하기"
            </button>
            <button class="btn btn-primary is-busy">"보내는 중"</button>
            <button class="btn btn-ghost btn-s">"작게"</button>
            <button class="btn btn-primary btn-l">"크게"</button>
            <button class="btn-icon" aria-label="알림 3">
                <Icon name="bell" size="is-l" />
                <span class="count-dot">"3"</span>
            </button>
        </div>
    }
}

/// Tags say how something stands, badges where it is shown.
#[component]
pub fn Marks() -> impl IntoView {
    let tags = [
        ("tag is-leading", "lead", "최고 입찰 중"),
        ("tag is-outbid", "outbid", "밀렸어요"),
        ("tag is-moving", "clock", "안심결제 보관 중"),
        ("tag is-good", "check", "거래 완료"),
        ("tag is-bad", "alert", "분쟁 중"),
    ];
    let tags = tags.map(|(class, icon, text)| {
        view! {
            <span class=class>
                <Icon name=icon />
                {text}
            </span>
        }
    });
    view! {
        <div class="form-stack">
            <div class="btn-row">
                {tags.collect_view()} <span class="tag">"종료"</span> <span class="tag is-line">"A급"</span>
            </div>
            <div class="btn-row">
                <span class="badge is-live">
                    <i class="live-dot"></i>
                    "전국 실시간"
                </span>
                <span class="badge">
                    <i class="live-dot"></i>
                    "전국 실시간"
                </span>
                <span class="badge">
                    <Icon name="pin" />
                    "망원동"
                </span>
            </div>
        </div>
    }
}
