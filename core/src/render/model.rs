use super::{RenderKey, RenderValue};
use crate::canon::{Digest, sha256, shape, to_bytes, words};
use crate::id::Id;

/// The version of models; another one may say the same document in another way.
pub const VERSION: u32 = 1;

words! {
    /// What kind of document a model is of.
    pub enum RenderKind {
        /// An invoice.
        Invoice = "invoice",
        /// A credit note.
        CreditNote = "credit_note",
        /// What a payment paid.
        Receipt = "receipt",
        /// What happened between two days, and what is owed after it.
        Statement = "statement",
        /// What is overdue.
        Reminder = "reminder",
        /// What somebody is asked to agree to.
        Consent = "consent",
        /// What became of a dispute.
        DisputeReply = "dispute_reply",
    }
}

words! {
    /// Whether a model can still change.
    pub enum RenderStage {
        /// Of something that is not issued: another draft has another model.
        Draft = "draft",
        /// Of something issued: the same for ever.
        Issued = "issued",
        /// Of a day, as far as was known.
        AsOf = "as_of",
    }
}

words! {
    /// What a row of a table is.
    pub enum RenderRowKind {
        /// One of its things.
        Line = "line",
        /// What some rows come to.
        Subtotal = "subtotal",
        /// What all rows come to.
        Total = "total",
    }
}

shape! {
    /// A labelled fact: every value belongs under the label, in this order.
    pub struct RenderEntry {
        /// The label.
        pub key: RenderKey,
        /// Whether it is what a reader looks for first.
        pub strong: bool = false,
        /// What it says.
        pub values: Vec<RenderValue>,
    }
}

shape! {
    /// A cell: nothing, or values in this order.
    pub struct RenderCell {
        /// What it says.
        pub values: Vec<RenderValue>,
    }
}

shape! {
    /// A row of a table.
    pub struct RenderRow {
        /// One cell for each column.
        pub cells: Vec<RenderCell>,
        /// What else is said of the row, below it.
        pub facts: Vec<RenderEntry>,
        /// What the row is.
        pub kind: RenderRowKind = RenderRowKind::Line,
    }
}

shape! {
    /// A table.
    pub struct RenderTable {
        /// The headings of its columns.
        pub columns: Vec<RenderKey>,
        /// Its rows, in printing order.
        pub rows: Vec<RenderRow>,
    }
}

shape! {
    /// A part of a document.
    pub struct RenderSection {
        /// Facts, in printing order.
        pub entries: Vec<RenderEntry>,
        /// Its heading.
        pub key: RenderKey,
        /// Its table, below the facts.
        pub table: Option<RenderTable>,
    }
}

shape! {
    /// All that a document says.
    pub struct RenderModel {
        /// The document: an id of the account.
        pub document: Id,
        /// What kind of document it is.
        pub kind: RenderKind,
        /// The language its reader wants, where one is known.
        pub language: Option<Id>,
        /// Its parts, in printing order.
        pub sections: Vec<RenderSection>,
        /// Whether it can still change.
        pub stage: RenderStage,
        /// What it is called.
        pub title: RenderKey,
        /// The version of models.
        pub version: u32,
    }
}

impl RenderModel {
    /// The digest of exactly this document: SHA-256 of its canonical bytes.
    #[must_use]
    pub fn digest(&self) -> Digest {
        sha256(&to_bytes(self))
    }
}

impl RenderCell {
    /// A cell that says nothing.
    pub const EMPTY: Self = Self { values: Vec::new() };
}

impl From<RenderValue> for RenderCell {
    fn from(value: RenderValue) -> Self {
        Self { values: vec![value] }
    }
}

impl From<Option<RenderValue>> for RenderCell {
    fn from(value: Option<RenderValue>) -> Self {
        Self { values: value.into_iter().collect() }
    }
}

impl RenderEntry {
    /// One value under a label.
    #[must_use]
    pub fn new(key: RenderKey, value: RenderValue) -> Self {
        Self { key, strong: false, values: vec![value] }
    }
}

impl RenderRow {
    /// A row of one thing.
    #[must_use]
    pub const fn line(cells: Vec<RenderCell>) -> Self {
        Self { cells, facts: Vec::new(), kind: RenderRowKind::Line }
    }

    /// What all rows come to.
    #[must_use]
    pub const fn total(cells: Vec<RenderCell>) -> Self {
        Self { cells, facts: Vec::new(), kind: RenderRowKind::Total }
    }
}

impl RenderSection {
    /// A part that says nothing yet.
    #[must_use]
    pub const fn new(key: RenderKey) -> Self {
        Self { entries: Vec::new(), key, table: None }
    }

    /// A part that is a table.
    #[must_use]
    pub const fn table(key: RenderKey, columns: Vec<RenderKey>, rows: Vec<RenderRow>) -> Self {
        Self { entries: Vec::new(), key, table: Some(RenderTable { columns, rows }) }
    }

    /// The same with a fact more; nothing where there is no value.
    #[must_use]
    pub fn with(mut self, key: RenderKey, value: impl Into<RenderCell>) -> Self {
        let values = value.into().values;
        if !values.is_empty() {
            self.entries.push(RenderEntry { key, strong: false, values });
        }
        self
    }

    /// The same with the fact that a reader looks for first.
    #[must_use]
    pub fn strong(mut self, key: RenderKey, value: RenderValue) -> Self {
        self.entries.push(RenderEntry { key, strong: true, values: vec![value] });
        self
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.table.as_ref().is_none_or(|table| table.rows.is_empty())
    }
}
