use super::RatingError;
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::{Rounding, divide};

words! {
    /// What is summed before it is rounded.
    pub enum Scope {
        /// Each entry.
        Entry = "entry",
        /// All entries of a ticket.
        Ticket = "ticket",
        /// All entries of a ticket on one local day.
        TicketDay = "ticket_day",
        /// All entries of an agent on a ticket on one local day.
        AgentTicketDay = "agent_ticket_day",
        /// All entries of a charge code on a ticket.
        CodeTicket = "code_ticket",
    }
}

words! {
    /// To which multiple of the increment.
    pub enum TimeMode {
        /// The next one.
        Up = "up",
        /// The one before.
        Down = "down",
        /// The nearest, halves up.
        Nearest = "nearest",
        /// The nearest, halves to the even multiple.
        NearestHalfEven = "nearest_half_even",
        /// None: seconds stay as they are.
        None = "none",
    }
}

shape! {
    /// How worked time becomes billed time: a term of the customer's contract.
    pub struct TimeRounding {
        /// A remainder over the last increment of at most this is dropped, but never down to zero.
        pub grace_seconds: u32 = 0,
        /// Id of the rule, quoted by every receipt.
        pub id: Id,
        /// The increment.
        pub increment_seconds: u32 = 900,
        /// Most seconds of a scope.
        pub maximum_seconds: Option<u32>,
        /// Least seconds of a scope that has any, raised to the next multiple.
        pub minimum_seconds: u32 = 0,
        /// To which multiple.
        pub mode: TimeMode = TimeMode::Up,
        /// What is summed first.
        pub scope: Scope = Scope::Entry,
    }
}

impl Scope {
    /// Whether work before and after a midnight is summed apart.
    #[must_use]
    pub const fn tells_days_apart(self) -> bool {
        match self {
            Self::TicketDay | Self::AgentTicketDay => true,
            Self::Entry | Self::Ticket | Self::CodeTicket => false,
        }
    }
}

/// Which sum a slice of work belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScopeKey {
    /// The ticket, or the entry where there is none or the scope is the entry.
    pub of: Id,
    /// Whether `of` is an entry.
    pub entry: bool,
    /// The local day, where the scope tells days apart.
    pub date: Option<Date>,
    /// The agent, where the scope tells agents apart.
    pub agent: Option<Id>,
    /// The charge code, where the scope tells codes apart.
    pub code: Option<Id>,
}

impl TimeRounding {
    /// What is wrong with the rule.
    #[must_use]
    pub fn check(&self) -> Vec<RatingError> {
        let mut errors = Vec::new();
        if !(1..=86_400).contains(&self.increment_seconds) {
            errors.push(RatingError::Increment { got: self.increment_seconds });
        }
        if let Some(maximum) = self.maximum_seconds.filter(|&maximum| maximum < self.minimum_seconds) {
            errors.push(RatingError::Limits { minimum: self.minimum_seconds, maximum });
        }
        if self.grace_seconds > 0 && self.grace_seconds >= self.increment_seconds {
            errors.push(RatingError::Grace { increment: self.increment_seconds, got: self.grace_seconds });
        }
        errors
    }

    /// Rounds the summed seconds of a scope: grace, increment, minimum, maximum, in this order.
    ///
    /// Zero stays zero. Without grace, minimum and maximum the result is monotone, idempotent,
    /// within one increment, and never below the sum when rounding up.
    ///
    /// ```
    /// use duebill::{canon, rating::TimeRounding};
    /// let quarter: TimeRounding = canon::from_bytes(br#"{"id":"quarter"}"#)?; // 15 minutes up
    /// assert_eq!(quarter.round(21 * 60), 30 * 60);
    /// assert_eq!((quarter.round(0), quarter.round(900)), (0, 900));
    /// # Ok::<(), duebill::finding::Refusal>(())
    /// ```
    #[must_use]
    pub fn round(&self, seconds: u64) -> u64 {
        if seconds == 0 {
            return 0;
        }
        let increment = u64::from(self.increment_seconds.max(1));
        let over = seconds.checked_rem(increment).unwrap_or(0);
        let graced = over <= u64::from(self.grace_seconds) && over < seconds;
        let counted = if graced { seconds.saturating_sub(over) } else { seconds };
        let stepped = match self.mode {
            TimeMode::Up => step(counted, increment, Rounding::Up),
            TimeMode::Down => step(counted, increment, Rounding::Down),
            TimeMode::Nearest => step(counted, increment, Rounding::HalfUp),
            TimeMode::NearestHalfEven => step(counted, increment, Rounding::HalfEven),
            TimeMode::None => seconds,
        };
        let least = match self.mode {
            TimeMode::None => u64::from(self.minimum_seconds),
            TimeMode::Up | TimeMode::Down | TimeMode::Nearest | TimeMode::NearestHalfEven => {
                step(self.minimum_seconds.into(), increment, Rounding::Up)
            }
        };
        let most = self.maximum_seconds.map_or(u64::MAX, u64::from);
        stepped.max(least).min(most)
    }

    /// The sum that a slice belongs to.
    #[must_use]
    pub fn key(
        &self,
        entry: &Id,
        ticket: Option<&Id>,
        date: Date,
        agent: Option<&Id>,
        code: &Id,
    ) -> ScopeKey {
        let entry_key = ScopeKey { of: entry.clone(), entry: true, date: None, agent: None, code: None };
        let Some(ticket) = ticket else {
            return entry_key;
        };
        let key = ScopeKey { of: ticket.clone(), entry: false, ..entry_key.clone() };
        match self.scope {
            Scope::Entry => entry_key,
            Scope::Ticket => key,
            Scope::TicketDay => ScopeKey { date: Some(date), ..key },
            Scope::AgentTicketDay => ScopeKey { date: Some(date), agent: agent.cloned(), ..key },
            Scope::CodeTicket => ScopeKey { code: Some(code.clone()), ..key },
        }
    }
}

/// The multiple of an increment that a rounding chooses.
fn step(seconds: u64, increment: u64, rounding: Rounding) -> u64 {
    divide(seconds.into(), increment.into(), rounding)
        .and_then(|count| u64::try_from(count).ok())
        .map_or(seconds, |count| count.saturating_mul(increment))
}
