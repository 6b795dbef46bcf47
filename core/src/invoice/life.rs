use super::{DocumentState, InvoiceCommand, InvoiceError};
use crate::audit::Note;
use crate::calendar::{Date, Instant, Moment, Viewpoint};
use crate::canon::{Digest, shape, union, words};
use crate::id::Id;

words! {
    /// How far a document came on its way to the customer.
    pub enum DeliveryStatus {
        /// It waits to be sent.
        Queued = "queued",
        /// It left.
        Sent = "sent",
        /// It arrived.
        Delivered = "delivered",
        /// It came back.
        Bounced = "bounced",
        /// Somebody opened it.
        Viewed = "viewed",
    }
}

shape! {
    /// A step of a document on its way to the customer.
    pub struct Delivery {
        /// The way it took, such as `mail` or `portal`.
        pub channel: Id,
        /// Digest of the document's model, or of what a decision on it is bound to.
        pub document: Option<Digest>,
        /// How far it came.
        pub status: DeliveryStatus,
    }
}

shape! {
    /// The customer accepts the document.
    pub struct Acceptance {
        /// Digest of the document's model, or of what a decision on it is bound to.
        pub document: Option<Digest>,
    }
}

shape! {
    /// The customer promises to pay.
    pub struct Promise {
        /// By when.
        pub by: Date,
    }
}

shape! {
    /// Nobody is to be reminded of it, and nothing of it is collected, until the hold ends.
    pub struct CollectionHold {
        /// Why, as a code.
        pub reason_code: Id,
    }
}

shape! {
    /// A hold ends.
    pub struct HoldEnd {}
}

shape! {
    /// Somebody of the seller looked through it.
    pub struct Review {}
}

shape! {
    /// Somebody spoke with the customer about it.
    pub struct Contact {
        /// How, such as `phone`.
        pub channel: Id,
        /// What was said, sealed.
        pub note: Option<Note>,
    }
}

shape! {
    /// A remark for the seller's own people.
    pub struct Remark {
        /// The words, sealed.
        pub note: Option<Note>,
    }
}

shape! {
    /// The host gives it one of its own labels, which stands while the document stays in its state.
    pub struct HostLabelled {
        /// A label of the policy.
        pub label: Id,
    }
}

union! {
    /// What becomes known of a document besides its money.
    pub enum DocumentFact {
        /// On its way.
        Delivery(Delivery) = "delivery",
        /// Accepted.
        Accepted(Acceptance) = "accepted",
        /// Payment is promised.
        Promised(Promise) = "promised",
        /// Held.
        Held(CollectionHold) = "held",
        /// No longer held.
        HoldEnded(HoldEnd) = "hold_ended",
        /// Reviewed.
        Reviewed(Review) = "reviewed",
        /// The customer was contacted.
        Contacted(Contact) = "contacted",
        /// A remark.
        Remarked(Remark) = "remarked",
        /// A label of the host's own.
        Labelled(HostLabelled) = "labelled",
    }
}

shape! {
    /// A fact of a document with who made it known, and when.
    pub struct KnownFact {
        /// When.
        pub at: Instant,
        /// Who.
        pub by: Id,
        /// The date it takes effect.
        pub effective: Date,
        /// The fact.
        pub fact: DocumentFact,
        /// Where the document stood.
        pub state: DocumentState,
    }
}

shape! {
    /// A label of the host's own under a state of documents.
    pub struct HostLabel {
        /// The label.
        pub id: Id,
        /// The state that a document must be in.
        pub under: DocumentState,
    }
}

impl KnownFact {
    /// From when it counts, and when it was recorded.
    #[must_use]
    pub const fn moment(&self) -> Moment {
        Moment { effective: self.effective, recorded: self.at }
    }
}

/// Everything known of a document besides its content and its money, in the order it became known.
/// Where it stands on each axis is derived from these facts and a date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentLife {
    facts: Vec<KnownFact>,
}

impl DocumentFact {
    /// What the table of states is asked for it.
    #[must_use]
    pub const fn command(&self) -> InvoiceCommand {
        match self {
            Self::Delivery(_)
            | Self::Accepted(_)
            | Self::Promised(_)
            | Self::Held(_)
            | Self::HoldEnded(_) => InvoiceCommand::RecordFact,
            Self::Reviewed(_) | Self::Contacted(_) | Self::Remarked(_) | Self::Labelled(_) => {
                InvoiceCommand::Remark
            }
        }
    }

    /// How far the document came, where that is what it says.
    #[must_use]
    pub fn delivered(&self) -> Option<DeliveryStatus> {
        if let Self::Delivery(delivery) = self { Some(delivery.status) } else { None }
    }

    /// What was delivered or accepted, where that is named.
    #[must_use]
    pub const fn document(&self) -> Option<Digest> {
        match self {
            Self::Delivery(delivery) => delivery.document,
            Self::Accepted(acceptance) => acceptance.document,
            Self::Promised(_)
            | Self::Held(_)
            | Self::HoldEnded(_)
            | Self::Reviewed(_)
            | Self::Contacted(_)
            | Self::Remarked(_)
            | Self::Labelled(_) => None,
        }
    }

    /// Why the document is held, or that it no longer is, where that is what it says.
    #[must_use]
    pub fn hold(&self) -> Option<Option<&Id>> {
        if let Self::Held(hold) = self {
            return Some(Some(&hold.reason_code));
        }
        matches!(self, Self::HoldEnded(_)).then_some(None)
    }

    /// The personal text it holds.
    pub const fn note(&mut self) -> Option<&mut Option<Note>> {
        match self {
            Self::Contacted(contact) => Some(&mut contact.note),
            Self::Remarked(remark) => Some(&mut remark.note),
            Self::Delivery(_)
            | Self::Accepted(_)
            | Self::Promised(_)
            | Self::Held(_)
            | Self::HoldEnded(_)
            | Self::Reviewed(_)
            | Self::Labelled(_) => None,
        }
    }
}

impl DocumentLife {
    /// Every fact, in the order it became known.
    #[must_use]
    pub fn facts(&self) -> &[KnownFact] {
        &self.facts
    }

    /// What was known by the end of a day, in the order it became known.
    pub fn until(&self, at: impl Into<Viewpoint>) -> impl DoubleEndedIterator<Item = &KnownFact> + Clone {
        let at = at.into();
        self.facts.iter().filter(move |known| at.sees(known.moment()))
    }

    /// How far it came by the end of a day: the furthest it got, unless it came back since.
    #[must_use]
    pub fn delivery(&self, at: impl Into<Viewpoint>) -> Option<DeliveryStatus> {
        let steps = self.until(at).filter_map(|known| known.fact.delivered());
        steps.reduce(|so_far, step| match (so_far, step) {
            (DeliveryStatus::Bounced, later) => later,
            (_, DeliveryStatus::Bounced) => DeliveryStatus::Bounced,
            (so_far, later) => so_far.max(later),
        })
    }

    /// When it was first opened.
    #[must_use]
    pub fn viewed(&self, at: impl Into<Viewpoint>) -> Option<Instant> {
        let is_view = |known: &&KnownFact| known.fact.delivered() == Some(DeliveryStatus::Viewed);
        self.until(at).find(is_view).map(|known| known.at)
    }

    /// Whether the customer accepted it by the end of a day.
    #[must_use]
    pub fn accepted(&self, at: impl Into<Viewpoint>) -> bool {
        self.until(at).any(|known| matches!(known.fact, DocumentFact::Accepted(_)))
    }

    /// Whether the customer accepted it, whatever the dates say.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.facts.iter().any(|known| matches!(known.fact, DocumentFact::Accepted(_)))
    }

    /// By when the customer last promised to pay.
    #[must_use]
    pub fn promised(&self, at: impl Into<Viewpoint>) -> Option<Date> {
        self.until(at).rev().find_map(|known| {
            if let DocumentFact::Promised(promise) = &known.fact { Some(promise.by) } else { None }
        })
    }

    /// Why it is held at the end of a day.
    #[must_use]
    pub fn held(&self, at: impl Into<Viewpoint>) -> Option<&Id> {
        self.until(at).rev().find_map(|known| known.fact.hold())?
    }

    /// The last label of the host's own, which stands while the document stays in the state it had.
    #[must_use]
    pub fn label(&self, at: impl Into<Viewpoint>, state: DocumentState) -> Option<&Id> {
        let last = self.until(at).rev().find_map(|known| {
            let DocumentFact::Labelled(labelled) = &known.fact else { return None };
            Some((&labelled.label, known.state))
        });
        last.filter(|(_, then)| *then == state).map(|(label, _)| label)
    }

    /// Whether a fact can follow those before it.
    ///
    /// # Errors
    /// [`InvoiceError::Accepted`], [`InvoiceError::Held`], [`InvoiceError::NotHeld`].
    pub fn check(&self, document: &Id, fact: &DocumentFact) -> Result<(), InvoiceError> {
        let id = || document.to_string();
        // Whatever the dates say: what was made known last stands.
        let mut facts = self.facts.iter().rev().map(|known| &known.fact);
        let accepted = facts.clone().any(|fact| matches!(fact, DocumentFact::Accepted(_)));
        let held = facts.find_map(DocumentFact::hold).flatten().is_some();
        if accepted && matches!(fact, DocumentFact::Accepted(_)) {
            return Err(InvoiceError::Accepted { got: id() });
        }
        match fact.hold() {
            Some(Some(_)) if held => Err(InvoiceError::Held { got: id() }),
            Some(None) if !held => Err(InvoiceError::NotHeld { got: id() }),
            Some(_) | None => Ok(()),
        }
    }

    /// Adds a fact.
    ///
    /// # Errors
    /// What [`DocumentLife::check`] refuses.
    pub fn add(&mut self, document: &Id, known: KnownFact) -> Result<(), InvoiceError> {
        self.check(document, &known.fact)?;
        self.facts.push(known);
        Ok(())
    }
}
