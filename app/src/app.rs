//! The routes, and what every page shares.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode::Async,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    api,
    components::{footer::SiteFooter, header::SiteHeader, tabbar::TabBar, toasts::Toasts},
    live::{Live, provide_live},
    pages::{
        AuditBanner, MemberPage, NotFound,
        Page::{self, Member, Staff},
        StaffPage,
    },
    reply::provide_reply,
};

/// Who I am, for every page: the server's answer, and what moves.
#[derive(Clone, Copy)]
pub struct Session(pub Resource<Result<Option<api::SignedIn>, api::ApiError>>);

impl Session {
    /// Who I am, if signed in. Read it under a `Suspense` or a `Transition`.
    #[must_use]
    pub fn me(self) -> Option<api::SignedIn> {
        self.0.get().and_then(Result::ok).flatten()
    }
}

/// Whether the whole page has come alive: set by the browser once the page's own chunk has come and all of it
/// is taken over. What changes what the server wrote waits for that.
#[derive(Clone, Default)]
pub struct Alive(pub ArcRwSignal<bool>);

/// Tracks whether the page has come alive; on the server it never does.
#[must_use]
pub fn is_alive() -> bool {
    use_context::<Alive>().is_some_and(|alive| alive.0.get())
}

/// The session of the page.
#[must_use]
pub fn session() -> Session {
    expect_context::<Session>()
}

/// The whole of `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_reply();
    let live = provide_live();
    let session = Session(Resource::new_blocking(move || live.resync.get(), |_| api::who_am_i()));
    provide_context(session);
    follow_me(session, live);
    view! {
        <Router>
            <a class="skip-link" href="#main">{tr!(common.skip_to_content)}</a>
            <SiteHeader />
            <AuditBanner />
            <Routes fallback=NotFound>
                <Route path=path!("/") view=Page::Home ssr=Async />
                <Route path=path!("/auctions/:id") view=Page::Auction ssr=Async />
                <Route path=path!("/auctions/:id/edit") view=Member(MemberPage::EditAuction) ssr=Async />
                <Route path=path!("/sell") view=Member(MemberPage::Sell) ssr=Async />
                <Route path=path!("/me") view=Member(MemberPage::MyAuctions) ssr=Async />
                <Route path=path!("/wallet") view=Member(MemberPage::Wallet) ssr=Async />
                <Route path=path!("/chat") view=Member(MemberPage::Chats) ssr=Async />
                <Route path=path!("/chat/:id") view=Member(MemberPage::Chat) ssr=Async />
                <Route path=path!("/notifications") view=Member(MemberPage::Notifications) ssr=Async />
                <Route path=path!("/report") view=Member(MemberPage::Report) ssr=Async />
                <Route path=path!("/admin") view=Staff(StaffPage::Overview) ssr=Async />
                <Route path=path!("/admin/users") view=Staff(StaffPage::People) ssr=Async />
                <Route path=path!("/admin/users/:id") view=Staff(StaffPage::Person) ssr=Async />
                <Route path=path!("/admin/auctions") view=Staff(StaffPage::Auctions) ssr=Async />
                <Route path=path!("/admin/auctions/:id") view=Staff(StaffPage::Auction) ssr=Async />
                <Route path=path!("/admin/reports") view=Staff(StaffPage::Reports) ssr=Async />
                <Route path=path!("/admin/questions") view=Staff(StaffPage::Questions) ssr=Async />
                <Route path=path!("/admin/categories") view=Staff(StaffPage::Categories) ssr=Async />
                <Route path=path!("/admin/log") view=Staff(StaffPage::Log) ssr=Async />
                <Route path=path!("/admin/ledger") view=Staff(StaffPage::Ledger) ssr=Async />
                <Route path=path!("/admin/charts") view=Staff(StaffPage::Charts) ssr=Async />
                <Route path=path!("/admin/disputes") view=Staff(StaffPage::Disputes) ssr=Async />
                <Route path=path!("/admin/disputes/:id") view=Staff(StaffPage::Dispute) ssr=Async />
                <Route path=path!("/sign-in") view=Member(MemberPage::SignIn) ssr=Async />
                <Route path=path!("/sign-up") view=Member(MemberPage::SignUp) ssr=Async />
                <Route path=path!("/reset-password") view=Member(MemberPage::ResetPassword) ssr=Async />
                <Route path=path!("/sellers/:id") view=Member(MemberPage::Seller) ssr=Async />
                <Route path=path!("/settings") view=Member(MemberPage::Settings) ssr=Async />
                <Route path=path!("/settings/notices") view=Member(MemberPage::NoticeSettings) ssr=Async />
                <Route path=path!("/developers") view=Member(MemberPage::Developers) ssr=Async />
                <Route path=path!("/dev/components") view=Member(MemberPage::Gallery) ssr=Async />
            </Routes>
            <SiteFooter />
            <TabBar />
            <Toasts />
        </Router>
    }
}

/// What the header shows moves with the `me` topic, wherever one is.
fn follow_me(session: Session, live: Live) {
    Effect::new(move |_| {
        if let Some(signed_in) = session.me().filter(|_| is_alive()) {
            live.offer_me(signed_in.state);
            live.follow_me();
        }
    });
}
