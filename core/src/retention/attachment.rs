use crate::audit::Note;
use crate::canon::{Digest, shape, words};
use crate::id::Id;

/// The classes that every seller has; a policy can name more.
pub mod class {
    /// What nothing special is said of.
    pub const ORDINARY: &str = "ordinary";
    /// A page on which somebody signed an approval.
    pub const SIGNED_APPROVAL: &str = "signed_approval";
    /// What proves that a customer consented, the words of consent among it.
    pub const CONSENT: &str = "consent";
    /// What was shown when something was disputed.
    pub const DISPUTE_EVIDENCE: &str = "dispute_evidence";
    /// A document as it was issued.
    pub const ISSUED_DOCUMENT: &str = "issued_document";
    /// Personal words about work: notes, subjects, remarks.
    pub const PERSONAL_TEXT: &str = "personal_text";
    /// What a command says of its actor: the reason, the network address, the program.
    pub const ACTOR_TRACE: &str = "actor_trace";
    /// What a bank line says of who paid: the name and the remittance text.
    pub const BANK_LINE: &str = "bank_line";

    /// All of them.
    pub const ALL: [&str; 8] = [
        ORDINARY,
        SIGNED_APPROVAL,
        CONSENT,
        DISPUTE_EVIDENCE,
        ISSUED_DOCUMENT,
        PERSONAL_TEXT,
        ACTOR_TRACE,
        BANK_LINE,
    ];
}

words! {
    /// What content can be about.
    pub enum AboutKind {
        /// What somebody approves: an invoice, credit note, write-off or estimate.
        Approval = "approval",
        /// A dispute.
        Dispute = "dispute",
        /// An invoice, credit note or item that moved in.
        Document = "document",
        /// Captured time or parts.
        Entry = "entry",
        /// Money that came in, in a cash book.
        Receipt = "receipt",
        /// A record of the log, by its sequence.
        Record = "record",
        /// A ticket.
        Ticket = "ticket",
    }
}

shape! {
    /// What content is about.
    pub struct About {
        /// Its id.
        pub id: Id,
        /// What it is.
        pub kind: AboutKind,
    }
}

words! {
    /// What can be kept or erased.
    pub enum ContentKind {
        /// A file of the host.
        Attachment = "attachment",
        /// Words beside a record, under their commitment.
        Text = "text",
    }
}

shape! {
    /// A file of the host: what it is, not what it says; its bytes stay with the host.
    pub struct Attachment {
        /// What it is about.
        pub about: About,
        /// Its class.
        pub class: Id = Id::of_digits(class::ORDINARY),
        /// SHA-256 of its bytes.
        pub hash: Digest,
        /// Its id.
        pub id: Id,
        /// Its media type, such as `image/png`.
        pub media_type: Id,
        /// Its name, sealed.
        pub name: Option<Note>,
        /// Whose personal data it holds.
        pub person: Option<Id>,
        /// Its size in bytes.
        pub size: u64,
    }
}
