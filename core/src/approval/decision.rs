use super::{ApprovalError, Signature};
use crate::audit::{Assurance, Note};
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape, words};
use crate::id::Id;

words! {
    /// What somebody decided.
    pub enum Verdict {
        /// Yes.
        Approve = "approve",
        /// No; it goes back to its author.
        Reject = "reject",
    }
}

shape! {
    /// A person lets another decide for them for a while.
    pub struct Delegation {
        /// Who entered it.
        pub by: Id,
        /// Whose decisions they are.
        pub from: Id,
        /// First day.
        pub from_date: Date,
        /// The roles it is about.
        pub roles: Vec<Id>,
        /// Who decides.
        pub to: Id,
        /// Last day.
        pub to_date: Date,
    }
}

impl Delegation {
    /// What is wrong with the delegation.
    ///
    /// # Errors
    /// [`ApprovalError::Delegation`].
    pub fn check(&self) -> Result<(), ApprovalError> {
        if self.from != self.to && self.from_date <= self.to_date && !self.roles.is_empty() {
            return Ok(());
        }
        let (from, to) = (self.from.to_string(), self.to.to_string());
        Err(ApprovalError::Delegation { from, to, roles: self.roles.len() })
    }

    /// Whether it lets a person decide for another in a role on a day.
    #[must_use]
    pub fn allows(&self, from: &Id, to: &Id, role: &Id, on: Date) -> bool {
        self.from == *from
            && self.to == *to
            && self.roles.contains(role)
            && (self.from_date..=self.to_date).contains(&on)
    }
}

shape! {
    /// Something kept outside that proves a decision, such as a mail or a signed page.
    pub struct Evidence {
        /// Digest of its bytes.
        pub digest: Option<Digest>,
        /// Where the host finds it.
        pub reference: Id,
    }
}

shape! {
    /// Why a decision on another document stands for this one.
    pub struct Carried {
        /// The document that was shown.
        pub from: Id,
        /// The rules that let it stand: the amount is not larger, and the lines are a subset.
        pub rules: Vec<Id>,
    }
}

shape! {
    /// One person's decision on exactly the content with this digest.
    pub struct Decision {
        /// Who decided.
        pub actor: Id,
        /// How surely the person was known.
        pub assurance: Option<Assurance>,
        /// When.
        pub at: Instant,
        /// Why it stands although something else was shown.
        pub carried: Option<Carried>,
        /// The words of consent, sealed.
        pub consent: Option<Note>,
        /// The delegation under which the person decided for another.
        pub delegation: Option<Delegation>,
        /// Digest of exactly what was shown.
        pub digest: Digest,
        /// What proves it.
        pub evidence: Option<Evidence>,
        /// Network address, sealed.
        pub ip: Option<Note>,
        /// How it reached the seller, such as `portal` or `mail`.
        pub method: Option<Id>,
        /// Why, sealed.
        pub reason: Option<Note>,
        /// In which role.
        pub role: Id,
        /// Digest of the page that was shown, where it was named: the one that the role was shown then.
        pub shown: Option<Digest>,
        /// The signature, verified when it was recorded.
        pub signature: Option<Signature>,
        /// What.
        pub verdict: Verdict,
    }
}

shape! {
    /// A decision of another system, as it says that it was made: it is not decided again, and nothing
    /// follows from it.
    pub struct ForeignDecision {
        /// When.
        pub at: Instant,
        /// Who, or in which role where nothing more is known.
        pub by: Id,
        /// The rule or step that it was for, as that system calls it.
        pub rule: Id,
        /// What.
        pub verdict: Verdict,
    }
}

impl Decision {
    /// Whether the delegation that it names lets this person decide in this role on the day of the decision.
    ///
    /// # Errors
    /// [`ApprovalError::DelegationUnknown`].
    pub fn check_delegation(&self) -> Result<(), ApprovalError> {
        let Self { actor, at, delegation, role, .. } = self;
        match delegation {
            Some(one) if !one.allows(&one.from, actor, role, at.day()) => {
                let (from, to) = (one.from.to_string(), actor.to_string());
                Err(ApprovalError::DelegationUnknown { from, to, role: role.to_string() })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether a no says why: what is rejected goes back to its author.
    ///
    /// # Errors
    /// [`ApprovalError::Reason`].
    pub fn check_reason(&self) -> Result<(), ApprovalError> {
        let silent = self.verdict == Verdict::Reject && self.reason.is_none();
        if silent { Err(ApprovalError::Reason) } else { Ok(()) }
    }

    /// Whose decision it is: the person, and the one decided for.
    pub fn people(&self) -> impl Iterator<Item = &Id> {
        core::iter::once(&self.actor).chain(self.delegation.iter().map(|delegation| &delegation.from))
    }
}
