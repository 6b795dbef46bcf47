use std::collections::BTreeMap;

use super::deposit::RequestDeposit;
use super::state::Account;
use crate::approval::{Earlier, Since, SubjectKind};
use crate::audit::derived_id;
use crate::calendar::Date;
use crate::id::Id;
use crate::invoice::{Draft, Line};
use crate::money::{Currency, Minor, split};
use crate::rating::{Charge, ChargeSource};

/// What a payer was asked for one job, or in one month: one row per document, and how far each rule
/// has decided. Wide integers: rows are added and taken away exactly, however many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Running {
    all: i128,
    decided: BTreeMap<Id, (usize, i128)>,
    rows: Vec<i128>,
}

impl Running {
    /// Adds a document; gives its row.
    pub(super) fn push(&mut self, net: Minor) -> usize {
        let net = i128::from(net.magnitude().units());
        self.rows.push(net);
        self.add(self.rows.len(), net);
        self.rows.len().saturating_sub(1)
    }

    /// Takes the last document back.
    pub(super) fn pop(&mut self) {
        if let Some(net) = self.rows.pop() {
            self.add(usize::MAX, net.saturating_neg());
        }
    }

    /// Sets what a document counts; gives what it counted before.
    pub(super) fn replace(&mut self, row: usize, net: i128) -> i128 {
        let before = self.rows.get_mut(row).map_or(0, |place| core::mem::replace(place, net));
        self.add(row.saturating_add(1), net.saturating_sub(before));
        before
    }

    /// Adds to everything that a row before `end` counts for.
    fn add(&mut self, end: usize, net: i128) {
        self.all = self.all.saturating_add(net);
        for (from, since) in self.decided.values_mut() {
            if *from < end {
                *since = since.saturating_add(net);
            }
        }
    }

    /// A rule decided on a document: what stands up to it counts for the rule no more. Gives the mark
    /// that stood before.
    pub(super) fn decide(&mut self, rule: &Id, row: usize) -> Option<(usize, i128)> {
        let from = row.saturating_add(1);
        if let Some(mark) = self.decided.get(rule).filter(|(decided, _)| *decided > from) {
            return Some(*mark);
        }
        let since = self.rows.iter().skip(from).fold(0_i128, |sum, net| sum.saturating_add(*net));
        self.decided.insert(rule.clone(), (from, since))
    }

    /// Puts a rule's mark back.
    pub(super) fn restore(&mut self, rule: &Id, mark: Option<(usize, i128)>) {
        match mark {
            Some(mark) => drop(self.decided.insert(rule.clone(), mark)),
            None => drop(self.decided.remove(rule)),
        }
    }
}

/// The sum as an amount; beyond every limit it is the limit, which is above every threshold that
/// matters.
fn minor(units: i128) -> Minor {
    Minor::from_wide(units).or_else(|_| Minor::new(Minor::LIMIT)).unwrap_or_default()
}

/// Names the sum of a ticket and code in a currency.
fn job_key(currency: Currency, ticket: Option<&Id>, code: &Id) -> Id {
    match ticket {
        Some(ticket) => derived_id(&["job", currency.code(), ticket.as_str(), code.as_str()]),
        None => derived_id(&["work", currency.code(), code.as_str()]),
    }
}

/// Names the sum of a month in a currency; estimates have none, because nothing is owed by them. What takes
/// invoices back counts together, whether it credits or voids them.
fn month_key(kind: SubjectKind, currency: Currency, date: Date) -> Option<Id> {
    let month = format!("{}-{:02}", date.year(), date.month());
    let of = |kind: SubjectKind| derived_id(&["month", currency.code(), &month, kind.word()]);
    match kind {
        SubjectKind::Invoice => Some(derived_id(&["month", currency.code(), &month])),
        SubjectKind::CreditNote | SubjectKind::Void => Some(of(SubjectKind::CreditNote)),
        SubjectKind::WriteOff | SubjectKind::Refund => Some(of(kind)),
        SubjectKind::Estimate => None,
    }
}

/// What could be split into several documents, with what one of them asks for it.
pub(super) struct Job {
    /// Names its sum; none for what nobody can split.
    key: Option<Id>,
    ticket: Option<Id>,
    code: Id,
    net: Minor,
}

impl Job {
    /// Credit notes or write-offs of one item, or refunds of the payer; each kind is a sum of its own.
    pub(super) fn of_item(kind: SubjectKind, currency: Currency, item: &Id, net: Minor) -> Self {
        let key = derived_id(&[kind.word(), currency.code(), item.as_str()]);
        Self { key: Some(key), ticket: None, code: item.clone(), net }
    }
}

/// What of the net of a line is for each of its charges.
fn shares(line: &Line) -> Vec<Minor> {
    let weights: Vec<i64> = line.charges.iter().map(|charge| charge.net.units()).collect();
    let shares = split(line.net.units(), &weights).ok();
    let shares = shares.and_then(|shares| shares.into_iter().map(|share| Minor::new(share).ok()).collect());
    shares.unwrap_or_else(|| line.charges.iter().map(|charge| charge.net).collect())
}

/// The jobs of a draft: its worked lines by ticket and code, its sales by agreement, a down payment by what it
/// is for. Fees are for days that nobody can choose: no earlier ones count to theirs, by ticket and code.
pub(super) fn jobs(draft: &Draft, deposit: Option<&RequestDeposit>) -> Vec<Job> {
    let mut jobs: BTreeMap<(Option<&Id>, &Id), Minor> = BTreeMap::new();
    let mut sales: BTreeMap<(&Id, &Id), Minor> = BTreeMap::new();
    let mut fees: BTreeMap<(Option<&Id>, &Id), Minor> = BTreeMap::new();
    let is_work = |line: &&Line| line.charges.iter().any(|charge| charge.source == ChargeSource::Entry);
    for line in draft.lines.iter().filter(is_work) {
        let net = jobs.entry((line.ticket.as_ref(), &line.code)).or_default();
        *net = net.plus(line.net).unwrap_or(*net);
    }
    for line in &draft.lines {
        // Before tax, which the prices of charges may contain.
        for (charge, share) in line.charges.iter().zip(shares(line)) {
            if let (ChargeSource::Sale, Some(agreement)) = (charge.source, &charge.agreement) {
                let net = sales.entry((agreement, &charge.code)).or_default();
                *net = net.plus(share).unwrap_or(*net);
            }
        }
    }
    for line in draft.lines.iter().filter(|line| !is_work(line)) {
        if let Some(fee) = fee_net(line) {
            let net = fees.entry((line.ticket.as_ref(), &line.code)).or_default();
            *net = net.plus(fee).unwrap_or(*net);
        }
    }
    let currency = draft.currency;
    let jobs = jobs.into_iter().map(|((ticket, code), net)| Job {
        key: Some(job_key(currency, ticket, code)),
        ticket: ticket.cloned(),
        code: code.clone(),
        net,
    });
    let sales = sales.into_iter().map(|((agreement, code), net)| Job {
        key: Some(derived_id(&["sale", currency.code(), agreement.as_str()])),
        ticket: None,
        code: code.clone(),
        net,
    });
    let fees = fees.into_iter().map(|((ticket, code), net)| Job {
        key: None,
        ticket: ticket.cloned(),
        code: code.clone(),
        net,
    });
    let deposits = deposit.into_iter().flat_map(|asked| deposit_jobs(asked, draft.totals.net));
    jobs.chain(sales).chain(fees).chain(deposits).collect()
}

/// What a line asks for fees, if it does: all of it, but for what was sold on the same line.
fn fee_net(line: &Line) -> Option<Minor> {
    let is_fee = |charge: &&Charge| charge.source == ChargeSource::Fee;
    let mut fees = line.charges.iter().filter(is_fee).map(|charge| charge.net).peekable();
    fees.peek()?;
    let whole = line.charges.iter().all(|charge| is_fee(&charge));
    Some(if whole { line.net } else { Minor::sum(fees).unwrap_or(line.net) })
}

/// A down payment counts to the agreement, the estimate and the project that it names, or to its customer.
fn deposit_jobs(asked: &RequestDeposit, net: Minor) -> Vec<Job> {
    let named = [
        asked.agreement.as_ref().map(|id| ("agreement", id)),
        asked.estimate.as_ref().map(|id| ("estimate", id)),
        asked.project.as_ref().map(|id| ("project", id)),
    ];
    let mut purposes: Vec<(&str, &Id)> = named.into_iter().flatten().collect();
    if purposes.is_empty() {
        purposes.push(("customer", &asked.customer));
    }
    let job = |(what, id): (&str, &Id)| Job {
        key: Some(derived_id(&["deposit", asked.currency.code(), what, id.as_str()])),
        ticket: None,
        code: asked.code.clone(),
        net,
    };
    purposes.into_iter().map(job).collect()
}

/// The sums that something counts to, by key; the last is the month's where its kind has one.
pub(super) fn counts(
    kind: SubjectKind,
    currency: Currency,
    net: Minor,
    date: Date,
    jobs: &[Job],
) -> Vec<(Id, Minor)> {
    let month = month_key(kind, currency, date).map(|key| (key, net));
    jobs.iter().filter_map(|job| Some((job.key.clone()?, job.net))).chain(month).collect()
}

/// Whether the last sum that a kind counts to is that of a month.
pub(super) const fn counts_by_month(kind: SubjectKind) -> bool {
    !matches!(kind, SubjectKind::Estimate)
}

/// What drafts of the same command count already, before any of them is applied.
pub(super) type Counted = BTreeMap<Id, i128>;

impl Account {
    /// What was asked before for each of some jobs, and in the same month.
    pub(super) fn earlier(
        &self,
        kind: SubjectKind,
        currency: Currency,
        date: Date,
        jobs: &[Job],
        counted: &Counted,
    ) -> (Vec<Earlier>, Minor) {
        let own = |key: &Id| counted.get(key).copied().unwrap_or(0);
        let empty = Running::default();
        let earlier = jobs.iter().map(|job| {
            let running = job.key.as_ref().and_then(|key| self.running.get(key)).unwrap_or(&empty);
            let own = job.key.as_ref().map_or(0, own);
            let since = running.decided.iter().map(|(rule, (_, since))| Since {
                currency,
                net: minor(since.saturating_add(own)),
                rule: rule.clone(),
            });
            Earlier {
                code: job.code.clone(),
                currency,
                net: minor(running.all.saturating_add(own)),
                now: job.net,
                since: since.collect(),
                ticket: job.ticket.clone(),
            }
        });
        let earlier = earlier.collect();
        let month = month_key(kind, currency, date).map_or(0, |key| {
            let before = self.running.get(&key).map_or(0, |running| running.all);
            before.saturating_add(own(&key))
        });
        (earlier, minor(month))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(units: i64) -> Minor {
        Minor::new(units).unwrap_or_default()
    }

    #[test]
    fn a_decision_counts_only_for_its_rule_and_only_up_to_its_document() {
        let (mut running, rule) = (Running::default(), Id::of_digits("r"));
        let first = running.push(net(200));
        let second = running.push(net(-300));
        running.push(net(50));
        running.decide(&rule, second);
        assert_eq!((running.all, running.decided.get(&rule)), (550, Some(&(2, 50))));
        running.replace(first, 0);
        assert_eq!((running.all, running.decided.get(&rule)), (350, Some(&(2, 50))));
        running.push(net(7));
        running.pop();
        assert_eq!((running.all, running.decided.get(&rule)), (350, Some(&(2, 50))));
    }
}
