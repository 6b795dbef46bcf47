use crate::audit::Note;
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape, words};
use crate::id::Id;

words! {
    /// The kinds of log.
    pub enum LogKind {
        /// A payer: one customer with those it pays for.
        Account = "account",
        /// A seller's bank account.
        CashBook = "cash_book",
        /// The publication of a seller's rulebook.
        Rulebook = "rulebook",
        /// A number series.
        Series = "series",
    }
}

shape! {
    /// Names one log; ids are unique per seller and kind, and a foreign seller's id is refused.
    pub struct LogAddress {
        /// Id of the payer, bank account, publication or series.
        pub id: Id,
        /// What it logs.
        pub kind: LogKind,
        /// The seller, whose logs never meet another seller's.
        pub seller: Id,
    }
}

impl core::fmt::Display for LogAddress {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}/{}/{}", self.seller, self.kind.word(), self.id)
    }
}

shape! {
    /// The last record of a log.
    pub struct Head {
        /// Hash of the last record; zeros before the first.
        pub hash: Digest,
        /// Its sequence; 0 before the first.
        pub seq: u64,
    }
}

words! {
    /// How surely the actor is who they say.
    pub enum Assurance {
        /// Said so, such as by mail.
        Low = "low",
        /// Signed in.
        Substantial = "substantial",
        /// Signed in with a second factor, or in person.
        High = "high",
    }
}

/// Who a ready command says it is of.
const SYSTEM_ACTOR: &str = "duebill";
/// The role that it says.
const SYSTEM_ROLE: &str = "system";

shape! {
    /// Who did it, in which role, when, and as of which date.
    pub struct Stamp {
        /// The person or system.
        pub actor: Id,
        /// How surely the actor was known.
        pub assurance: Option<Assurance>,
        /// When it happened; not part of a command's content.
        pub at: Instant,
        /// The date it takes effect.
        pub effective: Date,
        /// Network address of the actor, sealed; not part of a command's content.
        pub ip: Option<Note>,
        /// The day it belongs to, where that day is closed and it takes effect later.
        pub occurred: Option<Date>,
        /// Why, in the actor's words, sealed.
        pub reason: Option<Note>,
        /// The role the actor acted in.
        pub role: Id,
        /// Program of the actor, sealed; not part of a command's content.
        pub user_agent: Option<Note>,
    }
}

impl Stamp {
    /// Whether it is that of a ready command, which carries out what another log recorded.
    #[must_use]
    pub fn is_system(&self) -> bool {
        // Bytes are compared as they are, while a text would be looked through first.
        self.actor.as_bytes() == SYSTEM_ACTOR.as_bytes() && self.role.as_bytes() == SYSTEM_ROLE.as_bytes()
    }

    /// The stamp of a ready command that follows from this one: the same moment, by the system.
    #[must_use]
    pub fn as_system(&self) -> Self {
        Self {
            actor: Id::of_digits(SYSTEM_ACTOR),
            assurance: None,
            at: self.at,
            effective: self.effective,
            ip: None,
            occurred: None,
            reason: None,
            role: Id::of_digits(SYSTEM_ROLE),
            user_agent: None,
        }
    }
}
