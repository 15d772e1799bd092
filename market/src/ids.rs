//! Typed identities: a wallet's owner cannot be passed where an auction is meant.

/// One `BIGINT` identity a type; serialised as the bare integer.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person with an account, and so with a wallet.
    UserId,
    /// An auction.
    AuctionId,
    /// An accepted bid or purchase.
    BidId,
    /// A category of things.
    CategoryId,
    /// A notice in somebody's inbox.
    NoticeId,
    /// What a party of a trade wrote of the other.
    ReviewId,
    /// A browser that somebody is signed in with; its token is another thing.
    SessionId,
    /// A question about an auction.
    QuestionId,
    /// A search that somebody keeps.
    SearchId,
    /// A program's access; its token is another thing.
    AccessId,
}
