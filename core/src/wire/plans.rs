//! Bulk billing: what is due of many accounts, one outcome per plan.

use super::answer::document;
use super::{Log, WireError};
use crate::account::{Account, AccountAction, CommitPlan, DuePlan, PlanAdjustments};
use crate::approval::ExchangeRate;
use crate::audit::{Command, Document, LogKind, Stamp, derived_id};
use crate::calendar::Date;
use crate::canon::{from_bytes, shape};
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::invoice::Period;
use crate::money::{Currency, Minor};
use crate::report::doubled_ids;
use crate::rulebook::Rulebook;

shape! {
    /// Asks what is due of many accounts; the effective date of the stamp is the date.
    pub struct PlanRunRequest {
        /// Allowances and charges that are given, by plan; the ready commands carry them.
        pub adjustments: Vec<PlanAdjustments>,
        /// The account after which to go on; from the first when left out.
        pub after: Option<Id>,
        /// Exchange rates for approval rules in another currency; the ready commands carry them.
        pub exchange: Vec<ExchangeRate>,
        /// Most accounts to look at; all when left out.
        pub limit: Option<u32>,
        /// The stamp of the ready commands.
        pub stamp: Stamp,
    }
}

shape! {
    /// An invoice that a plan would draft.
    pub struct PlannedInvoice {
        /// What is taken off it as a whole, before tax.
        pub allowance: Minor,
        /// What is added to it as a whole, before tax.
        pub charge: Minor,
        /// The currency of every amount.
        pub currency: Currency,
        /// Net and tax.
        pub gross: Minor,
        /// Its id.
        pub id: Id,
        /// How many lines it has.
        pub lines: u64,
        /// Before tax.
        pub net: Minor,
    }
}

shape! {
    /// The outcome of one plan, or of an account that could not be planned.
    pub struct PlanOutcome {
        /// The account.
        pub account: Id,
        /// How many groups it would carry forward.
        pub carried: u64,
        /// The ready command that carries it out, under an id made of its key; none where nothing could be planned,
        /// or what is given stands on no single invoice.
        pub command: Option<Document>,
        /// Since when it is due.
        pub due: Option<Date>,
        /// What somebody should look at.
        pub findings: Vec<Finding>,
        /// The invoices it would draft.
        pub invoices: Vec<PlannedInvoice>,
        /// Its key.
        pub key: Option<Id>,
        /// The days it bills.
        pub period: Option<Period>,
    }
}

shape! {
    /// What is due of many accounts.
    pub struct PlanRun {
        /// What somebody should look at: ids that several accounts have, told with the first of them.
        pub findings: Vec<Finding>,
        /// The last account that was looked at, to go on after; left out when none is left.
        pub last: Option<Id>,
        /// One outcome per plan, by account, date and key.
        pub outcomes: Vec<PlanOutcome>,
    }
}

/// Says of many accounts what is due on the effective date of a stamp: one outcome per plan, by account, date
/// and key, whatever the order of the logs; an account that cannot be planned blocks no other. Delivering the
/// ready commands and asking again until there is none carries everything out; what was carried out is not due
/// any more, so a run can stop and go on anywhere.
///
/// # Errors
/// Every shape error, [`WireError::LogKind`] for a log that is no account, and a log of another seller.
pub fn plan_run(rulebook: &Rulebook, logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let request = from_bytes::<PlanRunRequest>(request)?;
    let mut accounts: Vec<&Account> = Vec::with_capacity(logs.len());
    for log in logs {
        let Log::Account(account) = log else {
            let (expected, got) = (LogKind::Account.word(), log.kind().word());
            return Err(Refusal::because(&WireError::LogKind { expected, got }));
        };
        let checked = rulebook.check_seller(account.chain().address());
        checked.map_err(|error| Refusal::because(&error))?;
        accounts.push(account);
    }
    accounts.sort_by(|a, b| a.payer().cmp(b.payer()));
    let first = request.after.is_none();
    let findings = if first { doubled_ids(&accounts) } else { Vec::new() };
    let left =
        accounts.into_iter().filter(|account| request.after.as_ref().is_none_or(|id| account.payer() > id));
    let left: Vec<&Account> = left.collect();
    // One account at least, so that a run that goes on comes to its end.
    let limit = request.limit.map_or(usize::MAX, |limit| usize::try_from(limit.max(1)).unwrap_or(usize::MAX));
    let mut outcomes = Vec::new();
    for account in left.iter().take(limit) {
        match account.plans_given(rulebook, request.stamp.effective, &request.adjustments) {
            Ok(book) => outcomes.extend(book.due.into_iter().map(|plan| outcome(account, &request, plan))),
            Err(refusal) => outcomes.push(PlanOutcome {
                account: account.payer().clone(),
                carried: 0,
                command: None,
                due: None,
                findings: refusal.findings().cloned().collect(),
                invoices: Vec::new(),
                key: None,
                period: None,
            }),
        }
    }
    let last = left.get(limit.saturating_sub(1)).filter(|_| left.len() > limit);
    let last = last.map(|account| account.payer().clone());
    Ok(document(&PlanRun { findings, last, outcomes }))
}

fn outcome(account: &Account, request: &PlanRunRequest, plan: DuePlan) -> PlanOutcome {
    let given = request.adjustments.iter().find(|given| given.plan == plan.key);
    let action = CommitPlan {
        adjustments: given.map(|given| given.adjustments.clone()).unwrap_or_default(),
        digest: Some(plan.digest()),
        exchange: request.exchange.clone(),
        plan: plan.key.clone(),
    };
    let command = Command {
        action: AccountAction::CommitPlan(action),
        expect: None,
        id: derived_id(&["plan", plan.key.as_str()]),
        log: account.chain().address().clone(),
        salt: None,
        stamp: request.stamp.clone(),
    };
    let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    let invoices = plan.drafts.iter().map(|draft| PlannedInvoice {
        allowance: draft.totals.allowance,
        charge: draft.totals.charge,
        currency: draft.currency,
        gross: draft.totals.gross,
        id: draft.id.clone(),
        lines: count(draft.lines.len()),
        net: draft.totals.net,
    });
    PlanOutcome {
        account: account.payer().clone(),
        carried: count(plan.carried.len()),
        // What stands on no single invoice is put right first.
        command: plan.unplaced.is_empty().then(|| Document::of(&command)),
        due: Some(plan.due),
        invoices: invoices.collect(),
        findings: [plan.findings, plan.unplaced].concat(),
        key: Some(plan.key),
        period: Some(plan.period),
    }
}
