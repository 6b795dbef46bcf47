//! Invoices with their lines, and under each line what it was made from.

use std::io::Write;

use duebill::calendar::Instant;
use duebill::invoice::Line;
use duebill::money::Currency;
use duebill::rating::{Charge, Unit};
use duebill::report::{AccountView, InvoiceView};

use super::Month;
use super::table::{BOLD, DIM, Table, clock, heading, left, money, right, tone, unit_price};
use crate::Outcome;

/// Writes every invoice and every item that moved in.
///
/// # Errors
/// Whatever the terminal refuses.
pub fn write(out: &mut dyn Write, month: &Month<'_>) -> Outcome<()> {
    heading(out, "Invoices")?;
    let mut first = true;
    for account in &month.accounts {
        for invoice in &account.invoices {
            if !first {
                writeln!(out)?;
            }
            first = false;
            write_invoice(out, month, account, invoice)?;
        }
    }
    heading(out, "Moved in and unbilled")?;
    let mut table = Table::default();
    for account in &month.accounts {
        for item in &account.opening_items {
            table.row([
                left(&account.account),
                left(&item.number),
                left(format!("moved in, due {}", item.due)),
                right(money(item.open, item.currency)),
                left(format!("{} of {} open", item.currency, money(item.total, item.currency))),
                left(item.label.word()).styled(tone(item.tone)),
            ]);
        }
        for work in &account.unbilled {
            let ticket = work.ticket.as_ref().map_or("no ticket", |ticket| ticket.as_str());
            table.row([
                left(&account.account),
                left(&work.entry),
                left(format!("unbilled work on {ticket}")),
                right(clock(work.seconds.into())),
            ]);
        }
    }
    table.write(out, 2)?;
    Ok(())
}

fn write_invoice(
    out: &mut dyn Write,
    month: &Month<'_>,
    account: &AccountView,
    invoice: &InvoiceView,
) -> Outcome<()> {
    let name = invoice.number.as_ref().unwrap_or(&invoice.id);
    let dates = match (&invoice.issued, &invoice.due) {
        (Some(issued), Some(due)) => format!("issued {issued}, due {due}"),
        _ => format!("work of {} to {}", invoice.period.from, invoice.period.to),
    };
    let style = tone(invoice.label.tone);
    writeln!(
        out,
        "  {BOLD}{name}{BOLD:#}  {}  {DIM}{dates}{DIM:#}  {style}{}{style:#}",
        month.name(&account.account),
        invoice.label.label.word().replace('_', " "),
    )?;
    let mut table = Table::default();
    for (place, line) in (1..).zip(&invoice.lines) {
        let customer = if line.customer == account.account { "" } else { line.customer.as_str() };
        write_line(&mut table, month, invoice.currency, (place, customer), line);
    }
    let sum = |table: &mut Table, what: String, amount| {
        table.row([
            left(""),
            left(""),
            left(what),
            left(""),
            left(""),
            right(money(amount, invoice.currency)),
        ]);
    };
    sum(&mut table, "net".to_owned(), invoice.net);
    for row in &invoice.taxes {
        sum(&mut table, format!("{}% tax on {}", row.percent, money(row.base, invoice.currency)), row.tax);
    }
    if invoice.payable != invoice.gross {
        sum(&mut table, "with tax".to_owned(), invoice.gross);
    }
    for (what, amount) in [
        ("withheld by the buyer", invoice.withheld.negated()),
        ("paid ahead", invoice.prepaid.negated()),
        ("rounding", invoice.rounding),
    ] {
        if !amount.is_zero() {
            sum(&mut table, what.to_owned(), amount);
        }
    }
    sum(&mut table, format!("to pay in {}", invoice.currency), invoice.payable);
    if invoice.open != invoice.payable && !invoice.open.is_zero() {
        sum(&mut table, "still open".to_owned(), invoice.open);
    }
    if !invoice.disputed.is_zero() {
        sum(&mut table, "of which disputed".to_owned(), invoice.disputed);
    }
    table.write(out, 4)?;
    for why in invoice.taxes.iter().filter_map(|row| row.exemption.as_ref()) {
        writeln!(out, "    {DIM}{why}{DIM:#}")?;
    }
    Ok(())
}

/// A line, and its charges one by one.
fn write_line(
    table: &mut Table,
    month: &Month<'_>,
    currency: Currency,
    (place, customer): (u32, &str),
    line: &Line,
) {
    let quantity = match line.unit {
        Unit::Hour => clock(u64::try_from(line.quantity.coefficient()).unwrap_or(0)),
        Unit::Unit => line.quantity.to_string(),
    };
    let of = line.ticket.as_ref().map(|ticket| format!(", {ticket}")).unwrap_or_default();
    table.row([
        right(place),
        left(customer),
        left(format!("{}{of}", line.description)),
        right(quantity),
        left(at(line, currency)),
        right(money(line.net, currency)),
    ]);
    for charge in &line.charges {
        let worked = match (charge.start, charge.end) {
            (Some(start), Some(end)) => {
                let who = charge.agent.as_ref().map(|agent| format!(" {agent}")).unwrap_or_default();
                let (from, to) = (local(month, line, start), local(month, line, end));
                format!("{}{who}, {} {from}-{to}", charge.entry, charge.date)
            }
            _ => format!("{}, {}", charge.entry, charge.date),
        };
        let quantity = match charge.unit {
            Unit::Hour => clock(charge.billed_seconds()),
            Unit::Unit => charge.quantity.to_string(),
        };
        table.styled(
            DIM,
            [
                left(""),
                left(""),
                left(worked),
                right(quantity),
                left(why(charge)),
                right(money(charge.net, currency)),
            ],
        );
    }
}

/// The unit price of a line, where its charges share one.
fn at(line: &Line, currency: Currency) -> String {
    match (line.charges.first(), line.price) {
        (Some(charge), _) if charge.coverage.is_some() => "prepaid".to_owned(),
        (Some(charge), _) if charge.no_charge => "no charge".to_owned(),
        (_, Some(price)) => format!("at {}", unit_price(price, currency)),
        (_, None) => String::new(),
    }
}

/// Why a charge costs what it costs, in a few words.
fn why(charge: &Charge) -> String {
    if charge.no_charge {
        return "no charge".to_owned();
    }
    if let Some(coverage) = &charge.coverage {
        return format!("{} left of {}", clock(coverage.after), coverage.agreement);
    }
    let mut words = match &charge.rate {
        Some(rate) => rate.to_string(),
        None => "its own price".to_owned(),
    };
    if let (true, Some(multiplier)) = (charge.is_multiplied(), &charge.multiplier) {
        words.push_str(&format!(" x {} ({multiplier})", factor(charge.factor)));
    }
    words
}

/// A factor of ten-thousandths as a decimal, such as `1.25`.
fn factor(ten_thousandths: u32) -> String {
    let whole = ten_thousandths.checked_div(10_000).unwrap_or(0);
    let rest = ten_thousandths.checked_rem(10_000).unwrap_or(0);
    format!("{whole}.{rest:04}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The time of day where the customer's calendar is.
fn local(month: &Month<'_>, line: &Line, at: Instant) -> String {
    let zone = month.rulebook.terms(&line.customer).map(|terms| terms.calendar().zone());
    let there = zone.ok().and_then(|zone| at.plus_seconds(zone.offset(at)).ok()).unwrap_or(at);
    there.to_string().chars().skip(11).take(5).collect()
}
