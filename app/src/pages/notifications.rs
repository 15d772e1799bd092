//! My notices, newest first and by day; of all kinds or of a group. What was on the screen is read.

mod days;
mod groups;

use leptos::{form::ActionForm, html, prelude::*};
use leptos_router::hooks::use_query_map;
use market::{notice::Group, view::InboxPage};

pub use self::groups::group_name;
use self::{
    days::{Days, NoNotices},
    groups::Groups,
};
use crate::{
    api::{self, ApiError, ReadNotices},
    components::{FailureNotice, Icon, PageTitle, SignInFirst, notice_row::see_notices},
    live::{Live, live},
    paths,
    reply::reply_to,
};

type Page = Resource<Result<InboxPage, ApiError>>;

/// My notices.
#[component]
pub fn Notifications() -> impl IntoView {
    let (query, live) = (use_query_map(), live());
    let asked = Memo::new(move |_| {
        query.with(|query| ["group", "after"].map(|name| query.get(name).unwrap_or_default()))
    });
    let page: Page = Resource::new_blocking(
        move || (asked.get(), live.resync.get()),
        |([group, after], _)| api::inbox(group, after),
    );
    let read = ServerAction::<ReadNotices>::new();
    follow(page, live, read);
    let list = NodeRef::<html::Div>::new();
    see_notices(list, move || page.with(|page| page.as_ref().map(unread).unwrap_or_default()));
    view! {
        <PageTitle text=tr!(notices.page.title).to_owned() />
        <main id="main" class="page wrap is-narrow">
            <div class="page-head">
                <h1>{tr!(notices.page.title)}</h1>
                <a class="btn btn-quiet" href=paths::NOTICE_SETTINGS>
                    <Icon name="gear" />
                    {tr!(notices.page.to_settings)}
                </a>
            </div>
            <ReadOutcome read />
            <div node_ref=list>
                <Transition>
                    {move || {
                        page.get()
                            .map(|page| match page {
                                Ok(page) => {
                                    let older = asked.with(|[_, after]| !after.is_empty());
                                    view! { <Inbox page older read /> }.into_any()
                                }
                                Err(error) => view! { <SignInFirst error /> }.into_any(),
                            })
                    }}
                </Transition>
            </div>
        </main>
    }
}

/// The numbers of what the page shows as unread.
fn unread(page: &Result<InboxPage, ApiError>) -> Vec<i64> {
    let notices = page.as_ref().map(|page| page.notices.as_slice()).unwrap_or_default();
    notices.iter().filter(|notice| !notice.read).map(|notice| notice.seq).collect()
}

/// Reads the page again when there is something new, and when all was marked as read.
fn follow(page: Page, live: Live, read: ServerAction<ReadNotices>) {
    let newest = live.inbox();
    Effect::new(move |_| {
        let newest = newest.get();
        let shown = page.with_untracked(|page| Some(page.as_ref()?.as_ref().ok()?.inbox_seq));
        if shown.is_some() && newest > shown {
            page.refetch();
        }
    });
    Effect::new(move |_| {
        if read.value().with(|answer| matches!(answer, Some(Ok(())))) {
            page.refetch();
        }
    });
}

/// What came of the button.
#[component]
fn ReadOutcome(read: ServerAction<ReadNotices>) -> impl IntoView {
    let served = reply_to("read_notices");
    let error = served.as_ref().and_then(crate::reply::Reply::error);
    let done = served.is_some() && error.is_none();
    let outcome = move || match read.value().get() {
        Some(Ok(())) => Some(Ok(())),
        Some(Err(error)) => Some(Err(error)),
        None => error.clone().map(Err).or(done.then_some(Ok(()))),
    };
    view! {
        <div role="status">
            {move || {
                outcome()
                    .map(|outcome| match outcome {
                        Ok(()) => {
                            view! {
                                <p class="notice is-good is-page">
                                    <Icon name="check" />
                                    {tr!(notices.page.read_done)}
                                </p>
                            }
                                .into_any()
                        }
                        Err(error) => view! { <FailureNotice error /> }.into_any(),
                    })
            }}
        </div>
    }
}

/// Everything below the title.
#[component]
fn Inbox(page: InboxPage, older: bool, read: ServerAction<ReadNotices>) -> impl IntoView {
    let (group, next, inbox_seq) = (page.group, page.next, page.inbox_seq);
    let has_unread = page.unread.iter().any(|(_, count)| *count > 0);
    let read_all = has_unread.then(|| {
        view! {
            <ActionForm action=read>
                <input type="hidden" name="up_to" value=inbox_seq.to_string() />
                <button class="btn btn-ghost btn-s">
                    <Icon name="check" size="is-s" />
                    {tr!(notices.page.read_all)}
                </button>
            </ActionForm>
        }
    });
    view! {
        <div class="note-bar">
            <Groups unread=page.unread shown=group />
            {read_all}
        </div>
        {older.then(|| view! { <Newest group /> })}
        {if page.notices.is_empty() {
            view! { <NoNotices group older /> }.into_any()
        } else {
            view! { <Days notices=page.notices now=page.now /> }.into_any()
        }}
        {next
            .map(|after| {
                view! {
                    <p class="more">
                        <a
                            class="btn btn-ghost btn-l"
                            rel="next"
                            href=paths::notifications(group, Some(after))
                        >
                            {tr!(notices.page.older)}
                        </a>
                    </p>
                }
            })}
    }
}

/// Back to the first page.
#[component]
fn Newest(group: Option<Group>) -> impl IntoView {
    view! {
        <p>
            <a class="quiet-link" href=paths::notifications(group, None)>
                {tr!(notices.page.newest)}
            </a>
        </p>
    }
}
