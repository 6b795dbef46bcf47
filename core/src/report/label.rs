use crate::account::Invoice;
use crate::canon::{shape, words};
use crate::invoice::{DeliveryStatus, DocumentLife, DocumentState};
use crate::ledger::{MovementKind, OpenItem, Viewpoint};

words! {
    /// What people call the state of an invoice.
    pub enum Label {
        /// Somebody must approve it.
        AwaitingApproval = "awaiting_approval",
        /// Somebody said no.
        Rejected = "rejected",
        /// Approved; its number is under way.
        Approved = "approved",
        /// Issued; nobody said that it was sent.
        Issued = "issued",
        /// On its way to the customer, not due.
        Sent = "sent",
        /// Arrived, not due.
        Received = "received",
        /// Opened by the customer, not due.
        Viewed = "viewed",
        /// Accepted by the customer, not due.
        Accepted = "accepted",
        /// It came back.
        Bounced = "bounced",
        /// A part of what is open is disputed.
        Disputed = "disputed",
        /// Something is paid, the rest is not due.
        PartiallyPaid = "partially_paid",
        /// Money closed it.
        Paid = "paid",
        /// A credit note closed it.
        Credited = "credited",
        /// What was left was written off.
        WrittenOff = "written_off",
        /// It moved to another account.
        Moved = "moved",
        /// Credit that is not used up.
        UnusedCredit = "unused_credit",
        /// Credit that was set against an invoice or paid out.
        UsedCredit = "used_credit",
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
pub fn label(
    invoice: &Invoice,
    item: Option<&OpenItem>,
    life: Option<&DocumentLife>,
    as_of: impl Into<Viewpoint>,
) -> Labelled {
    let (label, tone, next_step) = match (invoice.state, item) {
        (DocumentState::Issued, Some(item)) => of_item(item, life, as_of.into()),
        (state, _) => unissued(state),
    };
    Labelled { label, next_step: next_step.to_owned(), tone }
}

/// The label of a document that is no receivable, or no longer.
pub(super) const fn unissued(state: DocumentState) -> (Label, Tone, &'static str) {
    match state {
        DocumentState::AwaitingApproval => (Label::AwaitingApproval, Tone::Attention, "approve or reject"),
        DocumentState::Rejected => (Label::Rejected, Tone::Bad, "void, correct and bill again"),
        DocumentState::Void => (Label::Void, Tone::Neutral, "none"),
        DocumentState::Approved | DocumentState::Issued => {
            (Label::Approved, Tone::Neutral, "wait for its number")
        }
    }
}

/// The label of an open item, with its tone and next step.
pub(super) fn labelled(item: &OpenItem, life: Option<&DocumentLife>, as_of: Viewpoint) -> Labelled {
    let (label, tone, next_step) = of_item(item, life, as_of);
    Labelled { label, next_step: next_step.to_owned(), tone }
}

/// The label of an open item at the end of a day.
pub(super) fn of_item(
    item: &OpenItem,
    life: Option<&DocumentLife>,
    as_of: Viewpoint,
) -> (Label, Tone, &'static str) {
    let open = item.open_at(as_of);
    if open.is_zero() {
        return closed(item, as_of);
    }
    if item.is_credit() {
        (Label::UnusedCredit, Tone::Attention, "set it against an invoice or pay it out")
    } else if item.disputed_at(as_of).is_positive() {
        (Label::Disputed, Tone::Bad, "answer the dispute")
    } else if as_of.date > item.due_at(as_of) {
        let held = life.is_some_and(|life| life.held(as_of.date).is_some());
        (Label::Overdue, Tone::Bad, if held { "settle what it is held for" } else { "remind the customer" })
    } else if open < item.terms().total {
        (Label::PartiallyPaid, Tone::Attention, "wait for the rest")
    } else {
        on_its_way(life, as_of)
    }
}

/// The label of a document that is wholly open and not due: how far it came.
fn on_its_way(life: Option<&DocumentLife>, as_of: Viewpoint) -> (Label, Tone, &'static str) {
    let Some(life) = life else { return (Label::Issued, Tone::Attention, "send it") };
    if life.accepted(as_of.date) {
        return (Label::Accepted, Tone::Good, "wait for payment");
    }
    match life.delivery(as_of.date) {
        None | Some(DeliveryStatus::Queued) => (Label::Issued, Tone::Attention, "send it"),
        Some(DeliveryStatus::Sent) => (Label::Sent, Tone::Neutral, "wait for payment"),
        Some(DeliveryStatus::Delivered) => (Label::Received, Tone::Neutral, "wait for payment"),
        Some(DeliveryStatus::Bounced) => (Label::Bounced, Tone::Bad, "correct the address and send it again"),
        Some(DeliveryStatus::Viewed) => (Label::Viewed, Tone::Neutral, "wait for payment"),
    }
}

/// What is called by what closed it.
fn closed(item: &OpenItem, as_of: Viewpoint) -> (Label, Tone, &'static str) {
    match item.closed_by(as_of) {
        Some(MovementKind::Void) => (Label::Void, Tone::Neutral, "none"),
        Some(MovementKind::Transfer) => (Label::Moved, Tone::Neutral, "see the account it moved to"),
        Some(MovementKind::WriteOff) => (Label::WrittenOff, Tone::Bad, "none"),
        Some(MovementKind::Credit | MovementKind::Refund) if item.is_credit() => {
            (Label::UsedCredit, Tone::Good, "none")
        }
        Some(MovementKind::Credit) => (Label::Credited, Tone::Neutral, "none"),
        Some(
            MovementKind::Allocation
            | MovementKind::Unapplied
            | MovementKind::Refund
            | MovementKind::Recovery
            | MovementKind::DiscountReversed,
        )
        | None => (Label::Paid, Tone::Good, "none"),
    }
}
