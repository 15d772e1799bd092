//! Money that comes in and goes out, each under the client's key (rules, *Money in and out*).

use sqlx::PgConnection;

use super::{
    Change, Error, Market, Result, check_key,
    token::hex,
    wallets::{LockedWallets, money},
};
use crate::{
    Money, Refusal, UserId,
    refusal::Reason,
    wallet::{Transfer, Wallet},
};

/// The most one deposit may bring, in won.
pub const DEPOSIT_MAX: i64 = 10_000_000;

/// Which way money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// In.
    Deposit,
    /// Out.
    Withdrawal,
}

impl Direction {
    fn as_str(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Withdrawal => "withdrawal",
        }
    }
}

/// Where money really moves. The built-in test gateway moves none and always succeeds; a real one stands here
/// as another variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentGateway {
    /// Books only.
    Test,
}

impl PaymentGateway {
    /// Moves `amount`; the reference under which the gateway knows it. The same key moves it once.
    fn transfer(self, direction: Direction, key: &str) -> String {
        match self {
            Self::Test => format!("test-{}-{}", direction.as_str(), hex(key.as_bytes())),
        }
    }
}

impl Market {
    /// Puts `amount` into the wallet of `user`. The same key acts once and answers the same.
    ///
    /// # Errors
    /// `fields`: an amount outside 1…10,000,000; `malformed`: a senseless key; `key_reused`; `busy`.
    pub async fn deposit(&self, user: UserId, amount: Money, key: &str) -> Result<Wallet> {
        if !amount.is_positive() || amount > Money::won(DEPOSIT_MAX) {
            return Err(Refusal::field("amount", Reason::OutOfRange).into());
        }
        self.pay(user, Direction::Deposit, amount, key).await
    }

    /// Takes `amount` out of what is available to `user`. The same key acts once and answers the same.
    ///
    /// # Errors
    /// `fields`: not above zero; `malformed`; `insufficient_funds`; `key_reused`; `busy`.
    pub async fn withdraw(&self, user: UserId, amount: Money, key: &str) -> Result<Wallet> {
        if !amount.is_positive() || amount > Money::ceiling() {
            return Err(Refusal::field("amount", Reason::OutOfRange).into());
        }
        self.pay(user, Direction::Withdrawal, amount, key).await
    }

    async fn pay(&self, user: UserId, direction: Direction, amount: Money, key: &str) -> Result<Wallet> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        // The wallet's lock orders two payments under one key.
        let mut wallets = LockedWallets::lock(&mut transaction, &[user]).await?;
        let wallet = wallets.get(user).ok_or(Refusal::NoSession)?;
        if let Some(known) = pay_known(&mut transaction, user, key).await? {
            return if known == (direction.as_str().to_owned(), amount) {
                Ok(wallet)
            } else {
                Err(Refusal::KeyReused.into())
            };
        }
        let transfer = match direction {
            Direction::Deposit => Transfer::deposit(user, amount),
            Direction::Withdrawal if wallet.available < amount => {
                let available = wallet.available;
                return Err(Refusal::InsufficientFunds { required: amount, available }.into());
            }
            Direction::Withdrawal => Transfer::withdraw(user, amount),
        };
        let now = self.clock(&mut transaction).await?;
        let reference = PaymentGateway::Test.transfer(direction, key);
        sqlx::query!(
            "INSERT INTO payments (user_id, key, direction, amount, reference, at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            user.0,
            key,
            direction.as_str(),
            amount.to_decimal(),
            reference,
            now
        )
        .execute(&mut *transaction)
        .await?;
        wallets.post(&[transfer], None)?;
        wallets.write(&mut transaction, None, &[], now).await?;
        transaction.commit().await?;
        self.publish(Change::People(vec![user].into()));
        wallets.get(user).ok_or_else(|| Error::Broken("a locked wallet vanished".to_owned()))
    }

    /// Posts a deposit straight to the ledger, as the vectors and the demo data do: no gateway, no limit.
    ///
    /// # Errors
    /// `no_session` for somebody without a wallet.
    pub async fn post_deposit(&self, user: UserId, amount: Money) -> Result<()> {
        let mut transaction = self.begin().await?;
        let mut wallets = LockedWallets::lock(&mut transaction, &[user]).await?;
        wallets.get(user).ok_or(Refusal::NoSession)?;
        let now = self.clock(&mut transaction).await?;
        wallets.post(&[Transfer::deposit(user, amount)], None)?;
        wallets.write(&mut transaction, None, &[], now).await?;
        transaction.commit().await?;
        Ok(())
    }
}

async fn pay_known(
    connection: &mut PgConnection,
    user: UserId,
    key: &str,
) -> Result<Option<(String, Money)>> {
    let row =
        sqlx::query!("SELECT direction, amount FROM payments WHERE user_id = $1 AND key = $2", user.0, key);
    row.fetch_optional(connection).await?.map(|row| Ok((row.direction, money(row.amount)?))).transpose()
}
