//! Decisions, and what ends a request without one.

use crate::approval::{Evidence, Verdict};
use crate::audit::Note;
use crate::canon::{Digest, shape};
use crate::id::Id;

shape! {
    /// Decides on whatever waits for approval, bound to the digest of what was shown.
    pub struct ApprovalDecision {
        /// The words of consent.
        pub consent: Option<Note>,
        /// Digest of the content that was shown.
        pub digest: Digest,
        /// What proves the decision.
        pub evidence: Option<Evidence>,
        /// How it reached the seller, such as `portal` or `mail`.
        pub method: Option<Id>,
        /// Who is decided for, under a delegation of the policy.
        pub on_behalf_of: Option<Id>,
        /// Digest of the page that was shown, as the role sees it; held against the page when it is named.
        pub shown: Option<Digest>,
        /// Ed25519 signature of the statement: 128 hexadecimal digits.
        pub signature: Option<String>,
        /// What waits: an invoice, credit note, write-off or estimate of this account.
        pub subject: Id,
        /// The decision.
        pub verdict: Verdict,
    }
}

shape! {
    /// Decides on several things at once: each has its own outcome.
    pub struct DecideApprovals {
        /// The decisions.
        pub decisions: Vec<ApprovalDecision>,
    }
}

shape! {
    /// Ends a request for approval that nobody decided in time.
    pub struct ExpireApproval {
        /// What waited.
        pub subject: Id,
    }
}

shape! {
    /// Makes work billable again that waited because consent was denied or not given.
    pub struct ReleaseHold {
        /// What consent was asked for.
        pub subject: Id,
    }
}
