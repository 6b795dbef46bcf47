use super::header::{notes, parties, references};
use super::lines::{place, quantity, rates};
use super::sums::{taxes, totals};
use super::{
    RenderKey as K, RenderKind, RenderModel, RenderRow, RenderSection, RenderStage, RenderValue as V, VERSION,
};
use crate::invoice::{CreditEffect, CreditLine, CreditNote};
use crate::ledger::ItemTerms;

/// The model of a credit note: of its draft, or of the document once it is issued. Amounts are above 0, as they
/// are owed to the buyer.
#[must_use]
pub fn credit_note(note: &CreditNote, issued: Option<&ItemTerms>) -> RenderModel {
    let effect = match note.effect {
        CreditEffect::Rebill => K::EffectRebill,
        CreditEffect::Forgive => K::EffectForgive,
    };
    let about = RenderSection::new(K::References)
        .with(K::CreditNoteNumber, issued.map(|issued| V::code(&issued.number)))
        .with(K::CreditNoteDate, issued.map(|issued| V::date(issued.issued)))
        .with(K::PrecedingInvoice, V::code(&note.preceding))
        .with(K::PrecedingDate, V::date(note.preceding_issued))
        .with(K::CreditReason, V::code(&note.reason))
        .with(K::CreditEffect, V::word(effect));
    let row = |(number, line): (usize, &CreditLine)| {
        let mut row = RenderRow::line(vec![
            place(number),
            V::text(&line.description).into(),
            line.quantity.map(|own| quantity(own, line.unit_code)).into(),
            rates(&line.taxes),
            V::amount(line.net, note.currency).into(),
        ]);
        row.facts.push(super::RenderEntry::new(K::LineReceipt, V::code(&line.line)));
        row
    };
    let columns = vec![K::Position, K::Description, K::Quantity, K::TaxRate, K::LineNet];
    let mut sections = parties(&note.header.seller, &note.header.buyer);
    sections.push(references(about, &note.header));
    sections.push(RenderSection::table(K::Lines, columns, note.lines.iter().enumerate().map(row).collect()));
    sections.push(taxes(&note.totals.taxes, note.currency));
    sections.push(totals(&note.totals, &[], note.currency, K::TotalCredited));
    sections.push(notes(&note.header.notes));
    sections.retain(|section| !section.is_empty());
    RenderModel {
        document: note.id.clone(),
        kind: RenderKind::CreditNote,
        language: note.header.buyer.language.clone(),
        sections,
        stage: if issued.is_some() { RenderStage::Issued } else { RenderStage::Draft },
        title: if issued.is_some() { K::CreditNote } else { K::CreditNoteDraft },
        version: VERSION,
    }
}
