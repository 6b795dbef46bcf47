//! What the reference model knows: plain maps, whole cents, days counted from the new year.

use std::collections::{BTreeMap, BTreeSet};

/// The model's answer: what is under way because of it, or the names of the refusals that fit.
pub type Said<T = Vec<Message>> = Result<T, &'static str>;

/// No day of a run lies later.
pub const LAST: i64 = 90;

/// What one log tells another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A document, and the day on which its number was asked for.
    Assign(String, i64),
    Issue(String, i64),
    Allocate(String),
    Withdraw(String),
    Confirm(String),
    Release(String),
    Unapplied(String, i64),
    PayOut(String),
    /// Cash that moved in.
    Receive(u8),
    PayBack(String),
    /// The refund, and why it cannot be paid.
    DeclineRefund(String, &'static str),
}

impl Message {
    /// The kind of log that it goes to, and the kind of command that it is.
    pub const fn route(&self) -> (&'static str, &'static str) {
        match self {
            Self::Assign(..) => ("series", "assign"),
            Self::Issue(..) => ("account", "issue"),
            Self::Allocate(_) => ("account", "allocate"),
            Self::Withdraw(_) => ("account", "withdraw"),
            Self::Confirm(_) => ("cash_book", "confirm"),
            Self::Release(_) => ("cash_book", "release"),
            Self::Unapplied(..) => ("cash_book", "unapplied"),
            Self::Receive(_) => ("cash_book", "receive"),
            Self::PayOut(_) => ("cash_book", "pay_out"),
            Self::PayBack(_) => ("cash_book", "pay_back"),
            Self::DeclineRefund(..) => ("account", "decline_refund"),
        }
    }
}

/// Ticket, day, hour and minutes of time worked.
pub type Work = (u8, u8, u8, i16);

#[derive(Debug, Clone)]
pub struct Entry {
    pub content: Work,
    pub revision: u8,
    pub invoice: Option<String>,
    /// A correction that came while it stood there.
    pub later: Option<(u8, Work)>,
}

/// An entry or a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worked {
    Entry(u8),
    Sale(u8),
}

/// A line of an invoice with what can still be credited of it.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: String,
    pub net: i64,
    pub covered: i64,
    pub work: Vec<Worked>,
}

#[derive(Debug, Clone)]
pub struct Invoice {
    pub net: i64,
    pub gross: i64,
    pub state: &'static str,
    pub drafted: i64,
    /// The days on which its number was asked for.
    pub asked: Vec<i64>,
    pub drawn: i64,
    pub jobs: BTreeMap<u8, i64>,
    pub decided: bool,
    pub lines: Vec<Line>,
}

/// A credit note: what it takes of each line, and whether it takes all that is left of it.
#[derive(Debug, Clone)]
pub struct Credit {
    pub of: String,
    pub net: i64,
    pub gross: i64,
    pub taken: BTreeMap<usize, (i64, bool)>,
    pub rebill: bool,
    pub state: &'static str,
    pub drafted: i64,
    pub asked: Vec<i64>,
    /// Its place among all that was ever asked, when it was issued, and whether somebody decided on it.
    pub step: usize,
    pub issued: Option<usize>,
    pub decided: bool,
}

/// What was proposed to void an issued invoice.
#[derive(Debug, Clone)]
pub struct Voiding {
    pub invoice: String,
    pub status: &'static str,
}

#[derive(Debug, Clone)]
pub struct WriteOff {
    pub step: usize,
    pub finished: Option<usize>,
    pub decided: bool,
    pub item: String,
    pub amount: i64,
    pub status: &'static str,
    pub done: Option<i64>,
    pub recovered: i64,
}

/// What money goes back of: a credit, or a receipt that is said to be a customer's.
#[derive(Debug, Clone)]
pub enum Back {
    Credit(String),
    Receipt(u8, &'static str),
}

/// Money that is to go back.
#[derive(Debug, Clone)]
pub struct Refunding {
    pub step: usize,
    pub of: Back,
    pub amount: i64,
    pub status: &'static str,
    pub decided: bool,
    pub done: Option<i64>,
    pub declined: Option<&'static str>,
}

/// Something owed by the customer, or to the customer: amounts are absolute.
#[derive(Debug, Clone)]
pub struct Item {
    pub credit: bool,
    pub first: i64,
    pub opened: i64,
    /// Day and amount; below nothing where something is owed again.
    pub falls: Vec<(i64, i64)>,
}

impl Item {
    pub const fn new(credit: bool, first: i64, opened: i64) -> Self {
        Self { credit, first, opened, falls: Vec::new() }
    }

    pub fn open_on(&self, day: i64) -> i64 {
        if day < self.opened {
            return 0;
        }
        self.first - self.falls.iter().filter(|(from, _)| *from <= day).map(|(_, fall)| fall).sum::<i64>()
    }

    pub fn open(&self) -> i64 {
        self.open_on(LAST)
    }

    /// The least that is open on any day from one on: every day is looked at.
    pub fn least_from(&self, day: i64) -> i64 {
        (day..=LAST).map(|day| self.open_on(day)).min().unwrap_or(0)
    }

    pub fn may_fall(&self, amount: i64, day: i64) -> Said<()> {
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

#[derive(Debug, Clone)]
pub struct Dispute {
    pub step: usize,
    pub item: String,
    pub amount: i64,
    pub state: &'static str,
    pub remedy: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Receipt {
    pub content: (i64, i64, bool, i64),
    pub amount: i64,
    pub from: i64,
    pub customer: Option<&'static str>,
    pub refunds: Vec<(i64, i64)>,
    pub reversed: Option<i64>,
    /// Whether a line of a payment provider settled that.
    pub charged_back: bool,
    pub reservations: usize,
}

/// What a payment provider took back in a bank line, with what it charged for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Debit {
    /// Of a receipt, whole.
    Chargeback(u8, i64, i64),
    /// A new refund of a receipt.
    Refund(u8, u8, i64, i64),
    /// What the book paid under an id.
    Settled(String, i64, i64),
}

impl Debit {
    /// What went back, and the fee.
    pub const fn sums(&self) -> (i64, i64) {
        match self {
            Self::Chargeback(_, amount, fee)
            | Self::Refund(_, _, amount, fee)
            | Self::Settled(_, amount, fee) => (*amount, *fee),
        }
    }
}

/// A bank line of a payment provider without receipts: what came in, its day, what was taken back, and its fee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutLine {
    pub amount: i64,
    pub value: i64,
    pub debits: Vec<Debit>,
    pub fee: i64,
}

/// What a book reserved, and what the account did of it.
#[derive(Debug, Clone)]
pub struct Reservation {
    pub receipt: u8,
    pub parts: Vec<(String, i64)>,
    pub day: i64,
    /// From when the account has it applied.
    pub from: i64,
    pub book: &'static str,
    /// From when the book has it free again.
    pub freed: Option<i64>,
    pub applied: bool,
    /// From when the account has taken it back.
    pub undone: Option<i64>,
    pub refused: bool,
}

impl Reservation {
    pub fn cash(&self) -> i64 {
        self.parts.iter().map(|(_, cash)| cash).sum()
    }
}

#[derive(Debug, Clone, Default)]
pub struct Closed {
    pub hard: Option<i64>,
    pub soft: Option<i64>,
    pub asked: Option<(&'static str, Option<i64>)>,
}

impl Closed {
    pub fn through(&self) -> Option<i64> {
        self.hard.max(self.soft)
    }
}

#[derive(Debug, Clone, Default)]
pub struct Model {
    pub entries: BTreeMap<u8, Entry>,
    pub closed_tickets: BTreeMap<u8, bool>,
    /// The invoice it stands on, and its day.
    pub sales: BTreeMap<u8, (Option<String>, i64)>,
    pub drawn: i64,
    /// Hours of forgiven blocks that were left.
    pub taken: i64,
    /// Counts what happens.
    pub steps: usize,
    pub invoices: Vec<(String, Invoice)>,
    pub credits: BTreeMap<String, Credit>,
    pub write_offs: BTreeMap<String, WriteOff>,
    pub voidings: BTreeMap<String, Voiding>,
    pub items: BTreeMap<String, Item>,
    pub refunds: BTreeMap<String, Refunding>,
    /// Whether a rule asks for the approval of refunds.
    pub refunds_approved: bool,
    pub disputes: BTreeMap<u8, Dispute>,
    pub receipts: BTreeMap<u8, Receipt>,
    /// What the book paid back, by its id there.
    pub paid_back: BTreeMap<String, i64>,
    /// What of that a payment provider settled.
    pub settled: BTreeSet<String>,
    pub lines: BTreeMap<u8, PayoutLine>,
    /// Cash that moved in.
    pub handed_over: BTreeSet<u8>,
    /// What lines of payment providers came to.
    pub reached: BTreeSet<&'static str>,
    pub reservations: BTreeMap<String, Reservation>,
    /// The day of each number that was given out.
    pub numbers: BTreeMap<String, i64>,
    /// Work that was billed elsewhere, and invoices that were paid there.
    pub moved_in: BTreeSet<(u8, bool)>,
    pub account_closed: Closed,
    pub book_closed: Closed,
}

impl Model {
    pub fn new() -> Self {
        let mut model = Self::default();
        model.items.insert("I0".into(), Item::new(false, 40_000, 1));
        model.items.insert("I1".into(), Item::new(false, 5_000, 1));
        model.items.insert("I2".into(), Item::new(true, 6_000, 1));
        model
    }

    /// Whether the account has a document of its own; one that was given up without a number bills nobody.
    pub fn has_documents(&self) -> bool {
        let invoices = self.invoices.iter().map(|(id, one)| (id, one.state));
        let credits = self.credits.iter().map(|(id, one)| (id, one.state));
        invoices.chain(credits).any(|(id, state)| state != "void" || self.numbers.contains_key(id))
    }

    /// What another system had moves in before the first document; what did may be said again.
    pub fn move_in(&mut self, new: u8, paid: bool) -> Said {
        if !self.moved_in.contains(&(new, paid)) && self.has_documents() {
            return Err("opening-late");
        }
        self.moved_in.insert((new, paid));
        Ok(Vec::new())
    }

    pub fn invoice(&self, id: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|(own, _)| own == id).map(|(_, invoice)| invoice)
    }

    pub fn invoice_mut(&mut self, id: &str) -> Option<&mut Invoice> {
        self.invoices.iter_mut().find(|(own, _)| own == id).map(|(_, invoice)| invoice)
    }

    pub fn step(&mut self) -> usize {
        self.steps += 1;
        self.steps
    }

    pub fn item(&self, id: &str) -> Said<&Item> {
        self.items.get(id).ok_or("item-unknown")
    }

    pub fn fall(&mut self, id: &str, amount: i64, day: i64) {
        self.items.get_mut(id).unwrap().falls.push((day, amount));
    }

    /// Only what is issued is paid, credited, disputed and written off.
    pub fn is_issued(&self, id: &str) -> Said<()> {
        match self.invoice(id) {
            Some(invoice) if invoice.state != "issued" => Err("invoice-state"),
            _ => Ok(()),
        }
    }

    pub fn is_new(&self, id: &str) -> Said<()> {
        let taken = self.invoice(id).is_some()
            || self.items.contains_key(id)
            || self.credits.contains_key(id)
            || self.write_offs.contains_key(id)
            || self.refunds.contains_key(id);
        if taken { Err("id-taken") } else { Ok(()) }
    }

    pub fn written_off(&self, item: &str) -> i64 {
        let done = self.write_offs.values().filter(|one| one.item == item && one.done.is_some());
        done.map(|one| one.amount - one.recovered).sum()
    }

    pub fn live_credits<'m>(&'m self, of: &str) -> impl Iterator<Item = &'m Credit> {
        let live = |credit: &&Credit| !["void", "rejected"].contains(&credit.state);
        self.credits.values().filter(move |credit| credit.of == of).filter(live)
    }

    pub fn disputed(&self, item: &str) -> i64 {
        let live = |one: &&Dispute| one.item == item && one.state != "closed";
        self.disputes.values().filter(live).map(|one| one.amount).sum()
    }

    /// What is open in all, less money that waits: as the model knows it on a day.
    pub fn control_on(&self, day: i64) -> i64 {
        let signed = |item: &Item| if item.credit { -item.open_on(day) } else { item.open_on(day) };
        let owed: i64 = self.items.values().map(signed).sum();
        owed - self.receipts.keys().map(|receipt| self.unapplied_on(*receipt, day)).sum::<i64>()
    }
}
