use crate::account::{Account, CarriedForward, DuePlan, PlanAdjustments, PlanKind, Waiting};
use crate::calendar::Date;
use crate::canon::{Digest, shape};
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::invoice::{Draft, Period};
use crate::rulebook::Rulebook;

shape! {
    /// A plan that is due, with what it would bill now: a dry run.
    pub struct PlanView {
        /// What sets it off.
        pub by: PlanKind,
        /// What it would carry forward.
        pub carried: Vec<CarriedForward>,
        /// Digest of what it would draft; a commit that quotes it drafts this or nothing.
        pub digest: Digest,
        /// Since when it is due.
        pub due: Date,
        /// What somebody should look at.
        pub findings: Vec<Finding>,
        /// The invoices it would draft.
        pub invoices: Vec<Draft>,
        /// Its key: account, trigger and period.
        pub key: Id,
        /// The days it bills.
        pub period: Period,
        /// The plan of the policy.
        pub trigger: Id,
    }
}

shape! {
    /// Asks what is due of an account as of a date.
    pub struct PlansAsked {
        /// Allowances and charges that would be given, by plan.
        pub adjustments: Vec<PlanAdjustments>,
        /// The date.
        pub as_of: Date,
    }
}

shape! {
    /// What is due of an account as of a date, and what waits.
    pub struct PlansView {
        /// The payer.
        pub account: Id,
        /// The date.
        pub as_of: Date,
        /// Plans that are due, by date and key.
        pub plans: Vec<PlanView>,
        /// What none of them bills, and why.
        pub waiting: Vec<Waiting>,
    }
}

impl From<DuePlan> for PlanView {
    fn from(plan: DuePlan) -> Self {
        let findings = plan.findings.iter().chain(&plan.unplaced).cloned().collect();
        Self {
            by: plan.kind,
            digest: plan.digest(),
            carried: plan.carried,
            due: plan.due,
            findings,
            invoices: plan.drafts,
            key: plan.key,
            period: plan.period,
            trigger: plan.trigger,
        }
    }
}

/// Shows what is due of an account as of a date, and what waits; nothing changes.
///
/// # Errors
/// What [`Account::plans`] refuses.
pub fn plans(account: &Account, rulebook: &Rulebook, asked: &PlansAsked) -> Result<PlansView, Refusal> {
    let book = account.plans_given(rulebook, asked.as_of, &asked.adjustments)?;
    Ok(PlansView {
        account: account.payer().clone(),
        as_of: asked.as_of,
        plans: book.due.into_iter().map(PlanView::from).collect(),
        waiting: book.waiting,
    })
}
