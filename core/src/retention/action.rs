use super::{About, Attachment, PlanItem};
use crate::audit::{Note, Stamp};
use crate::calendar::Date;
use crate::canon::{Digest, shape};
use crate::id::Id;

shape! {
    /// Registers files of the host; what is known already has no effect.
    pub struct RegisterAttachments {
        /// The files.
        pub attachments: Vec<Attachment>,
    }
}

shape! {
    /// Keeps content whatever its rule says, until the hold is lifted.
    pub struct PlaceLegalHold {
        /// Only content about this and what belongs to it.
        pub about: Option<About>,
        /// Id of the hold.
        pub hold: Id,
        /// Why, in words, sealed.
        pub note: Option<Note>,
        /// Only content that holds personal data of this person.
        pub person: Option<Id>,
        /// Why: a code of the host.
        pub reason_code: Id,
    }
}

shape! {
    /// Ends a legal hold.
    pub struct LiftLegalHold {
        /// The hold.
        pub hold: Id,
        /// Why: a code of the host.
        pub reason_code: Id,
    }
}

shape! {
    /// Erases what is due: the plan with this digest, or some of it.
    pub struct Purge {
        /// The digest of the plan as of the effective date.
        pub digest: Option<Digest>,
        /// Attachments by id, words by commitment.
        pub items: Vec<Id>,
    }
}

shape! {
    /// Erases what holds personal data of somebody who asks for it, and says what must be kept and why.
    pub struct EraseSubject {
        /// The person.
        pub person: Id,
    }
}

shape! {
    /// Files of the host were registered.
    pub struct AttachmentsRegistered {
        /// The files.
        pub attachments: Vec<Attachment>,
    }
}

shape! {
    /// A legal hold was placed.
    pub struct LegalHoldPlaced {
        /// Only content about this.
        pub about: Option<About>,
        /// Who placed it.
        pub by: Id,
        /// The date it takes effect; it holds from now on.
        pub effective: Date,
        /// The hold.
        pub hold: Id,
        /// Why, sealed.
        pub note: Option<Note>,
        /// Only content of this person.
        pub person: Option<Id>,
        /// Why.
        pub reason_code: Id,
    }
}

impl LegalHoldPlaced {
    /// What a command with this stamp records.
    #[must_use]
    pub fn of(place: &PlaceLegalHold, stamp: &Stamp) -> Self {
        Self {
            about: place.about.clone(),
            by: stamp.actor.clone(),
            effective: stamp.effective,
            hold: place.hold.clone(),
            note: place.note.clone(),
            person: place.person.clone(),
            reason_code: place.reason_code.clone(),
        }
    }
}

shape! {
    /// A legal hold was lifted.
    pub struct LegalHoldLifted {
        /// Who lifted it.
        pub by: Id,
        /// The date it takes effect.
        pub effective: Date,
        /// The hold.
        pub hold: Id,
        /// Why.
        pub reason_code: Id,
    }
}

impl LegalHoldLifted {
    /// What a command with this stamp records.
    #[must_use]
    pub fn of(lift: &LiftLegalHold, stamp: &Stamp) -> Self {
        Self {
            by: stamp.actor.clone(),
            effective: stamp.effective,
            hold: lift.hold.clone(),
            reason_code: lift.reason_code.clone(),
        }
    }
}

shape! {
    /// A person asked for the erasure of their data; what became of each piece follows.
    pub struct ErasureRequested {
        /// The person.
        pub person: Id,
    }
}

shape! {
    /// Something could not be erased.
    pub struct PurgeRefused {
        /// Number of the code of the reason.
        pub code: u16,
        /// What was to be erased, and what keeps it.
        pub item: PlanItem,
        /// Name of that code.
        pub name: String,
    }
}
