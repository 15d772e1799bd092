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
mod report;
mod reset_password;
mod sell;
mod seller;
mod server_error;
mod settings;
mod sign_in;
mod sign_up;
mod wallet;

pub use admin::{
    Admin, AuditBanner, StaffAuction, StaffAuctions, StaffCategories, StaffCharts, StaffDispute,
    StaffDisputes, StaffLedger, StaffLog, StaffPeople, StaffPerson, StaffQuestions, StaffReports,
};
pub use auction::Auction;
pub use chat::{Chat, Chats};
pub use developers::Developers;
pub use edit::EditAuction;
pub use gallery::Gallery;
pub use home::Home;
pub use me::MyAuctions;
pub use not_found::NotFound;
pub use notice_settings::NoticeSettingsPage;
pub use notifications::Notifications;
pub use report::Report;
pub use reset_password::ResetPassword;
pub use sell::Sell;
pub use seller::Seller;
pub use server_error::ServerError;
pub use settings::Settings;
pub use sign_in::SignIn;
pub use sign_up::SignUp;
pub use wallet::Wallet;
