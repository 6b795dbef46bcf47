//! The tables that people keep: tickets, work and parts of the helpdesk, lines of the bank.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::Outcome;

/// A row of `tickets.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct TicketRow {
    /// Id of the ticket.
    pub id: String,
    /// Whom the work is for.
    pub customer: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ticket_type: String,
    /// Its priority.
    pub priority: String,
    /// Its tags, with blanks between.
    pub tags: String,
    /// When it was opened.
    pub opened: String,
    /// When it was closed; empty while it is open.
    pub closed: String,
    /// What it is about.
    pub subject: String,
}

/// A row of `entries.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct EntryRow {
    /// Id of the entry.
    pub id: String,
    /// A correction has a larger one.
    pub revision: u32,
    /// Its ticket.
    pub ticket: String,
    /// Who worked.
    pub agent: String,
    /// In which role; empty for the usual one.
    pub role: String,
    /// The type of work.
    pub work_type: String,
    /// From when.
    pub start: String,
    /// Until when.
    pub end: String,
    /// `no_charge`, or empty for what the type of work says.
    pub billable: String,
    /// The date it was written down; empty for the day the work ended.
    pub recorded: String,
    /// What was done.
    pub note: String,
}

impl EntryRow {
    /// The date from which the entry is known.
    pub fn known(&self) -> &str {
        if self.recorded.is_empty() { day(&self.end) } else { &self.recorded }
    }
}

/// A row of `parts.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct PartRow {
    /// Id of the entry.
    pub id: String,
    /// Its ticket.
    pub ticket: String,
    /// When it was delivered.
    pub date: String,
    /// The stock-keeping unit.
    pub sku: String,
    /// What it is called.
    pub description: String,
    /// How many.
    pub quantity: String,
    /// The price of one.
    pub unit_price: String,
}

/// A row of `receipts.csv`: what one payer paid in a bank line.
#[derive(Debug, Clone, Deserialize)]
pub struct ReceiptRow {
    /// The cash book.
    pub book: String,
    /// The bank line; rows that share it follow each other and add up to it.
    pub line: String,
    /// Id of the receipt.
    pub id: String,
    /// When the money counts.
    pub value_date: String,
    /// The currency.
    pub currency: String,
    /// How much.
    pub amount: String,
    /// The payer's bank account.
    pub payer_account: String,
    /// The payer's name.
    pub payer_name: String,
    /// What the payer wrote.
    pub text: String,
}

/// Who does something on a day of `scenario.toml`.
#[derive(Debug, Clone, Deserialize)]
pub struct Scene {
    /// The date.
    pub on: String,
    /// The person.
    pub by: String,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

/// What is done.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Act {
    /// Hands over all work known by the date and not handed over yet.
    Capture,
    /// Drafts invoices.
    Bill {
        /// Id of the command.
        id: String,
        /// The run.
        run: String,
        /// First day of the period.
        from: String,
        /// Last day of the period.
        to: String,
        /// The accounts.
        accounts: Vec<String>,
    },
    /// Approves or rejects invoices.
    Approve {
        /// Id of the commands, before the invoice.
        id: String,
        /// `approve` or `reject`.
        verdict: String,
        /// Why, where somebody says no.
        reason: Option<String>,
        /// The accounts.
        accounts: Vec<String>,
        /// The invoices.
        invoices: Vec<String>,
    },
    /// Books all bank lines up to the date that are not booked yet.
    Receive,
    /// Matches what came in.
    Match {
        /// The cash book.
        book: String,
    },
    /// Says what became of a task of each account: that a document was sent, or why not.
    Task {
        /// Id of the commands.
        id: String,
        /// The rule that asked for it when the document was issued.
        rule: String,
        /// The accounts.
        accounts: Vec<String>,
        /// The document.
        document: String,
        /// The action without its task, as the core's documents say it.
        action: Map<String, Value>,
    },
    /// Any other command.
    Deliver {
        /// Id of the command.
        id: String,
        /// The account it is for, or
        account: Option<String>,
        /// the cash book.
        book: Option<String>,
        /// The action, as the core's documents say it.
        action: Value,
    },
}

/// `scenario.toml`.
#[derive(Debug, Clone, Deserialize)]
pub struct Scenario {
    /// The date of the reports.
    pub as_of: String,
    /// Cash books.
    pub books: Vec<String>,
    /// Number series.
    pub series: Vec<String>,
    /// Role by person.
    pub people: std::collections::BTreeMap<String, String>,
    /// What happens, in order.
    #[serde(rename = "step")]
    pub scenes: Vec<Scene>,
}

/// All that stands in the folder.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The rulebook document.
    pub rulebook: Vec<u8>,
    /// Tickets.
    pub tickets: Vec<TicketRow>,
    /// Time.
    pub entries: Vec<EntryRow>,
    /// Parts.
    pub parts: Vec<PartRow>,
    /// Bank lines.
    pub receipts: Vec<ReceiptRow>,
    /// What happens.
    pub scenario: Scenario,
}

impl Sample {
    /// Reads the folder.
    ///
    /// # Errors
    /// A file that is not there or not as it should be, by name.
    pub fn read(folder: &Path) -> Outcome<Self> {
        let bytes = |name: &str| {
            let path = folder.join(name);
            fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let scenario = String::from_utf8(bytes("scenario.toml")?)?;
        Ok(Self {
            rulebook: bytes("rulebook.json")?,
            tickets: table("tickets.csv", &bytes("tickets.csv")?)?,
            entries: table("entries.csv", &bytes("entries.csv")?)?,
            parts: table("parts.csv", &bytes("parts.csv")?)?,
            receipts: table("receipts.csv", &bytes("receipts.csv")?)?,
            scenario: toml::from_str(&scenario).map_err(|error| format!("scenario.toml: {error}"))?,
        })
    }
}

fn table<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Outcome<Vec<T>> {
    let rows: Result<_, csv::Error> = csv::Reader::from_reader(bytes).deserialize().collect();
    rows.map_err(|error| format!("{name}: {error}").into())
}

/// The date of an instant, in the offset it is written in.
pub fn day(instant: &str) -> &str {
    instant.split('T').next().unwrap_or(instant)
}
