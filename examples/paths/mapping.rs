//! The map: which columns of a log mean what, and which commands each of its activities becomes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use duebill::money::{Currency, Minor, Rounding, decimal};
use serde::Deserialize;
use serde_json::{Value, json};
use tables::{Form, Outcome, read_mapping};

/// The map of the sample, which is used when none is named.
const SAMPLE: &str = include_str!("../mappings/paths_sample.json");

/// What a log's columns are called.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// What a row is about.
    pub case: String,
    /// What happened.
    pub activity: String,
    /// When.
    pub time: String,
    /// In which role somebody did it.
    pub role: Option<String>,
    /// Who did it; the role says so where there is no such column.
    pub resource: Option<String>,
    /// What the case comes to.
    pub amount: Option<String>,
}

/// What an activity does to the work of its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// There is more of it.
    New,
    /// It is corrected; new where there was none.
    Changed,
    /// It is at no charge from here on.
    Free,
}

/// A command that an activity becomes.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Captures the case as a ticket, and its work as a part at its amount.
    Capture {
        /// Whether the case is over, or goes on.
        closed: Option<bool>,
        /// The status it has from here on.
        status: Option<String>,
        /// What becomes of the work.
        work: Option<Change>,
        /// What it comes to, where no column says so.
        amount: Option<String>,
    },
    /// Bills what is not billed.
    Bill {},
    /// Approves under a rule; the row's role when none is named.
    Approve {
        /// The rule.
        rule: Option<String>,
    },
    /// Rejects under a rule; the row's role when none is named.
    Reject {
        /// The rule.
        rule: Option<String>,
    },
    /// Voids.
    Void {},
    /// Credits all that is left.
    Credit {
        /// `rebill` or `forgive`.
        effect: String,
    },
    /// Makes a fact of the document known, in the words of the core.
    RecordFact {
        /// The fact.
        fact: Value,
    },
    /// Money comes in, and is applied to what is open.
    Pay {
        /// How much, where no column says so.
        amount: Option<String>,
    },
    /// Disputes what is open of an invoice.
    OpenDispute {
        /// Why.
        reason: String,
    },
    /// Moves the dispute on.
    AdvanceDispute {
        /// Where to.
        to: String,
    },
    /// Ends the dispute.
    CloseDispute {
        /// How.
        outcome: String,
    },
    /// Writes off what is open of an invoice.
    WriteOff {
        /// Why.
        reason: String,
    },
}

/// A command and when it is given.
#[derive(Debug, Clone)]
pub struct Step {
    /// States of the case, one of which must hold; any when empty: the state of its live invoice, `void` when
    /// all are, `none` before there is one; `disputed` or `undisputed`.
    pub only: Vec<String>,
    /// The command.
    pub action: Action,
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        // A condition beside the fields of the command: flattening would let misspelt fields pass.
        let mut fields = serde_json::Map::deserialize(reader)?;
        let only = fields.remove("if").map_or(Ok(Vec::new()), serde_json::from_value);
        let only = only.map_err(serde::de::Error::custom)?;
        let action = serde_json::from_value(Value::Object(fields)).map_err(serde::de::Error::custom)?;
        Ok(Self { only, action })
    }
}

/// What a log means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What its columns are called.
    pub columns: Columns,
    /// How it writes times.
    pub time: Form,
    /// The currency of its amounts.
    pub currency: String,
    /// What a case comes to where neither a column nor its activity says so.
    pub amount: String,
    /// Days until an invoice is due.
    pub payment_days: u32,
    /// `ticket_closed` or `work_done`.
    pub trigger: String,
    /// Rules that ask for every invoice; others ask where the case shows that they were asked.
    #[serde(default)]
    pub always: Vec<String>,
    /// Whether a decision stands when the same is billed again.
    #[serde(default)]
    pub carries: bool,
    /// Labels of the host's own, for issued invoices.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Activities from which on a case is owed, for the history that is imported.
    #[serde(default)]
    pub owed: Vec<String>,
    /// The commands of each activity, in order.
    pub activities: BTreeMap<String, Vec<Step>>,
    /// Why a refusal is right, by its code.
    #[serde(default)]
    pub reasons: BTreeMap<String, String>,
}

impl Mapping {
    /// Reads a map, or the one of the sample.
    ///
    /// # Errors
    /// A file that cannot be read, is no such map, or states an amount that is none.
    pub fn read(path: Option<&Path>) -> Outcome<Self> {
        let mapping: Self = read_mapping(path, SAMPLE)?;
        mapping.stated(&mapping.amount)?;
        for step in mapping.activities.values().flatten() {
            if let Action::Capture { amount: Some(amount), .. } | Action::Pay { amount: Some(amount) } =
                &step.action
            {
                mapping.stated(amount)?;
            }
        }
        Ok(mapping)
    }

    /// Its currency.
    ///
    /// # Errors
    /// A text that is no currency.
    pub fn currency(&self) -> Outcome<Currency> {
        Ok(Currency::new(&self.currency)?)
    }

    /// An amount that the map states; the one of every case when none is stated.
    ///
    /// # Errors
    /// A text that is no amount.
    pub fn stated(&self, text: &str) -> Outcome<Minor> {
        Ok(decimal::round(decimal::parse(text)?, self.currency()?.digits(), Rounding::HalfUp)?)
    }
}

/// The seller of all that a log holds.
pub const SELLER: &str = "paths";
/// The number series.
pub const SERIES: &str = "invoices";
/// The cash book.
pub const BOOK: &str = "bank";

/// The rulebook of a log. Who was asked is read from the rows: it is the charge code, and one rule for
/// each role asks where the code names it.
#[must_use]
pub fn rulebook<'c>(mapping: &Mapping, routes: &[Route], customers: impl Iterator<Item = &'c str>) -> Value {
    let codes = routes.iter().map(|route| json!({ "id": route.code, "kind": "part", "name": "Case" }));
    let asked = routes.iter().flat_map(|route| &route.rules).chain(&mapping.always);
    let approvals = asked.collect::<BTreeSet<_>>().into_iter().map(|rule| {
        let asking = routes.iter().filter(|route| route.rules.contains(rule)).map(|route| &route.code);
        let when = if mapping.always.contains(rule) {
            json!({ "kind": "all" })
        } else {
            json!({ "kind": "code", "any_of": asking.collect::<Vec<_>>() })
        };
        json!({ "carries": mapping.carries, "id": rule, "roles": [rule], "when": when })
    });
    let terms = customers.map(|customer| {
        json!({
            "calendar": "always", "currency": mapping.currency, "customer": customer,
            "name": customer, "payment_terms": "net", "rounding": "none",
        })
    });
    let labels = mapping.labels.iter().map(|label| json!({ "id": label, "under": "issued" }));
    let first = routes.first().map(|route| route.code.as_str());
    json!({
        "policy": {
            "approvals": approvals.collect::<Vec<_>>(),
            "billing": { "series": SERIES, "trigger": mapping.trigger },
            "calendars": [{ "id": "always", "otherwise": "normal", "zone": "UTC" }],
            "codes": codes.collect::<Vec<_>>(),
            "labels": labels.collect::<Vec<_>>(),
            "mapping": [{ "code": first, "kind": "part" }],
            "numbering": [{ "pattern": "{counter}", "series": SERIES }],
            "payment_terms": [{ "days": mapping.payment_days, "id": "net" }],
            "rounding": [{ "id": "none", "increment_seconds": 1, "mode": "none", "scope": "entry" }],
            "seller": { "id": SELLER, "name": "Paths" },
        },
        "schema": "duebill/rulebook/1",
        "terms": terms.collect::<Vec<_>>(),
    })
}

/// Who is asked: the charge code of what is submitted, and the rules that ask under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The charge code.
    pub code: String,
    /// The rules.
    pub rules: BTreeSet<String>,
}

impl Route {
    /// The route that asks these rules beside those that always ask.
    #[must_use]
    pub fn asking(rules: BTreeSet<String>) -> Self {
        let code = match rules.len() {
            0 => "case".to_owned(),
            _ => format!("case for {}", rules.iter().cloned().collect::<Vec<_>>().join(", ")),
        };
        Self { code, rules }
    }
}
