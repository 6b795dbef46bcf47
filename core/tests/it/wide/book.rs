//! What the model knows: plain maps and lists, whole cents, and what follows from them by counting.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::Rules;

pub type Day = chrono::NaiveDate;

/// The names of the refusals that fit, where something is refused.
pub type Said<T = ()> = Result<T, &'static str>;

/// Time from a minute of a day to another, as minutes since the new year at Greenwich; or parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Time { start: i64, end: i64, senior: bool },
    Parts { on: Day, count: i64, price: i64 },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub ticket: u8,
    pub revision: u8,
    pub work: Work,
    /// The invoice it stands on.
    pub on: Option<String>,
    /// A correction that came while it stood there.
    pub later: Option<(u8, u8, Work)>,
}

impl Entry {
    /// It is billable again, as it was corrected meanwhile.
    pub fn leave(&mut self, invoice: &str) {
        if self.on.take_if(|on| on == invoice).is_some() {
            let own = (self.ticket, self.revision, self.work);
            (self.ticket, self.revision, self.work) = self.later.take().unwrap_or(own);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Entry,
    Sale,
    Fee,
    Deposit,
}

/// What one thing costs on a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Charge {
    pub source: Source,
    pub id: String,
    pub customer: &'static str,
    pub agreement: Option<&'static str>,
    pub ticket: Option<u8>,
    pub code: &'static str,
    pub date: Day,
    pub price: i64,
    /// In percent.
    pub factor: i64,
    pub covered: bool,
    /// Seconds of time that are billed or covered, and that were worked.
    pub seconds: i64,
    pub raw: i64,
    /// Of those that were worked, what the block covered where it ended within them.
    pub drawn: i64,
    pub net: i64,
    /// The fee, its days, and whether they are a whole period.
    pub fee: Option<(&'static str, Day, Day, bool)>,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub id: String,
    pub customer: &'static str,
    pub code: &'static str,
    /// Of the tax that all its charges bear.
    pub percent: Option<i64>,
    pub net: i64,
    pub charges: Vec<Charge>,
}

/// Net, and base and tax by percent; what is to be paid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    pub net: i64,
    pub taxes: BTreeMap<i64, (i64, i64)>,
    pub payable: i64,
}

impl Sums {
    pub fn tax(&self) -> i64 {
        self.taxes.values().map(|(_, tax)| tax).sum()
    }

    pub fn gross(&self) -> i64 {
        self.net + self.tax()
    }

    /// What bears no tax.
    pub fn untaxed(&self) -> i64 {
        self.net - self.taxes.values().map(|(base, _)| base).sum::<i64>()
    }

    pub fn less(mut self, other: &Self) -> Self {
        self.net -= other.net;
        self.payable -= other.payable;
        for (percent, (base, tax)) in &other.taxes {
            let row = self.taxes.entry(*percent).or_default();
            *row = (row.0 - base, row.1 - tax);
        }
        self
    }
}

/// A part of a down payment on a final invoice.
#[derive(Debug, Clone)]
pub struct Part {
    pub deposit: String,
    pub amount: i64,
    /// Base and tax by percent.
    pub taxes: BTreeMap<i64, (i64, i64)>,
}

impl Part {
    /// What it takes of a document of which something is left.
    pub fn of(&self, left: &Sums) -> Sums {
        let base: i64 = self.taxes.values().map(|(base, _)| base).sum();
        let tax: i64 = self.taxes.values().map(|(_, tax)| tax).sum();
        let untaxed = left.untaxed().min(self.amount - base - tax).max(0);
        Sums { net: base + untaxed, taxes: self.taxes.clone(), payable: self.amount }
    }
}

#[derive(Debug, Clone)]
pub struct Invoice {
    pub id: String,
    pub drafted: Day,
    pub currency: &'static str,
    pub state: &'static str,
    pub sums: Sums,
    pub lines: Vec<Line>,
    pub deposits: Vec<Part>,
    /// Estimate, line and amount.
    pub draws: Vec<(String, String, i64)>,
    /// What was asked for by ticket and code, or by agreement.
    pub jobs: Vec<(String, i64)>,
    pub request: Request,
}

impl Invoice {
    /// Whether one code is taxed at two rates.
    pub fn has_two_rates(&self) -> bool {
        let unlike = |one: &Line, other: &Line| one.code == other.code && one.percent != other.percent;
        self.lines.iter().any(|one| self.lines.iter().any(|other| unlike(one, other)))
    }
}

/// What may be left out by paying early, what of it is tax, and until when.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    pub amount: i64,
    pub tax: i64,
    pub until: Day,
}

/// Who must agree, and who did.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub needed: Vec<&'static str>,
    pub given: Vec<(&'static str, &'static str)>,
    pub rejected: bool,
}

impl Request {
    pub fn open(&self) -> Vec<&'static str> {
        let given = |role: &&&str| !self.given.iter().any(|(_, by)| by == *role);
        self.needed.iter().filter(given).copied().collect()
    }

    pub fn is_pending(&self) -> bool {
        !self.rejected && !self.open().is_empty()
    }

    /// Whether somebody had to agree to its amount, and everybody who had to agree did.
    pub fn is_decided_as_big(&self) -> bool {
        !self.rejected && self.open().is_empty() && self.needed.contains(&"manager")
    }
}

#[derive(Debug, Clone)]
pub struct Estimate {
    pub currency: &'static str,
    pub cap: i64,
    pub expires: Day,
    pub ticket: Option<u8>,
    pub withdrawn: bool,
    pub request: Request,
}

#[derive(Debug, Clone)]
pub struct Sale {
    pub currency: &'static str,
    pub agreement: &'static str,
    pub amount: i64,
    pub day: Day,
    pub seconds: i64,
    pub on: Option<String>,
}

/// Days of a fee that are not due any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub agreement: &'static str,
    pub fee: &'static str,
    pub from: Day,
    pub to: Day,
    /// The invoice; skipped where there is none.
    pub on: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Deposit {
    pub purpose: Purpose,
    pub currency: &'static str,
}

/// What the work of an invoice must be of for a down payment to be deducted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    All,
    Agreement(&'static str),
    /// The estimate of a number.
    Estimate(u8),
    Project(u8),
}

#[derive(Debug, Clone)]
pub struct Credit {
    pub of: String,
    pub drafted: Day,
    pub state: &'static str,
    pub sums: Sums,
    /// Place of each line, what is taken of it, and whether that is all that is left.
    pub lines: Vec<(usize, i64, bool)>,
    pub rebill: bool,
    pub gives_back_deposits: bool,
    pub request: Request,
}

#[derive(Debug, Clone)]
pub struct WriteOff {
    pub item: String,
    pub amount: i64,
    pub done: bool,
    pub request: Request,
}

/// Why something fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Money,
    Credit,
    Other,
}

/// Something owed; amounts are absolute.
#[derive(Debug, Clone)]
pub struct Item {
    pub currency: &'static str,
    pub credit: bool,
    pub first: i64,
    pub opened: Day,
    pub falls: Vec<(Day, i64, Why)>,
    /// When it is due, and how much then.
    pub parts: Vec<(Day, i64)>,
    pub discount: Option<Offer>,
}

impl Item {
    pub fn open(&self) -> i64 {
        self.first - self.falls.iter().map(|(_, fall, _)| fall).sum::<i64>()
    }

    pub fn open_on(&self, day: Day) -> i64 {
        if day < self.opened {
            return 0;
        }
        self.first - self.falls.iter().filter(|(from, ..)| *from <= day).map(|(_, fall, _)| fall).sum::<i64>()
    }

    /// What is open of each part on a day: what fell went to the first of them first.
    pub fn parts_on(&self, day: Day) -> Vec<(Day, i64)> {
        let mut fallen = self.first - self.open_on(day);
        let part = |(due, amount): &(Day, i64)| {
            let taken = fallen.clamp(0, *amount);
            fallen -= taken;
            (*due, amount - taken)
        };
        self.parts.iter().map(part).collect()
    }

    /// The least that is open on any day from one on.
    pub fn least_from(&self, day: Day) -> i64 {
        let days = self.falls.iter().map(|(on, ..)| *on).filter(|on| *on > day).chain([day]);
        days.map(|day| self.open_on(day)).min().unwrap_or(0)
    }

    pub fn may_fall(&self, amount: i64, day: Day) -> Said {
        if amount <= 0 {
            Err("allocation-sign")
        } else if day < self.opened {
            Err("over-allocation|item-not-open-yet")
        } else if amount > self.least_from(day) {
            Err("over-allocation")
        } else {
            Ok(())
        }
    }
}

/// Money on an item: cash, what was left out, what was kept back as tax, the day it came, and from when it was taken back.
#[derive(Debug, Clone)]
pub struct Payment {
    pub item: String,
    pub cash: i64,
    pub discount: i64,
    pub withheld: i64,
    pub day: Day,
    pub back: Option<Day>,
    /// What credit notes took back of the discount.
    pub reversed: i64,
}

#[derive(Debug)]
pub struct Book {
    pub rules: Rules,
    pub closed: BTreeSet<u8>,
    pub entries: BTreeMap<String, Entry>,
    pub sales: BTreeMap<String, Sale>,
    /// Seconds of forgiven blocks.
    pub forgiven: i64,
    pub milestones: BTreeMap<String, (u8, Day)>,
    pub taken: Vec<Taken>,
    pub plans: BTreeSet<String>,
    /// How often something was less than the minimum.
    pub carried: usize,
    pub estimates: BTreeMap<String, Estimate>,
    pub deposits: BTreeMap<String, Deposit>,
    pub invoices: Vec<Invoice>,
    pub credits: Vec<(String, Credit)>,
    pub write_offs: Vec<(String, WriteOff)>,
    pub items: BTreeMap<String, Item>,
    pub payments: BTreeMap<String, Payment>,
    /// Currency, amount and day of all money that came.
    pub received: Vec<(&'static str, i64, Day)>,
    /// Ids of everything that was ever asked for.
    pub subjects: BTreeSet<String>,
}

impl Book {
    pub const fn new(rules: Rules) -> Self {
        Self {
            rules,
            closed: BTreeSet::new(),
            entries: BTreeMap::new(),
            sales: BTreeMap::new(),
            forgiven: 0,
            milestones: BTreeMap::new(),
            taken: Vec::new(),
            plans: BTreeSet::new(),
            carried: 0,
            estimates: BTreeMap::new(),
            deposits: BTreeMap::new(),
            invoices: Vec::new(),
            credits: Vec::new(),
            write_offs: Vec::new(),
            items: BTreeMap::new(),
            payments: BTreeMap::new(),
            received: Vec::new(),
            subjects: BTreeSet::new(),
        }
    }

    pub fn invoice(&self, id: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|one| one.id == id)
    }

    pub fn invoice_mut(&mut self, id: &str) -> &mut Invoice {
        self.invoices.iter_mut().find(|one| one.id == id).unwrap()
    }

    /// Invoices that were not voided.
    pub fn live(&self) -> impl Iterator<Item = &Invoice> {
        self.invoices.iter().filter(|one| one.state != "void")
    }

    pub fn live_credits<'b>(&'b self, of: &'b str) -> impl Iterator<Item = &'b Credit> {
        let live = |one: &&Credit| !["void", "rejected"].contains(&one.state);
        self.credits.iter().map(|(_, one)| one).filter(move |one| one.of == of).filter(live)
    }

    /// Lines that stand: of no void invoice, and not taken back to be billed again.
    pub fn standing(&self) -> impl Iterator<Item = &Line> {
        self.live()
            .flat_map(|one| one.lines.iter().enumerate().map(move |(place, line)| (one, place, line)))
            .filter(|(one, place, _)| !self.is_rebilled(&one.id, *place))
            .map(|(_, _, line)| line)
    }

    pub fn is_rebilled(&self, invoice: &str, place: usize) -> bool {
        let mut back = self.live_credits(invoice).filter(|credit| credit.rebill && credit.state == "issued");
        back.any(|credit| credit.lines.iter().any(|(of, ..)| *of == place))
    }

    /// Seconds that are left of the block.
    pub fn left_of_block(&self) -> i64 {
        let sold: i64 = self.sales.values().map(|sale| sale.seconds).sum();
        let charges = self.standing().flat_map(|line| &line.charges).filter(|charge| charge.covered);
        sold - self.forgiven - charges.map(|charge| charge.seconds).sum::<i64>()
    }

    /// What live lines draw of an estimate.
    pub fn drawn(&self, estimate: &str) -> i64 {
        let mut drawn = 0;
        for invoice in self.live() {
            for (of, line, amount) in &invoice.draws {
                let place = invoice.lines.iter().position(|one| one.id == *line).unwrap();
                if of == estimate && !self.is_rebilled(&invoice.id, place) {
                    drawn += amount;
                }
            }
        }
        drawn
    }

    pub fn is_new(&self, id: &str) -> Said {
        if self.subjects.contains(id) { Err("id-taken") } else { Ok(()) }
    }

    /// Only what is issued is paid, credited and written off.
    pub fn is_issued(&self, id: &str) -> Said {
        match self.invoice(id) {
            Some(invoice) if invoice.state != "issued" => Err("invoice-state"),
            _ => Ok(()),
        }
    }

    pub fn item(&self, id: &str) -> Said<&Item> {
        self.items.get(id).ok_or("item-unknown")
    }

    pub fn fall(&mut self, id: &str, amount: i64, day: Day, why: Why) {
        self.items.get_mut(id).unwrap().falls.push((day, amount, why));
    }
}

/// Half a unit up.
pub const fn share(amount: i64, part: i64, of: i64) -> i64 {
    (2 * amount * part + of) / (2 * of)
}

/// Gives each weight its share of a whole, the rest by largest remainder, then by place.
pub fn shares(whole: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i64 = weights.iter().sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let mut parts: Vec<i64> = weights.iter().map(|weight| whole * weight / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| -(whole * weights[*place] % sum));
    let rest = whole - parts.iter().sum::<i64>();
    for place in order.into_iter().take(usize::try_from(rest).unwrap()) {
        parts[place] += 1;
    }
    parts
}
