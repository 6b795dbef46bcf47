//! Disputes.

use crate::canon::shape;
use crate::id::Id;
use crate::invoice::{DisputeEvidence, DisputeOutcome, DisputeStep};
use crate::money::{Currency, Minor};

shape! {
    /// Disputes a part of an open item.
    pub struct OpenDispute {
        /// How much; left out where lines are named.
        pub amount: Option<Minor>,
        /// Who says so, such as a contact of the customer; the actor of the command when left out.
        pub by: Option<Id>,
        /// Its currency.
        pub currency: Currency,
        /// Id of the dispute.
        pub dispute: Id,
        /// What proves it, frozen as it is now.
        pub evidence: Vec<DisputeEvidence>,
        /// The invoice or opening item.
        pub invoice: Id,
        /// Lines of the invoice; what can still be credited of them is disputed.
        pub lines: Vec<Id>,
        /// Reason code.
        pub reason_code: Id,
    }
}

shape! {
    /// Moves a dispute on.
    pub struct AdvanceDispute {
        /// The dispute.
        pub dispute: Id,
        /// Where to.
        pub to: DisputeStep,
    }
}

shape! {
    /// Ends a dispute.
    pub struct CloseDispute {
        /// The dispute.
        pub dispute: Id,
        /// How.
        pub outcome: DisputeOutcome,
        /// What takes the accepted part back: a credit note that is issued, or a write-off that is done.
        pub remedy: Option<Id>,
    }
}
