use super::answer::Outcome;
use crate::account::{Account, AccountAction, AccountEvent};
use crate::audit::{Chain, Command, Detached, LogAddress, LogKind, Recorded, Stored};
use crate::canon::{CanonError, Canonical, Digest, from_bytes, to_bytes};
use crate::finding::Refusal;
use crate::id::Id;
use crate::payment::{BookAction, BookEvent, CashBook};
use crate::report::{account_rows, book_rows, series_rows};
use crate::rulebook::Rulebook;
use crate::series::{Series, SeriesAction, SeriesEvent};

/// Any of the logs, so that a host's loop need not tell them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Log {
    /// A payer.
    Account(Box<Account>),
    /// A seller's bank account.
    CashBook(Box<CashBook>),
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
            LogKind::Series => Self::Series(Box::new(Series::new(seller, id))),
        }
    }

    /// Its address, its head, and what it has recorded.
    #[must_use]
    pub fn chain(&self) -> &Chain {
        match self {
            Self::Account(account) => account.chain(),
            Self::CashBook(book) => book.chain(),
            Self::Series(series) => series.chain(),
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

/// Decides a command document. Pure: nothing changes until the record is stored and applied.
///
/// # Errors
/// Every shape error, or the refusal of the room that the command concerns.
pub fn decide(log: &Log, rulebook: &Rulebook, command: &[u8]) -> Result<Vec<u8>, Refusal> {
    let checked = || rulebook.check_seller(log.chain().address()).map_err(|error| Refusal::because(&error));
    match log {
        Log::Account(account) => {
            let command = from_bytes::<Command<AccountAction>>(command)?;
            let decided = account.decide(rulebook, &command)?;
            Ok(Outcome::of(&decided, account_rows, account_intents).bytes())
        }
        Log::CashBook(book) => {
            checked()?;
            let command = from_bytes::<Command<BookAction>>(command)?;
            let decided = book.decide(rulebook.policy().basis(), &command)?;
            Ok(Outcome::of(&decided, book_rows, book_intents).bytes())
        }
        Log::Series(series) => {
            checked()?;
            let command = from_bytes::<Command<SeriesAction>>(command)?;
            let numbering = rulebook.policy().numbering(&series.chain().address().id);
            let decided = series.decide(numbering, rulebook.policy().basis(), &command)?;
            Ok(Outcome::of(&decided, series_rows, series_intents).bytes())
        }
    }
}

fn account_intents(event: &AccountEvent) -> Option<&crate::audit::Intent> {
    if let AccountEvent::Intent(intent) = event { Some(intent) } else { None }
}

fn book_intents(event: &BookEvent) -> Option<&crate::audit::Intent> {
    if let BookEvent::Intent(intent) = event { Some(intent) } else { None }
}

fn series_intents(event: &SeriesEvent) -> Option<&crate::audit::Intent> {
    if let SeriesEvent::Intent(intent) = event { Some(intent) } else { None }
}

/// Applies a stored record: its bytes, its hash as 64 hexadecimal digits, its detached texts.
///
/// # Errors
/// What loading and applying refuse; the log is as it was.
pub fn apply(log: &mut Log, record: &[u8], hash: &[u8], detached: &[u8]) -> Result<(), Refusal> {
    match log {
        Log::Account(account) => account.apply(&load(record, hash, detached)?),
        Log::CashBook(book) => book.apply(&load(record, hash, detached)?),
        Log::Series(series) => series.apply(&load(record, hash, detached)?),
    }
}

/// Reads a record back from the three things a host keeps of it.
fn load<E: Canonical>(record: &[u8], hash: &[u8], detached: &[u8]) -> Result<Recorded<E>, Refusal> {
    let text = core::str::from_utf8(hash)
        .map_err(|error| Refusal::because(&CanonError::Utf8 { offset: error.valid_up_to() }))?;
    let hash = Digest::parse(text).map_err(|error| Refusal::because(&error))?;
    Recorded::load(Stored { bytes: record.to_vec(), hash, detached: Detached::parse(detached)? })
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
