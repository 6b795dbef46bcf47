//! Whose the open items of an account are.

use super::unknown;
use crate::account::Account;
use crate::calendar::Date;
use crate::finding::Refusal;
use crate::id::Id;
use crate::ledger::{OpenItem, Viewpoint};
use crate::money::{Minor, MoneyError};
use crate::report::view::viewer::Viewer;
use crate::role::Reach;

/// Whose page it is: whoever is named, as far as the viewer reaches them.
pub(super) fn customer(viewer: &Viewer<'_>, named: Option<&Id>) -> Result<Id, Refusal> {
    let payer = viewer.account.payer();
    let own = if viewer.is_customer() { viewer.who } else { payer };
    let customer = named.unwrap_or(own);
    let known = viewer.rulebook.family(payer).is_ok_and(|family| family.contains(customer));
    let reached = viewer.reaches_all() || (viewer.is_customer() && customer == viewer.who);
    if viewer.role.reach == Reach::OwnWork || !known || !reached {
        return Err(unknown(customer));
    }
    Ok(customer.clone())
}

/// The open items of a page: all of an account for its payer; for a customer below those that bill nobody else.
pub(super) fn items<'a>(account: &'a Account, customer: &'a Id) -> impl Iterator<Item = &'a OpenItem> {
    let whole = customer == account.payer();
    account.ledger().items().filter(move |item| whole || is_of(account, item, customer))
}

fn is_of(account: &Account, item: &OpenItem, customer: &Id) -> bool {
    let id = &item.terms().id;
    let invoice = account.credit_note(id).map_or(id, |credit| &credit.note.invoice);
    match account.invoice(invoice) {
        Ok(invoice) => {
            let lines = &invoice.draft.lines;
            !lines.is_empty() && lines.iter().all(|line| line.customer == *customer)
        }
        Err(_) => item.terms().customer == *customer,
    }
}

/// What of an item is past its date at the end of a day, and since when: what is disputed is nobody's to ask for.
pub(super) fn overdue(item: &OpenItem, at: Viewpoint) -> Result<Option<(Date, Minor)>, MoneyError> {
    let (mut since, mut sum) = (None, Minor::ZERO);
    for part in item.parts_at(at).into_iter().filter(|part| part.due < at.date) {
        let asked = part.open.minus(part.disputed)?;
        if asked.is_positive() {
            since = since.or(Some(part.due));
            sum = sum.plus(asked)?;
        }
    }
    Ok(since.map(|since| (since, sum)))
}

/// The days between two dates, as a count.
pub(super) fn days(from: Date, to: Date) -> u64 {
    u64::try_from(to.days_since(from)).unwrap_or(0)
}
