//! Why one line is what it is: every step, and the amount recomputed from the receipt alone.

use std::io::Write;

use duebill::account::Account;
use duebill::id::Id;
use duebill::report::{self, Explanation};
use duebill::wire::Log;

use super::table::{BOLD, DIM, Table, left, money};
use crate::Outcome;
use crate::host::Host;

/// Explains a line.
///
/// # Errors
/// A line that is not there; whatever the terminal refuses.
pub fn explain(out: &mut dyn Write, host: &Host, name: &str) -> Outcome<()> {
    for log in host.logs() {
        if let Log::Account(account) = log
            && let Some(line) = find(account, name)
        {
            return write(out, &report::explain(account, line)?);
        }
    }
    Err(format!("`{name}` is no line: name one as LH-2026-0006/2 or hansa/monthly:2026-01-31:EUR:2").into())
}

/// Finds a line as people name it: by the number of its invoice and its place on it, or by its
/// account and id.
fn find<'a>(account: &'a Account, name: &str) -> Option<&'a Id> {
    for invoice in account.invoices() {
        for (place, line) in (1..).zip(&invoice.draft.lines) {
            let numbered = invoice.number.as_ref().is_some_and(|number| format!("{number}/{place}") == name);
            if numbered || format!("{}/{}", account.payer(), line.id) == name {
                return Some(&line.id);
            }
        }
    }
    None
}

fn write(out: &mut dyn Write, explanation: &Explanation) -> Outcome<()> {
    let Explanation { adjustments, charges, currency, description, invoice, line, net, number } = explanation;
    let invoice = number.as_ref().unwrap_or(invoice);
    writeln!(
        out,
        "{BOLD}{description}: {} {currency}{BOLD:#} on {invoice} {DIM}({line}){DIM:#}",
        money(*net, *currency)
    )?;
    for explained in charges {
        writeln!(out)?;
        let mut table = Table::default();
        for step in &explained.steps {
            let row = step.row.as_ref().map(ToString::to_string).unwrap_or_default();
            table.row([left(step.because.word().replace('_', " ")), left(row), left(&step.text)]);
        }
        table.write(out, 2)?;
        let agrees = if explained.recomputed == explained.charge.net { "the same" } else { "NOT THE SAME" };
        writeln!(
            out,
            "  {DIM}recomputed from these facts alone: {}, {agrees}{DIM:#}",
            money(explained.recomputed, *currency)
        )?;
    }
    for explained in adjustments {
        writeln!(out, "\n  {}: {}", explained.text, money(explained.falls, *currency))?;
    }
    Ok(())
}
