//! Choosing and typing.

use leptos::prelude::*;

use crate::components::{Field, Icon, TextArea, TextInput};

/// Chips, switches, pills, a checkbox.
#[component]
pub fn Choices() -> impl IntoView {
    let conditions = ["새 상품", "S", "A", "B", "C"];
    let pills = conditions.map(|condition| {
        view! {
            <label class="pill">
                <input type="radio" name="sample-condition" checked=condition == "S" />
                <span>{condition}</span>
            </label>
        }
    });
    view! {
        <div class="form-stack">
            <div class="chips is-wrap">
                <a class="chip" aria-current="page" href="#main">
                    "전체 "
                    <span class="num">"2"</span>
                </a>
                <a class="chip" href="#main">
                    "디지털"
                </a>
                <a class="chip is-applied" href="#main">
                    "S급"
                    <Icon name="close" size="is-s" />
                </a>
            </div>
            <div class="segmented" role="radiogroup" aria-label="입찰 방식">
                <label>
                    <input type="radio" name="sample-kind" checked />
                    <span>"바로 입찰"</span>
                </label>
                <label>
                    <input type="radio" name="sample-kind" />
                    <span>"자동 입찰"</span>
                </label>
            </div>
            <div class="pills">{pills.collect_view()}</div>
            <label class="check">
                <input type="checkbox" checked />
                <span>"끝나기 10분 전에 알려 주세요"</span>
            </label>
        </div>
    }
}

/// Fields, right and wrong.
#[component]
pub fn Inputs() -> impl IntoView {
    let fault = Signal::stored(Some(tr!(common.reason.off_grid)));
    view! {
        <div class="field-grid">
            <TextInput name="sample-title" label="제목" value="라이카 M3" hint="100자까지" />
            <TextInput name="sample-amount" label="금액" value="1,285,000" fault=fault />
            <Field id="sample-category" label="분류" optional=true>
                <select class="select" id="sample-category">
                    <option>"디지털"</option>
                </select>
            </Field>
            <Field id="sample-region" label="지역">
                <div class="input-group">
                    <Icon name="search" />
                    <input id="sample-region" autocomplete="off" value="서울 마포구 망원동" />
                </div>
            </Field>
            <Field id="sample-words" label="설명">
                <TextArea
                    name="sample-words"
                    id="sample-words"
                    value="</textarea><b>글자로만 보여야 해요</b>"
                    maxlength=500
                    rows=3
                />
            </Field>
        </div>
    }
}
