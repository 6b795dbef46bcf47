use super::plan::digest_of;
use crate::account::action::{CommitPlan, ReachMilestone, RestoreFee, SkipFee};
use crate::account::assembly::PlanAdjustments;
use crate::account::capture::{FixedPrice, sold};
use crate::account::decide::{Events, because, refuse, ruling};
use crate::account::error::AccountError;
use crate::account::event::{AccountEvent, FeeRestored, FeeSkipped, MilestoneReached};
use crate::account::state::{Account, FeePlace};
use crate::agreement::AgreementError;
use crate::audit::{Stamp, derived_id};
use crate::finding::Refusal;
use crate::id::Id;
use crate::rulebook::Rulebook;
use crate::work::WorkError;

impl Account {
    /// Carries out what a plan found due on the effective date.
    pub(in crate::account) fn commit_plan(
        &self,
        rulebook: &Rulebook,
        commit: &CommitPlan,
        stamp: &Stamp,
    ) -> Events {
        if self.plans.contains_key(&commit.plan) {
            return refuse(&AccountError::PlanCommitted { got: commit.plan.to_string() });
        }
        let given = PlanAdjustments { adjustments: commit.adjustments.clone(), plan: commit.plan.clone() };
        let Some(plan) = self.due_plan(rulebook, stamp, &given)? else {
            let (date, got) = (stamp.effective.to_string(), commit.plan.to_string());
            return refuse(&AccountError::PlanNotDue { date, got });
        };
        let digests = plan.digests();
        if commit.digest.is_some_and(|digest| digest != digest_of(&digests)) {
            return refuse(&AccountError::PlanChanged { key: commit.plan.to_string() });
        }
        self.carry_out(rulebook, stamp, (plan, digests), &commit.exchange)
    }

    pub(in crate::account) fn skip_fee(&self, rulebook: &Rulebook, skip: &SkipFee) -> Events {
        self.check_customer(rulebook, &skip.customer)?;
        let terms = rulebook.terms(&skip.customer).map_err(because)?;
        let found = terms.agreements().iter().find(|agreement| agreement.id == skip.agreement);
        let unknown = || AgreementError::Unknown { got: skip.agreement.to_string() };
        let agreement = found.ok_or_else(unknown).map_err(because)?;
        let none = || AgreementError::FeeUnknown {
            agreement: skip.agreement.to_string(),
            got: skip.fee.to_string(),
        };
        let fee = agreement.fees.iter().find(|fee| fee.id == skip.fee).ok_or_else(none).map_err(because)?;
        let taken = self.days_taken(&skip.agreement, &skip.fee);
        let free = fee.free_days(agreement, &taken, skip.period).map_err(because)?;
        let skipped = |(from, to)| {
            AccountEvent::FeeSkipped(FeeSkipped {
                agreement: skip.agreement.clone(),
                customer: skip.customer.clone(),
                fee: skip.fee.clone(),
                from,
                outcome: skip.outcome,
                to,
            })
        };
        ruling(free.into_iter().map(skipped).collect())
    }

    pub(in crate::account) fn restore_fee(&self, restore: &RestoreFee) -> Events {
        let skipped = self
            .fee_days(&restore.agreement, &restore.fee)
            .find(|(from, days)| *from == restore.from && days.place == FeePlace::Skipped);
        let none = || AccountError::FeeDays { fee: restore.fee.to_string(), from: restore.from.to_string() };
        let (from, days) = skipped.ok_or_else(none).map_err(because)?;
        ruling(vec![AccountEvent::FeeRestored(FeeRestored {
            agreement: restore.agreement.clone(),
            fee: restore.fee.clone(),
            from,
            to: days.to,
        })])
    }

    pub(in crate::account) fn reach_milestone(
        &self,
        rulebook: &Rulebook,
        reach: &ReachMilestone,
        stamp: &Stamp,
    ) -> Events {
        if self.milestones.contains_key(&reach.milestone) {
            return refuse(&AccountError::MilestoneTwice { got: reach.milestone.to_string() });
        }
        let reached = AccountEvent::MilestoneReached(MilestoneReached {
            effective: stamp.effective,
            milestone: reach.milestone.clone(),
            project: reach.project.clone(),
        });
        let mut events = vec![reached];
        if let Some(fixed) = &reach.fixed {
            self.check_fixed(rulebook, fixed, stamp)?;
            let sale = milestone_sale(&reach.milestone);
            if self.sales.contains_key(&sale) {
                return refuse(&AccountError::SaleTwice { got: sale.to_string() });
            }
            let sold = sold(fixed, sale, stamp.effective).map_err(because)?;
            events.push(AccountEvent::BlockSold(Box::new(sold)));
        }
        ruling(events)
    }

    /// Whether an amount can have been agreed.
    fn check_fixed(&self, rulebook: &Rulebook, fixed: &FixedPrice, stamp: &Stamp) -> Result<(), Refusal> {
        if !rulebook.family(self.payer()).map_err(because)?.contains(&fixed.customer) {
            return refuse(&WorkError::CustomerUnknown { got: fixed.customer.to_string() });
        }
        let terms = rulebook.terms(&fixed.customer).map_err(because)?;
        let Some(agreement) = terms.agreements().iter().find(|one| one.id == fixed.agreement) else {
            return refuse(&AgreementError::Unknown { got: fixed.agreement.to_string() });
        };
        if !agreement.in_force(stamp.effective) {
            let (id, date) = (agreement.id.to_string(), stamp.effective.to_string());
            return refuse(&AgreementError::NotInForce { id, date });
        }
        rulebook.policy().codes().code(&fixed.code).map_err(because)?;
        if fixed.amount.is_positive() {
            return Ok(());
        }
        refuse(&AccountError::FixedPrice { got: fixed.amount.units() })
    }
}

/// Names the agreed amount of a milestone among all sales.
pub(super) fn milestone_sale(milestone: &Id) -> Id {
    derived_id(&["milestone", milestone.as_str()])
}
