//! What a log comes to, for programs and for people.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

use duebill::canon::from_bytes;
use duebill::money::{Amount, Currency, Minor};
use duebill::report::{CurrencySummary, Summary};
use serde_json::{Value, json};
use tables::Finding;

use crate::Outcome;
use crate::host::Host;
use crate::print::table::{BOLD, Table, clock, left, money, right};

/// What a log comes to.
pub struct Answer<'a> {
    /// The currency of its mapping.
    pub currency: Currency,
    /// The core's findings: how many subjects each code was found at.
    pub found: BTreeMap<&'static str, u64>,
    /// What is wrong with the file.
    pub findings: &'a [Finding],
    /// Rows of the file, repeated ones left out.
    pub rows: u64,
    /// The core's summary.
    pub summary: Summary,
    /// Tickets in the file.
    pub tickets: usize,
}

/// How often each code was found, in whatever logs, once per subject.
#[must_use]
pub fn found(host: &Host) -> BTreeMap<&'static str, u64> {
    let mut codes = BTreeMap::new();
    for (code, ..) in host.found() {
        let count: &mut u64 = codes.entry(*code).or_default();
        *count = count.saturating_add(1);
    }
    codes
}

impl Answer<'_> {
    /// The row of the mapping's currency, which is the only one.
    fn invoiced(&self) -> CurrencySummary {
        let row = self.summary.currencies.iter().find(|row| row.currency == self.currency);
        row.cloned().unwrap_or(CurrencySummary {
            awaiting_approval: 0,
            currency: self.currency,
            gross: Minor::ZERO,
            invoices: 0,
            net: Minor::ZERO,
            zero_invoices: 0,
        })
    }

    /// What was found in the file and by the core, by code.
    fn findings(&self) -> Vec<Value> {
        let core = self.found.iter().map(|(code, count)| json!({ "code": code, "count": count }));
        let mut findings: Vec<Value> =
            self.findings.iter().map(|finding| json!(finding)).chain(core).collect();
        let text = |finding: &Value, key: &str| {
            finding.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        findings.sort_by_key(|finding| (text(finding, "code"), text(finding, "column")));
        findings
    }

    /// One line of canonical JSON, the same from every host but for the times it took.
    #[must_use]
    pub fn json(&self, core: Duration, total: Duration) -> String {
        let invoiced = self.invoiced();
        json!({
            "billed_minutes": self.summary.billed_seconds.div_euclid(60),
            "core_ms": u64::try_from(core.as_millis()).unwrap_or(u64::MAX),
            "entries": self.summary.entries,
            "events": self.rows,
            "findings": self.findings(),
            "invoices": invoiced.invoices,
            "invoices_awaiting_approval": invoiced.awaiting_approval,
            "raw_minutes": self.summary.raw_seconds.div_euclid(60),
            "schema": "duebill/events/1",
            "tickets": self.tickets,
            "total": Amount::new(invoiced.gross, invoiced.currency).plain(),
            "total_ms": u64::try_from(total.as_millis()).unwrap_or(u64::MAX),
            "zero_invoices": invoiced.zero_invoices,
        })
        .to_string()
    }

    /// The same for people at a terminal.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn print(&self, out: &mut dyn Write, name: &str) -> Outcome<()> {
        let (invoiced, summary) = (self.invoiced(), &self.summary);
        writeln!(out, "{BOLD}The work in {name}{BOLD:#}")?;
        let mut table = Table::default();
        let code = invoiced.currency.code();
        for (what, count) in [
            ("events", self.rows.to_string()),
            ("tickets", self.tickets.to_string()),
            ("time entries", summary.entries.to_string()),
            ("worked, hours", clock(summary.raw_seconds)),
            ("billed, hours", clock(summary.billed_seconds)),
            ("entries on no invoice", summary.unbilled_entries.to_string()),
            ("invoices", invoiced.invoices.to_string()),
            ("of which wait for an approval", invoiced.awaiting_approval.to_string()),
            ("of which come to nothing", invoiced.zero_invoices.to_string()),
            ("total", format!("{} {code}", money(invoiced.gross, invoiced.currency))),
        ] {
            table.row([left(what), right(count)]);
        }
        table.write(out, 2)?;
        if self.findings.is_empty() && self.found.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{BOLD}Findings{BOLD:#}")?;
        let mut table = Table::default();
        for finding in self.findings {
            let place = format!("first on {}", finding.place());
            table.row([left(finding.code), right(finding.count), left(place), left(&finding.value)]);
        }
        for (code, count) in &self.found {
            table.row([left(code), right(count), left(""), left("")]);
        }
        Ok(table.write(out, 2)?)
    }
}

/// The summary of all accounts.
///
/// # Errors
/// What the core refuses.
pub fn summary(host: &Host) -> Outcome<Summary> {
    Ok(from_bytes(&host.summary()?)?)
}
