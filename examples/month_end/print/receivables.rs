//! What is owed, by age; the columns tie to a control total that the core sums apart.

use std::io::Write;

use duebill::money::{Currency, Minor};
use duebill::receivables::{AgingColumns, AgingSection};
use duebill::report::Tone;

use super::Month;
use super::table::{BOLD, Cell, Table, heading, left, money, right, some_money, tone};
use crate::Outcome;

/// Writes the aging, one table per currency.
///
/// # Errors
/// Whatever the terminal refuses.
pub fn write(out: &mut dyn Write, month: &Month<'_>) -> Outcome<()> {
    let aging = &month.aging;
    for section in &aging.sections {
        heading(out, &format!("Receivables in {} as of {}", section.currency, aging.as_of))?;
        write_section(out, month, section, &aging.buckets)?;
    }
    Ok(())
}

fn write_section(
    out: &mut dyn Write,
    month: &Month<'_>,
    section: &AgingSection,
    buckets: &[String],
) -> Outcome<()> {
    let currency = section.currency;
    let mut rows = vec![header(buckets)];
    for row in &section.rows {
        let name = row.customer.as_ref().map_or("unknown payers", |customer| month.name(customer));
        rows.push(cells(name, &row.columns, currency, some_money));
    }
    let totals = cells("all", &section.totals, currency, money);
    rows.push(totals.into_iter().map(|cell| cell.styled(BOLD)).collect());
    let mut table = Table::default();
    for row in rows {
        table.add(row);
    }
    table.write(out, 2)?;
    let style = tone(Tone::Good);
    writeln!(
        out,
        "\n  control total {BOLD}{}{BOLD:#} {currency} = open {} less unapplied {}: {style}the columns tie{style:#}",
        money(section.control_total, currency),
        money(section.totals.open, currency),
        money(section.totals.unapplied, currency),
    )?;
    Ok(())
}

fn header(buckets: &[String]) -> Vec<Cell> {
    let mut cells = vec![left("")];
    cells.extend(buckets.iter().map(|bucket| right(bucket.replace('_', " "))));
    cells.extend(["open", "disputed", "unapplied"].map(right));
    cells
}

fn cells(
    name: &str,
    columns: &AgingColumns,
    currency: Currency,
    shown: fn(Minor, Currency) -> String,
) -> Vec<Cell> {
    let amounts = columns.buckets.iter().chain([&columns.open, &columns.disputed, &columns.unapplied]);
    std::iter::once(left(name)).chain(amounts.map(|amount| right(shown(*amount, currency)))).collect()
}
