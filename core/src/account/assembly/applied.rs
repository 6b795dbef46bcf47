use std::collections::BTreeMap;
use std::sync::Arc;

use crate::account::apply::{Change, Done, mismatch};
use crate::account::decide::refuse;
use crate::account::error::AccountError;
use crate::account::event::{FeeRestored, FeeSkipped, MilestoneReached, PlanCommitted};
use crate::account::state::{FeeDays, fee_key};
use crate::calendar::Date;
use crate::id::Id;
use crate::rating::Charge;

impl Change<'_> {
    pub(in crate::account) fn plan_committed(&mut self, plan: &PlanCommitted) -> Done {
        if self.account.plans.contains_key(&plan.key) {
            return refuse(&AccountError::PlanCommitted { got: plan.key.to_string() });
        }
        for invoice in &plan.invoices {
            if !self.account.invoices.contains_key(invoice) {
                return mismatch("plan", &plan.key, "names an invoice that is not there");
            }
        }
        self.set(|account| &mut account.plans, &plan.key, Some(Arc::new(plan.clone())));
        Ok(())
    }

    pub(in crate::account) fn milestone_reached(&mut self, reached: &MilestoneReached) -> Done {
        if self.account.milestones.contains_key(&reached.milestone) {
            return refuse(&AccountError::MilestoneTwice { got: reached.milestone.to_string() });
        }
        self.set(|account| &mut account.milestones, &reached.milestone, Some(Arc::new(reached.clone())));
        Ok(())
    }

    pub(in crate::account) fn fee_skipped(&mut self, skipped: &FeeSkipped) -> Done {
        let key = fee_key(&skipped.agreement, &skipped.fee);
        self.take_days(&key, skipped.from, FeeDays { to: skipped.to, invoice: None })
    }

    pub(in crate::account) fn fee_restored(&mut self, restored: &FeeRestored) -> Done {
        let key = fee_key(&restored.agreement, &restored.fee);
        let mut days = self.account.fees.get(&key).cloned().unwrap_or_default();
        match days.remove(&restored.from) {
            Some(FeeDays { to, invoice: None }) if to == restored.to => {
                self.set(|account| &mut account.fees, &key, Some(days));
                Ok(())
            }
            _ => mismatch("fee", &key, "was not skipped on these days"),
        }
    }

    /// Puts the days of a fee on an invoice; none of them stands on another or was skipped.
    pub(in crate::account) fn bill_fee(&mut self, charge: &Charge, invoice: &Id) -> Done {
        let (Some(part), Some(agreement)) = (&charge.fee, &charge.agreement) else {
            return mismatch("fee", &charge.entry, "does not say which days it is for");
        };
        let key = fee_key(agreement, &part.fee);
        self.take_days(&key, part.from, FeeDays { to: part.to, invoice: Some(invoice.clone()) })
    }

    fn take_days(&mut self, key: &Id, from: Date, taken: FeeDays) -> Done {
        let mut days: BTreeMap<Date, FeeDays> = self.account.fees.get(key).cloned().unwrap_or_default();
        let before = days.range(..=taken.to).next_back();
        if taken.to < from || before.is_some_and(|(_, before)| before.to >= from) {
            return mismatch("fee", key, "has days that stand on another live line or were skipped");
        }
        days.insert(from, taken);
        self.set(|account| &mut account.fees, key, Some(days));
        Ok(())
    }

    /// Makes the days of a fee due again when their invoice is voided.
    pub(in crate::account) fn release_fee(&mut self, charge: &Charge, invoice: &Id) {
        let (Some(part), Some(agreement)) = (&charge.fee, &charge.agreement) else { return };
        let key = fee_key(agreement, &part.fee);
        let mut days = self.account.fees.get(&key).cloned().unwrap_or_default();
        if days.get(&part.from).is_some_and(|days| days.invoice.as_ref() == Some(invoice)) {
            days.remove(&part.from);
            self.set(|account| &mut account.fees, &key, Some(days));
        }
    }
}
