//! The model's invoices: what is ready, by currency and project, as lines and sums.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Book, Charge, Day, Entry, Invoice, Line, Request, Source, Sums, share};
use super::rules::{CODES, OLD_RATE, day};
use super::work::{currency_of, project_of};

/// Which part of an account is billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    All,
    Ticket(u8),
    Project(u8),
    Sale(String),
}

/// What is to be billed.
#[derive(Debug, Clone)]
pub struct Pick<'p> {
    pub name: String,
    pub from: Day,
    pub to: Day,
    /// The day on which it is billed.
    pub on: Day,
    pub scope: Scope,
    /// What another plan bills.
    pub taken: &'p BTreeSet<String>,
    pub when_done: bool,
    /// Hours ahead of Greenwich of the days that count.
    pub ahead: i64,
    pub below_minimum: bool,
    pub catch_up: Option<usize>,
}

/// Drafts, and what is carried forward, by currency.
#[derive(Debug, Clone, Default)]
pub struct Assembly {
    pub drafts: Vec<Invoice>,
    pub carried: Vec<(&'static str, i64)>,
    /// What something that is not billed waits for.
    pub waits: Option<&'static str>,
}

impl Assembly {
    pub const fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.carried.is_empty()
    }
}

/// The percent of a code's tax on a day.
fn percent_of(code: &str, on: Day) -> Option<i64> {
    let rates = CODES.iter().find(|(id, _)| *id == code).unwrap().1;
    rates.map(|(old, new)| if on <= day(OLD_RATE) { old } else { new })
}

/// The day on which something is supplied: the last of those that it is for, but for what is billed ahead.
fn supplied(charge: &Charge, on: Day) -> Day {
    charge.fee.map_or(charge.date, |(_, _, to, _)| to).min(on)
}

impl Book {
    /// The tax of a base; under a discount of the kind that is never taxed, of what it leaves.
    pub fn tax_on(&self, base: i64, percent: i64, is_deposit: bool) -> i64 {
        let is_mixed = self.rules.discount() == "mixed" && !is_deposit;
        share(if is_mixed { base - share(base, 25, 1_000) } else { base }, percent, 100)
    }

    fn ready(&self, pick: &Pick<'_>) -> BTreeMap<&String, &Entry> {
        let is_picked = |id: &String, entry: &Entry| {
            let is_here = match &pick.scope {
                Scope::Ticket(ticket) => entry.ticket == *ticket,
                Scope::Project(project) => project_of(entry.ticket) == *project,
                Scope::Sale(_) => false,
                Scope::All => true,
            };
            let when_done = pick.when_done || matches!(pick.scope, Scope::Project(_));
            let ready = self.ready_on(entry, when_done, pick.ahead);
            entry.on.is_none()
                && is_here
                && !pick.taken.contains(id)
                && ready.is_some_and(|ready| ready <= pick.to)
                // A period that ends later shortens no waiting.
                && (entry.done(pick.ahead) > pick.on || ready.is_some_and(|ready| ready <= pick.on))
        };
        self.entries.iter().filter(|(id, entry)| is_picked(id, entry)).collect()
    }

    /// Everything that is picked, priced.
    fn charges(&self, pick: &Pick<'_>) -> Vec<(&'static str, Charge)> {
        let work = self.rate(&self.ready(pick)).into_iter();
        let mut charges: Vec<_> = work.map(|charge| (currency_of(charge.customer), charge)).collect();
        for (id, sale) in &self.sales {
            let is_here = pick.scope == Scope::All || pick.scope == Scope::Sale(id.clone());
            if is_here && sale.on.is_none() && sale.day <= pick.to && !pick.taken.contains(id) {
                let charge = sold(id, Source::Sale, sale.agreement, sale.amount, sale.day);
                charges.push((sale.currency, charge));
            }
        }
        if pick.scope == Scope::All {
            for (fee, due) in self.all_fees(pick.to) {
                let late = due.iter().filter(|one| one.bill_on < pick.from).map(|one| one.period);
                // Much that comes late at once is left for somebody to look at.
                if late.collect::<BTreeSet<Day>>().len() <= pick.catch_up.unwrap_or(fee.catch_up) {
                    let fresh = due.into_iter().filter(|one| !pick.taken.contains(&one.charge.id));
                    charges.extend(fresh.map(|one| (currency_of(one.charge.customer), one.charge)));
                }
            }
        }
        charges
    }

    pub fn assemble(&self, pick: &Pick<'_>) -> Assembly {
        let mut groups: BTreeMap<(&'static str, Option<u8>), Vec<Charge>> = BTreeMap::new();
        for (currency, charge) in self.charges(pick) {
            let project = charge.ticket.map(project_of).filter(|_| self.rules.by_project());
            groups.entry((currency, project)).or_default().push(charge);
        }
        let mut assembly = Assembly::default();
        for ((currency, project), charges) in groups {
            let net: i64 = charges.iter().map(|charge| charge.net).sum();
            if net < self.rules.minimum() && !pick.below_minimum {
                assembly.carried.push((currency, net));
                continue;
            }
            let mut base = format!("{}:{}:{currency}", pick.name, pick.to);
            if self.rules.by_project() {
                base += &project.map_or(":-".to_owned(), |project| format!(":P{project}"));
            }
            let drafted = |id: &str| assembly.drafts.iter().any(|draft| draft.id == id);
            let id = counted_on(&base, |id| self.subjects.contains(id) || drafted(id));
            let mut draft = self.draft(id, currency, charges, pick.on);
            draft.deposits = match self.deducted(&draft, &assembly.drafts) {
                Ok(deposits) => deposits,
                Err(why) => {
                    assembly.waits.get_or_insert(why);
                    continue;
                }
            };
            draft.sums.payable -= draft.deposits.iter().map(|part| part.amount).sum::<i64>();
            assembly.drafts.push(draft);
        }
        assembly
    }

    fn draft(&self, id: String, currency: &'static str, charges: Vec<Charge>, on: Day) -> Invoice {
        let mut lines = lines(&id, charges, on);
        let mut taxes: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
        for line in &lines {
            if let Some(percent) = line.percent {
                taxes.entry(percent).or_default().0 += line.net;
            }
        }
        for (percent, row) in &mut taxes {
            if self.rules.is_inclusive() {
                row.1 = share(row.0, *percent, 100 + percent);
                row.0 -= row.1;
                net_of(*percent, row.0, &mut lines);
            } else {
                row.1 = self.tax_on(row.0, *percent, false);
            }
        }
        let mut sums = Sums { net: lines.iter().map(|line| line.net).sum(), taxes, payable: 0 };
        sums.payable = sums.gross();
        invoice(id, currency, sums, lines, on)
    }

    /// A down payment is an invoice of one line; its amount is meant with or without tax.
    pub fn deposit_draft(
        &self,
        id: &str,
        currency: &'static str,
        customer: &'static str,
        (agreement, code, amount, with_tax): (Option<&'static str>, &'static str, i64, bool),
        on: Day,
    ) -> Invoice {
        let percent = percent_of(code, on);
        let tax = match percent {
            Some(percent) if with_tax => share(amount, percent, 100 + percent),
            Some(percent) => self.tax_on(amount, percent, true),
            None => 0,
        };
        let net = if with_tax { amount - tax } else { amount };
        let charge = Charge { agreement, code, customer, ..sold(id, Source::Deposit, "", amount, on) };
        let line = Line { id: format!("{id}:1"), customer, code, percent, net, charges: vec![charge] };
        let taxes = percent.map(|percent| (percent, (net, tax))).into_iter().collect();
        invoice(id.to_owned(), currency, Sums { net, taxes, payable: net + tax }, vec![line], on)
    }
}

fn invoice(id: String, currency: &'static str, sums: Sums, lines: Vec<Line>, drafted: Day) -> Invoice {
    Invoice {
        id,
        drafted,
        currency,
        state: "awaiting_approval",
        sums,
        lines,
        deposits: Vec::new(),
        draws: Vec::new(),
        jobs: Vec::new(),
        request: Request::default(),
    }
}

/// Takes the tax out of the lines of a rate: each keeps its share rounded down, and those that lost most get a cent
/// more, until they come to the base.
fn net_of(percent: i64, base: i64, lines: &mut [Line]) {
    let mut own: Vec<&mut Line> = lines.iter_mut().filter(|line| line.percent == Some(percent)).collect();
    let whole = 100 + percent;
    own.sort_by_key(|line| -(line.net * 100 % whole));
    let floors: i64 = own.iter().map(|line| line.net * 100 / whole).sum();
    for (place, line) in (0..).zip(own) {
        line.net = line.net * 100 / whole + i64::from(place < base - floors);
    }
}

/// The charge of an agreed amount.
fn sold(id: &str, source: Source, agreement: &'static str, amount: i64, date: Day) -> Charge {
    Charge {
        source,
        id: id.to_owned(),
        customer: "acme",
        agreement: Some(agreement),
        ticket: None,
        code: "down",
        date,
        price: amount,
        factor: 100,
        covered: false,
        seconds: 0,
        raw: 0,
        drawn: 0,
        net: amount,
        fee: None,
    }
}

/// Charges that share customer, agreement, ticket, code, price, factor, coverage and rate of tax are one line; a
/// part of a period of a fee stands alone.
fn lines(invoice: &str, charges: Vec<Charge>, on: Day) -> Vec<Line> {
    let mut keyed: Vec<_> = Vec::new();
    for (place, charge) in charges.into_iter().enumerate() {
        let alone = charge.fee.filter(|(.., is_whole)| !is_whole).map(|_| place);
        let rate = (charge.price, charge.factor, charge.covered);
        let percent = percent_of(charge.code, supplied(&charge, on));
        let key = (charge.customer, charge.agreement, charge.ticket, charge.code, rate, percent, alone);
        keyed.push((key, charge));
    }
    keyed.sort_by_key(|(key, _)| *key);
    let mut lines: Vec<Line> = Vec::new();
    let mut last = None;
    for (key, charge) in keyed {
        if last != Some(key) {
            let id = format!("{invoice}:{}", lines.len() + 1);
            lines.push(Line {
                id,
                customer: key.0,
                code: key.3,
                percent: key.5,
                net: 0,
                charges: Vec::new(),
            });
            last = Some(key);
        }
        let line = lines.last_mut().unwrap();
        line.net += charge.net;
        line.charges.push(charge);
    }
    lines
}

/// An id, or one that is counted on where that is used.
pub fn counted_on(base: &str, is_used: impl Fn(&str) -> bool) -> String {
    let mut id = base.to_owned();
    let mut count = 1;
    while is_used(&id) {
        count += 1;
        id = format!("{base}:{count}");
    }
    id
}
