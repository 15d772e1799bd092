//! People and what they say.

use leptos::prelude::*;

use crate::components::Icon;

/// A person and a talk.
#[component]
pub fn People() -> impl IntoView {
    let stars = ["", "", "", "", "is-off"].map(|size| view! { <Icon name="star" size=size /> });
    view! {
        <div class="box">
            <div class="person">
                <span class="avatar is-l">"준"</span>
                <div>
                    <p class="person-name">"준이네 필름창고"</p>
                    <p class="person-meta">"판매 41 · 진행 중 3"</p>
                </div>
                <span class="stars" role="img" aria-label="5점 중 4점">
                    {stars.collect_view()}
                </span>
            </div>
            <div class="talk">
                <p class="bubble">"내일 저녁에 망원역에서 뵐까요?"</p>
                <span class="bubble-meta">"20:11"</span>
                <p class="bubble is-mine">"네, 7시에 2번 출구에서 봬요!"</p>
                <span class="bubble-meta">"20:12 · 읽음"</span>
            </div>
        </div>
    }
}
