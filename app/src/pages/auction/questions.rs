//! Questions and answers, in public: asking, answering, and for staff taking off the page.

mod answer;
mod ask;

use leptos::prelude::*;
use market::{
    QuestionId, text,
    view::{Answer, Question, Questions, ReportSubject},
};

use self::{answer::AnswerForm, ask::AskForm};
use super::{
    here::Here,
    more::{More, Onward},
    older::{Older, QUESTIONS_AT, questions_before},
    stand::Stand,
    talk::Talk,
};
use crate::{
    api::{self, ApiError},
    app::session,
    components::{FailureNotice, Icon, ReportForm},
    paths,
};

/// The box with the newest questions, or with the older piece that the address asks for.
#[component]
pub fn QuestionBox(here: Here, older: Older) -> impl IntoView {
    view! {
        <section class="box" id=QUESTIONS_AT aria-labelledby="h-questions">
            <div class="box-head">
                <h2 id="h-questions">{tr!(auction.questions.title)}</h2>
                <span class="dim">{tr!(auction.questions.public)}</span>
            </div>
            <AskForm here />
            <Transition>
                {move || {
                    older
                        .questions
                        .get()
                        .map(|piece| match piece {
                            Ok(Some(questions)) => view! { <Piece here questions /> }.into_any(),
                            Ok(None) => view! { <Newest here /> }.into_any(),
                            Err(error) => view! { <FailureNotice error /> }.into_any(),
                        })
                }}
            </Transition>
        </section>
    }
}

/// The newest questions, and more of them when asked for.
#[component]
fn Newest(here: Here) -> impl IntoView {
    let empty = Memo::new(move |_| here.talk.with(|talk| talk.shown.is_empty()));
    view! {
        <Show
            when=move || !empty.get()
            fallback=|| view! { <p class="dim">{tr!(auction.questions.none)}</p> }
        >
            <ul class="qa">
                // An answer makes a row another one; what is typed into a form stays until then.
                <For
                    each=move || here.talk.with(|talk| talk.shown.clone())
                    key=|question| (question.id, question.answer.is_some())
                    let:question
                >
                    <Row here question />
                </For>
            </ul>
            <Rest here />
        </Show>
    }
}

/// The way to older questions: a link, which with scripts brings them here.
#[component]
fn Rest(here: Here) -> impl IntoView {
    let read = Action::new(move |id: &String| api::questions_before(here.id.to_string(), id.clone()));
    let failure = RwSignal::new(None::<ApiError>);
    Effect::new(move |_| match read.value().get() {
        Some(Ok(older)) => {
            failure.set(None);
            here.talk.update(|talk| talk.append(older));
        }
        Some(Err(error)) => failure.set(Some(error)),
        None => {}
    });
    let ask = move || {
        let before = here.talk.with_untracked(Talk::more_before);
        if let Some(id) = before.filter(|_| !read.pending().get_untracked()) {
            read.dispatch(id.to_string());
        }
    };
    let href =
        Memo::new(move |_| here.talk.with(Talk::more_before).map(|id| questions_before(&here.path(), id)));
    view! {
        {move || failure.get().map(|error| view! { <FailureNotice error /> })}
        <More href busy=read.pending() words=tr!(auction.questions.more) bring=move |()| ask() />
    }
}

/// An older piece, as the address asks for it.
#[component]
fn Piece(here: Here, questions: Questions) -> impl IntoView {
    let more = questions.shown.last().map(|question| question.id).filter(|_| questions.more);
    let list = if questions.shown.is_empty() {
        view! { <p class="dim">{tr!(auction.questions.no_older)}</p> }.into_any()
    } else {
        let rows = questions.shown.into_iter().map(|question| view! { <Row here question /> });
        view! { <ul class="qa">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        {list}
        <Onward
            newest=format!("{}#{QUESTIONS_AT}", here.path())
            newest_words=tr!(auction.questions.newest)
            older=more.map(|id| questions_before(&here.path(), id))
            older_words=tr!(auction.questions.more)
        />
    }
}

/// A question, its answer, and what one may do about it.
#[component]
fn Row(here: Here, question: Question) -> impl IntoView {
    let (id, mine) = (question.id, question.mine);
    let answered = question.answer.is_some();
    let asker = match question.asker {
        _ if mine => tr!(auction.questions.me).to_owned(),
        Some(nickname) => nickname,
        None => tr!(reviews.gone).to_owned(),
    };
    let seller = move || here.stand.get() == Stand::Seller;
    let stranger = move || !mine && here.stand.get() != Stand::Visitor;
    let staff = move || session().me().is_some_and(|me| me.me.is_staff);
    view! {
        <li>
            <div class="qa-head">
                <p class="qa-by">
                    <b>{asker}</b>
                    <time datetime=text::machine(question.asked_at)>{here.moment(question.asked_at)}</time>
                    {(!answered).then(|| view! { <span class="tag">{tr!(auction.questions.waiting)}</span> })}
                </p>
                {move || {
                    stranger().then(|| view! { <ReportForm subject=ReportSubject::Question(id.0) /> })
                }}
                {move || staff().then(|| view! { <Hide id /> })}
            </div>
            <p class="qa-text">{question.text}</p>
            {question.answer.map(|answer| view! { <Answered here answer /> })}
            {move || (seller() && !answered).then(|| view! { <AnswerForm here id /> })}
        </li>
    }
}

#[component]
fn Answered(here: Here, answer: Answer) -> impl IntoView {
    view! {
        <div class="qa-answer">
            <p class="qa-by">
                <b>{tr!(auction.questions.seller)}</b>
                <time datetime=text::machine(answer.at)>{here.moment(answer.at)}</time>
            </p>
            <p class="qa-text">{answer.text}</p>
        </div>
    }
}

/// For staff the way to take it off the page.
#[component]
fn Hide(id: QuestionId) -> impl IntoView {
    view! {
        <a class="btn btn-quiet btn-s" href=paths::staff_question(id)>
            <Icon name="close" size="is-s" />
            {tr!(auction.questions.hide)}
        </a>
    }
}
