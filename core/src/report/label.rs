use crate::account::Invoice;
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::invoice::DocumentState;
use crate::ledger::{MovementKind, OpenItem};

words! {
    /// What people call the state of an invoice.
    pub enum Label {
        /// Somebody must approve it.
        AwaitingApproval = "awaiting_approval",
        /// Somebody said no.
        Rejected = "rejected",
        /// Approved; its number is under way.
        Approved = "approved",
        /// Issued, nothing paid, not due.
        Sent = "sent",
        /// A part of what is open is disputed.
        Disputed = "disputed",
        /// Something is paid, the rest is not due.
        PartiallyPaid = "partially_paid",
        /// Nothing is open.
        Paid = "paid",
        /// Something is open past its due date.
        Overdue = "overdue",
        /// Voided.
        Void = "void",
    }
}

words! {
    /// How a label feels.
    pub enum Tone {
        /// Done.
        Good = "good",
        /// Somebody should act soon.
        Attention = "attention",
        /// Something is wrong.
        Bad = "bad",
        /// On its way.
        Neutral = "neutral",
    }
}

shape! {
    /// A derived label with its tone and the next step.
    pub struct Labelled {
        /// The label.
        pub label: Label,
        /// What should happen next.
        pub next_step: String,
        /// How it feels.
        pub tone: Tone,
    }
}

/// The label of an invoice at the end of a day: first the document, then disputes, then money.
#[must_use]
pub fn label(invoice: &Invoice, item: Option<&OpenItem>, as_of: Date) -> Labelled {
    let (label, tone, next_step) = match (invoice.state, item) {
        (DocumentState::AwaitingApproval, _) => {
            (Label::AwaitingApproval, Tone::Attention, "approve or reject")
        }
        (DocumentState::Rejected, _) => (Label::Rejected, Tone::Bad, "void, correct and bill again"),
        (DocumentState::Void, _) => (Label::Void, Tone::Neutral, "none"),
        (DocumentState::Approved, _) | (DocumentState::Issued, None) => {
            (Label::Approved, Tone::Neutral, "wait for its number")
        }
        (DocumentState::Issued, Some(item)) => of_item(item, as_of),
    };
    Labelled { label, next_step: next_step.to_owned(), tone }
}

/// The label of an open item at the end of a day.
pub(super) fn of_item(item: &OpenItem, as_of: Date) -> (Label, Tone, &'static str) {
    let open = item.open_at(as_of);
    let voided = item.closed_by() == Some(MovementKind::Void);
    if open.is_zero() && !voided {
        (Label::Paid, Tone::Good, "none")
    } else if open.is_zero() {
        (Label::Void, Tone::Neutral, "none")
    } else if item.disputed_at(as_of).is_positive() {
        (Label::Disputed, Tone::Bad, "answer the dispute")
    } else if as_of > item.due_at(as_of) {
        (Label::Overdue, Tone::Bad, "remind the customer")
    } else if open < item.terms().total {
        (Label::PartiallyPaid, Tone::Attention, "wait for the rest")
    } else {
        (Label::Sent, Tone::Neutral, "wait for payment")
    }
}
