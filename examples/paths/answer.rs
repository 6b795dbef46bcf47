//! What came of a log, for programs and for people.

use std::io::Write;
use std::time::Duration;

use duebill::money::Amount;
use serde_json::{Map, Value, json};
use tables::{Finding, Outcome};

use crate::history::Imported;
use crate::host::Host;
use crate::mapping::Mapping;
use crate::reader::History;
use crate::tally::{Refused, Tally};

/// What came of it.
pub enum Came {
    /// Replayed through commands.
    Replayed(Box<Tally>),
    /// Imported as it is said to have happened.
    Imported(Imported),
}

/// What came of a log, with what it was made from.
pub struct Answer<'a> {
    /// What came of it.
    pub came: Came,
    /// What is wrong with the file.
    pub findings: &'a [Finding],
    /// What the file held.
    pub history: &'a History,
    /// The logs.
    pub host: &'a Host,
    /// The map.
    pub mapping: &'a Mapping,
}

impl Answer<'_> {
    /// One line of canonical JSON, the same in every run but for the times it took.
    ///
    /// # Errors
    /// What the core refuses.
    pub fn json(&self, total: Duration) -> Outcome<String> {
        let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let mut answer = json!({
            "cases": self.history.cases.len(),
            "digest": self.host.digest().to_string(),
            "findings": self.findings,
            "records": self.host.records(),
            "rows": self.history.rows,
            "schema": "duebill/paths/1",
            "core_ms": milliseconds(self.host.core()),
            "total_ms": milliseconds(total),
        });
        let own = match &self.came {
            Came::Replayed(tally) => self.replayed(tally)?,
            Came::Imported(imported) => self.imported(imported)?,
        };
        if let (Some(answer), Value::Object(own)) = (answer.as_object_mut(), own) {
            answer.extend(own);
        }
        Ok(answer.to_string())
    }

    /// The day of the last row, as of which money is summed up.
    fn as_of(&self) -> Outcome<String> {
        let last = self.history.events.iter().map(|event| event.at).max();
        Ok(last.map_or("1970-01-01".to_owned(), |at| at.utc().date_naive().to_string()))
    }

    /// What is open and what waits in the cash book, in the only currency.
    fn money(&self) -> Outcome<Value> {
        let aging = self.host.aging(&self.as_of()?)?;
        let of =
            |key: &str| aging.pointer(&format!("/sections/0/totals/{key}")).cloned().unwrap_or("0.00".into());
        Ok(json!({ "as_of": self.as_of()?, "open": of("open"), "unapplied": of("unapplied") }))
    }

    fn replayed(&self, tally: &Tally) -> Outcome<Value> {
        let activities = tally.activities.iter().map(|(name, counted)| {
            json!({
                "activity": name, "commands": counted.commands, "mapped": counted.is_known,
                "refused": counted.refused, "rows": counted.rows,
            })
        });
        let commands = tally.commands.iter().map(|(kind, given)| {
            ((*kind).to_owned(), json!({ "done": given.done, "refused": given.refused }))
        });
        let refusals = tally.refusals.iter().map(|(code, refused)| {
            let (activity, case, line, says) = &refused.first;
            json!({
                "cases": refused.cases.len(), "cases_percent": self.percent(refused), "code": code,
                "count": refused.count,
                "first": { "activity": activity, "case": case, "line": line, "says": says },
                "lines": refused.lines,
                "reason": self.mapping.reasons.get(code),
            })
        });
        Ok(json!({
            "activities": activities.collect::<Vec<_>>(),
            "commands": commands.collect::<Map<_, _>>(),
            "found": tally.found,
            "labels": tally.labels,
            "mode": "replay",
            "money": self.money()?,
            "paid": { "here": tally.paid_here, "not_here": tally.unpaid, "there": tally.paid_there },
            "received": Amount::new(tally.received, self.mapping.currency()?).plain(),
            "refusals": refusals.collect::<Vec<_>>(),
            "waiting_payments": tally.waiting,
        }))
    }

    /// In how many of a hundred cases it was refused, with one decimal, rounded down.
    fn percent(&self, refused: &Refused) -> String {
        let cases = self.history.cases.len().max(1);
        let tenths = refused.cases.len().saturating_mul(1_000).div_euclid(cases);
        format!("{}.{}", tenths.div_euclid(10), tenths.rem_euclid(10))
    }

    fn imported(&self, imported: &Imported) -> Outcome<Value> {
        Ok(json!({
            "audits": imported.audits,
            "decisions": imported.decisions,
            "left_out": imported.left_out,
            "mode": "history",
            "money": self.money()?,
            "open": imported.open,
            "paid": imported.paid,
        }))
    }

    /// The same for people at a terminal.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn print(&self, out: &mut dyn Write, name: &str, total: Duration) -> Outcome<()> {
        writeln!(out, "{name}: {} rows, {} cases", self.history.rows, self.history.cases.len())?;
        match &self.came {
            Came::Replayed(tally) => self.print_replayed(out, tally)?,
            Came::Imported(imported) => self.print_imported(out, imported)?,
        }
        let money = self.money()?;
        let of = |key: &str| money.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let code = &self.mapping.currency;
        writeln!(
            out,
            "\nOn {}: {} {code} open, {} {code} unapplied",
            of("as_of"),
            of("open"),
            of("unapplied")
        )?;
        for finding in self.findings {
            let place = finding.place();
            writeln!(out, "{}: {}, first on {place}: {}", finding.code, finding.count, finding.value)?;
        }
        let (core, total) = (self.host.core().as_millis(), total.as_millis());
        writeln!(out, "{} records; {core} ms in the core, {total} ms in all", self.host.records())?;
        Ok(writeln!(out, "digest of all heads {}", self.host.digest())?)
    }

    fn print_replayed(&self, out: &mut dyn Write, tally: &Tally) -> Outcome<()> {
        writeln!(out, "\n{:<52}{:>9}{:>10}{:>9}", "activity", "rows", "commands", "refused")?;
        for (name, counted) in &tally.activities {
            let name = if counted.is_known { name.clone() } else { format!("{name} (not in the map)") };
            let numbers = (counted.rows, counted.commands, counted.refused);
            writeln!(out, "{name:<52}{:>9}{:>10}{:>9}", numbers.0, numbers.1, numbers.2)?;
        }
        writeln!(out, "\n{:<52}{:>9}{:>19}", "command", "done", "refused")?;
        for (kind, given) in &tally.commands {
            writeln!(out, "{kind:<52}{:>9}{:>19}", given.done, given.refused)?;
        }
        writeln!(out, "\nRefused")?;
        for (code, refused) in &tally.refusals {
            let (activity, case, line, says) = &refused.first;
            let (count, cases, percent) = (refused.count, refused.cases.len(), self.percent(refused));
            writeln!(out, "  {code}: {count}, in {cases} cases ({percent} %)")?;
            writeln!(out, "    {activity} of {case}, line {line}: {says}")?;
            let reason = self.mapping.reasons.get(code).map_or("the map gives no reason", String::as_str);
            writeln!(out, "    {reason}")?;
        }
        for (title, counts) in [("Found", &tally.found), ("Cases end", &tally.labels)] {
            writeln!(out, "\n{title}")?;
            for (word, count) in counts {
                writeln!(out, "  {word:<50}{count:>9}")?;
            }
        }
        let (here, there, waiting) = (tally.paid_here, tally.paid_there, tally.waiting);
        writeln!(out, "\nReceived: {}", Amount::new(tally.received, self.mapping.currency()?))?;
        writeln!(out, "Of {there} cases that were paid there {here} end paid here; {waiting} payments wait")?;
        if !tally.unpaid.is_empty() {
            let shown: Vec<&str> = tally.unpaid.iter().take(5).map(String::as_str).collect();
            let more = tally.unpaid.len().saturating_sub(shown.len());
            writeln!(out, "Not paid here: {}; {more} more", shown.join(", "))?;
        }
        Ok(())
    }

    fn print_imported(&self, out: &mut dyn Write, imported: &Imported) -> Outcome<()> {
        let Imported { decisions, left_out, open, paid, .. } = imported;
        writeln!(out, "\nMoved in: {paid} paid invoices with {decisions} decisions, {open} open ones")?;
        writeln!(out, "Neither owed nor paid in the end: {left_out}")?;
        for audit in &imported.audits {
            let text = |row: &Value, key: &str| match row.get(key) {
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
                None => "none".to_owned(),
            };
            let found =
                audit.get("payments").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let (rule, paid) = (text(audit, "rule"), text(audit, "paid"));
            writeln!(out, "\nPaid without an approval under {rule} that stood: {} of {paid}", found.len())?;
            for row in found {
                let (number, paid, amount) = (text(row, "number"), text(row, "paid"), text(row, "amount"));
                let (decisions, last) = (text(row, "decisions"), text(row, "last"));
                writeln!(out, "  {number:<30}{paid}{amount:>14}  decisions: {decisions}, the last: {last}")?;
            }
        }
        Ok(())
    }
}
