//! Money in and out: what the two forms know, and what came of them.

use leptos::prelude::*;
use market::{Money, wallet::Wallet};
use server_fn::ServerFn;

use super::PageResource;
use crate::{
    api::{ApiError, Deposit, Withdraw},
    components::{Icon, failure::failure},
    key::FormKey,
    language::won,
    reply::{Reply, reply_to},
};

/// Which way money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Into the wallet.
    In,
    /// Out of it.
    Out,
}

impl Way {
    /// The server function's name; the form's id, too.
    pub fn form(self) -> &'static str {
        match self {
            Self::In => "deposit",
            Self::Out => "withdraw",
        }
    }
}

/// A payment that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    way: Way,
    /// Known where the page itself has sent it: of a plain form's success only that it succeeded.
    sum: Option<Sum>,
}

/// How much, and what can be spent since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sum {
    amount: Money,
    available: Money,
}

impl Done {
    /// The answer to a plain form.
    fn from_reply(way: Way, reply: &Reply) -> Option<Self> {
        (reply.status < 400).then_some(Self { way, sum: None })
    }

    fn words(&self) -> String {
        match (self.way, self.sum.map(|sum| won(sum.amount))) {
            (Way::In, Some(amount)) => tr!(mine.pay.deposit_done, amount = amount).to_string(),
            (Way::In, None) => tr!(mine.pay.deposit_done_plain).to_owned(),
            (Way::Out, Some(amount)) => tr!(mine.pay.withdraw_done, amount = amount).to_string(),
            (Way::Out, None) => tr!(mine.pay.withdraw_done_plain).to_owned(),
        }
    }
}

/// One form's state. The page owns it, so that reading the page again keeps what was typed.
#[derive(Clone, Copy)]
pub struct Payment {
    /// Which way.
    pub way: Way,
    /// The form's key.
    pub key: FormKey,
    /// What is typed.
    pub typed: RwSignal<String>,
    /// Why the last try was refused.
    pub error: Signal<Option<ApiError>>,
    /// The answer is awaited.
    pub pending: Memo<bool>,
}

/// Both forms.
#[derive(Clone, Copy)]
pub struct Payments {
    /// Puts money in.
    pub deposit: ServerAction<Deposit>,
    /// Takes money out.
    pub withdraw: ServerAction<Withdraw>,
    /// The form of the first.
    pub money_in: Payment,
    /// The form of the second.
    pub money_out: Payment,
    /// The last payment that was made.
    pub done: RwSignal<Option<Done>>,
}

impl Payments {
    /// Must be made by the page itself, before anything asynchronous: keys come from the server in order.
    pub fn new(page: PageResource) -> Self {
        let (deposit, withdraw) = (ServerAction::<Deposit>::new(), ServerAction::<Withdraw>::new());
        let done = [Way::In, Way::Out]
            .into_iter()
            .find_map(|way| reply_to(way.form()).and_then(|reply| Done::from_reply(way, &reply)));
        let done = RwSignal::new(done);
        Self {
            deposit,
            withdraw,
            money_in: payment(Way::In, deposit, |input| input.amount.clone(), done, page),
            money_out: payment(Way::Out, withdraw, |input| input.amount.clone(), done, page),
            done,
        }
    }
}

fn payment<F>(
    way: Way,
    action: ServerAction<F>,
    amount_of: fn(&F) -> String,
    done: RwSignal<Option<Done>>,
    page: PageResource,
) -> Payment
where
    F: ServerFn<Output = Wallet, Error = ApiError> + Clone + Send + Sync + 'static,
{
    let reply = reply_to(way.form()).filter(|reply| reply.status >= 400);
    let typed = RwSignal::new(reply.and_then(|reply| reply.field("amount")).unwrap_or_default());
    let error = failure(way.form(), move || action.value().get());
    let key = FormKey::new();
    let sent = StoredValue::new(String::new());
    Effect::new(move |_| {
        if let Some(input) = action.input().get() {
            sent.set_value(amount_of(&input));
        }
    });
    Effect::new(move |_| {
        let Some(outcome) = action.value().get() else { return };
        key.answered(&outcome);
        match outcome {
            Ok(wallet) => {
                let sum = Money::parse(&sent.get_value());
                let sum = sum.map(|amount| Sum { amount, available: wallet.available });
                done.set(Some(Done { way, sum }));
                typed.set(String::new());
                page.refetch();
            }
            Err(_) => done.set(None),
        }
    });
    Payment { way, key, typed, error, pending: Memo::new(move |_| action.pending().get()) }
}

/// What was just done; the region is always there, so that it is read out when it fills.
#[component]
pub fn DoneNotice(
    /// The last payment that was made.
    done: RwSignal<Option<Done>>,
) -> impl IntoView {
    view! {
        <div role="status">
            {move || {
                done.get()
                    .map(|done| {
                        let rest = done.sum.map(|sum| {
                            tr!(mine.pay.now_available, amount = won(sum.available)).to_string()
                        });
                        view! {
                            <div class="notice is-good is-page">
                                <Icon name="check" />
                                <p>
                                    <b>{done.words()}</b>
                                    " "
                                    {rest}
                                </p>
                            </div>
                        }
                    })
            }}
        </div>
    }
}
