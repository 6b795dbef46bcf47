use std::collections::BTreeMap;

use super::doubled_ids;
use super::wip::{AccountWork, WorkSeconds, work};
use crate::account::Account;
use crate::calendar::Date;
use crate::canon::shape;
use crate::finding::Finding;
use crate::invoice::DocumentState;
use crate::money::{Currency, Minor, MoneyError};
use crate::rulebook::Rulebook;

shape! {
    /// The invoices of one currency, void ones left out.
    pub struct CurrencySummary {
        /// Invoices that wait for somebody's approval.
        pub awaiting_approval: u32,
        /// The currency.
        pub currency: Currency,
        /// Net and tax of all.
        pub gross: Minor,
        /// How many there are.
        pub invoices: u32,
        /// Before tax.
        pub net: Minor,
        /// Invoices of nothing.
        pub zero_invoices: u32,
    }
}

shape! {
    /// How much work became how many invoices.
    pub struct Summary {
        /// Billed seconds on live invoices.
        pub billed_seconds: u64,
        /// One row per currency; currencies are never added.
        pub currencies: Vec<CurrencySummary>,
        /// Captured entries.
        pub entries: u64,
        /// What somebody should look at: ids that several accounts have.
        pub findings: Vec<Finding>,
        /// Worked seconds of all entries.
        pub raw_seconds: u64,
        /// Captured tickets.
        pub tickets: u64,
        /// Entries on no live invoice.
        pub unbilled_entries: u64,
        /// Where the work of each account stands, by payer.
        pub work: Vec<AccountWork>,
        /// The work of all accounts.
        pub worked: WorkSeconds,
    }
}

/// Sums accounts up; where their work stands is told at the end of a day, or as it is now.
///
/// # Errors
/// [`MoneyError::Overflow`].
pub fn summary(
    accounts: &[&Account],
    rulebook: &Rulebook,
    as_of: Option<Date>,
) -> Result<Summary, MoneyError> {
    let mut sum = Summary {
        billed_seconds: 0,
        currencies: Vec::new(),
        entries: 0,
        findings: doubled_ids(accounts),
        raw_seconds: 0,
        tickets: 0,
        unbilled_entries: 0,
        work: work(accounts, rulebook, as_of),
        worked: WorkSeconds::NONE,
    };
    for row in &sum.work {
        sum.worked.plus(&row.seconds);
    }
    let mut currencies: BTreeMap<Currency, CurrencySummary> = BTreeMap::new();
    for account in accounts {
        let count =
            |more: usize, sum: &mut u64| *sum = sum.saturating_add(u64::try_from(more).unwrap_or(u64::MAX));
        count(account.tickets().count(), &mut sum.tickets);
        count(account.unbilled().count(), &mut sum.unbilled_entries);
        let billed = account.billed().map(|billed| billed.entry.as_ref());
        for entry in billed.chain(account.unbilled()) {
            count(1, &mut sum.entries);
            sum.raw_seconds = sum.raw_seconds.saturating_add(entry.seconds().into());
        }
        for invoice in account.invoices().filter(|invoice| invoice.state != DocumentState::Void) {
            let draft = &invoice.draft;
            let standing = draft.lines.iter().filter(|line| !account.is_rebilled(&line.id));
            let charges = standing.flat_map(|line| &line.charges);
            let seconds = charges.fold(0_u64, |sum, charge| sum.saturating_add(charge.billed_seconds()));
            sum.billed_seconds = sum.billed_seconds.saturating_add(seconds);
            let row = currencies.entry(draft.currency).or_insert_with(|| empty(draft.currency));
            let waits = invoice.state == DocumentState::AwaitingApproval;
            row.awaiting_approval = row.awaiting_approval.saturating_add(waits.into());
            row.invoices = row.invoices.saturating_add(1);
            row.zero_invoices = row.zero_invoices.saturating_add(draft.totals.gross.is_zero().into());
            row.net = row.net.plus(draft.totals.net)?;
            row.gross = row.gross.plus(draft.totals.gross)?;
        }
    }
    sum.currencies = currencies.into_values().collect();
    Ok(sum)
}

const fn empty(currency: Currency) -> CurrencySummary {
    CurrencySummary {
        awaiting_approval: 0,
        currency,
        gross: Minor::ZERO,
        invoices: 0,
        net: Minor::ZERO,
        zero_invoices: 0,
    }
}
