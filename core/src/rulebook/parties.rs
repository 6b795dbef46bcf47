//! Checks of who sells and who buys, and of what they want to have on documents.

use super::check::Errors;
use super::document::{Seller, TermsDocument};
use crate::invoice::{InvoiceError, Located, Party, Wording, check_text};

pub(super) fn seller(seller: &Seller, errors: &mut Errors) {
    let path = "/policy/seller";
    party(path, &seller.name, &seller.party, errors);
    notes(path, &seller.notes, errors);
    for (place, means) in seller.payment_means.iter().enumerate() {
        located(&format!("{path}/payment_means/{place}"), means.check(), errors);
    }
}

pub(super) fn names(wording: Option<&Wording>, errors: &mut Errors) {
    let Some(Wording { names }) = wording else { return };
    let path = "/policy/wording/names";
    for (place, name) in names.iter().enumerate() {
        text(path, &format!("{place}/name"), Some(&name.name), errors);
    }
    errors.unique(path, "code", "name of a code", names.iter().map(|name| &name.code));
}

pub(super) fn customer(path: &str, document: &TermsDocument, errors: &mut Errors) {
    party(path, &document.name, &document.party, errors);
    notes(path, &document.notes, errors);
    text(path, "buyer_reference", document.buyer_reference.as_deref(), errors);
    text(path, "contract", document.contract.as_deref(), errors);
}

fn party(path: &str, name: &str, party: &Party, errors: &mut Errors) {
    text(path, "name", Some(name), errors);
    let path = format!("{path}/party");
    located(&path, party.check(), errors);
    let contacts = party.contacts.iter().map(|contact| &contact.id);
    errors.unique(&format!("{path}/contacts"), "id", "contact", contacts);
}

fn notes(path: &str, notes: &[String], errors: &mut Errors) {
    for (place, note) in notes.iter().enumerate() {
        text(path, &format!("notes/{place}"), Some(note), errors);
    }
}

fn text(path: &str, field: &str, text: Option<&str>, errors: &mut Errors) {
    let wrong: Option<InvoiceError> = text.and_then(|text| check_text(text).err());
    located(path, wrong.map(|error| (format!("/{field}"), error)).into_iter().collect(), errors);
}

fn located(path: &str, found: Vec<Located>, errors: &mut Errors) {
    for (below, error) in found {
        errors.add(format!("{path}{below}"), &error);
    }
}
