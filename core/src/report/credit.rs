use super::label::{LabelFacts, Labelled, labelled, seen};
use super::settlement::{Settlement, settlement};
use crate::account::{Account, AskedRefund, Credited, Refunding, WrittenDown};
use crate::approval::ApprovalStatus;
use crate::calendar::Date;
use crate::canon::shape;
use crate::id::Id;
use crate::invoice::{CreditEffect, CreditLine, DocumentState, Header, Totals};
use crate::ledger::{MovementKind, Viewpoint};
use crate::money::{Currency, Minor};
use crate::payment::Unpayable;

shape! {
    /// A credit note with what is left of it.
    pub struct CreditView {
        /// The currency of every amount.
        pub currency: Currency,
        /// What becomes of the work.
        pub effect: CreditEffect,
        /// What it says besides lines and sums.
        pub header: Box<Header>,
        /// Its id.
        pub id: Id,
        /// The invoice or opening item that it takes back.
        pub invoice: Id,
        /// When it was issued.
        pub issued: Option<Date>,
        /// What people call it, once it is issued.
        pub label: Option<Labelled>,
        /// What it takes back, line by line.
        pub lines: Vec<CreditLine>,
        /// Its number, once issued.
        pub number: Option<Id>,
        /// What of it is not used; below 0.
        pub open: Minor,
        /// Number of the invoice.
        pub preceding: Id,
        /// When the invoice was issued.
        pub preceding_issued: Date,
        /// Why.
        pub reason: Id,
        /// What became of it, once issued.
        pub settlement: Option<Settlement>,
        /// Where the document stands.
        pub state: DocumentState,
        /// The sums.
        pub totals: Totals,
    }
}

shape! {
    /// A write-off with what is owed again of it.
    pub struct WriteOffView {
        /// How much.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// From when it counts; left out while it waits for approval, or was rejected.
        pub effective: Option<Date>,
        /// Its id.
        pub id: Id,
        /// The item.
        pub item: Id,
        /// Why.
        pub reason: Id,
        /// What of it is owed again.
        pub recovered: Minor,
    }
}

shape! {
    /// Money that is to go back, in a view.
    pub struct RefundView {
        /// How much.
        pub amount: Minor,
        /// The cash book.
        pub book: Id,
        /// Its currency.
        pub currency: Currency,
        /// Why the cash book could not pay it.
        pub declined: Option<Unpayable>,
        /// From when a credit is paid out; left out for money of a receipt, which its cash book dates.
        pub effective: Option<Date>,
        /// Its id.
        pub id: Id,
        /// The credit that it is paid from.
        pub item: Option<Id>,
        /// Why.
        pub reason: Id,
        /// The receipt that it is paid from.
        pub receipt: Option<Id>,
        /// Where its approval stands.
        pub status: ApprovalStatus,
    }
}

/// A refund as it stood at the end of a day; none before it was proposed.
pub(super) fn refund(account: &Account, refunding: &Refunding, as_of: Viewpoint) -> Option<RefundView> {
    let refund = refunding.refund.as_ref();
    let request = account.request(refund.id()).ok()?.at(as_of)?;
    let (book, item, reason, receipt) = match refund {
        AskedRefund::Credit(one) => (&one.book, Some(one.item.clone()), &one.reason, None),
        AskedRefund::Receipt(one) => (&one.book, None, &one.reason, Some(one.receipt.clone())),
    };
    let (amount, currency) = refund.amount();
    Some(RefundView {
        amount,
        book: book.clone(),
        currency,
        declined: refunding.declined_by(as_of),
        effective: refund
            .item()
            .and_then(|item| moved(account, item, refund.id(), MovementKind::Refund, as_of)),
        id: refund.id().clone(),
        item,
        reason: reason.clone(),
        receipt,
        status: request.status(),
    })
}

/// From when something moved an item, as far as was known.
fn moved(account: &Account, item: &Id, cause: &Id, kind: MovementKind, as_of: Viewpoint) -> Option<Date> {
    let mut movements = account.ledger().item(item).ok()?.movements().iter();
    let own = movements.find(|one| (one.kind, &one.cause) == (kind, cause) && as_of.sees(one.moment()));
    own.map(|movement| movement.effective)
}

/// A credit note as it stood at the end of a day; none before it was drafted.
pub(super) fn credit(account: &Account, credit: &Credited, as_of: Viewpoint) -> Option<CreditView> {
    let note = &credit.note;
    let item = seen(account.ledger().item(&note.id).ok(), as_of);
    Some(CreditView {
        currency: note.currency,
        effect: note.effect,
        header: note.header.clone(),
        id: note.id.clone(),
        invoice: note.invoice.clone(),
        issued: item.map(|item| item.terms().issued),
        label: item.map(|item| {
            labelled(item, LabelFacts { life: account.life(&note.id), ..LabelFacts::default() }, as_of)
        }),
        lines: note.lines.clone(),
        number: item.map(|item| item.terms().number.clone()),
        open: item.map_or(Minor::ZERO, |item| item.open_at(as_of)),
        preceding: note.preceding.clone(),
        preceding_issued: note.preceding_issued,
        reason: note.reason.clone(),
        settlement: item.and_then(|item| settlement(account, item, false, as_of)),
        state: credit.state_at(as_of)?,
        totals: note.totals.clone(),
    })
}

/// A write-off as it stood at the end of a day; none before it was proposed.
pub(super) fn write_off(account: &Account, written: &WrittenDown, as_of: Viewpoint) -> Option<WriteOffView> {
    let write_off = &written.write_off;
    account.request(&write_off.id).ok()?.at(as_of)?;
    let item = account.ledger().item(&write_off.item).ok()?;
    let again = item.movements().iter().filter(|one| {
        one.kind == MovementKind::Recovery && one.cause == write_off.id && as_of.sees(one.moment())
    });
    Some(WriteOffView {
        amount: write_off.amount,
        currency: write_off.currency,
        effective: moved(account, &write_off.item, &write_off.id, MovementKind::WriteOff, as_of),
        id: write_off.id.clone(),
        item: write_off.item.clone(),
        reason: write_off.reason.clone(),
        recovered: Minor::sum(again.map(|one| one.fall.magnitude())).unwrap_or_default(),
    })
}
