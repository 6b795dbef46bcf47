use std::collections::BTreeSet;

use super::state::Account;
use crate::id::Id;
use crate::invoice::{CodeName, CustomerName, GroupKey, GroupValue, Header, TypeCode, Wording};
use crate::ledger::OpenItem;
use crate::money::Currency;
use crate::rulebook::{Rulebook, RulebookError};

impl Account {
    /// What a document says besides its lines and sums, as the rulebook stands now, with the names of the codes
    /// that stand on it.
    pub(super) fn header(
        &self,
        rulebook: &Rulebook,
        type_code: TypeCode,
        currency: Currency,
        customers: BTreeSet<&Id>,
        codes: &BTreeSet<&Id>,
    ) -> Result<Header, RulebookError> {
        let (issuer, payer) = (rulebook.policy().issuer(), rulebook.terms(self.payer())?);
        let (seller, buyer) = rulebook.parties(self.payer())?;
        let named = customers.into_iter().filter(|customer| *customer != self.payer());
        let customers = named.map(|customer| {
            let name = rulebook
                .terms(customer)
                .map_or_else(|_| customer.to_string(), |terms| terms.name().to_owned());
            CustomerName { customer: customer.clone(), name }
        });
        let terms = &payer.payment_terms().id;
        let names = rulebook.policy().names().iter();
        let names: Vec<CodeName> =
            names.filter(|name| codes.contains(&name.code) || name.code == *terms).cloned().collect();
        let means = issuer.payment_means.iter();
        let means = means.filter(|means| means.currency.is_none_or(|own| own == currency));
        Ok(Header {
            buyer,
            buyer_reference: payer.buyer_reference().map(ToOwned::to_owned),
            contract: payer.contract().map(ToOwned::to_owned),
            customers: customers.collect(),
            notes: issuer.notes.iter().chain(payer.notes()).cloned().collect(),
            payment_means: means.cloned().collect(),
            purchase_order: payer.purchase_order().cloned(),
            seller,
            type_code,
            wording: (!names.is_empty()).then_some(Wording { names }),
        })
    }

    /// The same for a credit note and its reason, under the references of the invoice that it takes back.
    pub(super) fn credit_header(
        &self,
        rulebook: &Rulebook,
        item: &OpenItem,
        reason: &Id,
    ) -> Result<Header, RulebookError> {
        let terms = item.terms();
        let invoice = self.invoices.get(&terms.id).map(|invoice| &invoice.draft.header);
        let named = invoice.map_or_else(Vec::new, |header| header.customers.clone());
        let own = [&terms.customer].into_iter().filter(|_| invoice.is_none());
        let customers = named.iter().map(|named| &named.customer).chain(own).collect();
        let header = self.header(
            rulebook,
            TypeCode::CreditNote,
            terms.currency,
            customers,
            &BTreeSet::from([reason]),
        )?;
        Ok(match invoice {
            Some(invoice) => Header {
                buyer_reference: invoice.buyer_reference.clone(),
                contract: invoice.contract.clone(),
                purchase_order: invoice.purchase_order.clone(),
                ..header
            },
            None => header,
        })
    }
}

/// The header of an invoice names the purchase order and the language that its lines share.
pub(super) fn grouped(mut header: Header, grouping: &[GroupValue]) -> Header {
    for group in grouping {
        if group.key == GroupKey::PurchaseOrder {
            header.purchase_order.clone_from(&group.value);
        } else if group.key == GroupKey::Language {
            header.buyer.language.clone_from(&group.value);
        }
    }
    header
}
