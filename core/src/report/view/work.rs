use super::page::no_token;
use super::viewer::Viewer;
use crate::account::Account;
use crate::calendar::{Date, Instant};
use crate::canon::shape;
use crate::id::Id;
use crate::money::Price;
use crate::report::ReportError;
use crate::work::{Billable, Entry, Work};

shape! {
    /// An entry with what became of it.
    pub struct ViewWork {
        /// Who worked.
        pub agent: Option<Id>,
        /// Whether it is billed.
        pub billable: Billable,
        /// When a part was delivered.
        pub date: Option<Date>,
        /// What a part is called.
        pub description: Option<String>,
        /// The instant after the last.
        pub end: Option<Instant>,
        /// Its id.
        pub id: Id,
        /// The live invoice it stands on.
        pub invoice: Option<Id>,
        /// What was done, in words, where the viewer may read them.
        pub note: Option<String>,
        /// How many parts.
        pub quantity: Option<Price>,
        /// Worked seconds; none for a part.
        pub seconds: u32,
        /// The first instant.
        pub start: Option<Instant>,
        /// The ticket.
        pub ticket: Option<Id>,
        /// The type of work.
        pub work_type: Option<Id>,
    }
}

/// Entries that a viewer sees, by id, with the token of the next page.
pub(super) fn work_page(
    viewer: &Viewer<'_>,
    after: Option<&str>,
    limit: usize,
) -> Result<(Vec<ViewWork>, Option<String>), ReportError> {
    let account: &Account = viewer.account;
    let after = match after {
        None => None,
        Some(text) => {
            let seen = |id: &Id| account.entry(id).is_some_and(|(entry, _)| viewer.sees_entry(entry));
            Some(Id::new(text).ok().filter(seen).ok_or_else(|| no_token(text))?)
        }
    };
    let mut page: Vec<ViewWork> = Vec::new();
    for (entry, invoice) in account.work_after(after.as_ref()).filter(|(entry, _)| viewer.sees_entry(entry)) {
        if page.len() == limit {
            let next = page.last().map(|last| last.id.to_string());
            return Ok((page, next));
        }
        page.push(work(viewer, entry, invoice));
    }
    Ok((page, None))
}

/// An entry as a viewer sees it.
pub(super) fn work(viewer: &Viewer<'_>, entry: &Entry, invoice: Option<&Id>) -> ViewWork {
    let (start, end, date, description, quantity) = match &entry.work {
        Work::Time(time) => (Some(time.start), Some(time.end), None, None, None),
        Work::Part(part) => {
            (None, None, Some(part.date), Some(part.description.clone()), Some(part.quantity))
        }
    };
    let words = viewer.account.words(entry.note.as_ref()).filter(|_| viewer.reads(entry.note_class));
    ViewWork {
        agent: entry.agent.clone(),
        billable: entry.billable,
        date,
        description,
        end,
        id: entry.id.clone(),
        invoice: invoice.cloned(),
        note: words.map(str::to_owned),
        quantity,
        seconds: entry.seconds(),
        start,
        ticket: entry.ticket.clone(),
        work_type: entry.work_type.clone(),
    }
}
