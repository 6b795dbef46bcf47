use super::closing::{ClosingSection, closing};
use super::error::ReportError;
use crate::account::Account;
use crate::audit::{Chain, ClosePeriod, LogAddress};
use crate::calendar::Date;
use crate::canon::{Digest, sha256, shape, to_bytes};
use crate::finding::Refusal;
use crate::id::Id;
use crate::money::MoneyError;
use crate::payment::CashBook;
use crate::series::Series;

shape! {
    /// A number that a series gave.
    pub struct PackNumber {
        /// Its date.
        pub date: Date,
        /// The number.
        pub number: Id,
    }
}

shape! {
    /// What one log alone comes to over some days; once it has closed them hard, nothing of it changes.
    pub struct LogPack {
        /// The first day.
        pub from: Date,
        /// The log.
        pub log: LogAddress,
        /// The numbers that a series gave on these days, by number.
        pub numbers: Vec<PackNumber>,
        /// What an account or a cash book comes to, by currency: its side of the journal, and how its balance went.
        pub sections: Vec<ClosingSection>,
        /// The last day.
        pub through: Date,
    }
}

impl LogPack {
    /// The SHA-256 of its canonical bytes: what the close of a log states.
    #[must_use]
    pub fn digest(&self) -> Digest {
        sha256(&to_bytes(self))
    }
}

/// A log whose days can be closed.
#[derive(Debug, Clone, Copy)]
pub enum Closable<'a> {
    /// A payer.
    Account(&'a Account),
    /// A seller's bank account.
    CashBook(&'a CashBook),
    /// A number series.
    Series(&'a Series),
}

impl<'a> Closable<'a> {
    /// Its log.
    #[must_use]
    pub const fn chain(self) -> &'a Chain {
        match self {
            Self::Account(account) => account.chain(),
            Self::CashBook(book) => book.chain(),
            Self::Series(series) => series.chain(),
        }
    }
}

/// What one log alone comes to over some days.
///
/// # Errors
/// [`MoneyError::Overflow`] for sums beyond every limit.
pub fn log_pack(log: Closable<'_>, (from, through): (Date, Date)) -> Result<LogPack, MoneyError> {
    let days = (from, through);
    let sections = match log {
        Closable::Account(account) => closing(&[account], &[], [], days)?.sections,
        Closable::CashBook(book) => closing(&[], &[book], [], days)?.sections,
        Closable::Series(_) => Vec::new(),
    };
    let numbers = match log {
        Closable::Series(series) => {
            // Numbers of another system may be taken in later.
            let given = series.numbers().filter(|(_, given)| !given.imported);
            let given = given.filter(|(_, given)| (from..=through).contains(&given.date));
            given.map(|(number, given)| PackNumber { date: given.date, number: number.clone() }).collect()
        }
        Closable::Account(_) | Closable::CashBook(_) => Vec::new(),
    };
    Ok(LogPack { from, log: log.chain().address().clone(), numbers, sections, through })
}

/// Checks that a log comes to what a command to close it states.
///
/// # Errors
/// [`ReportError::PackOther`], and sums beyond every limit.
pub fn check_pack(log: Closable<'_>, close: &ClosePeriod) -> Result<(), Refusal> {
    let Some(stated) = &close.pack else { return Ok(()) };
    let pack = log_pack(log, (stated.from, close.through)).map_err(|error| Refusal::because(&error))?;
    match pack.digest() {
        digest if digest == stated.digest => Ok(()),
        digest => Err(Refusal::because(&ReportError::PackOther {
            expected: digest.to_string(),
            got: stated.digest.to_string(),
        })),
    }
}
