use super::RetentionError;
use super::attachment::class;
use crate::calendar::{CalendarError, Date};
use crate::canon::{shape, words};
use crate::id::Id;

words! {
    /// From when content is kept.
    pub enum RetentionStart {
        /// The day from which nothing is open on any invoice that it belongs to.
        InvoiceSettled = "invoice_settled",
        /// The day its document was issued.
        DocumentIssued = "document_issued",
        /// The day its ticket was closed.
        TicketClosed = "ticket_closed",
        /// The day somebody decided: on an approval, a dispute, or by a command.
        DecisionMade = "decision_made",
        /// The day from which nothing of a receipt is left to apply or pay back.
        ReceiptSettled = "receipt_settled",
    }
}

words! {
    /// What becomes of content.
    pub enum RetentionAction {
        /// It is kept.
        Keep = "keep",
        /// Everything personal is taken out of it.
        Anonymise = "anonymise",
        /// It is deleted.
        Purge = "purge",
    }
}

shape! {
    /// How long content of a class is kept, and what then becomes of it.
    pub struct RetentionRule {
        /// What becomes of it.
        pub action: RetentionAction = RetentionAction::Purge,
        /// The class.
        pub class: Id,
        /// Days it is kept, beside months and years.
        pub days: u32 = 0,
        /// Whether it must be kept so long, also where the person asks for its erasure.
        pub duty: bool = false,
        /// Months it is kept.
        pub months: u32 = 0,
        /// From when.
        pub since: RetentionStart,
        /// Years it is kept.
        pub years: u32 = 0,
    }
}

/// Longest time that content can be kept before it is kept for ever: a century.
const MAX_YEARS: u32 = 100;

impl RetentionRule {
    fn standard(class: &str, since: RetentionStart, days: u32, years: u32, duty: bool) -> Self {
        let class = Id::of_digits(class);
        Self { action: RetentionAction::Purge, class, days, duty, months: 0, since, years }
    }

    /// The first day on which it is no longer kept: years and months first, then days.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`].
    pub fn due(&self, since: Date) -> Result<Date, CalendarError> {
        let months = self.years.saturating_mul(12).saturating_add(self.months);
        since.plus_months(i32::try_from(months).unwrap_or(i32::MAX))?.plus_days(self.days)
    }

    /// Whether its time can be counted.
    ///
    /// # Errors
    /// [`RetentionError::Period`].
    pub fn check(&self) -> Result<(), RetentionError> {
        let none = self.days == 0 && self.months == 0 && self.years == 0;
        let long = self.years > MAX_YEARS
            || self.months > MAX_YEARS.saturating_mul(12)
            || self.days > MAX_YEARS.saturating_mul(366);
        // What is kept for ever needs no period; what is erased needs one.
        if long || none && self.action != RetentionAction::Keep {
            return Err(RetentionError::Period { class: self.class.to_string(), limit: MAX_YEARS });
        }
        Ok(())
    }
}

/// What is kept how long where a policy says nothing else of a class.
#[must_use]
pub fn standard_rules() -> Vec<RetentionRule> {
    use RetentionStart as S;
    let rule = RetentionRule::standard;
    vec![
        rule(class::ORDINARY, S::InvoiceSettled, 90, 0, false),
        rule(class::SIGNED_APPROVAL, S::DecisionMade, 0, 10, true),
        rule(class::CONSENT, S::DecisionMade, 0, 10, true),
        rule(class::DISPUTE_EVIDENCE, S::DecisionMade, 0, 10, true),
        rule(class::ISSUED_DOCUMENT, S::DocumentIssued, 0, 10, true),
        rule(class::PERSONAL_TEXT, S::InvoiceSettled, 0, 10, false),
        rule(class::ACTOR_TRACE, S::DecisionMade, 0, 10, false),
        rule(class::BANK_LINE, S::ReceiptSettled, 0, 10, true),
    ]
}

shape! {
    /// How long content is kept.
    pub struct RetentionPolicy {
        /// Roles that may purge, and erase what holds data of a person; every role when empty.
        pub erase_roles: Vec<Id>,
        /// Roles that may place and lift legal holds.
        pub hold_roles: Vec<Id> = vec![Id::of_digits("legal")],
        /// One rule for each class, before the standard ones.
        pub rules: Vec<RetentionRule> = standard_rules(),
    }
}

impl Default for RetentionPolicy {
    fn default() -> Self {
        Self { erase_roles: Vec::new(), hold_roles: vec![Id::of_digits("legal")], rules: standard_rules() }
    }
}

impl RetentionPolicy {
    /// The rule of a class: the policy's own, or the standard one.
    ///
    /// # Errors
    /// [`RetentionError::ClassUnknown`].
    pub fn rule(&self, class: &Id) -> Result<RetentionRule, RetentionError> {
        let own = self.rules.iter().find(|rule| rule.class == *class).cloned();
        let found = own.or_else(|| standard_rules().into_iter().find(|rule| rule.class == *class));
        found.ok_or_else(|| RetentionError::ClassUnknown { got: class.to_string() })
    }

    /// Whether a role may place and lift legal holds.
    ///
    /// # Errors
    /// [`RetentionError::HoldRole`].
    pub fn check_hold_role(&self, role: &Id) -> Result<(), RetentionError> {
        if self.hold_roles.contains(role) {
            return Ok(());
        }
        Err(RetentionError::HoldRole { got: role.to_string(), roles: listed(&self.hold_roles) })
    }

    /// Whether a role may purge, and erase what holds data of a person.
    ///
    /// # Errors
    /// [`RetentionError::EraseRole`].
    pub fn check_erase_role(&self, role: &Id) -> Result<(), RetentionError> {
        if self.erase_roles.is_empty() || self.erase_roles.contains(role) {
            return Ok(());
        }
        Err(RetentionError::EraseRole { got: role.to_string(), roles: listed(&self.erase_roles) })
    }
}

fn listed(roles: &[Id]) -> String {
    roles.iter().map(Id::as_str).collect::<Vec<_>>().join(", ")
}
