//! Money that comes in and goes out, each under the client's key (rules, *Money in and out*).
//!
//! Three steps, so that nobody waits for a gateway while a wallet is locked: the payment is written down as
//! `pending` (a withdrawal leaves the wallet with it), the gateway is asked, the outcome is written down. A
//! crash in between loses nothing: the same key, or [`Market::resume_payments`], goes on where it ended, and
//! the gateway moves the money of one key once.

use sqlx::PgConnection;

use super::{
    Change, Error, Market, Result, check_key, expect_rows,
    gateway::{Direction, GatewayError, Order},
    wallets::{LockedWallets, money},
};
use crate::{
    Money, Refusal, UserId,
    refusal::Reason,
    wallet::{DEPOSIT_MAX, Transfer, Wallet},
};

/// After this long a payment without an outcome is asked for again, in seconds: whoever began it is gone.
const LEFT_AFTER: i64 = 60;

/// How far a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Pending,
    Done,
    Declined,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Done => "done",
            Self::Declined => "declined",
        }
    }

    fn from_name(name: &str) -> Result<Self> {
        let state =
            [Self::Pending, Self::Done, Self::Declined].into_iter().find(|state| state.as_str() == name);
        state.ok_or_else(|| Error::Broken(format!("a payment that is {name}")))
    }
}

impl Market {
    /// Puts `amount` into the wallet of `user`. The same key acts once and answers the same.
    ///
    /// # Errors
    /// `fields`: an amount outside 1…10,000,000; `malformed`: a senseless key; `key_reused`;
    /// `payment_declined`; `busy`, also when the gateway does not answer: the same key goes on from there.
    pub async fn deposit(&self, user: UserId, amount: Money, key: &str) -> Result<Wallet> {
        if !amount.is_positive() || amount > Money::won(DEPOSIT_MAX) {
            return Err(Refusal::field("amount", Reason::OutOfRange).into());
        }
        self.pay(Order { user, key: key.to_owned(), direction: Direction::Deposit, amount }).await
    }

    /// Takes `amount` out of what is available to `user`. The same key acts once and answers the same.
    ///
    /// # Errors
    /// `fields`: not above zero; `malformed`; `insufficient_funds`; `key_reused`; `payment_declined`: the
    /// money is back in the wallet; `busy`.
    pub async fn withdraw(&self, user: UserId, amount: Money, key: &str) -> Result<Wallet> {
        if !amount.is_positive() || amount > Money::ceiling() {
            return Err(Refusal::field("amount", Reason::OutOfRange).into());
        }
        self.pay(Order { user, key: key.to_owned(), direction: Direction::Withdrawal, amount }).await
    }

    async fn pay(&self, order: Order) -> Result<Wallet> {
        check_key(&order.key)?;
        match self.pay_begin(&order).await? {
            (State::Done, wallet) => Ok(wallet),
            (State::Declined, _) => Err(Refusal::PaymentDeclined.into()),
            (State::Pending, _) => self.pay_ask(&order).await,
        }
    }

    /// Writes the payment down; a known one is answered as it stands.
    async fn pay_begin(&self, order: &Order) -> Result<(State, Wallet)> {
        let mut transaction = self.begin().await?;
        // The wallet's lock orders two payments under one key.
        let mut wallets = LockedWallets::lock(&mut transaction, &[order.user]).await?;
        let wallet = wallets.get(order.user).ok_or(Refusal::NoSession)?;
        if let Some((known, state)) = pay_known(&mut transaction, order).await? {
            return if known == *order { Ok((state, wallet)) } else { Err(Refusal::KeyReused.into()) };
        }
        let now = self.clock(&mut transaction).await?;
        if order.direction == Direction::Withdrawal {
            if wallet.available < order.amount {
                let available = wallet.available;
                return Err(Refusal::InsufficientFunds { required: order.amount, available }.into());
            }
            wallets.post(&[Transfer::withdraw(order.user, order.amount)], None, None)?;
            wallets.write(&mut transaction, &[], now).await?;
        }
        let written = sqlx::query!(
            "INSERT INTO payments (user_id, key, direction, amount, state, at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            order.user.0,
            order.key,
            order.direction.as_str(),
            order.amount.to_decimal(),
            State::Pending.as_str(),
            now
        );
        expect_rows(written.execute(&mut *transaction).await?.rows_affected(), 1, "a payment")?;
        transaction.commit().await?;
        Ok((State::Pending, wallet))
    }

    /// Asks the gateway, and writes down what it says.
    async fn pay_ask(&self, order: &Order) -> Result<Wallet> {
        match self.inner.gateway.transfer(order).await {
            Ok(reference) => self.pay_end(order, Some(&reference)).await,
            Err(GatewayError::Declined) => {
                self.pay_end(order, None).await?;
                Err(Refusal::PaymentDeclined.into())
            }
            Err(GatewayError::Unavailable) => Err(Refusal::Busy.into()),
        }
    }

    /// Writes the outcome down and posts what it moves, unless somebody with the same key has done so before:
    /// done is what has a `reference`.
    async fn pay_end(&self, order: &Order, reference: Option<&str>) -> Result<Wallet> {
        let state = if reference.is_some() { State::Done } else { State::Declined };
        let mut transaction = self.begin().await?;
        let mut wallets = LockedWallets::lock(&mut transaction, &[order.user]).await?;
        let ended = sqlx::query!(
            "UPDATE payments SET state = $3, reference = $4
             WHERE user_id = $1 AND key = $2 AND state = 'pending'",
            order.user.0,
            order.key,
            state.as_str(),
            reference
        );
        let ended = ended.execute(&mut *transaction).await?.rows_affected();
        if ended > 0 {
            expect_rows(ended, 1, "payments")?;
            let now = self.clock(&mut transaction).await?;
            // What a declined withdrawal has taken comes back; corrections are new rows.
            let comes_in = match order.direction {
                Direction::Deposit => state == State::Done,
                Direction::Withdrawal => state == State::Declined,
            };
            let transfer = comes_in.then(|| Transfer::deposit(order.user, order.amount));
            wallets.post(transfer.as_slice(), None, None)?;
            wallets.write(&mut transaction, &[], now).await?;
        }
        transaction.commit().await?;
        self.publish(Change::People(vec![order.user].into()));
        let wallet = wallets.get(order.user);
        wallet.ok_or_else(|| Error::Broken(format!("a payment of {} without a wallet", order.user)))
    }

    /// Goes on with payments that nobody finishes, at most `limit` of them: their server died, or the gateway
    /// did not answer. How many have an outcome now.
    ///
    /// # Errors
    /// When the database fails. A gateway that does not answer is no failure: they stay for the next time.
    pub async fn resume_payments(&self, limit: i64) -> Result<usize> {
        let mut ended = 0;
        for order in self.payments_left(limit).await? {
            match self.pay_ask(&order).await {
                Ok(_) | Err(Error::Refused(Refusal::PaymentDeclined)) => ended += 1,
                Err(Error::Refused(Refusal::Busy)) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(ended)
    }

    async fn payments_left(&self, limit: i64) -> Result<Vec<Order>> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let rows = sqlx::query!(
            "SELECT user_id, key, direction, amount FROM payments
             WHERE state = 'pending' AND at <= $1 ORDER BY at, id LIMIT $2",
            now - chrono::TimeDelta::seconds(LEFT_AFTER),
            limit
        );
        let rows = rows.fetch_all(&mut *connection).await?;
        let order = |user, key, direction: &str, amount| {
            Ok(Order {
                user: UserId(user),
                key,
                direction: self::direction(direction)?,
                amount: money(amount)?,
            })
        };
        rows.into_iter().map(|row| order(row.user_id, row.key, &row.direction, row.amount)).collect()
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
        wallets.post(&[Transfer::deposit(user, amount)], None, None)?;
        wallets.write(&mut transaction, &[], now).await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// A direction out of the books.
fn direction(name: &str) -> Result<Direction> {
    Direction::from_name(name).ok_or_else(|| Error::Broken(format!("a payment that is a {name}")))
}

/// What was asked under this key before, and how far it is.
async fn pay_known(connection: &mut PgConnection, order: &Order) -> Result<Option<(Order, State)>> {
    let row = sqlx::query!(
        "SELECT direction, amount, state FROM payments WHERE user_id = $1 AND key = $2",
        order.user.0,
        order.key
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let known = Order { direction: direction(&row.direction)?, amount: money(row.amount)?, ..order.clone() };
    Ok(Some((known, State::from_name(&row.state)?)))
}
