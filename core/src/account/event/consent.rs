//! What became of requests for approval.

use crate::approval::{ApprovalStatus, Decision, Lapse, SubjectKind};
use crate::calendar::Instant;
use crate::canon::shape;
use crate::id::Id;
use crate::rating::ChargeSource;

shape! {
    /// Somebody decided on what waits for approval.
    pub struct ApprovalDecided {
        /// The decision.
        pub decision: Decision,
        /// Where its request stands after that.
        pub status: ApprovalStatus,
        /// What was decided on.
        pub subject: Id,
        /// What kind of thing that is.
        pub subject_kind: SubjectKind,
    }
}

shape! {
    /// A decision of a batch was refused; the others stand.
    pub struct DecisionRefused {
        /// Number of the code of the first reason.
        pub code: u16,
        /// Name of that code.
        pub name: String,
        /// Its place in the batch.
        pub place: u32,
        /// What was to be decided on.
        pub subject: Id,
    }
}

shape! {
    /// A request ended because nobody decided in time.
    pub struct ApprovalExpired {
        /// When it was recorded.
        pub at: Instant,
        /// The rule whose time was over.
        pub rule: Id,
        /// What waited.
        pub subject: Id,
        /// What kind of thing that is.
        pub subject_kind: SubjectKind,
    }
}

shape! {
    /// Work that consent was asked for.
    pub struct LapsedWork {
        /// The entry or sale.
        pub id: Id,
        /// What it is.
        pub source: ChargeSource,
    }
}

shape! {
    /// What became of work to which consent was denied, or not given in time.
    pub struct ConsentLapsed {
        /// What became of it.
        pub lapse: Lapse,
        /// The rule that says so.
        pub rule: Id,
        /// What consent was asked for.
        pub subject: Id,
        /// The work.
        pub work: Vec<LapsedWork>,
    }
}

shape! {
    /// Held work is billable again.
    pub struct HoldReleased {
        /// What consent was asked for.
        pub subject: Id,
        /// The work.
        pub work: Vec<LapsedWork>,
    }
}
