//! Which page a route shows, and the chunk of the WASM that draws it.
//!
//! A first visit brings what every page needs and the chunk of its own page; the rest waits until somebody
//! goes there. Pages that are visited together share a chunk: what two chunks need lies in a third, so many
//! chunks would be many small files.
#![allow(clippy::unnecessary_wraps, reason = "wasm_split adds what can fail: that the chunk comes")]

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
use browser as here;
#[cfg(feature = "ssr")]
use server as here;

use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};
use leptos_router::{ChooseView, hooks::use_url};

use crate::app::is_alive;

use super::{
    Admin, Auction, Chat, Chats, Developers, EditAuction, Gallery, Home, MyAuctions, NoticeSettingsPage,
    Notifications, Report, ResetPassword, Sell, Seller, Settings, SignIn, SignUp, StaffAuction,
    StaffAuctions, StaffCategories, StaffCharts, StaffDispute, StaffDisputes, StaffLedger, StaffLog,
    StaffPeople, StaffPerson, StaffQuestions, StaffReports, Wallet,
};

/// A page, as a route names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The list of auctions.
    Home,
    /// One auction.
    Auction,
    /// What a member does, and the way to become one.
    Member(MemberPage),
    /// What staff do.
    Staff(StaffPage),
}

/// The pages in the members' chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as its page")]
pub enum MemberPage {
    Chat,
    Chats,
    Developers,
    EditAuction,
    Gallery,
    MyAuctions,
    NoticeSettings,
    Notifications,
    Report,
    ResetPassword,
    Sell,
    Seller,
    Settings,
    SignIn,
    SignUp,
    Wallet,
}

/// The pages in the staff's chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as its page")]
pub enum StaffPage {
    Overview,
    Auction,
    Auctions,
    Categories,
    Charts,
    Dispute,
    Disputes,
    Ledger,
    Log,
    People,
    Person,
    Questions,
    Reports,
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        here::announce(self.chunk());
        let view = match self {
            Self::Home => home().await,
            Self::Auction => auction().await,
            Self::Member(page) => member(page).await,
            Self::Staff(page) => staff(page).await,
        };
        match view {
            Ok(view) => view,
            Err(error) => from_server(&error).await,
        }
    }

    async fn preload(&self) {
        let loaded = match self {
            Self::Home => preload_home().await,
            Self::Auction => preload_auction().await,
            Self::Member(_) => preload_member().await,
            Self::Staff(_) => preload_staff().await,
        };
        // On a first visit what was written stays. Later it is asked for once more when the page is chosen,
        // where it is known whither.
        if loaded.is_err() && !untrack(is_alive) {
            std::future::pending::<()>().await;
        }
    }
}

impl Page {
    /// The name of the chunk, as `wasm_split` has it.
    fn chunk(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Auction => "auction",
            Self::Member(_) => "member",
            Self::Staff(_) => "staff",
        }
    }
}

#[wasm_split(home, wasm_split_path = leptos::wasm_split, preload(preload_home), fallible)]
fn home() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <Home /> }.into_any())
}

#[wasm_split(auction, wasm_split_path = leptos::wasm_split, preload(preload_auction), fallible)]
fn auction() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <Auction /> }.into_any())
}

#[wasm_split(member, wasm_split_path = leptos::wasm_split, preload(preload_member), fallible)]
fn member(page: MemberPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        MemberPage::Chat => view! { <Chat /> }.into_any(),
        MemberPage::Chats => view! { <Chats /> }.into_any(),
        MemberPage::Developers => view! { <Developers /> }.into_any(),
        MemberPage::EditAuction => view! { <EditAuction /> }.into_any(),
        MemberPage::Gallery => view! { <Gallery /> }.into_any(),
        MemberPage::MyAuctions => view! { <MyAuctions /> }.into_any(),
        MemberPage::NoticeSettings => view! { <NoticeSettingsPage /> }.into_any(),
        MemberPage::Notifications => view! { <Notifications /> }.into_any(),
        MemberPage::Report => view! { <Report /> }.into_any(),
        MemberPage::ResetPassword => view! { <ResetPassword /> }.into_any(),
        MemberPage::Sell => view! { <Sell /> }.into_any(),
        MemberPage::Seller => view! { <Seller /> }.into_any(),
        MemberPage::Settings => view! { <Settings /> }.into_any(),
        MemberPage::SignIn => view! { <SignIn /> }.into_any(),
        MemberPage::SignUp => view! { <SignUp /> }.into_any(),
        MemberPage::Wallet => view! { <Wallet /> }.into_any(),
    })
}

#[wasm_split(staff, wasm_split_path = leptos::wasm_split, preload(preload_staff), fallible)]
fn staff(page: StaffPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        StaffPage::Overview => view! { <Admin /> }.into_any(),
        StaffPage::Auction => view! { <StaffAuction /> }.into_any(),
        StaffPage::Auctions => view! { <StaffAuctions /> }.into_any(),
        StaffPage::Categories => view! { <StaffCategories /> }.into_any(),
        StaffPage::Charts => view! { <StaffCharts /> }.into_any(),
        StaffPage::Dispute => view! { <StaffDispute /> }.into_any(),
        StaffPage::Disputes => view! { <StaffDisputes /> }.into_any(),
        StaffPage::Ledger => view! { <StaffLedger /> }.into_any(),
        StaffPage::Log => view! { <StaffLog /> }.into_any(),
        StaffPage::People => view! { <StaffPeople /> }.into_any(),
        StaffPage::Person => view! { <StaffPerson /> }.into_any(),
        StaffPage::Questions => view! { <StaffQuestions /> }.into_any(),
        StaffPage::Reports => view! { <StaffReports /> }.into_any(),
    })
}

/// The chunk did not come: no connection, or another version of the site runs by now.
///
/// The page itself is the server's to write, so the browser asks it. Where it has just been written (a first
/// visit), it stays as it is: it works without this module.
async fn from_server(error: &SplitLoaderError) -> AnyView {
    leptos::logging::warn!("{error}");
    if untrack(is_alive) {
        let url = use_url().get_untracked();
        let query = if url.search().is_empty() { String::new() } else { format!("?{}", url.search()) };
        // Refused only for what is no address.
        let _ = window().location().assign(&format!("{}{query}", url.path()));
    }
    std::future::pending().await
}
