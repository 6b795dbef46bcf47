use super::WireError;
use super::answer::{Answer, Answered};
use crate::account::{Account, AccountAction, AccountEvent};
use crate::approval::SubjectKind;
use crate::audit::{
    Chain, Command, Decided, Detached, Intent, LogAddress, LogHead, LogKind, Recorded, Stamp, Stored,
};
use crate::calendar::Date;
use crate::canon::{CanonError, Canonical, Digest, from_bytes, to_bytes};
use crate::finding::Refusal;
use crate::id::Id;
use crate::payment::{BookAction, BookEvent, BookRules, CashBook};
use crate::report::{
    Closable, RetentionView, Row, account_rows, book_rows, check_pack, publication_rows, retention,
    series_rows, words_retention,
};
use crate::rulebook::{Publication, PublicationAction, PublicationEvent, Rulebook};
use crate::series::{Series, SeriesAction, SeriesEvent};

/// Any of the logs, so that a host's loop need not tell them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Log {
    /// A payer.
    Account(Box<Account>),
    /// A seller's bank account.
    CashBook(Box<CashBook>),
    /// The publication of a rulebook.
    Rulebook(Box<Publication>),
    /// A number series.
    Series(Box<Series>),
}

impl Log {
    /// An empty log at an address.
    #[must_use]
    pub fn new(address: LogAddress) -> Self {
        let LogAddress { id, kind, seller } = address;
        match kind {
            LogKind::Account => Self::Account(Box::new(Account::new(seller, id))),
            LogKind::CashBook => Self::CashBook(Box::new(CashBook::new(seller, id))),
            LogKind::Rulebook => Self::Rulebook(Box::new(Publication::new(seller, id))),
            LogKind::Series => Self::Series(Box::new(Series::new(seller, id))),
        }
    }

    /// Its address, its head, and what it has recorded.
    #[must_use]
    pub fn chain(&self) -> &Chain {
        match self {
            Self::Account(account) => account.chain(),
            Self::CashBook(book) => book.chain(),
            Self::Rulebook(publication) => publication.chain(),
            Self::Series(series) => series.chain(),
        }
    }

    /// Where it stands now, as a daily head has it.
    #[must_use]
    pub fn log_head(&self) -> LogHead {
        let trails = self.trails(self.chain().head().seq);
        LogHead::of(self.chain(), trails)
    }

    /// The root over the trails of the first records of an account; nothing for other logs.
    pub(super) fn trails(&self, size: u64) -> Option<Digest> {
        match self {
            Self::Account(account) => Some(account.trails_root(size)),
            Self::CashBook(_) | Self::Rulebook(_) | Self::Series(_) => None,
        }
    }

    /// What retention says of its words and files as of a date.
    pub(super) fn retention(&self, rulebook: &Rulebook, as_of: Date) -> RetentionView {
        match self {
            Self::Account(account) => retention(account, rulebook, as_of),
            Self::CashBook(book) => words_retention(book.as_ref(), rulebook, as_of),
            Self::Rulebook(publication) => words_retention(publication.as_ref(), rulebook, as_of),
            Self::Series(series) => words_retention(series.as_ref(), rulebook, as_of),
        }
    }

    /// What it logs.
    #[must_use]
    pub fn kind(&self) -> LogKind {
        self.chain().address().kind
    }
}

/// An empty log at the address in a document.
///
/// # Errors
/// Every shape error.
pub fn open(address: &[u8]) -> Result<Log, Refusal> {
    from_bytes::<LogAddress>(address).map(Log::new)
}

/// A record of any of the logs, with the bytes a host keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnyRecorded {
    /// Of an account.
    Account(Recorded<AccountEvent>),
    /// Of a cash book.
    CashBook(Recorded<BookEvent>),
    /// Of a publication log.
    Rulebook(Recorded<PublicationEvent>),
    /// Of a number series.
    Series(Recorded<SeriesEvent>),
}

impl AnyRecorded {
    /// What a host keeps of it.
    #[must_use]
    pub const fn stored(&self) -> &Stored {
        match self {
            Self::Account(recorded) => recorded.stored(),
            Self::CashBook(recorded) => recorded.stored(),
            Self::Rulebook(recorded) => recorded.stored(),
            Self::Series(recorded) => recorded.stored(),
        }
    }

    /// Its sequence.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        match self {
            Self::Account(recorded) => recorded.record().seq,
            Self::CashBook(recorded) => recorded.record().seq,
            Self::Rulebook(recorded) => recorded.record().seq,
            Self::Series(recorded) => recorded.record().seq,
        }
    }

    /// Id of the command that it answers.
    #[must_use]
    pub const fn command(&self) -> &Id {
        match self {
            Self::Account(recorded) => &recorded.record().command.id,
            Self::CashBook(recorded) => &recorded.record().command.id,
            Self::Rulebook(recorded) => &recorded.record().command.id,
            Self::Series(recorded) => &recorded.record().command.id,
        }
    }

    /// Its log.
    #[must_use]
    pub const fn address(&self) -> &LogAddress {
        match self {
            Self::Account(recorded) => &recorded.record().log,
            Self::CashBook(recorded) => &recorded.record().log,
            Self::Rulebook(recorded) => &recorded.record().log,
            Self::Series(recorded) => &recorded.record().log,
        }
    }

    /// The ready commands that it hands on to other logs, in order.
    #[must_use]
    pub fn intents(&self) -> Vec<Intent> {
        fn of<E>(recorded: &Recorded<E>, intent: fn(&E) -> Option<&Intent>) -> Vec<Intent>
        where
            E: Canonical,
        {
            recorded.record().events.iter().filter_map(intent).cloned().collect()
        }
        match self {
            Self::Account(recorded) => of(recorded, AccountEvent::intent),
            Self::CashBook(recorded) => of(recorded, BookEvent::intent),
            Self::Rulebook(_) => Vec::new(),
            Self::Series(recorded) => of(recorded, SeriesEvent::intent),
        }
    }

    /// Its upserts of the read model, a pure function of its events.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        match self {
            Self::Account(recorded) => account_rows(recorded.record()),
            Self::CashBook(recorded) => book_rows(recorded.record()),
            Self::Rulebook(recorded) => publication_rows(recorded.record()),
            Self::Series(recorded) => series_rows(recorded.record()),
        }
    }

    /// Reads a record of a kind of log back from what a host kept of it.
    ///
    /// # Errors
    /// What [`Recorded::load`] refuses.
    pub fn load(kind: LogKind, stored: Stored) -> Result<Self, Refusal> {
        match kind {
            LogKind::Account => Recorded::load(stored).map(Self::Account),
            LogKind::CashBook => Recorded::load(stored).map(Self::CashBook),
            LogKind::Rulebook => Recorded::load(stored).map(Self::Rulebook),
            LogKind::Series => Recorded::load(stored).map(Self::Series),
        }
    }

    fn kind(&self) -> LogKind {
        match self {
            Self::Account(_) => LogKind::Account,
            Self::CashBook(_) => LogKind::CashBook,
            Self::Rulebook(_) => LogKind::Rulebook,
            Self::Series(_) => LogKind::Series,
        }
    }
}

/// Puts together what a host does with a decision.
fn answer<E>(decided: Decided<E>, any: fn(Recorded<E>) -> AnyRecorded) -> Answer {
    match decided {
        Decided::Repeated(head) => Answer::Repeated(head),
        Decided::New { recorded, findings } => {
            let recorded = any(*recorded);
            let (intents, rows) = (recorded.intents(), recorded.rows());
            Answer::Recorded(Box::new(Answered { findings, intents, recorded, rows }))
        }
    }
}

impl Log {
    /// Decides a command document. Pure: nothing changes until the record is stored and applied.
    ///
    /// # Errors
    /// Every shape error, or the refusal of the room that the command concerns.
    pub fn decide(&self, rulebook: &Rulebook, command: &[u8]) -> Result<Answer, Refusal> {
        let checked =
            || rulebook.check_seller(self.chain().address()).map_err(|error| Refusal::because(&error));
        // What was recorded before is answered as it was, whatever is published since.
        let published = |id: &Id, stamp: &Stamp| match self.chain().recorded(id) {
            Some(_) => Ok(()),
            None => rulebook.check_published(None, stamp).map_err(|error| Refusal::because(&error)),
        };
        match self {
            Self::Account(account) => {
                let command = from_bytes::<Command<AccountAction>>(command)?;
                let decided = account.decide(rulebook, &command)?;
                if let (AccountAction::ClosePeriod(close), Decided::New { .. }) = (&command.action, &decided)
                {
                    check_pack(Closable::Account(account), close)?;
                }
                Ok(answer(decided, AnyRecorded::Account))
            }
            Self::CashBook(book) => {
                checked()?;
                let command = from_bytes::<Command<BookAction>>(command)?;
                published(&command.id, &command.stamp)?;
                let policy = rulebook.policy();
                let rules = BookRules {
                    matching: policy.matching(),
                    payers: rulebook.payers(),
                    refunds_approved: policy.approves(SubjectKind::Refund),
                    reopeners: &policy.closing().reopen_roles,
                    retention: policy.retention(),
                };
                let decided = book.decide(rules, policy.basis(), &command)?;
                if let (BookAction::ClosePeriod(close), Decided::New { .. }) = (&command.action, &decided) {
                    check_pack(Closable::CashBook(book), close)?;
                }
                Ok(answer(decided, AnyRecorded::CashBook))
            }
            Self::Rulebook(publication) => {
                checked()?;
                let command = from_bytes::<Command<PublicationAction>>(command)?;
                let policy = rulebook.policy();
                let decided = publication.decide(policy.retention(), policy.basis(), &command)?;
                Ok(answer(decided, AnyRecorded::Rulebook))
            }
            Self::Series(series) => {
                checked()?;
                let command = from_bytes::<Command<SeriesAction>>(command)?;
                published(&command.id, &command.stamp)?;
                let numbering = rulebook.policy().numbering(&series.chain().address().id);
                let policy = rulebook.policy();
                let (reopeners, retention) = (&policy.closing().reopen_roles, policy.retention());
                let decided = series.decide(numbering, reopeners, retention, policy.basis(), &command)?;
                if let (SeriesAction::ClosePeriod(close), Decided::New { .. }) = (&command.action, &decided) {
                    check_pack(Closable::Series(series), close)?;
                }
                Ok(answer(decided, AnyRecorded::Series))
            }
        }
    }

    /// Reads a record of this kind of log back from what a host kept of it.
    ///
    /// # Errors
    /// What [`Recorded::load`] refuses.
    pub fn load(&self, stored: Stored) -> Result<AnyRecorded, Refusal> {
        AnyRecorded::load(self.kind(), stored)
    }

    /// Applies a record, wholly or not at all.
    ///
    /// # Errors
    /// [`WireError::LogKind`] for a record of another kind of log, and what applying refuses.
    pub fn apply(&mut self, recorded: &AnyRecorded) -> Result<(), Refusal> {
        match (self, recorded) {
            (Self::Account(account), AnyRecorded::Account(recorded)) => account.apply(recorded),
            (Self::CashBook(book), AnyRecorded::CashBook(recorded)) => book.apply(recorded),
            (Self::Rulebook(publication), AnyRecorded::Rulebook(recorded)) => publication.apply(recorded),
            (Self::Series(series), AnyRecorded::Series(recorded)) => series.apply(recorded),
            (log, other) => Err(Refusal::because(&WireError::LogKind {
                expected: log.kind().word(),
                got: other.kind().word(),
            })),
        }
    }
}

/// Decides a command document; the answer as a document.
///
/// # Errors
/// What [`Log::decide`] refuses.
pub fn decide(log: &Log, rulebook: &Rulebook, command: &[u8]) -> Result<Vec<u8>, Refusal> {
    log.decide(rulebook, command).map(|answer| answer.bytes())
}

/// Applies a stored record: its bytes, its hash as 64 hexadecimal digits, its detached texts.
///
/// # Errors
/// What loading and applying refuse; the log is as it was.
pub fn apply(log: &mut Log, record: &[u8], hash: &[u8], detached: &[u8]) -> Result<(), Refusal> {
    let text = core::str::from_utf8(hash)
        .map_err(|error| Refusal::because(&CanonError::Utf8 { offset: error.valid_up_to() }))?;
    let hash = Digest::parse(text).map_err(|error| Refusal::because(&error))?;
    let stored = Stored { bytes: record.to_vec(), hash, detached: Detached::parse(detached)? };
    let recorded = log.load(stored)?;
    log.apply(&recorded)
}

/// The last record of a log, as a document.
#[must_use]
pub fn head(log: &Log) -> Vec<u8> {
    to_bytes(log.chain().head())
}

/// The sequence of the record of a command, when it is recorded.
#[must_use]
pub fn recorded(log: &Log, command: &str) -> Option<u64> {
    let id = Id::new(command).ok()?;
    log.chain().recorded(&id).map(|head| head.seq)
}
