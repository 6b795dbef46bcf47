//! Retention: how long attachments and personal words are kept, and what is erased when.
//!
//! A [`RetentionRule`] says for a class of content from when it is kept, how long, and what then becomes of it.
//! [`plan`] judges [`Candidate`]s as of a date: what must be kept and why, what is to be erased and since when.
//! A legal hold and an open dispute always win. Bytes stay with the host; this room knows their hash. [`purge`] and
//! [`erase_subject`] decide for every log that keeps content; a log without files is one that [`KeepsWords`].

mod action;
mod attachment;
mod erase;
mod error;
mod plan;
mod policy;
mod text;
mod words;
mod words_events;

pub use action::{
    AttachmentsRegistered, EraseSubject, ErasureRequested, LegalHoldLifted, LegalHoldPlaced, LiftLegalHold,
    PlaceLegalHold, Purge, PurgeRefused, RegisterAttachments,
};
pub use attachment::{About, AboutKind, Attachment, ContentKind, class};
pub use erase::{RetentionEvent, check_stated, erase_subject, purge};
pub use error::RetentionError;
pub use plan::{Candidate, KeepReason, PlanItem, plan, plan_digest, select};
pub use policy::{RetentionAction, RetentionPolicy, RetentionRule, RetentionStart, standard_rules};
pub use text::PersonalText;
pub use words::{Gather, KeepsWords, Words, WordsAction, WordsEvent};
pub(crate) use words_events::words_events;
