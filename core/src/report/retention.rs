//! What is kept, what is due to be erased, and what was erased.

use crate::account::Account;
use crate::audit::{LogAddress, Note};
use crate::calendar::Date;
use crate::canon::{Digest, shape, words};
use crate::id::Id;
use crate::retention::{
    About, ContentKind, KeepsWords, LegalHoldPlaced, PersonalText, PlanItem, RetentionAction, plan_digest,
};
use crate::rulebook::Rulebook;

words! {
    /// Where content stands.
    pub enum ContentState {
        /// It is kept.
        Kept = "kept",
        /// Everything personal was taken out of it.
        Anonymised = "anonymised",
        /// It is gone; what commits to it stays.
        Erased = "erased",
    }
}

shape! {
    /// A piece of content and where it stands.
    pub struct ContentView {
        /// What it is about.
        pub about: About,
        /// Its class.
        pub class: Id,
        /// What it is.
        pub content: ContentKind,
        /// Its id: that of the attachment, or the commitment of the words.
        pub id: Id,
        /// Whose personal data it holds.
        pub person: Option<Id>,
        /// The sequence of the record beside which its words stand; none for an attachment.
        pub seq: Option<u64>,
        /// Where it stands.
        pub state: ContentState,
        /// The words, while they are kept: of a text, or the name of an attachment.
        pub words: Option<String>,
    }
}

shape! {
    /// What retention says of a log as of a date.
    pub struct RetentionView {
        /// The date.
        pub as_of: Date,
        /// All content, what was erased among it: attachments by id, then words by commitment.
        pub contents: Vec<ContentView>,
        /// The digest of what is due: what a purge quotes.
        pub digest: Digest,
        /// Legal holds that stand.
        pub holds: Vec<LegalHoldPlaced>,
        /// The log.
        pub log: LogAddress,
        /// What becomes of everything that is kept, with the reason.
        pub plan: Vec<PlanItem>,
    }
}

/// What retention says of an account as of a date; holds and disputes count as they stand now.
#[must_use]
pub fn retention(account: &Account, rulebook: &Rulebook, as_of: Date) -> RetentionView {
    let plan = account.retention_plan(rulebook.policy().retention(), as_of);
    let attachments = account.attachments().map(|one| {
        let attachment = one.attachment.as_ref();
        ContentView {
            about: attachment.about.clone(),
            class: attachment.class.clone(),
            content: ContentKind::Attachment,
            id: attachment.id.clone(),
            person: attachment.person.clone(),
            seq: None,
            state: match one.erased {
                None | Some(RetentionAction::Keep) => ContentState::Kept,
                Some(RetentionAction::Anonymise) => ContentState::Anonymised,
                Some(RetentionAction::Purge) => ContentState::Erased,
            },
            words: account.words(attachment.name.as_ref()).map(str::to_owned),
        }
    });
    let texts = account.personal_texts().map(|text| {
        text_view(text, text.person.as_ref(), account.words(Some(&Note::Sealed(text.commitment))))
    });
    RetentionView {
        as_of,
        contents: attachments.chain(texts).collect(),
        digest: plan_digest(&plan),
        holds: account.legal_holds().cloned().collect(),
        log: account.chain().address().clone(),
        plan,
    }
}

/// What retention says as of a date of a log without files: the words of those who acted on it, and of bank lines.
#[must_use]
pub fn words_retention(log: &impl KeepsWords, rulebook: &Rulebook, as_of: Date) -> RetentionView {
    let plan = log.retention_plan(rulebook.policy().retention(), as_of);
    let texts = log.personal_texts().map(|text| text_view(text, log.person_of(text), log.said(text)));
    RetentionView {
        as_of,
        contents: texts.collect(),
        digest: plan_digest(&plan),
        holds: log.legal_holds().cloned().collect(),
        log: log.log().address().clone(),
        plan,
    }
}

fn text_view(text: &PersonalText, person: Option<&Id>, words: Option<&str>) -> ContentView {
    ContentView {
        about: text.about.clone(),
        class: text.class.clone(),
        content: ContentKind::Text,
        id: text.id(),
        person: person.cloned(),
        seq: Some(text.seq),
        state: if text.erased { ContentState::Erased } else { ContentState::Kept },
        words: words.map(str::to_owned),
    }
}
