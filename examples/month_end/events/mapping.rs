//! The mapping: a small file that says which columns of a log mean what, and at which rates.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use duebill::canon::from_bytes;
use duebill::rating::TimeRounding;
use serde::Deserialize;
use serde_json::{Value, json};
use tables::{Form, read_mapping};

use crate::Outcome;

/// The mapping of a `ServiceNow` audit log, which is used when none is named.
const SERVICENOW: &str = include_str!("../../mappings/servicenow.json");

/// What a log's columns are called.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The ticket that a row is about.
    pub ticket: String,
    /// The state that the ticket is in from then on.
    pub state: String,
    /// When the row was written.
    pub time: String,
    /// Who works on the ticket.
    pub agent: String,
    /// Whom the work is for.
    pub customer: String,
    /// How urgent it is.
    pub priority: String,
}

/// How time is rounded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// To which multiple: `up`, `down`, `nearest`, `nearest_half_even` or `none`.
    pub mode: String,
    /// Of how many minutes.
    pub increment_minutes: u32,
    /// What is summed first: `entry`, `ticket`, `ticket_day` ...
    pub scope: String,
}

impl Rounding {
    /// The rule as the rulebook has it.
    #[must_use]
    pub fn document(&self) -> Value {
        let seconds = self.increment_minutes.saturating_mul(60);
        json!({ "id": "log", "increment_seconds": seconds, "mode": self.mode, "scope": self.scope })
    }
}

impl FromStr for Rounding {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || format!("expected MODE:MINUTES:SCOPE such as up:15:ticket, got `{text}`");
        let mut parts = text.split(':').map(str::to_owned);
        let (Some(mode), Some(minutes), Some(scope), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(form());
        };
        let rounding = Self { mode, increment_minutes: minutes.parse().map_err(|_| form())?, scope };
        let rule: TimeRounding =
            from_bytes(rounding.document().to_string().as_bytes()).map_err(|refusal| refusal.to_string())?;
        match rule.check().first() {
            Some(error) => Err(error.to_string()),
            None => Ok(rounding),
        }
    }
}

/// What a log means and how its work is billed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What its columns are called.
    pub columns: Columns,
    /// How it writes times.
    pub time: Form,
    /// States in which somebody works until the ticket's next row.
    pub working_states: Vec<String>,
    /// Longest entry.
    pub maximum_minutes: u32,
    /// The currency of the rates.
    pub currency: String,
    /// Whether a priority is the first number in its column, as in `2 - High`.
    #[serde(default)]
    pub priority_digits: bool,
    /// Price of an hour by priority.
    pub rates: BTreeMap<String, String>,
    /// How time is rounded.
    pub rounding: Rounding,
    /// Invoices above this net wait for an approval.
    pub approval_above: String,
    /// Days until an invoice is due.
    pub payment_days: u32,
}

impl Mapping {
    /// Reads a mapping file, or the one for `ServiceNow`.
    ///
    /// # Errors
    /// A file that cannot be read or is no mapping.
    pub fn read(path: Option<&Path>) -> Outcome<Self> {
        read_mapping(path, SERVICENOW)
    }

    /// The priority in a field.
    #[must_use]
    pub fn priority<'t>(&self, text: &'t str) -> &'t str {
        if !self.priority_digits {
            return text;
        }
        let digits = |part: &&str| !part.is_empty();
        text.split(|letter: char| !letter.is_ascii_digit()).find(digits).unwrap_or(text)
    }
}
