//! Where money really moves. The books ask outside of any transaction, under the client's key: a gateway
//! moves the money of one key once, however often it is asked.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::token::hex;
use crate::{Money, UserId};

/// Which way money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// In.
    Deposit,
    /// Out.
    Withdrawal,
}

impl Direction {
    /// The word in the books.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Withdrawal => "withdrawal",
        }
    }

    /// The direction of that name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Deposit, Self::Withdrawal].into_iter().find(|direction| direction.as_str() == name)
    }
}

/// What is asked of a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Whose money.
    pub user: UserId,
    /// The client's key, unique for the user.
    pub key: String,
    /// Which way.
    pub direction: Direction,
    /// How much.
    pub amount: Money,
}

/// Why a gateway did not move money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatewayError {
    /// It will not, under this key: final.
    Declined,
    /// It did not answer: it may have moved the money all the same, and is asked again under the same key.
    Unavailable,
}

/// A way to move money. A real one stands here as another variant.
#[derive(Debug, Clone)]
pub enum PaymentGateway {
    /// Moves no money anywhere.
    Test(TestGateway),
}

impl PaymentGateway {
    /// Moves the money of an order; the reference under which the gateway knows it.
    ///
    /// # Errors
    /// See [`GatewayError`].
    #[allow(clippy::unused_async, reason = "every gateway but the built-in one has somebody to wait for")]
    pub async fn transfer(&self, order: &Order) -> Result<String, GatewayError> {
        match self {
            Self::Test(gateway) => gateway.transfer(order),
        }
    }
}

impl Default for PaymentGateway {
    fn default() -> Self {
        Self::Test(TestGateway::default())
    }
}

/// The built-in gateway: succeeds at once, unless a test has planned something else.
#[derive(Debug, Clone, Default)]
pub struct TestGateway(Arc<Mutex<TestBooks>>);

#[derive(Debug, Default)]
struct TestBooks {
    planned: VecDeque<GatewayError>,
    moved: BTreeMap<(UserId, String), Order>,
}

impl TestGateway {
    /// The next orders end like this, one after the other.
    pub fn plan(&self, failures: impl IntoIterator<Item = GatewayError>) {
        self.books().planned.extend(failures);
    }

    /// What was moved, each key once.
    #[must_use]
    pub fn moved(&self) -> Vec<Order> {
        self.books().moved.values().cloned().collect()
    }

    fn transfer(&self, order: &Order) -> Result<String, GatewayError> {
        let mut books = self.books();
        if let Some(failure) = books.planned.pop_front() {
            return Err(failure);
        }
        books.moved.entry((order.user, order.key.clone())).or_insert_with(|| order.clone());
        Ok(format!("test-{}-{}", order.direction.as_str(), hex(order.key.as_bytes())))
    }

    fn books(&self) -> MutexGuard<'_, TestBooks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
