//! Whether a receipt bears out what a plan says of it.

use std::collections::{BTreeMap, BTreeSet};

use super::cash_book::{CashBook, ReceiptState};
use super::matching::{MatchReceipt, Payers};
use super::receipt::{MatchMethod, Meant, Plan, Target};
use super::reference::{canonical, named};
use crate::ledger::AdjustmentKind;
use crate::money::Minor;

impl CashBook {
    /// A receipt as matching sees it: what is left of it, with its words.
    #[must_use]
    pub fn to_match(&self, state: &ReceiptState) -> MatchReceipt {
        let receipt = &state.receipt;
        let references = receipt.references.iter().map(|reference| reference.as_str());
        MatchReceipt {
            id: receipt.id.clone(),
            currency: state.currency,
            amount: state.left(),
            customer: state.customer.clone(),
            payer_account: receipt.payer_account.clone(),
            payer_name: self.words(receipt.payer_name.as_ref()).map(str::to_owned),
            references: references.chain(self.words(receipt.text.as_ref())).map(str::to_owned).collect(),
        }
    }

    /// The items by whose numbers a plan goes, none where it goes by payer and amount; nothing where the
    /// receipt does not bear the plan out. Whether a number is that of its item, its account knows.
    pub(super) fn explained<'p>(
        &self,
        payers: &Payers,
        receipt: &ReceiptState,
        plan: &'p Plan,
    ) -> Option<Vec<&'p Meant>> {
        let receipt = self.to_match(receipt);
        let customer = payers.customer(&receipt);
        if plan.customer.as_ref() != customer {
            return None;
        }
        let payer = customer.and_then(|customer| payers.billed_to.get(customer));
        if payer.is_some_and(|payer| plan.targets.iter().any(|target| target.account != *payer)) {
            return None;
        }
        let cash = Minor::sum(plan.targets.iter().map(|target| target.allocation.cash)).ok()?;
        let single = plan.targets.len() == 1 && payer.is_some();
        let fits = match plan.method {
            MatchMethod::ReferenceExact => cash == receipt.amount,
            MatchMethod::ReferenceFee | MatchMethod::ReferencePartial => single && cash == receipt.amount,
            MatchMethod::ReferenceSurplus => payer.is_some() && cash < receipt.amount,
            MatchMethod::PayerAmount => single && cash == receipt.amount,
            MatchMethod::Contradiction
            | MatchMethod::Ambiguous
            | MatchMethod::CurrencyMismatch
            | MatchMethod::PayerOnly
            | MatchMethod::UnknownPayer => false,
        };
        let fee = plan.method == MatchMethod::ReferenceFee;
        let plain = |target: &Target| {
            let adjustments = &target.allocation.adjustments;
            adjustments.is_empty() || fee && adjustments.iter().all(|one| one.kind == AdjustmentKind::Fee)
        };
        if !fits || !plan.targets.iter().all(plain) {
            return None;
        }
        if plan.method.names() { named_items(&receipt, plan) } else { Some(Vec::new()) }
    }
}

/// The candidate of each target, where the words of the receipt name its number.
fn named_items<'p>(receipt: &MatchReceipt, plan: &'p Plan) -> Option<Vec<&'p Meant>> {
    let mut numbers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, meant) in plan.candidates.iter().enumerate() {
        numbers.entry(canonical(meant.number.as_str())).or_default().push(place);
    }
    let hits: BTreeSet<usize> = named(&numbers, receipt.references.iter().map(String::as_str));
    let meant = |target: &Target| {
        let candidates = hits.iter().filter_map(|&place| plan.candidates.get(place));
        candidates
            .into_iter()
            .find(|meant| (&meant.account, &meant.item) == (&target.account, &target.allocation.item))
    };
    plan.targets.iter().map(meant).collect()
}
