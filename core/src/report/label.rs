use crate::account::{Account, Invoice};
use crate::approval::ApprovalStatus;
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::invoice::{DeliveryStatus, DocumentLife, DocumentState};
use crate::ledger::{MovementKind, OpenItem, Viewpoint};

words! {
    /// What people call the state of an invoice.
    pub enum Label {
        /// Somebody must approve it.
        AwaitingApproval = "awaiting_approval",
        /// Somebody said no, or nobody decided in time.
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
        /// A cash book has reserved money for it that is not applied yet.
        Processing = "processing",
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
    /// A derived label with its tone, its reason and the next step.
    pub struct Labelled {
        /// The label.
        pub label: Label,
        /// What should happen next.
        pub next_step: String,
        /// Why, for people to read.
        pub reason: String,
        /// How it feels.
        pub tone: Tone,
    }
}

/// What a label is made from, beside the state of the document.
#[derive(Debug, Clone, Copy, Default)]
pub struct LabelFacts<'f> {
    /// Whether nobody decided on it in time.
    pub expired: bool,
    /// What is owed, once it is issued.
    pub item: Option<&'f OpenItem>,
    /// What is known of it besides content and money.
    pub life: Option<&'f DocumentLife>,
    /// Whether a cash book has reserved money for it that is not applied yet.
    pub reserved: bool,
}

/// A label, how it feels, why, and what should happen next.
type Said = (Label, Tone, &'static str, &'static str);

fn said((label, tone, reason, next_step): Said, due: Option<Date>, moved: bool) -> Labelled {
    let reason = match due.filter(|_| label == Label::Overdue) {
        Some(due) if moved => format!("{reason} since {due}, as moved by a dispute"),
        Some(due) => format!("{reason} since {due}"),
        None => reason.to_owned(),
    };
    Labelled { label, next_step: next_step.to_owned(), reason, tone }
}

/// The label of an invoice at the end of a day: first the document, then disputes, then money; none before it
/// was drafted.
#[must_use]
pub fn label(invoice: &Invoice, facts: LabelFacts<'_>, as_of: impl Into<Viewpoint>) -> Option<Labelled> {
    let as_of = as_of.into();
    Some(match (invoice.state_at(as_of)?, seen(facts.item, as_of)) {
        (DocumentState::Issued, Some(item)) => labelled(item, facts, as_of),
        (state, _) => unissued(state, facts.expired),
    })
}

/// The item of a document, where it is known by then that it was issued.
pub(super) fn seen(item: Option<&OpenItem>, as_of: Viewpoint) -> Option<&OpenItem> {
    item.filter(|item| as_of.sees(item.opened_at()))
}

/// Whether the time to decide on something was over by then.
pub(super) fn expired(account: &Account, subject: &Id, at: Viewpoint) -> bool {
    let request = account.request(subject).ok().and_then(|request| request.at(at));
    request.is_some_and(|request| request.status() == ApprovalStatus::Expired)
}

/// The label of a document that is no receivable, or no longer.
pub(super) fn unissued(state: DocumentState, expired: bool) -> Labelled {
    let of_state = match state {
        DocumentState::AwaitingApproval => {
            (Label::AwaitingApproval, Tone::Attention, "somebody must approve it", "approve or reject")
        }
        DocumentState::Rejected if expired => {
            (Label::Rejected, Tone::Bad, "nobody decided in time", "void it and bill again")
        }
        DocumentState::Rejected => {
            (Label::Rejected, Tone::Bad, "somebody said no", "void, correct and bill again")
        }
        DocumentState::Void => (Label::Void, Tone::Neutral, "it was voided", "none"),
        DocumentState::Approved | DocumentState::Issued => {
            (Label::Approved, Tone::Neutral, "its number is under way", "wait for its number")
        }
    };
    said(of_state, None, false)
}

/// The label of an open item at the end of a day, with its tone, reason and next step.
pub(super) fn labelled(item: &OpenItem, facts: LabelFacts<'_>, as_of: Viewpoint) -> Labelled {
    let due = item.due_at(as_of);
    // One of its own dates was not moved.
    let own = due == item.terms().due || item.terms().instalments.iter().any(|part| part.due == due);
    said(of_item(item, facts, as_of), Some(due), !own && item.is_extended(as_of))
}

fn of_item(item: &OpenItem, facts: LabelFacts<'_>, as_of: Viewpoint) -> Said {
    let open = item.open_at(as_of);
    if open.is_zero() {
        return closed(item, as_of);
    }
    if item.is_credit() {
        let next_step = "set it against an invoice or pay it out";
        (Label::UnusedCredit, Tone::Attention, "credit is left", next_step)
    } else if item.disputed_at(as_of).is_positive() {
        (Label::Disputed, Tone::Bad, "a part of what is open is disputed", "answer the dispute")
    } else if facts.reserved {
        let next_step = "wait until it is applied";
        (Label::Processing, Tone::Neutral, "money for it came and is not applied yet", next_step)
    } else if as_of.date > item.due_at(as_of) {
        let held = facts.life.is_some_and(|life| life.held(as_of).is_some());
        let next_step = if held { "settle what it is held for" } else { "remind the customer" };
        (Label::Overdue, Tone::Bad, "something is open", next_step)
    } else if is_part_paid(item, as_of) {
        let reason = "a part is paid and the rest is not due";
        (Label::PartiallyPaid, Tone::Attention, reason, "wait for the rest")
    } else {
        on_its_way(facts.life, as_of)
    }
}

/// Whether money lowered what is open: a credit note or a part written off is no payment.
fn is_part_paid(item: &OpenItem, as_of: Viewpoint) -> bool {
    let is_money = |kind: MovementKind| matches!(kind, MovementKind::Allocation | MovementKind::Unapplied);
    let seen = item.movements().iter().filter(|one| is_money(one.kind) && as_of.sees(one.moment()));
    let paid = seen.fold(0_i64, |paid, one| paid.saturating_add(one.fall.units()));
    // What moved in with less than its total was paid elsewhere.
    paid > 0 || item.terms().open < item.terms().total
}

/// The label of a document that nobody paid of and that is not due: how far it came.
fn on_its_way(life: Option<&DocumentLife>, as_of: Viewpoint) -> Said {
    let unsent = (Label::Issued, Tone::Attention, "nobody said that it was sent", "send it");
    let Some(life) = life else { return unsent };
    let wait = "wait for payment";
    if life.accepted(as_of) {
        return (Label::Accepted, Tone::Good, "the customer accepted it", wait);
    }
    match life.delivery(as_of) {
        None | Some(DeliveryStatus::Queued) => unsent,
        Some(DeliveryStatus::Sent) => (Label::Sent, Tone::Neutral, "it left and is not due", wait),
        Some(DeliveryStatus::Delivered) => {
            (Label::Received, Tone::Neutral, "it arrived and is not due", wait)
        }
        Some(DeliveryStatus::Bounced) => {
            (Label::Bounced, Tone::Bad, "it came back", "correct the address and send it again")
        }
        Some(DeliveryStatus::Viewed) => (Label::Viewed, Tone::Neutral, "the customer opened it", wait),
    }
}

/// What is called by what closed it.
fn closed(item: &OpenItem, as_of: Viewpoint) -> Said {
    match item.closed_by(as_of) {
        Some(MovementKind::Void) => (Label::Void, Tone::Neutral, "it was voided", "none"),
        Some(MovementKind::Transfer) => {
            (Label::Moved, Tone::Neutral, "its customer moved", "see the account it moved to")
        }
        Some(MovementKind::WriteOff) => {
            (Label::WrittenOff, Tone::Bad, "what was left was written off", "none")
        }
        Some(MovementKind::Credit | MovementKind::Refund) if item.is_credit() => {
            (Label::UsedCredit, Tone::Good, "nothing of the credit is left", "none")
        }
        Some(MovementKind::Credit) => (Label::Credited, Tone::Neutral, "a credit note closed it", "none"),
        Some(
            MovementKind::Allocation
            | MovementKind::Unapplied
            | MovementKind::Refund
            | MovementKind::Recovery
            | MovementKind::DiscountReversed,
        )
        | None => (Label::Paid, Tone::Good, "money closed it", "none"),
    }
}
