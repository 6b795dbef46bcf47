use std::collections::{BTreeMap, BTreeSet};

use super::receipt::{MatchDecision, MatchMethod, Meant, Plan, Target};
use super::reference::{canonical, named};
use crate::canon::shape;
use crate::id::Id;
use crate::ledger::{Adjustment, AdjustmentKind, Allocation};
use crate::money::{Amount, Currency, Minor, Price};

shape! {
    /// How far matching may go on its own.
    pub struct MatchPolicy {
        /// A shortage up to this, in the receipt's currency, counts as a bank fee and closes the item.
        pub fee_tolerance: Price = Price::ZERO,
    }
}

/// An open item that a receipt may pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its account.
    pub account: Id,
    /// Its customer.
    pub customer: Id,
    /// Its id.
    pub item: Id,
    /// The number that payers quote.
    pub number: Id,
    /// Its currency.
    pub currency: Currency,
    /// What is open.
    pub open: Minor,
    /// What banks kept back of it before.
    pub fees: Minor,
}

/// A receipt to be matched, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchReceipt {
    /// Its id.
    pub id: Id,
    /// Its currency.
    pub currency: Currency,
    /// What is left of it.
    pub amount: Minor,
    /// The customer, where it is known.
    pub customer: Option<Id>,
    /// The payer's bank account.
    pub payer_account: Option<Id>,
    /// The payer's name.
    pub payer_name: Option<String>,
    /// Structured references and remittance text.
    pub references: Vec<String>,
}

/// Who pays from which bank account or under which name, and for whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Payers {
    /// Customer by bank account.
    pub accounts: BTreeMap<Id, Id>,
    /// Customers by name in capitals; a name that several share tells nothing.
    pub names: BTreeMap<String, BTreeSet<Id>>,
    /// The account that bills a customer.
    pub billed_to: BTreeMap<Id, Id>,
}

impl Payers {
    /// The customer of a receipt: as stated, else by bank account, else by a name that one has.
    #[must_use]
    pub fn customer(&self, receipt: &MatchReceipt) -> Option<&Id> {
        let stated =
            receipt.customer.as_ref().and_then(|id| self.billed_to.get_key_value(id)).map(|(id, _)| id);
        let by_account = || receipt.payer_account.as_ref().and_then(|account| self.accounts.get(account));
        let by_name = || {
            let shared = self.names.get(&receipt.payer_name.as_ref()?.trim().to_uppercase())?;
            shared.first().filter(|_| shared.len() == 1)
        };
        stated.or_else(by_account).or_else(by_name)
    }
}

/// What one receipt would do to one item.
struct Claim {
    item: usize,
    cash: Minor,
    fee: Minor,
}

/// A receipt on its way through the stages.
struct Open<'m> {
    receipt: &'m MatchReceipt,
    customer: Option<&'m Id>,
    decision: MatchDecision,
    method: MatchMethod,
    claims: Vec<Claim>,
    candidates: Vec<usize>,
}

/// One way of explaining a receipt by what is left open.
type Stage<'s> = dyn Fn(&mut Open<'_>, &[Minor]) + 's;

/// Matches receipts to open items: references before amounts, each stage over the whole batch
/// before the next weaker one; independent of the order of both lists.
///
/// Every receipt gets a plan. Nothing is applied while a second explanation of equal rank exists,
/// and receipts that together claim more than is open are all proposed.
#[must_use]
pub fn match_receipts(
    policy: &MatchPolicy,
    payers: &Payers,
    items: &[Candidate],
    receipts: &[MatchReceipt],
) -> Vec<Plan> {
    let mut numbers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        numbers.entry(canonical(item.number.as_str())).or_default().push(place);
    }
    let mut left: Vec<Minor> = items.iter().map(|item| item.open).collect();
    let mut sorted: Vec<&MatchReceipt> = receipts.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let mut open: Vec<Open<'_>> = sorted
        .into_iter()
        .map(|receipt| {
            let customer = payers.customer(receipt);
            let method = if customer.is_some() { MatchMethod::PayerOnly } else { MatchMethod::UnknownPayer };
            Open {
                receipt,
                customer,
                decision: MatchDecision::None,
                method,
                claims: Vec::new(),
                candidates: Vec::new(),
            }
        })
        .collect();
    let stages: [&Stage<'_>; 2] =
        [&|open, left| by_reference(policy, payers, items, &numbers, left, open), &|open, left| {
            by_amount(payers, items, left, open)
        }];
    for stage in stages {
        // Receipts that an earlier stage explained are settled: what they took is no longer left.
        let mut waiting: Vec<&mut Open<'_>> =
            open.iter_mut().filter(|open| open.candidates.is_empty()).collect();
        for open in &mut waiting {
            stage(open, &left);
        }
        contest(&mut waiting, &left);
        for open in &waiting {
            take(open, &mut left);
        }
    }
    open.iter().map(|open| plan(items, open)).collect()
}

/// Stages 3 and 4: numbers that the text names.
fn by_reference(
    policy: &MatchPolicy,
    payers: &Payers,
    items: &[Candidate],
    numbers: &BTreeMap<String, Vec<usize>>,
    left: &[Minor],
    open: &mut Open<'_>,
) {
    let amount = open.receipt.amount;
    let is_open = |&place: &usize| left.get(place).is_some_and(|left| left.is_positive());
    let texts = open.receipt.references.iter().map(String::as_str);
    let hits: Vec<usize> = named(numbers, texts).into_iter().filter(is_open).collect();
    if hits.is_empty() {
        return;
    }
    open.candidates.clone_from(&hits);
    open.decision = MatchDecision::Propose;
    let named: Vec<(usize, &Candidate)> = hits.iter().filter_map(|&p| Some((p, items.get(p)?))).collect();
    let twins = named.iter().any(|(p, a)| named.iter().any(|(q, b)| p < q && a.number == b.number));
    let payer = open.customer.and_then(|customer| payers.billed_to.get(customer));
    if twins {
        open.method = MatchMethod::Ambiguous;
    } else if named.iter().any(|(_, item)| item.currency != open.receipt.currency) {
        open.method = MatchMethod::CurrencyMismatch;
    } else if payer.is_some_and(|payer| named.iter().any(|(_, item)| item.account != *payer)) {
        open.method = MatchMethod::Contradiction;
        // What the amount says goes beside what the reference says: somebody chooses.
        let equal = payer.map(|payer| of_amount(payer, items, left, open.receipt)).unwrap_or_default();
        let unnamed: Vec<usize> = equal.into_iter().filter(|place| !hits.contains(place)).collect();
        open.candidates.extend(unnamed);
    } else {
        let opens: Vec<Minor> = hits.iter().filter_map(|&place| left.get(place).copied()).collect();
        let Ok(sum) = Minor::sum(opens.iter().copied()) else {
            return;
        };
        let full =
            || hits.iter().zip(&opens).map(|(&item, &cash)| Claim { item, cash, fee: Minor::ZERO }).collect();
        let shortage = sum.minus(amount).unwrap_or(Minor::ZERO);
        // Fees add up over all payments of an item.
        let before = named.first().map_or(Minor::ZERO, |(_, item)| item.fees);
        let tolerated = shortage.plus(before).is_ok_and(|fees| {
            Amount::new(fees, open.receipt.currency).to_decimal() <= policy.fee_tolerance.to_decimal()
        });
        let (method, claims): (_, Vec<Claim>) = match (sum.cmp(&amount), hits.as_slice(), payer) {
            (core::cmp::Ordering::Equal, _, _) => (MatchMethod::ReferenceExact, full()),
            (core::cmp::Ordering::Less, _, Some(_)) => (MatchMethod::ReferenceSurplus, full()),
            (core::cmp::Ordering::Greater, &[item], Some(_)) if tolerated => {
                (MatchMethod::ReferenceFee, vec![Claim { item, cash: amount, fee: shortage }])
            }
            (core::cmp::Ordering::Greater, &[item], Some(_)) => {
                (MatchMethod::ReferencePartial, vec![Claim { item, cash: amount, fee: Minor::ZERO }])
            }
            // More money than is named from nobody known, or less than several items want.
            _ => (MatchMethod::Contradiction, Vec::new()),
        };
        open.method = method;
        open.decision = if claims.is_empty() { MatchDecision::Propose } else { MatchDecision::Auto };
        open.claims = claims;
    }
}

/// The payer's own items of exactly the receipt's amount.
fn of_amount(payer: &Id, items: &[Candidate], left: &[Minor], receipt: &MatchReceipt) -> Vec<usize> {
    items
        .iter()
        .zip(left)
        .enumerate()
        .filter(|(_, (item, left))| {
            item.account == *payer && item.currency == receipt.currency && **left == receipt.amount
        })
        .map(|(place, _)| place)
        .collect()
}

/// Stage 6: a known payer with one own item of exactly the amount.
fn by_amount(payers: &Payers, items: &[Candidate], left: &[Minor], open: &mut Open<'_>) {
    let Some(payer) = open.customer.and_then(|customer| payers.billed_to.get(customer)) else {
        return;
    };
    let equal = of_amount(payer, items, left, open.receipt);
    open.candidates.clone_from(&equal);
    match equal.as_slice() {
        [] => {}
        &[item] => {
            open.decision = MatchDecision::Auto;
            open.method = MatchMethod::PayerAmount;
            open.claims = vec![Claim { item, cash: open.receipt.amount, fee: Minor::ZERO }];
        }
        _ => {
            open.decision = MatchDecision::Propose;
            open.method = MatchMethod::Ambiguous;
        }
    }
}

/// Receipts that together claim more of an item than is open are all proposed.
fn contest(open: &mut [&mut Open<'_>], left: &[Minor]) {
    let mut wanted: BTreeMap<usize, i64> = BTreeMap::new();
    for claim in open.iter().flat_map(|open| &open.claims) {
        let fall = claim.cash.units().saturating_add(claim.fee.units());
        let sum = wanted.entry(claim.item).or_default();
        *sum = sum.saturating_add(fall);
    }
    let contested: BTreeSet<usize> = wanted
        .into_iter()
        .filter(|(item, sum)| left.get(*item).is_none_or(|left| *sum > left.units()))
        .map(|(item, _)| item)
        .collect();
    for open in open.iter_mut().filter(|open| open.claims.iter().any(|claim| contested.contains(&claim.item)))
    {
        open.decision = MatchDecision::Propose;
        open.method = MatchMethod::Ambiguous;
        open.claims.clear();
    }
}

/// Lowers what is left by what a receipt takes.
fn take(open: &Open<'_>, left: &mut [Minor]) {
    for claim in &open.claims {
        if let Some(left) = left.get_mut(claim.item) {
            let fall = claim.cash.plus(claim.fee).and_then(|fall| left.minus(fall));
            *left = fall.unwrap_or(Minor::ZERO);
        }
    }
}

/// Writes down what was found.
fn plan(items: &[Candidate], open: &Open<'_>) -> Plan {
    let currency = open.receipt.currency;
    let targets: Vec<Target> = open
        .claims
        .iter()
        .filter_map(|claim| {
            let item = items.get(claim.item)?;
            let fee = Adjustment { amount: claim.fee, kind: AdjustmentKind::Fee, reason: None };
            let adjustments = if claim.fee.is_zero() { Vec::new() } else { vec![fee] };
            let allocation = Allocation { adjustments, cash: claim.cash, currency, item: item.item.clone() };
            Some(Target { account: item.account.clone(), allocation })
        })
        .collect();
    let cash = targets.iter().fold(0_i64, |sum, target| sum.saturating_add(target.allocation.cash.units()));
    let meant = |item: &Candidate| Meant {
        account: item.account.clone(),
        item: item.item.clone(),
        number: item.number.clone(),
    };
    let mut candidates: Vec<Meant> =
        open.candidates.iter().filter_map(|&place| items.get(place)).map(meant).collect();
    candidates.sort_by(|a, b| (&a.account, &a.item).cmp(&(&b.account, &b.item)));
    Plan {
        candidates,
        currency,
        customer: open.customer.cloned(),
        decision: open.decision,
        method: open.method,
        receipt: open.receipt.id.clone(),
        residual: Minor::new(open.receipt.amount.units().saturating_sub(cash)).unwrap_or(Minor::ZERO),
        targets,
    }
}
