use super::RulebookError;
use super::document::Trigger;
use crate::agreement::Cadence;
use crate::calendar::{CalendarError, Date, Shift, Zone};
use crate::canon::{shape, union};
use crate::id::Id;
use crate::invoice::Period;
use crate::money::Price;

shape! {
    /// Bills on anchored days: a period ends on each of them.
    pub struct OnSchedule {
        /// The first billing day; the others fall on the same day of their month or week.
        pub anchor: Date,
        /// How far apart billing days are.
        pub every: Cadence = Cadence::MONTHLY,
        /// Where a billing day goes that is no business day of the payer; the period stays as it is.
        pub shift: Shift = Shift::None,
        /// IANA time zone that says on which day work near midnight was done, and when a billing day has come;
        /// the zones of the customers' calendars, and the date of the stamp, when left out.
        pub zone: Option<String>,
    }
}

shape! {
    /// Bills as soon as more than this is unbilled in a currency.
    pub struct OnBalance {
        /// The net that must be exceeded, in the currency at face value.
        pub above: Price,
    }
}

shape! {
    /// Bills each ticket by itself as soon as its work is billable.
    pub struct OnTicket {}
}

shape! {
    /// Bills the work of a project when one of its milestones is reached, or the amount that was agreed for it.
    pub struct OnMilestone {}
}

union! {
    /// What sets a billing plan off.
    pub enum PlanWhen {
        /// Anchored days.
        Schedule(OnSchedule) = "schedule",
        /// The unbilled balance.
        Balance(OnBalance) = "balance",
        /// A ticket.
        Ticket(OnTicket) = "ticket",
        /// A milestone.
        Milestone(OnMilestone) = "milestone",
    }
}

shape! {
    /// A plan that says by itself when an account is billed.
    pub struct BillingPlan {
        /// Id of the plan; part of the keys of what it bills.
        pub id: Id,
        /// What sets it off.
        pub when: PlanWhen,
        /// When work becomes billable under it; the policy's rule when left out.
        pub work: Option<Trigger>,
    }
}

impl OnSchedule {
    /// The zone it names.
    #[must_use]
    pub fn zone(&self) -> Option<Zone> {
        self.zone.as_ref().and_then(|name| Zone::new(name).ok())
    }

    /// The n-th billing period: it ends on its billing day.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`].
    pub fn period(&self, number: i32) -> Result<Period, CalendarError> {
        let to = self.every.start(self.anchor, number)?;
        let from = self.every.start(self.anchor, number.saturating_sub(1))?.plus_days(1)?;
        Ok(Period { from, to })
    }

    /// The number of the first billing period that ends on a day or later.
    #[must_use]
    pub fn number_on(&self, date: Date) -> i32 {
        let whole = self.every.whole_periods(self.anchor, date).unwrap_or(0);
        let ends = self.every.start(self.anchor, whole).unwrap_or(date);
        if ends >= date { whole } else { whole.saturating_add(1) }
    }
}

impl BillingPlan {
    /// The zone that its schedule names.
    #[must_use]
    pub fn zone(&self) -> Option<Zone> {
        match &self.when {
            PlanWhen::Schedule(schedule) => schedule.zone(),
            PlanWhen::Balance(_) | PlanWhen::Ticket(_) | PlanWhen::Milestone(_) => None,
        }
    }

    /// Whether it can be set off.
    ///
    /// # Errors
    /// [`RulebookError::PlanInterval`], [`RulebookError::PlanZone`] or [`RulebookError::PlanBalance`].
    pub fn check(&self) -> Result<(), RulebookError> {
        match &self.when {
            PlanWhen::Schedule(OnSchedule { zone: Some(name), .. }) if Zone::new(name).is_err() => {
                Err(RulebookError::PlanZone { id: self.id.to_string(), got: name.clone() })
            }
            PlanWhen::Schedule(schedule) => {
                schedule.every.check().map_err(|_| RulebookError::PlanInterval { id: self.id.to_string() })
            }
            PlanWhen::Balance(balance) if balance.above < Price::ZERO => {
                Err(RulebookError::PlanBalance { id: self.id.to_string(), got: balance.above.to_string() })
            }
            PlanWhen::Balance(_) | PlanWhen::Ticket(_) | PlanWhen::Milestone(_) => Ok(()),
        }
    }
}
