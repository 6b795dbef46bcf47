use super::ApprovalError;
use crate::canon::{Digest, shape, words};
use crate::id::Id;
use crate::money::{Amount, Currency, Minor, Price};

shape! {
    /// When somebody must agree, and who.
    pub struct ApprovalRule {
        /// Strictly above this absolute net before tax: 250.00 passes, 250.01 needs approval.
        pub above: Price,
        /// Currency of the threshold; the subject's own, at face value, when left out.
        pub currency: Option<Currency>,
        /// Id of the rule.
        pub id: Id,
        /// How many people must approve.
        pub quorum: u32 = 1,
        /// Roles that may approve.
        pub roles: Vec<Id>,
    }
}

impl ApprovalRule {
    /// What is wrong with the rule.
    ///
    /// # Errors
    /// [`ApprovalError::Rule`].
    pub fn check(&self) -> Result<(), ApprovalError> {
        if self.roles.is_empty() || self.quorum == 0 {
            return Err(ApprovalError::Rule { roles: self.roles.len(), quorum: self.quorum });
        }
        Ok(())
    }
}

words! {
    /// What kind of thing is to be approved.
    pub enum SubjectKind {
        /// An invoice.
        Invoice = "invoice",
        /// A credit note.
        CreditNote = "credit_note",
        /// A write-off.
        WriteOff = "write_off",
        /// An estimate.
        Estimate = "estimate",
    }
}

/// What is to be approved, as any room can describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject<'s> {
    /// What kind of thing it is.
    pub kind: SubjectKind,
    /// Its id.
    pub id: &'s Id,
    /// Digest of exactly the content that is shown.
    pub digest: Digest,
    /// Who made it.
    pub author: &'s Id,
    /// Who will pay.
    pub payer: &'s Id,
    /// Its currency.
    pub currency: Currency,
    /// Its net before tax.
    pub net: Minor,
}

shape! {
    /// One approval that a subject needs.
    pub struct Requirement {
        /// The threshold that was passed.
        pub above: Price,
        /// How many people must approve.
        pub quorum: u32,
        /// Roles that may approve.
        pub roles: Vec<Id>,
        /// The rule.
        pub rule: Id,
    }
}

/// The approvals that a subject needs, in the order of the rules.
///
/// # Errors
/// [`ApprovalError::NoRate`] for every rule whose currency is another than the subject's: without
/// an exchange rate the threshold cannot be judged, and nothing passes unjudged.
pub fn requirements(
    rules: &[ApprovalRule],
    subject: &Subject<'_>,
) -> Result<Vec<Requirement>, Vec<ApprovalError>> {
    let net = Amount::new(subject.net.magnitude(), subject.currency).to_decimal();
    let mut needed = Vec::new();
    let mut errors = Vec::new();
    for rule in rules {
        if let Some(currency) = rule.currency.filter(|currency| *currency != subject.currency) {
            errors.push(ApprovalError::NoRate {
                subject: subject.currency.to_string(),
                rule: currency.to_string(),
                id: rule.id.to_string(),
            });
        } else if net > rule.above.to_decimal() {
            needed.push(Requirement {
                above: rule.above,
                quorum: rule.quorum,
                roles: rule.roles.clone(),
                rule: rule.id.clone(),
            });
        }
    }
    if errors.is_empty() { Ok(needed) } else { Err(errors) }
}
