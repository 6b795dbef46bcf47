//! Taxes and sums.

use super::lines::rates;
use super::{RenderCell, RenderEntry, RenderKey as K, RenderRow, RenderSection, RenderValue as V};
use crate::invoice::{AdjustmentKind, AdjustmentShare, Deposit, Draft, PriceAdjustment, Totals};
use crate::money::{Currency, Minor, Price};
use crate::tax::{TaxRole, TaxRow, Treatment};

/// The document's own allowances and charges, each with the taxes that it falls on: with the lines they are the
/// bases of the taxes.
pub(super) fn adjustments(draft: &Draft) -> RenderSection {
    let amount = |minor: Minor| V::amount(minor, draft.currency);
    let stated = draft.totals.rule.prices_include_tax;
    let mut columns = vec![K::AdjustmentKind, K::Reason, K::Percentage, K::AdjustmentBase, K::TaxRate];
    columns.extend(stated.then_some(K::LineStated));
    columns.push(K::AdjustmentNet);
    let row = |one: &PriceAdjustment| {
        let falls = |share: &AdjustmentShare| share_rates(draft, share);
        let only = one.shares.first().filter(|_| one.shares.len() == 1);
        let mut cells = vec![
            V::word(adjustment_word(one.kind)).into(),
            V::text(&one.reason).into(),
            one.percent.map(V::percent).into(),
            one.base.map(amount).into(),
            RenderCell { values: only.map(falls).unwrap_or_default() },
        ];
        cells.extend(stated.then(|| amount(one.kind.signed(one.amount)).into()));
        cells.push(amount(one.kind.signed(one.net)).into());
        let mut row = RenderRow::line(cells);
        for share in one.shares.iter().filter(|_| only.is_none()) {
            let values = falls(share).into_iter().chain([amount(one.kind.signed(share.net))]).collect();
            row.facts.push(RenderEntry { key: K::AdjustmentShare, strong: false, values });
        }
        row
    };
    RenderSection::table(K::Adjustments, columns, draft.adjustments.iter().map(row).collect())
}

/// The taxes that a share falls on.
fn share_rates(draft: &Draft, share: &AdjustmentShare) -> Vec<V> {
    if share.taxes.is_empty() {
        return vec![V::word(K::Untaxed)];
    }
    rates(&share.taxes, &draft.totals.taxes).values
}

/// An allowance or charge as a fact of the line that it falls on.
pub(super) fn adjustment(key: K, one: &PriceAdjustment, signed: Minor, currency: Currency) -> RenderEntry {
    let percent = one.percent.map(V::percent);
    let values = core::iter::once(V::text(&one.reason)).chain(percent).chain([V::amount(signed, currency)]);
    RenderEntry { key, strong: false, values: values.collect() }
}

pub(super) const fn adjustment_word(kind: AdjustmentKind) -> K {
    match kind {
        AdjustmentKind::Allowance => K::Allowance,
        AdjustmentKind::Charge => K::Charge,
    }
}

/// Taxes by category and rate.
pub(super) fn taxes(totals: &Totals, currency: Currency) -> RenderSection {
    let row = |row: &TaxRow| tax(row, totals.rule.discount, currency);
    let columns = vec![K::TaxCategory, K::TaxRate, K::TaxBase, K::TaxAmount];
    RenderSection::table(K::Taxes, columns, totals.taxes.iter().map(row).collect())
}

fn tax(row: &TaxRow, discount: Option<Price>, currency: Currency) -> RenderRow {
    let mut line = RenderRow::line(vec![
        RenderCell { values: vec![V::word(treatment(row.role, row.treatment)), V::code(&row.category)] },
        V::percent(row.percent).into(),
        V::amount(row.base, currency).into(),
        V::amount(if row.role == TaxRole::Withheld { row.tax.negated() } else { row.tax }, currency).into(),
    ]);
    let reason = row.exemption.iter().map(|text| RenderEntry::new(K::ExemptionReason, V::text(text)));
    let code = row.exemption_code.iter().map(|code| RenderEntry::new(K::ExemptionCode, V::code(code)));
    // What a buyer keeps back knows no discount.
    let discount = discount.filter(|_| row.role != TaxRole::Withheld && row.percent > Price::ZERO);
    let less = discount.map(|percent| RenderEntry::new(K::TaxAfterDiscount, V::percent(percent)));
    line.facts = reason.chain(code).chain(less).collect();
    line
}

const fn treatment(role: TaxRole, treatment: Treatment) -> K {
    match (role, treatment) {
        (TaxRole::Surcharge, _) => K::TaxSurcharge,
        (TaxRole::Withheld, _) => K::TaxWithheld,
        (TaxRole::Tax, Treatment::Standard) => K::TaxStandard,
        (TaxRole::Tax, Treatment::Zero) => K::TaxZero,
        (TaxRole::Tax, Treatment::Exempt) => K::TaxExempt,
        (TaxRole::Tax, Treatment::ReverseCharge) => K::TaxReverseCharge,
        (TaxRole::Tax, Treatment::IntraCommunity) => K::TaxIntraCommunity,
        (TaxRole::Tax, Treatment::Export) => K::TaxExport,
        (TaxRole::Tax, Treatment::OutsideScope) => K::TaxOutsideScope,
    }
}

/// Down payments that are deducted.
pub(super) fn deposits(deposits: &[Deposit], currency: Currency) -> RenderSection {
    let row = |deposit: &Deposit| {
        let number = deposit.number.as_ref().unwrap_or(&deposit.document);
        let mut line = RenderRow::line(vec![
            V::code(number).into(),
            V::amount(deposit.amount.negated(), currency).into(),
        ]);
        for tax in &deposit.taxes {
            let values =
                vec![V::percent(tax.percent), V::amount(tax.base, currency), V::amount(tax.tax, currency)];
            line.facts.push(RenderEntry { key: K::DepositTax, strong: false, values });
        }
        line
    };
    RenderSection::table(
        K::Deposits,
        vec![K::DepositInvoice, K::DepositAmount],
        deposits.iter().map(row).collect(),
    )
}

/// What a document comes to; what is nothing and says nothing is left out.
pub(super) fn totals(totals: &Totals, deposits: &[Deposit], currency: Currency, payable: K) -> RenderSection {
    let amount = |minor: Minor| V::amount(minor, currency);
    let unless_zero = |minor: Minor| (!minor.is_zero()).then(|| amount(minor));
    let mut section = RenderSection::new(K::Totals)
        .with(K::TotalLines, amount(totals.lines))
        .with(K::TotalAllowance, unless_zero(totals.allowance.negated()))
        .with(K::TotalCharge, unless_zero(totals.charge))
        .with(K::TotalNet, amount(totals.net))
        .with(K::TotalTax, amount(totals.tax))
        .with(K::TotalGross, amount(totals.gross))
        .with(K::TotalWithheld, unless_zero(totals.withheld.negated()));
    // Down payments stand in the sum of what was paid ahead; each has a row of its own.
    let deducted = Minor::sum(deposits.iter().map(|deposit| deposit.amount)).unwrap_or_default();
    let other = totals.prepaid.minus(deducted).unwrap_or_default();
    for deposit in deposits {
        let number = deposit.number.as_ref().unwrap_or(&deposit.document);
        let values = vec![V::code(number), amount(deposit.amount.negated())];
        section = section.with(K::TotalDeposit, RenderCell { values });
    }
    section
        .with(K::TotalPrepaid, unless_zero(other.negated()))
        .with(K::TotalRounding, unless_zero(totals.rounding))
        .strong(payable, amount(totals.payable))
}
