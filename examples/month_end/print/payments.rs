//! Where money went, where it might go, and what waits.

use std::io::Write;

use duebill::id::Id;
use duebill::ledger::Allocation;
use duebill::payment::ReservationStatus;
use duebill::report::{ReceiptView, Tone};

use super::Month;
use super::table::{Table, heading, left, money, right, tone};
use crate::Outcome;

/// Writes every receipt, book by book.
///
/// # Errors
/// Whatever the terminal refuses.
pub fn write(out: &mut dyn Write, month: &Month<'_>) -> Outcome<()> {
    heading(out, "Payments")?;
    let mut table = Table::default();
    for receipt in month.books.iter().flat_map(|book| &book.receipts) {
        add(&mut table, month, receipt);
    }
    table.write(out, 2)?;
    Ok(())
}

fn add(table: &mut Table, month: &Month<'_>, receipt: &ReceiptView) {
    let mut fates: Vec<(&str, Tone, String)> = Vec::new();
    for reservation in &receipt.reservations {
        let (word, tone) = match reservation.status {
            ReservationStatus::Confirmed => ("matched", Tone::Good),
            ReservationStatus::Pending => ("reserved", Tone::Attention),
            ReservationStatus::Released => ("released", Tone::Neutral),
            ReservationStatus::Unapplied => ("taken back", Tone::Attention),
        };
        let parts = reservation.allocations.iter().map(|part| allocated(month, &reservation.account, part));
        fates.push((word, tone, parts.collect::<Vec<_>>().join(", ")));
    }
    if !receipt.unapplied.is_zero() {
        fates.push(waits(receipt));
    }
    let payer = receipt.payer_name.as_deref().or(receipt.customer.as_ref().map(Id::as_str));
    let mut head = [
        left(&receipt.id),
        left(receipt.value_date),
        right(money(receipt.amount, receipt.currency)),
        left(receipt.currency),
        left(payer.unwrap_or("unknown payer")),
    ];
    for (word, feeling, text) in fates {
        let [id, date, amount, currency, payer] = head;
        table.row([id, date, amount, currency, payer, left(word).styled(tone(feeling)), left(text)]);
        head = [left(""), left(""), left(""), left(""), left("")];
    }
}

/// An item with the cash that went to it, and every other reason why it fell.
fn allocated(month: &Month<'_>, account: &Id, allocation: &Allocation) -> String {
    let number = month.number(account, &allocation.item);
    let mut text = format!("{number}: {}", money(allocation.cash, allocation.currency));
    for adjustment in &allocation.adjustments {
        let amount = money(adjustment.amount, allocation.currency);
        text.push_str(&format!(" and {} {amount}", adjustment.kind.word().replace('_', " ")));
    }
    text
}

/// What matching says of the money that is left.
fn waits(receipt: &ReceiptView) -> (&'static str, Tone, String) {
    let left = money(receipt.unapplied, receipt.currency);
    let Some(plan) = receipt.plan.as_ref() else {
        return ("waits", Tone::Neutral, format!("{left} on account"));
    };
    let method = plan.method.word().replace('_', " ");
    if plan.candidates.is_empty() {
        return ("waits", Tone::Neutral, format!("{left} on account ({method})"));
    }
    let numbers: Vec<String> =
        plan.candidates.iter().map(|meant| format!("{} of {}", meant.number, meant.account)).collect();
    ("proposed", Tone::Attention, format!("{left}: {method}, perhaps {}", numbers.join(" or ")))
}
