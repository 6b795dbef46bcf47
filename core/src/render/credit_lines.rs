//! The lines of a credit note, reckoned as on the invoice that it takes back.

use super::lines::{about, facts, per, place, quantity, rates};
use super::reckoning::credited;
use super::sums::adjustment;
use super::{RenderEntry, RenderKey as K, RenderRow, RenderSection, RenderValue as V};
use crate::invoice::{CreditLine, CreditNote, Draft, Portion};

/// Whether a credit takes a whole invoice of which nothing was credited: it is its mirror, line by line.
pub(super) fn mirrors(note: &CreditNote, draft: &Draft) -> bool {
    let (own, whole) = (&note.totals, &draft.totals);
    let sums = (own.lines, own.allowance, own.charge) == (whole.lines, whole.allowance, whole.charge);
    let taken = |portion: &Portion<'_>| note.lines.iter().any(|line| is_whole(line, portion));
    sums && draft.portions().is_ok_and(|portions| portions.iter().all(taken))
}

/// Whether a credit takes a line as it stood on its invoice.
fn is_whole(taken: &CreditLine, portion: &Portion<'_>) -> bool {
    taken.line == portion.id && taken.net == portion.net && taken.quantity == Some(portion.quantity)
}

/// The lines of a credit that is no mirror. Their nets are after what falls on them of the allowances and charges
/// of the whole invoice, so that they add up to the net of the credit.
pub(super) fn lines(note: &CreditNote, draft: Option<&Draft>) -> RenderSection {
    let portions = draft.and_then(|draft| draft.portions().ok()).unwrap_or_default();
    let stated = note.totals.rule.prices_include_tax;
    let price = if stated { K::StatedPrice } else { K::UnitPrice };
    let mut columns = vec![K::Position, K::Description, K::Quantity, price, K::TaxRate];
    columns.extend(stated.then_some(K::LineStated));
    columns.push(K::LineNet);
    let row = |(number, taken): (usize, &CreditLine)| {
        let portion = portions.iter().find(|portion| portion.id == taken.line);
        let whole = portion.filter(|portion| is_whole(taken, portion));
        // Prices that contain their tax give no net of a part.
        let priced = whole.or(portion.filter(|_| !stated && taken.quantity.is_some()));
        let price = priced.and_then(|portion| portion.line?.price);
        let mut cells = vec![
            place(number),
            V::text(&taken.description).into(),
            taken.quantity.map(|own| quantity(own, taken.unit_code)).into(),
            price.map(|price| V::price(price, Some(per(taken.unit_code)), note.currency)).into(),
            rates(&taken.taxes, &note.totals.taxes),
        ];
        let amount = whole.and_then(|portion| portion.line).map(|line| V::amount(line.amount, note.currency));
        cells.extend(stated.then(|| amount.into()));
        cells.push(V::amount(taken.net, note.currency).into());
        RenderRow { facts: said(note, draft, taken, portion), ..RenderRow::line(cells) }
    };
    RenderSection::table(K::Lines, columns, note.lines.iter().enumerate().map(row).collect())
}

/// What else is said of a line that is credited.
fn said(
    note: &CreditNote,
    draft: Option<&Draft>,
    taken: &CreditLine,
    portion: Option<&Portion<'_>>,
) -> Vec<RenderEntry> {
    let receipt = RenderEntry::new(K::LineReceipt, V::code(&taken.line));
    let found = portion.and_then(|portion| Some((draft?, portion, portion.line?)));
    let Some((draft, portion, line)) = found else { return vec![receipt] };
    if is_whole(taken, portion) {
        let falls = portion.falls.iter();
        let falls = falls.map(|(one, net)| adjustment(K::DocumentShare, one, *net, note.currency));
        return facts(draft, line).into_iter().chain(falls).collect();
    }
    let mut facts = about(draft, line);
    if !note.totals.rule.prices_include_tax {
        facts.extend(credited(note.currency, taken, portion));
    }
    facts.push(receipt);
    facts
}
