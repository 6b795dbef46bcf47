//! What is owed and nobody paid in time, and credit that nobody used.

use crate::account::Account;
use crate::calendar::Date;
use crate::canon::shape;
use crate::id::Id;
use crate::ledger::{OpenItem, Viewpoint};
use crate::money::{Currency, Minor};

shape! {
    /// An item on which somebody should act.
    pub struct WaitingItem {
        /// How much: of what is owed the part that is late and not disputed; of a credit what is not used, below 0.
        pub amount: Minor,
        /// The currency.
        pub currency: Currency,
        /// Who owes it, or is owed.
        pub customer: Id,
        /// The item.
        pub item: Id,
        /// Its number.
        pub number: Id,
        /// By when the customer promised to pay and did not.
        pub promised: Option<Date>,
        /// The due date of its oldest part that is late, or when the credit was opened.
        pub since: Date,
    }
}

fn waiting(item: &OpenItem, amount: Minor, since: Date) -> WaitingItem {
    let terms = item.terms();
    WaitingItem {
        amount,
        currency: terms.currency,
        customer: terms.customer.clone(),
        item: terms.id.clone(),
        number: terms.number.clone(),
        promised: None,
        since,
    }
}

/// Items with a part past its due date that is not disputed, by id. One that is held waits for the end of its hold,
/// and one whose payment is promised for that day.
pub(super) fn overdue(account: &Account, at: Viewpoint) -> impl Iterator<Item = WaitingItem> {
    account.ledger().items().filter(|item| !item.is_credit()).filter_map(move |item| {
        let late = item.parts_at(at).into_iter().filter(|part| part.due < at.date);
        let mut owed = late.filter_map(|part| {
            let left = part.open.minus(part.disputed).ok()?;
            left.is_positive().then_some((part.due, left))
        });
        let (since, first) = owed.next()?;
        let amount = Minor::sum(core::iter::once(first).chain(owed.map(|(_, left)| left))).unwrap_or(first);
        let life = account.life(&item.terms().id);
        let promised = life.and_then(|life| life.promised(at));
        if life.is_some_and(|life| life.held(at).is_some()) || promised.is_some_and(|by| by >= at.date) {
            return None;
        }
        Some(WaitingItem { promised, ..waiting(item, amount, since) })
    })
}

/// Credits that are not used up, by id.
pub(super) fn unused(account: &Account, at: Viewpoint) -> impl Iterator<Item = WaitingItem> {
    account.ledger().items().filter(|item| item.is_credit()).filter_map(move |item| {
        let open = item.open_at(at);
        (!open.is_zero()).then(|| waiting(item, open, item.opened()))
    })
}
