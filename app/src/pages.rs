//! The pages.

mod admin;
mod auction;
mod chat;
mod developers;
mod edit;
mod gallery;
mod home;
mod me;
mod not_found;
mod notice_settings;
mod notifications;
mod page;
mod report;
mod reset_password;
mod sell;
mod seller;
mod server_error;
mod settings;
mod sign_in;
mod sign_up;
mod wallet;

pub use admin::AuditBanner;
pub use not_found::NotFound;
pub use page::{MemberPage, Page, StaffPage};
pub use server_error::ServerError;

use admin::{
    Admin, StaffAuction, StaffAuctions, StaffCategories, StaffCharts, StaffDispute, StaffDisputes,
    StaffLedger, StaffLog, StaffPeople, StaffPerson, StaffQuestions, StaffReports,
};
use auction::Auction;
use chat::{Chat, Chats};
use developers::Developers;
use edit::EditAuction;
use gallery::Gallery;
use home::Home;
use me::MyAuctions;
use notice_settings::NoticeSettingsPage;
use notifications::Notifications;
use report::Report;
use reset_password::ResetPassword;
use sell::Sell;
use seller::Seller;
use settings::Settings;
use sign_in::SignIn;
use sign_up::SignUp;
use wallet::Wallet;
