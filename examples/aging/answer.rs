//! An aging, for programs and for people.

use std::io::Write;

use duebill::money::{Amount, Minor};
use duebill::receivables::{AgingColumns, AgingReport};
use serde_json::{Map, Value, json};
use tables::Outcome;

use crate::receivables::Open;

/// The aging of what a file held.
pub struct Answer<'a> {
    /// What was read.
    pub open: &'a Open,
    /// What the core says of it.
    pub report: AgingReport,
}

impl Answer<'_> {
    fn shown(&self, minor: Minor) -> String {
        Amount::new(minor, self.open.currency).plain()
    }

    /// The totals of the only currency; zeros when nothing was open.
    fn totals(&self) -> AgingColumns {
        let section = self.report.sections.first();
        section.map(|section| section.totals.clone()).unwrap_or_else(|| AgingColumns {
            buckets: vec![Minor::ZERO; self.report.buckets.len()],
            disputed: Minor::ZERO,
            open: Minor::ZERO,
            open_items: 0,
            unapplied: Minor::ZERO,
        })
    }

    /// Every bucket by its name.
    fn buckets(&self, columns: &AgingColumns) -> Value {
        let amounts = columns.buckets.iter().map(|&amount| self.shown(amount).into());
        self.report.buckets.iter().cloned().zip(amounts).collect::<Map<_, _>>().into()
    }

    /// One line of canonical JSON, the same from every host.
    pub fn json(&self) -> String {
        let totals = self.totals();
        let rows = self.report.sections.iter().flat_map(|section| &section.rows);
        let customers = rows.filter_map(|row| {
            let customer = row.customer.as_ref()?.to_string();
            Some((customer, self.buckets(&row.columns)))
        });
        json!({
            "as_of": self.report.as_of.to_string(),
            "basis": self.report.basis.word(),
            "buckets": self.buckets(&totals),
            "customers": customers.collect::<Map<_, _>>(),
            "disputed_items": self.open.disputed,
            "disputed_open": self.shown(totals.disputed),
            "findings": self.open.findings,
            "open_items": totals.open_items,
            "open_total": self.shown(totals.open),
            "schema": "duebill/receivables_file/1",
        })
        .to_string()
    }

    /// The same for people at a terminal.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn print(&self, out: &mut dyn Write) -> Outcome<()> {
        let (totals, code) = (self.totals(), self.open.currency.code().to_owned());
        writeln!(out, "Open on {} by {} date, in {code}", self.report.as_of, self.report.basis.word())?;
        write!(out, "{:<24}", "customer")?;
        for name in &self.report.buckets {
            write!(out, "{name:>12}")?;
        }
        writeln!(out, "{:>12}", "open")?;
        let rows = self.report.sections.iter().flat_map(|section| &section.rows);
        let customers = rows.filter_map(|row| Some((row.customer.as_ref()?.as_str(), &row.columns)));
        for (customer, columns) in customers.chain([("all", &totals)]) {
            write!(out, "{customer:<24}")?;
            for &amount in columns.buckets.iter().chain([&columns.open]) {
                write!(out, "{:>12}", self.shown(amount))?;
            }
            writeln!(out)?;
        }
        let disputed = self.shown(totals.disputed);
        writeln!(
            out,
            "{} items, {} of them disputed with {disputed}",
            totals.open_items, self.open.disputed
        )?;
        for finding in &self.open.findings {
            writeln!(
                out,
                "{}: {}, first on {}: {}",
                finding.code,
                finding.count,
                finding.place(),
                finding.value
            )?;
        }
        Ok(())
    }
}
