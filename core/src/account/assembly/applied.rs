use std::collections::BTreeMap;
use std::sync::Arc;

use crate::account::apply::{Change, Done, mismatch};
use crate::account::decide::refuse;
use crate::account::error::AccountError;
use crate::account::event::{FeeRestored, FeeSkipped, MilestoneReached, PlanCommitted, PlanKind};
use crate::account::state::{FeeDays, FeePlace, FeeStanding, fee_key};
use crate::calendar::Date;
use crate::id::Id;
use crate::rating::Charge;

impl Change<'_> {
    pub(in crate::account) fn plan_committed(&mut self, plan: &PlanCommitted) -> Done {
        if self.account.plans.contains_key(&plan.key) {
            return refuse(&AccountError::PlanCommitted { got: plan.key.to_string() });
        }
        let by_hand = plan.by == PlanKind::Manual;
        let named = !by_hand || plan.key == self.account.run_key(&plan.trigger, plan.period.to);
        let of_period = |id: &Id| self.account.invoice(id).is_ok_and(|one| one.draft.period == plan.period);
        if !named || plan.invoices != self.drafted || !plan.invoices.iter().all(of_period) {
            return mismatch("plan", &plan.key, "has another key, or names invoices that it did not draft");
        }
        self.drafted.clear();
        self.set(|account| &mut account.plans, &plan.key, Some(Arc::new(plan.clone())));
        Ok(())
    }

    pub(in crate::account) fn milestone_reached(&mut self, reached: &MilestoneReached) -> Done {
        if self.account.milestones.contains_key(&reached.milestone) {
            return refuse(&AccountError::MilestoneTwice { got: reached.milestone.to_string() });
        }
        self.dated("milestone", &reached.milestone, reached.effective, None)?;
        self.set(|account| &mut account.milestones, &reached.milestone, Some(Arc::new(reached.clone())));
        Ok(())
    }

    pub(in crate::account) fn fee_skipped(&mut self, skipped: &FeeSkipped) -> Done {
        let of = (&skipped.agreement, &skipped.customer, &skipped.fee);
        self.take_days(of, skipped.from, FeeDays { to: skipped.to, place: FeePlace::Skipped })
    }

    pub(in crate::account) fn fee_restored(&mut self, restored: &FeeRestored) -> Done {
        let key = fee_key(&restored.agreement, &restored.fee);
        let skipped = FeeDays { to: restored.to, place: FeePlace::Skipped };
        if !self.free_days(&key, restored.from, &skipped) {
            return mismatch("fee", &key, "was not skipped on these days");
        }
        Ok(())
    }

    /// Puts the days of a fee on an invoice; none of them stands on another or was skipped.
    pub(in crate::account) fn bill_fee(&mut self, charge: &Charge, customer: &Id, invoice: &Id) -> Done {
        let (Some(part), Some(agreement)) = (&charge.fee, &charge.agreement) else {
            return mismatch("fee", &charge.entry, "does not say which days it is for");
        };
        let days = FeeDays { to: part.to, place: FeePlace::Invoice(invoice.clone()) };
        self.take_days((agreement, customer, &part.fee), part.from, days)
    }

    pub(in crate::account) fn take_days(
        &mut self,
        (agreement, customer, fee): (&Id, &Id, &Id),
        from: Date,
        taken: FeeDays,
    ) -> Done {
        let key = fee_key(agreement, fee);
        let mut standing = self.account.fees.get(&key).cloned().unwrap_or_else(|| FeeStanding {
            agreement: agreement.clone(),
            customer: customer.clone(),
            days: BTreeMap::new(),
            fee: fee.clone(),
        });
        let before = standing.days.range(..=taken.to).next_back();
        if taken.to < from
            || before.is_some_and(|(_, before)| before.to >= from)
            || standing.customer != *customer
        {
            return mismatch("fee", &key, "has days that stand on another live line or were skipped");
        }
        standing.days.insert(from, taken);
        self.set(|account| &mut account.fees, &key, Some(standing));
        Ok(())
    }

    /// Makes days of a fee due again, where exactly these are not.
    pub(in crate::account) fn free_days(&mut self, key: &Id, from: Date, taken: &FeeDays) -> bool {
        let Some(mut standing) = self.account.fees.get(key).cloned() else { return false };
        if standing.days.get(&from) != Some(taken) {
            return false;
        }
        standing.days.remove(&from);
        self.set(|account| &mut account.fees, key, Some(standing));
        true
    }

    /// Makes the days of a fee due again when their invoice is voided.
    pub(in crate::account) fn release_fee(&mut self, charge: &Charge, invoice: &Id) {
        let (Some(part), Some(agreement)) = (&charge.fee, &charge.agreement) else { return };
        let days = FeeDays { to: part.to, place: FeePlace::Invoice(invoice.clone()) };
        self.free_days(&fee_key(agreement, &part.fee), part.from, &days);
    }
}
