//! Who stands on a document, under which references, and how it is paid.

use super::{RenderCell, RenderKey as K, RenderSection, RenderValue as V};
use crate::id::Id;
use crate::invoice::{CodeName, FrozenParty, Header, PaymentMeans};

/// The scheme of a tax number that has a label of its own.
const VAT: &str = "VAT";

/// Seller and buyer.
#[must_use]
pub fn parties(seller: &FrozenParty, buyer: &FrozenParty) -> Vec<RenderSection> {
    vec![party(K::Seller, seller), party(K::Buyer, buyer)]
}

fn party(key: K, party: &FrozenParty) -> RenderSection {
    let text = |text: &Option<String>| text.as_deref().map(V::text);
    let mut section = RenderSection::new(key)
        .strong(K::Name, V::text(&party.legal_name))
        .with(K::TradeName, text(&party.trade_name));
    if let Some(address) = &party.address {
        let street = address.lines.iter().map(|line| V::text(line)).collect();
        section = section
            .with(K::Street, RenderCell { values: street })
            .with(K::PostalCode, text(&address.postal_code))
            .with(K::City, text(&address.city))
            .with(K::Subdivision, text(&address.subdivision))
            .with(K::Country, V::coded(&address.country));
    }
    for number in &party.tax_ids {
        let value = V::coded(&number.value);
        section = if number.scheme.as_str() == VAT {
            section.with(K::VatNumber, value)
        } else {
            section.with(K::TaxNumber, RenderCell { values: vec![V::code(&number.scheme), value] })
        };
    }
    section
        .with(K::Registration, text(&party.registration))
        .with(K::CustomerNumber, (key == K::Buyer).then(|| V::code(&party.id)))
}

/// What a code is called; the code itself where it has no name.
#[must_use]
pub fn called(names: &[CodeName], code: &Id) -> V {
    let name = names.iter().find(|name| name.code == *code);
    name.map_or_else(|| V::code(code), |name| V::text(&name.name))
}

/// What the buyer wants to read on it.
pub(super) fn references(section: RenderSection, header: &Header) -> RenderSection {
    section
        .with(K::BuyerReference, header.buyer_reference.as_deref().map(V::text))
        .with(K::PurchaseOrder, header.purchase_order.as_ref().map(V::code))
        .with(K::Contract, header.contract.as_deref().map(V::text))
}

/// How money can be sent, under which reference.
#[must_use]
pub fn payment(means: &[PaymentMeans], reference: Option<&Id>) -> Vec<RenderSection> {
    let of = |means: &PaymentMeans| {
        let word = match means.code.as_str() {
            "30" | "31" | "42" => V::word(K::CreditTransfer),
            "58" => V::word(K::SepaCreditTransfer),
            "49" => V::word(K::DirectDebit),
            "59" => V::word(K::SepaDirectDebit),
            "48" | "54" | "55" => V::word(K::Card),
            "10" => V::word(K::Cash),
            code => V::coded(code),
        };
        RenderSection::new(K::Payment)
            .with(K::PaymentMeans, word)
            .with(K::AccountName, means.account_name.as_deref().map(V::text))
            .with(K::AccountNumber, means.account.as_deref().map(V::coded))
            .with(K::Bank, means.servicer.as_deref().map(V::coded))
            .with(K::PaymentReference, reference.map(V::code))
    };
    if means.is_empty() {
        let only = RenderSection::new(K::Payment).with(K::PaymentReference, reference.map(V::code));
        return Some(only).filter(|section| !section.is_empty()).into_iter().collect();
    }
    means.iter().map(of).collect()
}

/// Words for everybody who reads it.
#[must_use]
pub fn notes(notes: &[String]) -> RenderSection {
    notes.iter().fold(RenderSection::new(K::Notes), |section, note| section.with(K::Note, V::text(note)))
}
