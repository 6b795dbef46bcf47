use super::header::{called, notes, parties, payment, references};
use super::lines::{lines, subtotals};
use super::sums::{adjustments, deposits, taxes, totals};
use super::{
    RenderKey as K, RenderKind, RenderModel, RenderRow, RenderSection, RenderStage, RenderValue as V, VERSION,
};
use crate::invoice::{DiscountOffer, DiscountTax, Draft};
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor, Price};

/// The model of an invoice: of its draft, or once it is issued of the document with what it was issued with.
/// What becomes of it later, such as a payment, is not in it.
#[must_use]
pub fn invoice(draft: &Draft, issued: Option<&ItemTerms>) -> RenderModel {
    let title = match (draft.is_deposit(), issued.is_some()) {
        (false, true) => K::Invoice,
        (false, false) => K::InvoiceDraft,
        (true, true) => K::DepositInvoiceTitle,
        (true, false) => K::DepositInvoiceDraft,
    };
    let mut sections = parties(&draft.header.seller, &draft.header.buyer);
    sections.push(invoice_references(draft, issued));
    sections.push(lines(draft));
    sections.push(subtotals(draft));
    sections.push(adjustments(draft));
    sections.push(taxes(&draft.totals, draft.currency));
    sections.push(deposits(&draft.deposits, draft.currency));
    sections.push(totals(&draft.totals, &draft.deposits, draft.currency, K::TotalPayable));
    match issued {
        Some(issued) => sections.extend(schedule(issued, draft.currency)),
        None => sections.push(terms(draft)),
    }
    let reference = issued.map(|issued| issued.payment_reference.as_ref().unwrap_or(&issued.number));
    sections.extend(payment(&draft.header.payment_means, reference));
    sections.push(notes(&draft.header.notes));
    sections.retain(|section| !section.is_empty());
    RenderModel {
        document: draft.id.clone(),
        kind: RenderKind::Invoice,
        language: draft.header.buyer.language.clone(),
        sections,
        stage: if issued.is_some() { RenderStage::Issued } else { RenderStage::Draft },
        title,
        version: VERSION,
    }
}

fn invoice_references(draft: &Draft, issued: Option<&ItemTerms>) -> RenderSection {
    let section = RenderSection::new(K::References)
        .with(K::InvoiceNumber, issued.map(|issued| V::code(&issued.number)))
        .with(K::InvoiceDate, issued.map(|issued| V::date(issued.issued)))
        .with(K::DueDate, issued.map(|issued| V::date(issued.due)))
        .with(K::BilledPeriod, V::period(draft.period.from, draft.period.to))
        .with(K::SupplyDate, V::date(draft.supply));
    references(section, &draft.header)
}

/// When it is due, in which parts, and what paying early leaves out.
fn schedule(issued: &ItemTerms, currency: Currency) -> Vec<RenderSection> {
    let row = |(number, part): (usize, &crate::invoice::Instalment)| {
        let (due, amount) = (V::date(part.due), V::amount(part.amount, currency));
        RenderRow::line(vec![super::lines::place(number), due.into(), amount.into()])
    };
    let parts = issued.instalments.iter().enumerate().map(row).collect();
    let columns = vec![K::Instalment, K::DueDate, K::InstalmentAmount];
    let mut sections = vec![RenderSection::table(K::Instalments, columns, parts)];
    sections.extend(issued.discount.iter().map(|offer| early_discount(offer, issued.total, currency)));
    sections
}

/// What to pay until when, and what that leaves out.
fn early_discount(offer: &DiscountOffer, payable: Minor, currency: Currency) -> RenderSection {
    let treatment = match offer.treatment {
        DiscountTax::Included => K::DiscountIncluded,
        DiscountTax::Excluded => K::DiscountExcluded,
        DiscountTax::Mixed => K::DiscountMixed,
    };
    let reduced = payable.minus(offer.amount).unwrap_or_default();
    RenderSection::new(K::EarlyDiscount)
        .strong(K::DiscountUntil, V::date(offer.until))
        .strong(K::DiscountedTotal, V::amount(reduced, currency))
        .with(K::DiscountAmount, V::amount(offer.amount, currency))
        .with(K::Percentage, V::percent(offer.percent))
        .with(K::DiscountNet, V::amount(offer.net, currency))
        .with(K::DiscountTax, V::amount(offer.tax, currency))
        .with(K::DiscountTreatment, V::word(treatment))
}

/// The terms of what has no dates yet.
fn terms(draft: &Draft) -> RenderSection {
    let terms = &draft.terms;
    let count = |count: u32| V::count(count.into());
    let percent = |percent: Price| V::percent(percent);
    RenderSection::new(K::Terms)
        .with(K::PaymentTerms, called(draft.header.names(), &terms.id))
        .with(K::TermsWeeks, (terms.weeks > 0).then(|| count(terms.weeks)))
        .with(K::TermsDays, count(terms.days))
        .with(K::TermsMonthEnds, terms.end_of_month.map(count))
        .with(K::DiscountDays, terms.discount.as_ref().map(|discount| count(discount.days)))
        .with(K::Percentage, terms.discount.as_ref().map(|discount| percent(discount.percent)))
}
