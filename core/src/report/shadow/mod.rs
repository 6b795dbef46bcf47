//! Shadow runs: what would be billed beside the invoices of another system, line by line.

mod document;
mod lines;
mod pairing;

use std::collections::{BTreeMap, BTreeSet};

pub use document::{
    OldInvoice, OldLine, ShadowCount, ShadowDifference, ShadowField, ShadowLine, ShadowPayer, ShadowRequest,
    ShadowRun, ShadowSums, ShadowTotal, ShadowVerdict, TheirLine, Tolerance,
};

use super::error::ReportError;
use crate::account::{Account, Bill, DuePlan};
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::invoice::{Draft, Line};
use crate::money::{Currency, Minor, MoneyError};
use crate::rulebook::Rulebook;
use lines::Judge;
use pairing::{Theirs, grouped};

/// What a payer is billed in one currency.
#[derive(Default)]
struct Billed<'a> {
    ours: Vec<&'a Draft>,
    theirs: Vec<&'a OldInvoice>,
}

/// Compares what would be billed with the invoices of another system: all that differs, by payer and currency, line by
/// line. Nothing changes.
///
/// # Errors
/// [`ReportError::ShadowNumberTwice`] for every invoice that is there twice, and sums beyond every limit.
pub fn shadow_run(
    accounts: &[&Account],
    rulebook: &Rulebook,
    request: &ShadowRequest,
) -> Result<ShadowRun, Refusal> {
    check_numbers(&request.invoices)?;
    let (plans, findings) = planned(accounts, rulebook, request);
    let mut payers: BTreeMap<&Id, &Id> = BTreeMap::new();
    for account in accounts {
        let family = rulebook.family(account.payer()).into_iter().flatten();
        payers.extend(family.map(|customer| (customer, account.payer())));
        payers.insert(account.payer(), account.payer());
    }
    let mut billed: BTreeMap<(&Id, Currency), Billed<'_>> = BTreeMap::new();
    for (payer, plan) in &plans {
        for draft in &plan.drafts {
            billed.entry((*payer, draft.currency)).or_default().ours.push(draft);
        }
    }
    let mut missing = BTreeSet::new();
    for invoice in &request.invoices {
        let payer = payers.get(&invoice.customer).copied().unwrap_or_else(|| {
            missing.insert(invoice.customer.clone());
            &invoice.customer
        });
        billed.entry((payer, invoice.currency)).or_default().theirs.push(invoice);
    }
    let compared =
        billed.iter().map(|((payer, currency), billed)| compare(request, payer, *currency, billed));
    let compared: Vec<ShadowPayer> =
        compared.collect::<Result<_, MoneyError>>().map_err(|error| Refusal::because(&error))?;
    let verdicts = count(compared.iter().map(|one| one.verdict));
    Ok(ShadowRun {
        as_of: request.as_of,
        equal: compared.iter().all(|one| one.verdict == ShadowVerdict::Equal),
        findings,
        lines: count(compared.iter().flat_map(|one| &one.lines).map(|line| line.verdict)),
        missing: missing.into_iter().collect(),
        totals: totals(&billed).map_err(|error| Refusal::because(&error))?,
        payers: compared,
        verdicts,
    })
}

fn check_numbers(invoices: &[OldInvoice]) -> Result<(), Refusal> {
    let mut known = BTreeSet::new();
    let twice = invoices.iter().enumerate().filter(|(_, invoice)| !known.insert(&invoice.number));
    let finding = |(place, invoice): (usize, &OldInvoice)| {
        let error = ReportError::ShadowNumberTwice { got: invoice.number.to_string() };
        Finding::block(&error).at(format!("/invoices/{place}/number"))
    };
    Refusal::unless_empty(twice.map(finding).collect())
}

/// What would be billed, by account, and what stood in the way.
fn planned<'a>(
    accounts: &[&'a Account],
    rulebook: &Rulebook,
    request: &ShadowRequest,
) -> (Vec<(&'a Id, DuePlan)>, Vec<Finding>) {
    let (mut plans, mut findings) = (Vec::new(), Vec::new());
    let by_payer: BTreeMap<&Id, &Account> =
        accounts.iter().map(|account| (account.payer(), *account)).collect();
    for (payer, account) in by_payer {
        let found = match &request.period {
            Some(period) => {
                let bill = Bill {
                    adjustments: Vec::new(),
                    below_minimum: false,
                    catch_up: None,
                    exchange: Vec::new(),
                    period: period.clone(),
                    run: Id::of_digits("shadow"),
                };
                account.plan_by_hand(rulebook, &bill, request.as_of).map(|plan| vec![plan])
            }
            None => account.plans(rulebook, request.as_of).map(|book| book.due),
        };
        match found {
            Ok(due) => {
                findings.extend(due.iter().flat_map(|plan| plan.findings.iter().cloned()));
                plans.extend(due.into_iter().map(|plan| (payer, plan)));
            }
            Err(refusal) => findings.extend(refusal.findings().cloned()),
        }
    }
    (plans, findings)
}

fn compare(
    request: &ShadowRequest,
    payer: &Id,
    currency: Currency,
    billed: &Billed<'_>,
) -> Result<ShadowPayer, MoneyError> {
    let tolerance =
        request.tolerances.iter().filter(|one| one.currency == currency).map(|one| one.amount).max();
    let judge = Judge { currency, tolerance: tolerance.unwrap_or(Minor::ZERO) };
    let (ours, theirs) = (sums_of_ours(&billed.ours)?, sums_of_theirs(&billed.theirs)?);
    let differences = judge.sums(&ours, &theirs);
    let our_lines: Vec<&Line> = billed.ours.iter().flat_map(|draft| &draft.lines).collect();
    let their_lines: Vec<Theirs<'_>> = billed
        .theirs
        .iter()
        .flat_map(|invoice| invoice.lines.iter().enumerate().map(|(at, line)| Theirs { at, invoice, line }))
        .collect();
    let lines = grouped(&our_lines, &their_lines)
        .iter()
        .map(|group| judge.lines(group))
        .collect::<Result<Vec<_>, _>>()?;
    let verdict = match (billed.ours.is_empty(), billed.theirs.is_empty()) {
        (false, true) => ShadowVerdict::OnlyOurs,
        (true, false) => ShadowVerdict::OnlyTheirs,
        _ if differences.is_empty() && lines.iter().all(|line| line.verdict == ShadowVerdict::Equal) => {
            ShadowVerdict::Equal
        }
        _ => ShadowVerdict::Differs,
    };
    Ok(ShadowPayer { currency, differences, lines, ours, payer: payer.clone(), theirs, verdict })
}

fn sums_of_ours(drafts: &[&Draft]) -> Result<ShadowSums, MoneyError> {
    let sum = |of: fn(&Draft) -> Minor| Minor::sum(drafts.iter().map(|draft| of(draft))).map(Some);
    Ok(ShadowSums {
        gross: sum(|draft| draft.totals.gross)?,
        invoices: u64::try_from(drafts.len()).unwrap_or(u64::MAX),
        net: sum(|draft| draft.totals.net)?,
        tax: sum(|draft| draft.totals.tax)?,
    })
}

fn sums_of_theirs(invoices: &[&OldInvoice]) -> Result<ShadowSums, MoneyError> {
    let sum = |own: fn(&OldInvoice) -> Option<Minor>, of: fn(&OldLine) -> Option<Minor>| {
        let mut sum = Some(Minor::ZERO);
        for invoice in invoices {
            let lines = || Minor::sum(invoice.lines.iter().filter_map(of));
            let all = !invoice.lines.is_empty() && invoice.lines.iter().all(|line| of(line).is_some());
            let one = match own(invoice) {
                Some(stated) => Some(stated),
                None if all => Some(lines()?),
                None => None,
            };
            sum = match (sum, one) {
                (Some(sum), Some(one)) => Some(sum.plus(one)?),
                _ => None,
            };
        }
        Ok::<_, MoneyError>(sum)
    };
    Ok(ShadowSums {
        gross: sum(|invoice| invoice.gross, |line| line.gross)?,
        invoices: u64::try_from(invoices.len()).unwrap_or(u64::MAX),
        net: sum(|invoice| invoice.net, |line| line.net)?,
        tax: sum(|invoice| invoice.tax, |line| line.tax)?,
    })
}

fn totals(billed: &BTreeMap<(&Id, Currency), Billed<'_>>) -> Result<Vec<ShadowTotal>, MoneyError> {
    let mut by_currency: BTreeMap<Currency, Billed<'_>> = BTreeMap::new();
    for ((_, currency), billed) in billed {
        let all = by_currency.entry(*currency).or_default();
        all.ours.extend(&billed.ours);
        all.theirs.extend(&billed.theirs);
    }
    let total = |(currency, billed): (Currency, Billed<'_>)| {
        let (ours, theirs) = (sums_of_ours(&billed.ours)?, sums_of_theirs(&billed.theirs)?);
        let difference = ours.gross.zip(theirs.gross).map(|(ours, theirs)| ours.minus(theirs)).transpose()?;
        Ok(ShadowTotal { currency, difference, ours, theirs })
    };
    by_currency.into_iter().map(total).collect()
}

fn count(verdicts: impl Iterator<Item = ShadowVerdict>) -> ShadowCount {
    let mut count = ShadowCount { differs: 0, equal: 0, only_ours: 0, only_theirs: 0 };
    for verdict in verdicts {
        let one = match verdict {
            ShadowVerdict::Differs => &mut count.differs,
            ShadowVerdict::Equal => &mut count.equal,
            ShadowVerdict::OnlyOurs => &mut count.only_ours,
            ShadowVerdict::OnlyTheirs => &mut count.only_theirs,
        };
        *one = one.saturating_add(1);
    }
    count
}
