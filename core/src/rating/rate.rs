use std::collections::{BTreeMap, BTreeSet};

use super::{Article, Charge, ChargeSource, Coverage, Rounded, ScopeKey, TimeRounding, Unit};
use crate::agreement::{Agreement, Standing, choose};
use crate::calendar::{Calendar, Instant, Piece};
use crate::finding::{Finding, Severity};
use crate::id::Id;
use crate::money::{Currency, FACTOR_ONE, Factor, Minor, MoneyError, Price, split};
use crate::rates::{RateError, RatePer, RateRow, RateTable, Situation};
use crate::work::{
    Billable, ChargeCode, ChargeKind, CodeMap, Entry, Part, Sought, Ticket, Time, Work, WorkError,
};

/// The rules that the work of one customer is rated under.
#[derive(Debug, Clone)]
pub struct Rules<'p> {
    /// The customer's agreements, then its parent's, and so on upwards.
    pub agreements: Vec<&'p [Agreement]>,
    /// The working calendar.
    pub calendar: &'p Calendar,
    /// Charge codes and their mapping.
    pub codes: &'p CodeMap,
    /// The currency of the terms.
    pub currency: Currency,
    /// The customer.
    pub customer: &'p Id,
    /// The customer's own rates.
    pub own_rates: &'p RateTable,
    /// The rates for all customers.
    pub rates: &'p RateTable,
    /// How time is rounded.
    pub rounding: &'p TimeRounding,
}

impl Rules<'_> {
    /// The price row that applies: the weightier of the customer's own best and the shared best.
    fn price(&self, asked: &Situation<'_>) -> Result<&RateRow, RateError> {
        match (self.own_rates.price(asked), self.rates.price(asked)) {
            (Ok(own), Ok(shared)) => Ok(if shared.outweighs(own) { shared } else { own }),
            (Ok(row), Err(_)) | (Err(_), Ok(row)) => Ok(row),
            (Err(error), Err(_)) => Err(error),
        }
    }

    /// The larger of the customer's own multiplier and the shared one.
    fn multiplier(&self, asked: &Situation<'_>) -> (Factor, Option<&RateRow>) {
        let (own, shared) = (self.own_rates.multiplier(asked), self.rates.multiplier(asked));
        if own.1.is_some() && (shared.1.is_none() || own.0 >= shared.0) { own } else { shared }
    }
}

/// One entry to be rated.
#[derive(Debug, Clone, Copy)]
pub struct Job<'w> {
    /// The entry.
    pub entry: &'w Entry,
    /// The rules of its customer.
    pub rules: &'w Rules<'w>,
    /// Its ticket.
    pub ticket: Option<&'w Ticket>,
}

impl<'w> Job<'w> {
    /// The priority while the work was done.
    fn priority(&self) -> Option<&'w Id> {
        let of_ticket = || self.ticket.and_then(|ticket| ticket.priority.as_ref());
        self.entry.priority.as_ref().or_else(of_ticket)
    }
}

/// Standings of prepaid blocks, by agreement.
pub type Standings = BTreeMap<Id, Standing>;

/// Raw and billed seconds of a scope that stand on live lines already.
pub type WorkedBefore = BTreeMap<ScopeKey, (u64, u64)>;

/// What rating gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rated {
    /// Charges in the order of work, entry, time.
    pub charges: Vec<Charge>,
    /// What somebody should look at; a blocking one names an entry that has no charge.
    pub findings: Vec<Finding>,
    /// The standings after the work drew on them.
    pub standings: Standings,
}

/// A slice of an entry on its way to a charge.
struct Slice<'w> {
    job: Job<'w>,
    code: &'w ChargeCode,
    agreement: Option<&'w Agreement>,
    piece: Piece,
    row: Option<&'w RateRow>,
    billed: u64,
    rounded: Rounded,
}

/// Rates work: independent of the order of `jobs`, one entry that cannot be rated blocks no other.
///
/// Zero-length entries are kept, billed 0, and found. An entry whose scope was billed before bills
/// what the whole scope rounds to, less what was billed.
#[must_use]
pub fn rate(jobs: &[Job<'_>], standings: &Standings, before: &WorkedBefore) -> Rated {
    let mut findings: Vec<Finding> = Vec::new();
    let mut blocked: BTreeSet<Id> = BTreeSet::new();
    loop {
        // An entry is billed whole or not at all, and one that is not draws on no block: rate the rest.
        let rest: Vec<&Job<'_>> = jobs.iter().filter(|job| !blocked.contains(&job.entry.id)).collect();
        let (mut rated, more) = pass(rest, standings, before);
        findings.append(&mut rated.findings);
        if more.is_empty() {
            findings.sort();
            findings.dedup();
            rated.findings = findings;
            return rated;
        }
        blocked.extend(more);
    }
}

/// Rates entries once; those that turn out to have no price when their block runs out are named.
fn pass(mut order: Vec<&Job<'_>>, standings: &Standings, before: &WorkedBefore) -> (Rated, BTreeSet<Id>) {
    let mut rated = Rated { standings: standings.clone(), ..Rated::default() };
    order.sort_by(|a, b| work_order(a.entry).cmp(&work_order(b.entry)));
    let mut slices = Vec::with_capacity(order.len());
    let mut parts = Vec::new();
    for job in order {
        let prepared = match &job.entry.work {
            Work::Time(time) => prepare(*job, time, &mut rated.findings).map(|pieces| slices.extend(pieces)),
            Work::Part(part) => price_part(*job, part).map(|charge| parts.push(charge)),
        };
        if let Err(finding) = prepared {
            rated.findings.push(*finding);
        }
    }
    round_scopes(&mut slices, before, &mut rated.findings);
    let mut blocked = BTreeSet::new();
    for slice in &slices {
        if let Err(finding) = price_slice(slice, &mut rated) {
            blocked.insert(slice.job.entry.id.clone());
            rated.findings.push(*finding);
        }
    }
    rated.charges.extend(parts);
    (rated, blocked)
}

/// Work is drawn and listed by start, then id.
fn work_order(entry: &Entry) -> (Option<Instant>, &Id) {
    match &entry.work {
        Work::Time(time) => (Some(time.start), &entry.id),
        Work::Part(_) => (None, &entry.id),
    }
}

/// A blocking finding about an entry, boxed because it is rare.
fn blocking(entry: &Entry, error: &impl crate::error_code::Coded) -> Box<Finding> {
    Box::new(Finding::block(error).about(&entry.id))
}

/// The charge code of an entry: the one it names, else the one its work maps to.
fn code_of<'w>(job: Job<'w>, kind: ChargeKind, sku: Option<&Id>) -> Result<&'w ChargeCode, WorkError> {
    match &job.entry.code {
        Some(code) => job.rules.codes.code(code),
        None => job.rules.codes.map(&Sought {
            kind,
            sku,
            work_type: job.entry.work_type.as_ref(),
            role: job.entry.role.as_ref(),
            ticket_type: job.ticket.and_then(|ticket| ticket.ticket_type.as_ref()),
            tags: job.ticket.map_or(&[], |ticket| ticket.tags.as_slice()),
        }),
    }
}

/// Cuts a time entry and finds its code and agreement.
fn prepare<'w>(
    job: Job<'w>,
    time: &Time,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Slice<'w>>, Box<Finding>> {
    let code = code_of(job, ChargeKind::Labour, None).map_err(|error| blocking(job.entry, &error))?;
    let calendar = job.rules.calendar;
    let mut pieces = calendar.cut(time.start, time.end).map_err(|error| blocking(job.entry, &error))?;
    if pieces.is_empty() {
        findings.push(Finding::new(Severity::Warn, &WorkError::ZeroLength).about(&job.entry.id));
        let date = calendar.zone().date(time.start).map_err(|error| blocking(job.entry, &error))?;
        pieces.push(Piece { date, band: 0, start: time.start, end: time.end, seconds: 0 });
    }
    let named = job.ticket.and_then(|ticket| ticket.agreement.as_ref());
    let mut slices = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let agreement = match choose(named, &job.rules.agreements, piece.date) {
            Ok(agreement) => agreement,
            Err(error) => {
                findings.push(Finding::new(Severity::Warn, &error).about(&job.entry.id));
                choose(None, &job.rules.agreements, piece.date).unwrap_or(None)
            }
        };
        let rounded = Rounded { before: 0, due: 0, raw: 0, rule: job.rules.rounding.clone() };
        let mut slice = Slice { job, code, agreement, piece, row: None, billed: 0, rounded };
        let band = calendar.band_name(piece.band);
        match job.rules.price(&situation(&slice, band)) {
            Ok(row) => slice.row = Some(row),
            // Work that cannot be priced shares in no scope, unless a block may cover it or it is nothing.
            Err(error) => {
                let may_be_free = agreement.is_some_and(|agreement| agreement.covers(&code.id));
                if !may_be_free && !is_free(job, code) && piece.seconds > 0 {
                    return Err(blocking(job.entry, &error));
                }
            }
        }
        slices.push(slice);
    }
    Ok(slices)
}

/// Rounds each scope over its slices and shares the result back by largest remainder.
fn round_scopes(slices: &mut [Slice<'_>], before: &WorkedBefore, findings: &mut Vec<Finding>) {
    let mut scopes: BTreeMap<ScopeKey, Vec<usize>> = BTreeMap::new();
    for (index, slice) in slices.iter().enumerate() {
        let entry = slice.job.entry;
        let rounding = slice.job.rules.rounding;
        let key = rounding.key(
            &entry.id,
            entry.ticket.as_ref(),
            slice.piece.date,
            entry.agent.as_ref(),
            &slice.code.id,
        );
        scopes.entry(key).or_default().push(index);
    }
    for (key, members) in scopes {
        let raws: Vec<i64> = members
            .iter()
            .filter_map(|&index| slices.get(index))
            .map(|slice| slice.piece.seconds.into())
            .collect();
        let Some(first) = members.first().and_then(|&index| slices.get(index)) else {
            continue;
        };
        let (raw_before, billed_before) = before.get(&key).copied().unwrap_or((0, 0));
        let sum = raws.iter().fold(raw_before, |sum, &raw| sum.saturating_add(raw.unsigned_abs()));
        let due = first.job.rules.rounding.round(sum).saturating_sub(billed_before);
        let shares = i64::try_from(due).map_err(|_| MoneyError::Overflow { limit: i64::MAX });
        match shares.and_then(|due| split(due, &raws)) {
            Ok(shares) => {
                for (&index, share) in members.iter().zip(shares) {
                    if let Some(slice) = slices.get_mut(index) {
                        slice.billed = share.unsigned_abs();
                        slice.rounded =
                            Rounded { before: billed_before, due, raw: sum, ..slice.rounded.clone() };
                    }
                }
            }
            // Only zero-length entries joined a scope that still owes time: nothing to share it by.
            Err(error) => findings.push(*blocking(first.job.entry, &error)),
        }
    }
}

/// Whether an entry is shown at no charge.
fn is_free(job: Job<'_>, code: &ChargeCode) -> bool {
    match job.entry.billable {
        Billable::Yes => false,
        Billable::NoCharge => true,
        Billable::Default => !code.billable,
    }
}

/// What the rate table is asked with.
fn situation<'w>(slice: &Slice<'w>, band: Option<&'w Id>) -> Situation<'w> {
    let job = slice.job;
    Situation {
        agreement: slice.agreement.map(|agreement| &agreement.id),
        site: job.ticket.and_then(|ticket| ticket.site.as_ref()),
        customer: Some(job.rules.customer),
        agent: job.entry.agent.as_ref(),
        role: job.entry.role.as_ref(),
        code: Some(&slice.code.id),
        work_type: job.entry.work_type.as_ref(),
        priority: job.priority(),
        band,
        date: slice.piece.date,
        currency: job.rules.currency,
        per: RatePer::Hour,
    }
}

/// Prices a slice: what a block covers is free, the rest goes by the one row that applies.
fn price_slice(slice: &Slice<'_>, rated: &mut Rated) -> Result<(), Box<Finding>> {
    let job = slice.job;
    let entry = job.entry;
    let band = job.rules.calendar.band_name(slice.piece.band);
    let free = is_free(job, slice.code);
    let blank = Charge {
        agreement: slice.agreement.map(|agreement| agreement.id.clone()),
        agent: entry.agent.clone(),
        article: None,
        band: band.cloned(),
        code: slice.code.id.clone(),
        coverage: None,
        date: slice.piece.date,
        end: Some(slice.piece.end),
        entry: entry.id.clone(),
        factor: FACTOR_ONE,
        fee: None,
        multiplier: None,
        net: Minor::ZERO,
        no_charge: free,
        price: Price::ZERO,
        quantity: Price::ZERO,
        rate: None,
        raw_seconds: slice.piece.seconds,
        rounding: Some(slice.rounded.clone()),
        source: ChargeSource::Entry,
        start: Some(slice.piece.start),
        ticket: entry.ticket.clone(),
        unit: Unit::Hour,
    };
    let quantity = |seconds: u64| {
        let whole = i64::try_from(seconds).map_err(|_| MoneyError::Overflow { limit: i64::MAX });
        whole.and_then(Price::whole).map_err(|error| blocking(entry, &error))
    };
    if free {
        return add(rated, job, Charge { quantity: quantity(slice.billed)?, ..blank });
    }
    let covering = slice.agreement.filter(|agreement| agreement.covers(&slice.code.id));
    let (covered, coverage) = match covering.and_then(|a| rated.standings.get_mut(&a.id).map(|s| (a, s))) {
        Some((agreement, standing)) => {
            let before = standing.left();
            let covered = standing.draw(slice.billed);
            (covered, Some(Coverage { after: standing.left(), agreement: agreement.id.clone(), before }))
        }
        None => (0, None),
    };
    let over = slice.billed.saturating_sub(covered);
    let raw_covered = if over == 0 { slice.piece.seconds } else { 0 };
    if covered > 0 {
        let charge =
            Charge { coverage, quantity: quantity(covered)?, raw_seconds: raw_covered, ..blank.clone() };
        add(rated, job, charge)?;
        if over == 0 {
            return Ok(());
        }
    }
    let asked = situation(slice, band);
    let Some(row) = slice.row else {
        let (currency, date) = (job.rules.currency.to_string(), slice.piece.date.to_string());
        let missing = || blocking(entry, &RateError::Missing { currency, date });
        return if slice.billed == 0 { add(rated, job, blank) } else { Err(missing()) };
    };
    let (factor, multiplier) = job.rules.multiplier(&asked);
    let charge = Charge {
        factor,
        multiplier: multiplier.map(|row| row.id.clone()),
        price: row.value,
        quantity: quantity(over)?,
        rate: Some(row.id.clone()),
        ..blank
    };
    add(rated, job, charge)
}

/// Adds a charge with its amount. Pieces of one entry that follow each other and differ in nothing
/// but their day are one charge, so that a midnight alone never costs a cent.
fn add(rated: &mut Rated, job: Job<'_>, charge: Charge) -> Result<(), Box<Finding>> {
    let joined = match rated.charges.last() {
        Some(last) => last.join(&charge).map_err(|error| blocking(job.entry, &error))?,
        None => None,
    };
    let mut charge = match joined {
        Some(joined) => {
            rated.charges.pop();
            joined
        }
        None => charge,
    };
    charge.net = charge.recompute(job.rules.currency).map_err(|error| blocking(job.entry, &error))?;
    rated.charges.push(charge);
    Ok(())
}

/// Prices a part at its stated price or by the rate table.
fn price_part(job: Job<'_>, part: &Part) -> Result<Charge, Box<Finding>> {
    let entry = job.entry;
    let code = code_of(job, ChargeKind::Part, Some(&part.sku)).map_err(|error| blocking(entry, &error))?;
    let free = is_free(job, code);
    let asked = Situation {
        agreement: job.ticket.and_then(|ticket| ticket.agreement.as_ref()),
        site: job.ticket.and_then(|ticket| ticket.site.as_ref()),
        customer: Some(job.rules.customer),
        agent: entry.agent.as_ref(),
        role: entry.role.as_ref(),
        code: Some(&code.id),
        work_type: entry.work_type.as_ref(),
        priority: job.priority(),
        band: None,
        date: part.date,
        currency: job.rules.currency,
        per: RatePer::Unit,
    };
    let (price, rate) = match part.unit_price {
        Some(price) => (price, None),
        None if free => (Price::ZERO, None),
        None => {
            let row = job.rules.price(&asked).map_err(|error| blocking(entry, &error))?;
            (row.value, Some(row.id.clone()))
        }
    };
    let mut charge = Charge {
        agreement: None,
        agent: entry.agent.clone(),
        article: Article::of(&entry.work),
        band: None,
        code: code.id.clone(),
        coverage: None,
        date: part.date,
        end: None,
        entry: entry.id.clone(),
        factor: FACTOR_ONE,
        fee: None,
        multiplier: None,
        net: Minor::ZERO,
        no_charge: free,
        price,
        quantity: part.quantity,
        rate,
        raw_seconds: 0,
        rounding: None,
        source: ChargeSource::Entry,
        start: None,
        ticket: entry.ticket.clone(),
        unit: Unit::Unit,
    };
    charge.net = charge.recompute(job.rules.currency).map_err(|error| blocking(entry, &error))?;
    Ok(charge)
}
