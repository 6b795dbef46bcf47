use super::look::{Found, Look};
use super::{ApprovalError, ApprovalRule, Decision, ExchangeRate, Seen, Subject, When};
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape};
use crate::id::Id;
use crate::money::{Currency, Minor};

shape! {
    /// One approval that a subject needs: the rule as it stood, and what it saw.
    pub struct Requirement {
        /// The rule, whole: what is decided later follows it and no later policy.
        pub rule: ApprovalRule,
        /// The values that made its conditions hold.
        pub seen: Vec<Seen>,
    }
}

impl Requirement {
    /// Why approval is needed, for people to read.
    #[must_use]
    pub fn why(&self) -> String {
        let seen: Vec<String> = self.seen.iter().map(ToString::to_string).collect();
        if seen.is_empty() { "always".to_owned() } else { seen.join("; ") }
    }

    /// The finding that says so.
    #[must_use]
    pub fn needed(&self) -> ApprovalError {
        ApprovalError::Needed { who: self.rule.who(), rule: self.rule.id.to_string(), why: self.why() }
    }
}

shape! {
    /// A request for approval as it was made.
    pub struct Asked {
        /// When.
        pub at: Instant,
        /// Who made the subject.
        pub author: Id,
        /// Decisions on what was shown before that stand for this too.
        pub carried: Vec<Decision>,
        /// The currency of the net.
        pub currency: Currency,
        /// The date it counts to.
        pub date: Date,
        /// Digest of exactly the content: what decisions are bound to.
        pub digest: Digest,
        /// Exchange rates that its rules compared with, also where nothing was above.
        pub exchange: Vec<ExchangeRate>,
        /// Approvals it needs, in the order of the rules.
        pub needed: Vec<Requirement>,
        /// Its net before tax.
        pub net: Minor,
    }
}

/// The values that make a condition hold for a subject, amounts at face value; nothing where it does not.
#[must_use]
pub fn holds(when: &When, subject: &Subject) -> Option<Vec<Seen>> {
    let mut rule = ApprovalRule::one_of(subject.id.clone(), subject.kind, subject.id.clone());
    rule.when = Some(when.clone());
    match (Look { rule: &rule, subject, rates: &[] }).judge() {
        Found::Holds(seen) => Some(seen),
        // Without another currency there is no rate to be missed.
        Found::Fails | Found::Unknown(_) => None,
    }
}

/// The approvals that a subject needs, in the order of the rules. One small interpreter for every
/// kind of subject: it knows lines, amounts and facts, and nothing of documents.
///
/// ```
/// use duebill::approval::{ApprovalRule, Subject, requirements};
/// use duebill::canon::from_bytes;
/// let rule: ApprovalRule = from_bytes(br#"{"id":"manager","above":"250.00","roles":["manager"]}"#)?;
/// let subject = |net: &str| from_bytes::<Subject>(format!(
///     r#"{{"author":"clara","currency":"EUR","digest":"{}","id":"I","kind":"invoice","net":"{net}","payer":"acme"}}"#,
///     "0".repeat(64),
/// ).as_bytes());
/// assert!(requirements(&[rule.clone()], &subject("250.00")?, &[]).unwrap().is_empty());
/// assert_eq!(requirements(&[rule], &subject("250.01")?, &[]).unwrap().len(), 1);
/// # Ok::<(), duebill::finding::Refusal>(())
/// ```
///
/// # Errors
/// [`ApprovalError::NoRate`] for every rule whose currency is another than the subject's: without
/// an exchange rate the threshold cannot be judged, and nothing passes unjudged.
pub fn requirements(
    rules: &[ApprovalRule],
    subject: &Subject,
    rates: &[ExchangeRate],
) -> Result<Vec<Requirement>, Vec<ApprovalError>> {
    let mut needed = Vec::new();
    let mut errors = Vec::new();
    for rule in rules.iter().filter(|rule| rule.kinds.contains(&subject.kind)) {
        match (Look { rule, subject, rates }).judge() {
            Found::Holds(seen) => needed.push(Requirement { rule: rule.clone(), seen }),
            Found::Fails => {}
            Found::Unknown(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(needed) } else { Err(errors) }
}
