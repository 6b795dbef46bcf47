use super::{ApprovalError, Requirement, SubjectKind};
use crate::calendar::Instant;
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
    /// One person's decision on exactly the content with this digest.
    pub struct Decision {
        /// Who decided.
        pub actor: Id,
        /// When.
        pub at: Instant,
        /// Digest of what was shown.
        pub digest: Digest,
        /// In which role.
        pub role: Id,
        /// What.
        pub verdict: Verdict,
    }
}

words! {
    /// Where a request stands.
    pub enum ApprovalStatus {
        /// Somebody must still decide.
        Pending = "pending",
        /// Everything needed is given; also when nothing was needed.
        Approved = "approved",
        /// Somebody said no.
        Rejected = "rejected",
    }
}

/// A request for approval: what is needed, of whom, on what content, and what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    kind: SubjectKind,
    author: Id,
    digest: Digest,
    needed: Vec<Requirement>,
    decisions: Vec<Decision>,
}

impl Request {
    /// A request on which nobody has decided.
    #[must_use]
    pub const fn new(kind: SubjectKind, author: Id, digest: Digest, needed: Vec<Requirement>) -> Self {
        Self { kind, author, digest, needed, decisions: Vec::new() }
    }

    /// What kind of thing it is about.
    #[must_use]
    pub const fn kind(&self) -> SubjectKind {
        self.kind
    }

    /// Who made the subject.
    #[must_use]
    pub const fn author(&self) -> &Id {
        &self.author
    }

    /// Digest of the content.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// What is needed.
    #[must_use]
    pub fn needed(&self) -> &[Requirement] {
        &self.needed
    }

    /// What was decided, in order.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Where it stands: rejected by one no; approved when every requirement has its quorum, where a
    /// person counts once for each requirement that their role serves.
    #[must_use]
    pub fn status(&self) -> ApprovalStatus {
        if self.decisions.iter().any(|decision| decision.verdict == Verdict::Reject) {
            ApprovalStatus::Rejected
        } else if self.needed.iter().all(|requirement| self.is_met(requirement)) {
            ApprovalStatus::Approved
        } else {
            ApprovalStatus::Pending
        }
    }

    fn is_met(&self, requirement: &Requirement) -> bool {
        let serving =
            self.decisions.iter().filter(|decision| requirement.roles.contains(&decision.role)).count();
        u32::try_from(serving).unwrap_or(u32::MAX) >= requirement.quorum
    }

    /// Checks a decision against everything that could be wrong with it, in order of precedence.
    ///
    /// # Errors
    /// [`ApprovalError`], the first that applies.
    pub fn check(&self, decision: &Decision) -> Result<(), ApprovalError> {
        let status = self.status();
        if status != ApprovalStatus::Pending {
            return Err(ApprovalError::NotOpen { status: status.word() });
        }
        if decision.digest != self.digest {
            return Err(ApprovalError::Content {
                expected: self.digest.to_string(),
                got: decision.digest.to_string(),
            });
        }
        if decision.actor == self.author {
            return Err(ApprovalError::Author { author: self.author.to_string() });
        }
        if self.decisions.iter().any(|earlier| earlier.actor == decision.actor) {
            return Err(ApprovalError::Twice { actor: decision.actor.to_string() });
        }
        let open = || self.needed.iter().filter(|requirement| !self.is_met(requirement));
        if !open().any(|requirement| requirement.roles.contains(&decision.role)) {
            let roles: Vec<&str> =
                open().flat_map(|requirement| &requirement.roles).map(Id::as_str).collect();
            return Err(ApprovalError::Role { roles: roles.join(", "), got: decision.role.to_string() });
        }
        Ok(())
    }

    /// Adds a decision.
    ///
    /// # Errors
    /// What [`Request::check`] refuses; then nothing is changed.
    pub fn add(&mut self, decision: Decision) -> Result<(), ApprovalError> {
        self.check(&decision)?;
        self.decisions.push(decision);
        Ok(())
    }
}
