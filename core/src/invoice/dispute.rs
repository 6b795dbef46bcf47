use super::InvoiceError;
use crate::canon::{Digest, sha256, shape, to_bytes, words};
use crate::id::Id;

words! {
    /// Where a dispute stands.
    pub enum DisputeState {
        /// Somebody said so.
        Opened = "opened",
        /// The seller has seen it.
        Acknowledged = "acknowledged",
        /// Somebody looks into it.
        Investigating = "investigating",
        /// It is with those who decide.
        Escalated = "escalated",
        /// It has ended.
        Closed = "closed",
    }
}

impl DisputeState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Opened, Self::Acknowledged, Self::Investigating, Self::Escalated, Self::Closed];
}

words! {
    /// What a live dispute can move on to.
    pub enum DisputeStep {
        /// The seller has seen it.
        Acknowledged = "acknowledged",
        /// Somebody looks into it.
        Investigating = "investigating",
        /// It goes to those who decide.
        Escalated = "escalated",
    }
}

impl DisputeStep {
    /// Every step.
    pub const ALL: [Self; 3] = [Self::Acknowledged, Self::Investigating, Self::Escalated];

    /// The state it leads to.
    #[must_use]
    pub const fn state(self) -> DisputeState {
        match self {
            Self::Acknowledged => DisputeState::Acknowledged,
            Self::Investigating => DisputeState::Investigating,
            Self::Escalated => DisputeState::Escalated,
        }
    }
}

words! {
    /// How a dispute ends.
    pub enum DisputeOutcome {
        /// The seller agrees, and credited or wrote off all of it.
        Accepted = "accepted",
        /// The seller agrees to a part, and credited or wrote that off.
        AcceptedInPart = "accepted_in_part",
        /// The seller says no.
        Rejected = "rejected",
        /// The customer takes it back.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What a dispute did to the clock of what it was about, once that is owed again.
    pub enum DisputeClock {
        /// It ran on: the due date stays.
        Running = "running",
        /// It stood still while the dispute was open.
        Paused = "paused",
        /// It began anew with the end of the dispute.
        Restarted = "restarted",
    }
}

shape! {
    /// A file that proves something: what it is, not what it says; its bytes stay with the host.
    pub struct DisputeEvidence {
        /// SHA-256 of its bytes.
        pub hash: Digest,
        /// Its media type, such as `image/png`.
        pub media_type: Id,
        /// Its size in bytes.
        pub size: u64,
    }
}

/// The digest that freezes the evidence of a dispute as it was opened.
#[must_use]
pub fn frozen(evidence: &Vec<DisputeEvidence>) -> Digest {
    sha256(&to_bytes(evidence))
}

/// The table of every state and step: on and up, and back from those who decide to those who look into it.
///
/// # Errors
/// [`InvoiceError::DisputeStep`].
pub fn allow_step(dispute: &Id, state: DisputeState, step: DisputeStep) -> Result<(), InvoiceError> {
    use DisputeState as S;
    use DisputeStep as T;
    match (state, step) {
        (S::Opened, T::Acknowledged | T::Investigating | T::Escalated)
        | (S::Acknowledged, T::Investigating | T::Escalated)
        | (S::Investigating, T::Escalated)
        | (S::Escalated, T::Investigating) => Ok(()),
        (S::Acknowledged, T::Acknowledged)
        | (S::Investigating, T::Acknowledged | T::Investigating)
        | (S::Escalated, T::Acknowledged | T::Escalated)
        | (S::Closed, T::Acknowledged | T::Investigating | T::Escalated) => {
            let (state, step) = (state.word(), step.word());
            Err(InvoiceError::DisputeStep { dispute: dispute.to_string(), state, step })
        }
    }
}
