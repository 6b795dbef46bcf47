//! Ids that two accounts of a seller have: each is one thing, and was captured or billed twice.

use std::collections::{BTreeMap, BTreeSet};

use super::ReportError;
use crate::account::Account;
use crate::finding::{Finding, Severity};
use crate::id::Id;
use crate::ledger::ItemKind;

/// A warning for every id that a host gave to work, a sale, a document or a dispute and that several of these accounts
/// have, by kind and id. What moved with its customer is one thing, at its new payer; a document stays where it was
/// made. Invoices of runs and plans have ids made in their account: one run bills many.
pub(crate) fn doubled_ids(accounts: &[&Account]) -> Vec<Finding> {
    let mut known: BTreeMap<(&'static str, &Id), BTreeSet<&Id>> = BTreeMap::new();
    for account in accounts {
        for (kind, id) in ids(account) {
            known.entry((kind, id)).or_default().insert(account.payer());
        }
    }
    let doubled = known.into_iter().filter(|(_, accounts)| accounts.len() > 1);
    let findings = doubled.map(|((kind, id), accounts)| {
        let accounts: Vec<&str> = accounts.into_iter().map(Id::as_str).collect();
        let accounts = accounts.join(", ");
        let error = ReportError::IdDoubled { kind, id: id.to_string(), accounts: accounts.clone() };
        Finding::new(Severity::Warn, &error).about(id).with("accounts", accounts).with("kind", kind)
    });
    findings.collect()
}

fn ids(account: &Account) -> impl Iterator<Item = (&'static str, &Id)> {
    let entries = account.unbilled().map(|entry| &entry.id);
    let entries = entries.chain(account.billed().map(|billed| &billed.entry.id));
    let opening = account.ledger().items().filter(|item| item.kind() == ItemKind::Opening);
    let documents = account.deposits().map(|deposit| &deposit.asked.id);
    let documents = documents.chain(account.credits().map(|credit| &credit.note.id));
    let documents = documents.chain(account.write_offs().map(|one| &one.write_off.id));
    let documents = documents.chain(account.refunds().map(|refund| refund.refund.id()));
    let documents = documents.chain(opening.map(|item| &item.terms().id));
    entries
        .map(|id| ("entry", id))
        .chain(account.sales().map(|sale| ("sale", &sale.sold.sale)))
        .chain(documents.map(|id| ("document", id)))
        .chain(account.disputes().map(|dispute| ("dispute", &dispute.opened.dispute)))
}
