//! Questions about several logs: matching, aging, closing, sums.

use std::collections::BTreeMap;

use super::Log;
use super::answer::document;
use super::question::{Everything, wrong_kind};
use crate::audit::LogKind;
use crate::calendar::{Date, Instant};
use crate::canon::{from_bytes, shape};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::InvoiceError;
use crate::ledger::{Moment, Viewpoint};
use crate::money::Minor;
use crate::payment::{self, Application, CashBook, MatchReceipt, Plan};
use crate::receivables::{AgeBasis, AgedItem, AgingPolicy, UnappliedCash};
use crate::report;
use crate::rulebook::Rulebook;

fn because(error: &impl crate::error_code::Coded) -> Refusal {
    Refusal::because(error)
}

shape! {
    /// Asks for an aging.
    pub struct AgingRequest {
        /// The date.
        pub as_of: Date,
        /// From which date items age; the policy's when left out.
        pub basis: Option<AgeBasis>,
        /// As far as was known at this moment; as is known now when left out.
        pub known: Option<Instant>,
    }
}

shape! {
    /// What matching says of every receipt with money left.
    pub struct Plans {
        /// One plan per receipt, by receipt.
        pub plans: Vec<Plan>,
    }
}

/// Matches every receipt of a cash book that has money left to the open items of accounts. The
/// plans are the body of a `match` command on the cash book.
///
/// # Errors
/// Every shape error, and [`WireError::LogKind`](super::WireError::LogKind).
pub fn match_receipts(
    rulebook: &Rulebook,
    book: &Log,
    accounts: &[&Log],
    request: &[u8],
) -> Result<Vec<u8>, Refusal> {
    from_bytes::<Everything>(request)?;
    let Log::CashBook(book) = book else {
        return wrong_kind(LogKind::CashBook, book);
    };
    rulebook.check_seller(book.chain().address()).map_err(|error| because(&error))?;
    let mut items = Vec::new();
    for log in accounts {
        let Log::Account(account) = log else {
            return wrong_kind(LogKind::Account, log);
        };
        rulebook.check_seller(account.chain().address()).map_err(|error| because(&error))?;
        let open = account.ledger().items().filter(|item| item.open().is_positive());
        items.extend(open.map(|item| payment::Candidate {
            account: account.payer().clone(),
            customer: item.terms().customer.clone(),
            item: item.terms().id.clone(),
            number: item.terms().number.clone(),
            currency: item.terms().currency,
            open: item.open(),
            fees: account.fees(&item.terms().id),
        }));
    }
    items.sort_by(|a, b| (&a.account, &a.item).cmp(&(&b.account, &b.item)));
    let policy = rulebook.policy().matching();
    let plans = payment::match_receipts(policy, rulebook.payers(), &items, &waiting(book));
    Ok(document(&Plans { plans }))
}

/// Receipts with money left, with their words.
fn waiting(book: &CashBook) -> Vec<MatchReceipt> {
    let open = book.receipts().filter(|state| state.left().is_positive());
    open.map(|state| book.to_match(state)).collect()
}

/// Ages the open items of accounts beside the unapplied cash of cash books; the columns tie to the
/// control total.
///
/// # Errors
/// Every shape error, [`WireError::LogKind`](super::WireError::LogKind) for a series, and what aging refuses.
pub fn aging(rulebook: &Rulebook, logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let request = from_bytes::<AgingRequest>(request)?;
    let mut items = Vec::new();
    let accounts =
        logs.iter().filter_map(|log| if let Log::Account(account) = log { Some(account) } else { None });
    let said: BTreeMap<&Id, Application> = accounts
        .flat_map(|account| account.applied())
        .map(|applied| (&applied.reservation.id, applied.application()))
        .collect();
    let at = Viewpoint { date: request.as_of, known: request.known };
    let accounts =
        logs.iter().filter_map(|log| if let Log::Account(account) = log { Some(account) } else { None });
    let admitted: BTreeMap<&Id, Moment> = accounts.clone().flat_map(|account| account.admissions()).collect();
    for (key, transfer) in accounts.flat_map(|account| account.transfers()) {
        // What left one account and did not arrive in another is still owed.
        let arrived = admitted.get(&key).is_some_and(|moment| at.sees(*moment));
        let under_way =
            transfer.released.belongings.items.iter().filter(|_| at.sees(transfer.moment) && !arrived);
        items.extend(under_way.map(|item| AgedItem {
            customer: &item.customer,
            currency: item.currency,
            issued: item.issued,
            due: item.due,
            open: item.open,
            disputed: Minor::ZERO,
        }));
    }
    let mut cash = Vec::new();
    for log in logs {
        rulebook.check_seller(log.chain().address()).map_err(|error| because(&error))?;
        match log {
            Log::Account(account) => items.extend(account.ledger().items().flat_map(|item| {
                // An invoice with instalments ages by instalment.
                item.parts_at(at).into_iter().map(|part| AgedItem {
                    customer: &item.terms().customer,
                    currency: item.terms().currency,
                    issued: item.terms().issued,
                    due: part.due,
                    open: part.open,
                    disputed: part.disputed,
                })
            })),
            Log::CashBook(book) => cash.extend(book.receipts().map(|state| UnappliedCash {
                customer: state.customer_at(at),
                currency: state.currency,
                amount: book.unapplied_at(state, at, &said),
            })),
            Log::Rulebook(_) | Log::Series(_) => return wrong_kind(LogKind::Account, log),
        }
    }
    let own = rulebook.policy().aging();
    let policy = AgingPolicy { basis: request.basis.unwrap_or(own.basis), ..own.clone() };
    let aged = crate::receivables::aging(&policy, request.as_of, items, cash);
    let report = aged.map_err(|error| because(&error))?;
    Ok(document(&report))
}

shape! {
    /// Asks what some days come to.
    pub struct ClosingRequest {
        /// The first day.
        pub from: Date,
        /// The last day.
        pub through: Date,
    }
}

/// What accounts and cash books come to over some days: postings by account of the general ledger, how
/// receivables and unapplied cash went, and the head of every log.
///
/// # Errors
/// Every shape error, [`InvoiceError::PeriodOrder`] for days that end before they start, and sums beyond
/// every limit.
pub fn closing(rulebook: &Rulebook, logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let ClosingRequest { from, through } = from_bytes(request)?;
    if through < from {
        let (from, to) = (from.to_string(), through.to_string());
        return Err(because(&InvoiceError::PeriodOrder { from, to }));
    }
    let (mut accounts, mut books, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for log in logs {
        rulebook.check_seller(log.chain().address()).map_err(|error| because(&error))?;
        match log {
            Log::Account(account) => accounts.push(account.as_ref()),
            Log::CashBook(book) => books.push(book.as_ref()),
            Log::Rulebook(publication) => others.push(publication.chain()),
            Log::Series(series) => others.push(series.chain()),
        }
    }
    let pack =
        report::closing(&accounts, &books, others, (from, through)).map_err(|error| because(&error))?;
    Ok(document(&pack))
}

shape! {
    /// Asks for a sum of accounts.
    pub struct SummaryRequest {
        /// The day at the end of which their work stands where it is told; as it is now when left out.
        pub as_of: Option<Date>,
    }
}

/// Sums accounts up: how much work became how many invoices, where it stands, and which ids several of them have.
///
/// # Errors
/// Every shape error, and [`WireError::LogKind`](super::WireError::LogKind) for a log that is no account.
pub fn summary(rulebook: &Rulebook, logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let SummaryRequest { as_of } = from_bytes(request)?;
    let mut accounts = Vec::with_capacity(logs.len());
    for log in logs {
        let Log::Account(account) = log else {
            return wrong_kind(LogKind::Account, log);
        };
        rulebook.check_seller(account.chain().address()).map_err(|error| because(&error))?;
        accounts.push(account.as_ref());
    }
    let summary = report::summary(&accounts, rulebook, as_of).map_err(|error| because(&error))?;
    Ok(document(&summary))
}
