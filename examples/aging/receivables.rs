//! From the rows of a receivables file to the items that were open at a date.

use std::collections::HashSet;
use std::path::Path;

use duebill::calendar::Date;
use duebill::id::Id;
use duebill::money::{Amount, Currency};
use serde::Deserialize;
use serde_json::{Value, json};
use tables::{Finding, Findings, Form, Outcome, Row, Rows, read_mapping};

/// The mapping that is used when none is named.
const AR_IBM: &str = include_str!("../mappings/ar_ibm.json");

/// What the file's columns are called.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The invoice.
    pub invoice: String,
    /// Who owes it.
    pub customer: String,
    /// When it was issued.
    pub issued: String,
    /// When it is due.
    pub due: String,
    /// When it was paid; open where the field is empty.
    pub settled: String,
    /// What it comes to.
    pub amount: String,
    /// Whether it was disputed.
    pub disputed: String,
}

/// What a receivables file means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What its columns are called.
    pub columns: Columns,
    /// How it writes dates.
    pub date: Form,
    /// The currency of its amounts.
    pub currency: String,
    /// What the column of disputes says of a disputed invoice.
    pub disputed_words: Vec<String>,
}

impl Mapping {
    /// Reads a mapping file, or the one for the sample of IBM Watson Analytics.
    ///
    /// # Errors
    /// A file that cannot be read or is no mapping.
    pub fn read(path: Option<&Path>) -> Outcome<Self> {
        read_mapping(path, AR_IBM)
    }
}

/// An invoice that was open.
struct Item {
    amount: Amount,
    customer: Id,
    disputed: bool,
    due: Date,
    issued: Date,
}

/// What a file held, and what of it was open.
pub struct Open {
    items: Vec<Item>,
    /// The currency of all of them.
    pub currency: Currency,
    /// How many of the items are disputed.
    pub disputed: usize,
    /// What is wrong with the file.
    pub findings: Vec<Finding>,
    /// Columns without which no row can be read.
    pub lacking: Vec<String>,
}

impl Open {
    /// The calculation that ages the items, beside what only the reader of the file knows.
    #[must_use]
    pub fn request(&self, as_of: Date, basis: &str) -> Value {
        let items = self.items.iter().map(|item| {
            let open = item.amount.plain();
            let disputed = if item.disputed { open.clone() } else { "0".to_owned() };
            json!({
                "currency": item.amount.currency().code(), "customer": item.customer.as_str(), "disputed": disputed,
                "due": item.due.to_string(), "issued": item.issued.to_string(), "open": open,
            })
        });
        let items: Vec<Value> = items.collect();
        json!({
            "currency": self.currency.code(),
            "disputed_items": self.disputed,
            "findings": self.findings,
            "in": { "as_of": as_of.to_string(), "basis": basis, "items": items },
            "kind": "aging",
        })
    }
}

/// Where the columns stand.
struct Places {
    invoice: usize,
    customer: usize,
    issued: usize,
    due: usize,
    settled: usize,
    amount: usize,
    disputed: Option<usize>,
}

/// Reads what was open at a date: issued on it or before, and settled after it or never.
///
/// # Errors
/// Whatever the file system refuses; what is wrong with the file is a finding.
pub fn open(path: &Path, mapping: &Mapping, as_of: Date) -> Outcome<Open> {
    let (mut findings, mut lacking) = (Findings::default(), Vec::new());
    let mut rows = Rows::open(path, &mut findings)?;
    let currency = Currency::new(&mapping.currency)?;
    let mut reader = Reader { currency, findings: &mut findings, mapping, seen: HashSet::new() };
    let places = reader.places(&rows, &mut lacking);
    let mut items = Vec::new();
    if let Some(places) = places {
        while let Some(row) = rows.next(reader.findings)? {
            items.extend(reader.item(&row, &places, as_of));
        }
    }
    let disputed = items.iter().filter(|item| item.disputed).count();
    Ok(Open { items, currency, disputed, findings: findings.into_list(), lacking })
}

struct Reader<'r> {
    currency: Currency,
    findings: &'r mut Findings,
    mapping: &'r Mapping,
    /// Invoices so far, of rows without a fault.
    seen: HashSet<Id>,
}

impl Reader<'_> {
    fn places(&mut self, rows: &Rows, lacking: &mut Vec<String>) -> Option<Places> {
        let columns = &self.mapping.columns;
        let mut place = |name: &String| {
            let place = rows.column(name, self.findings);
            if place.is_none() {
                lacking.push(name.clone());
            }
            place
        };
        let invoice = place(&columns.invoice);
        let (customer, issued, due) = (place(&columns.customer), place(&columns.issued), place(&columns.due));
        let (settled, amount) = (place(&columns.settled), place(&columns.amount));
        let disputed = rows.column(&columns.disputed, self.findings);
        Some(Places {
            invoice: invoice?,
            customer: customer?,
            issued: issued?,
            due: due?,
            settled: settled?,
            amount: amount?,
            disputed,
        })
    }

    /// The item of a row, when it was open; every fault of the row is found, open or not.
    fn item(&mut self, row: &Row<'_>, places: &Places, as_of: Date) -> Option<Item> {
        if !row.is_whole(self.findings) {
            return None;
        }
        let columns = &self.mapping.columns;
        let invoice = self.id(row, places.invoice, &columns.invoice);
        if invoice.as_ref().is_some_and(|invoice| self.seen.contains(invoice)) {
            self.findings.add("duplicate-row", &columns.invoice, row.line, &row.shown(places.invoice));
            return None;
        }
        let issued = self.date(row, places.issued, &columns.issued);
        let due = self.date(row, places.due, &columns.due);
        let settled = match row.text(places.settled) {
            Some("") => Some(None),
            _ => self.date(row, places.settled, &columns.settled).map(Some),
        };
        let customer = self.id(row, places.customer, &columns.customer);
        let amount = self.amount(row, places.amount);
        let disputed = places.disputed.and_then(|place| row.text(place));
        let disputed =
            disputed.is_some_and(|word| self.mapping.disputed_words.iter().any(|known| known == word));
        let (issued, due, settled) = (issued?, due?, settled?);
        let (amount, customer, invoice) = (amount?, customer?, invoice?);
        self.seen.insert(invoice);
        let open = issued <= as_of && settled.is_none_or(|settled| as_of < settled);
        open.then_some(Item { amount, customer, disputed, due, issued })
    }

    fn id(&mut self, row: &Row<'_>, place: usize, column: &str) -> Option<Id> {
        let id = row.text(place).and_then(|text| Id::new(text).ok());
        if id.is_none() {
            self.findings.add("bad-id", column, row.line, &row.shown(place));
        }
        id
    }

    fn date(&mut self, row: &Row<'_>, place: usize, column: &str) -> Option<Date> {
        let date = row.text(place).and_then(|text| self.mapping.date.date(text));
        if date.is_none() {
            self.findings.add("bad-time", column, row.line, &row.shown(place));
        }
        date
    }

    /// An amount with no more decimals than its currency has.
    fn amount(&mut self, row: &Row<'_>, place: usize) -> Option<Amount> {
        let amount = row.text(place).and_then(|text| Amount::parse(text, self.currency).ok());
        if amount.is_none() {
            self.findings.add("bad-amount", &self.mapping.columns.amount, row.line, &row.shown(place));
        }
        amount
    }
}
