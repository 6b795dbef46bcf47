use crate::account::action::{CommitPlan, ReachMilestone, RestoreFee, SkipFee};
use crate::account::decide::{Events, because, refuse, ruling};
use crate::account::error::AccountError;
use crate::account::event::{AccountEvent, FeeRestored, FeeSkipped, MilestoneReached};
use crate::account::state::Account;
use crate::agreement::AgreementError;
use crate::audit::Stamp;
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
        let Some(plan) = self.due_plan(rulebook, stamp.effective, &commit.plan)? else {
            let (date, got) = (stamp.effective.to_string(), commit.plan.to_string());
            return refuse(&AccountError::PlanNotDue { date, got });
        };
        if commit.digest.is_some_and(|digest| digest != plan.digest()) {
            return refuse(&AccountError::PlanChanged { key: commit.plan.to_string() });
        }
        self.carry_out(rulebook, stamp, plan, &commit.exchange)
    }

    pub(in crate::account) fn skip_fee(&self, rulebook: &Rulebook, skip: &SkipFee) -> Events {
        if !rulebook.family(self.payer()).map_err(because)?.contains(&skip.customer) {
            return refuse(&WorkError::CustomerUnknown { got: skip.customer.to_string() });
        }
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
            .find(|(from, days)| *from == restore.from && days.invoice.is_none());
        let none = || AccountError::FeeDays { fee: restore.fee.to_string(), from: restore.from.to_string() };
        let (from, days) = skipped.ok_or_else(none).map_err(because)?;
        ruling(vec![AccountEvent::FeeRestored(FeeRestored {
            agreement: restore.agreement.clone(),
            fee: restore.fee.clone(),
            from,
            to: days.to,
        })])
    }

    pub(in crate::account) fn reach_milestone(&self, reach: &ReachMilestone, stamp: &Stamp) -> Events {
        if self.milestones.contains_key(&reach.milestone) {
            return refuse(&AccountError::MilestoneTwice { got: reach.milestone.to_string() });
        }
        ruling(vec![AccountEvent::MilestoneReached(MilestoneReached {
            effective: stamp.effective,
            milestone: reach.milestone.clone(),
            project: reach.project.clone(),
        })])
    }
}
