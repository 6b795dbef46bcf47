use super::{parties, unknown};
use crate::account::Applied;
use crate::finding::Refusal;
use crate::id::Id;
use crate::ledger::{AdjustmentKind, Allocation, Viewpoint};
use crate::money::{Currency, Minor};
use crate::render::{
    RenderEntry, RenderKey as K, RenderKind, RenderModel, RenderRow, RenderSection, RenderStage,
    RenderValue as V, VERSION, called,
};
use crate::report::view::viewer::Viewer;

/// The model of a receipt: what the money that was applied under one reservation paid.
pub(super) fn receipt(viewer: &Viewer<'_>, id: &Id, at: Viewpoint) -> Result<RenderModel, Refusal> {
    let because = |error| Refusal::because(&error);
    let applied = viewer.account.application(id).ok_or_else(|| unknown(id))?;
    let own = &applied.reservation;
    let (Some(first), true) =
        (own.allocations.first(), own.allocations.iter().all(|one| viewer.sees(&one.item)))
    else {
        return Err(unknown(id));
    };
    let currency = first.currency;
    let cash = own.cash().map_err(because)?;
    let reversed = applied.unapplied.filter(|moment| at.sees(*moment));
    let paid = RenderSection::new(K::Payment)
        .with(K::ReceiptNumber, V::code(&own.receipt))
        .with(K::ReceivedOn, V::date(own.paid))
        .with(K::AppliedOn, V::date(own.effective))
        .with(K::CashBook, called(viewer.rulebook.policy().names(), &own.book))
        .strong(K::AmountReceived, V::amount(cash, currency))
        .with(K::ReversedOn, reversed.map(|moment| V::date(moment.effective)));
    let (mut sections, buyer) = parties(viewer, viewer.account.payer())?;
    sections.push(paid);
    sections.push(allocations(viewer, applied, (cash, currency))?);
    Ok(RenderModel {
        document: id.clone(),
        kind: RenderKind::Receipt,
        language: buyer.language,
        sections,
        stage: RenderStage::AsOf,
        title: K::Receipt,
        version: VERSION,
    })
}

fn allocations(
    viewer: &Viewer<'_>,
    applied: &Applied,
    (cash, currency): (Minor, Currency),
) -> Result<RenderSection, Refusal> {
    let after = Viewpoint { date: applied.applied.effective, known: Some(applied.applied.recorded) };
    let mut rows = Vec::new();
    for one in &applied.reservation.allocations {
        let item = viewer.account.ledger().item(&one.item).map_err(|_| unknown(&one.item))?;
        let terms = item.terms();
        let amount = |minor: Minor| V::amount(minor, one.currency);
        let mut row = RenderRow::line(vec![
            V::code(&terms.number).into(),
            V::date(terms.issued).into(),
            amount(terms.total).into(),
            amount(one.cash).into(),
            amount(item.open_at(after)).into(),
        ]);
        row.facts = differences(one);
        rows.push(row);
    }
    let mut cells = vec![V::word(K::Total).into()];
    cells.extend([crate::render::RenderCell::EMPTY, crate::render::RenderCell::EMPTY]);
    cells.extend([V::amount(cash, currency).into(), crate::render::RenderCell::EMPTY]);
    rows.push(RenderRow::total(cells));
    let columns = vec![K::DocumentNumber, K::DocumentDate, K::DocumentTotal, K::AmountApplied, K::OpenAfter];
    Ok(RenderSection::table(K::Allocations, columns, rows))
}

/// By what else than cash an item fell.
fn differences(allocation: &Allocation) -> Vec<RenderEntry> {
    let difference = |one: &crate::ledger::Adjustment| {
        let key = match one.kind {
            AdjustmentKind::Discount => K::EarlyDiscount,
            AdjustmentKind::ExchangeDifference => K::ExchangeDifference,
            AdjustmentKind::Fee => K::BankFee,
            AdjustmentKind::Withholding => K::TaxWithheld,
            AdjustmentKind::WriteOff => K::WriteOff,
        };
        RenderEntry::new(key, V::amount(one.amount, allocation.currency))
    };
    allocation.adjustments.iter().map(difference).collect()
}
