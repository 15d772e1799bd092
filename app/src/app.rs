//! The routes, and what every page shares.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    api,
    components::{footer::SiteFooter, header::SiteHeader, tabbar::TabBar, toasts::Toasts},
    live::{Live, provide_live},
    pages::{
        Admin, Auction, AuditBanner, Chat, Chats, Developers, EditAuction, Gallery, Home, MyAuctions,
        NotFound, NoticeSettingsPage, Notifications, Report, ResetPassword, Sell, Seller, Settings, SignIn,
        SignUp, StaffAuction, StaffAuctions, StaffCategories, StaffCharts, StaffDispute, StaffDisputes,
        StaffLedger, StaffLog, StaffPeople, StaffPerson, StaffQuestions, StaffReports, Wallet,
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
    mark_hydrated();
    view! {
        <Router>
            <a class="skip-link" href="#main">{tr!(common.skip_to_content)}</a>
            <SiteHeader />
            <AuditBanner />
            <Routes fallback=NotFound>
                <Route path=path!("/") view=Home ssr=SsrMode::Async />
                <Route path=path!("/auctions/:id") view=Auction ssr=SsrMode::Async />
                <Route path=path!("/auctions/:id/edit") view=EditAuction ssr=SsrMode::Async />
                <Route path=path!("/sell") view=Sell ssr=SsrMode::Async />
                <Route path=path!("/me") view=MyAuctions ssr=SsrMode::Async />
                <Route path=path!("/wallet") view=Wallet ssr=SsrMode::Async />
                <Route path=path!("/chat") view=Chats ssr=SsrMode::Async />
                <Route path=path!("/chat/:id") view=Chat ssr=SsrMode::Async />
                <Route path=path!("/notifications") view=Notifications ssr=SsrMode::Async />
                <Route path=path!("/report") view=Report ssr=SsrMode::Async />
                <Route path=path!("/admin") view=Admin ssr=SsrMode::Async />
                <Route path=path!("/admin/users") view=StaffPeople ssr=SsrMode::Async />
                <Route path=path!("/admin/users/:id") view=StaffPerson ssr=SsrMode::Async />
                <Route path=path!("/admin/auctions") view=StaffAuctions ssr=SsrMode::Async />
                <Route path=path!("/admin/auctions/:id") view=StaffAuction ssr=SsrMode::Async />
                <Route path=path!("/admin/reports") view=StaffReports ssr=SsrMode::Async />
                <Route path=path!("/admin/questions") view=StaffQuestions ssr=SsrMode::Async />
                <Route path=path!("/admin/categories") view=StaffCategories ssr=SsrMode::Async />
                <Route path=path!("/admin/log") view=StaffLog ssr=SsrMode::Async />
                <Route path=path!("/admin/ledger") view=StaffLedger ssr=SsrMode::Async />
                <Route path=path!("/admin/charts") view=StaffCharts ssr=SsrMode::Async />
                <Route path=path!("/admin/disputes") view=StaffDisputes ssr=SsrMode::Async />
                <Route path=path!("/admin/disputes/:id") view=StaffDispute ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignIn ssr=SsrMode::Async />
                <Route path=path!("/sign-up") view=SignUp ssr=SsrMode::Async />
                <Route path=path!("/reset-password") view=ResetPassword ssr=SsrMode::Async />
                <Route path=path!("/sellers/:id") view=Seller ssr=SsrMode::Async />
                <Route path=path!("/settings") view=Settings ssr=SsrMode::Async />
                <Route path=path!("/settings/notices") view=NoticeSettingsPage ssr=SsrMode::Async />
                <Route path=path!("/developers") view=Developers ssr=SsrMode::Async />
                <Route path=path!("/dev/components") view=Gallery ssr=SsrMode::Async />
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
        if let Some(signed_in) = session.me() {
            live.offer_me(signed_in.state);
            live.follow_me();
        }
    });
}

/// Sets `data-hydrated` on `<html>`: before it a click does what HTML does, from then on what Rust does.
/// Browser tests wait for it. (Effects run in the browser only, after hydration.)
fn mark_hydrated() {
    Effect::new(|_| {
        if let Some(html) = document().document_element() {
            // Fails only for names that are no attribute names.
            let _ = html.set_attribute("data-hydrated", "");
        }
    });
}
