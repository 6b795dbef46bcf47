use super::credit_lines::{lines, mirrors};
use super::header::{called, notes, parties, references};
use super::sums::{adjustments, deposits, taxes, totals};
use super::{RenderKey as K, RenderKind, RenderModel, RenderSection, RenderStage, RenderValue as V, VERSION};
use crate::invoice::{CreditEffect, CreditNote, Draft, Totals};
use crate::ledger::ItemTerms;
use crate::money::Minor;

/// The model of a credit note: of its draft, or of the document once it is issued. Amounts are above 0, as they
/// are owed to the buyer. It is reckoned from the invoice that it takes back, where that has its content here.
#[must_use]
pub fn credit_note(note: &CreditNote, of: Option<&Draft>, issued: Option<&ItemTerms>) -> RenderModel {
    let effect = match note.effect {
        CreditEffect::Rebill => K::EffectRebill,
        CreditEffect::Forgive => K::EffectForgive,
    };
    let about = RenderSection::new(K::References)
        .with(K::CreditNoteNumber, issued.map(|issued| V::code(&issued.number)))
        .with(K::CreditNoteDate, issued.map(|issued| V::date(issued.issued)))
        .with(K::PrecedingInvoice, V::code(&note.preceding))
        .with(K::PrecedingDate, V::date(note.preceding_issued))
        .with(K::CreditReason, called(note.header.names(), &note.reason))
        .with(K::CreditEffect, V::word(effect));
    let mut sections = parties(&note.header.seller, &note.header.buyer);
    sections.push(references(about, &note.header));
    sections.extend(content(note, of));
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

/// Lines, taxes and sums: those of the invoice where the credit is its mirror.
fn content(note: &CreditNote, of: Option<&Draft>) -> Vec<RenderSection> {
    let taxes = taxes(&note.totals, note.currency);
    if let Some(draft) = of.filter(|draft| mirrors(note, draft)) {
        let deducted =
            if note.totals.prepaid == draft.totals.prepaid { draft.deposits.as_slice() } else { &[] };
        return vec![
            super::lines::lines(draft),
            adjustments(draft),
            taxes,
            deposits(deducted, note.currency),
            totals(&note.totals, deducted, note.currency, K::TotalCredited),
        ];
    }
    // The lines are after the allowances and charges of the invoice, which need no sum of their own.
    let sums =
        Totals { allowance: Minor::ZERO, charge: Minor::ZERO, lines: note.totals.net, ..note.totals.clone() };
    vec![lines(note, of), taxes, totals(&sums, &[], note.currency, K::TotalCredited)]
}
