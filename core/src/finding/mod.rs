//! Findings: everything a check saw, together, as data.
//!
//! A finding is a code with a severity, a subject and a path; the sentence is made from them for
//! people and never parsed. A [`Refusal`] is a non-empty list of findings of which the first says
//! why; nothing was changed.

use std::collections::BTreeMap;

use crate::error_code::{Code, Coded};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The thing it names cannot go on.
    Block,
    /// Somebody should look before it goes on.
    Warn,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word that documents use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }
}

/// One thing a check saw.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Its weight; blocking findings sort first.
    pub severity: Severity,
    /// The stable code.
    pub code: Code,
    /// What it is about: the id of an entry, invoice, rate row ...; empty when it is the document itself.
    pub subject: String,
    /// Where it stands, as a JSON pointer into the document that came; empty for the whole.
    pub path: String,
    /// The sentence for people.
    pub message: String,
    /// The values the sentence was made from, as far as a program needs them.
    pub data: BTreeMap<String, String>,
}

impl Finding {
    /// A finding from a room's error.
    pub fn new(severity: Severity, error: &impl Coded) -> Self {
        Self {
            severity,
            code: error.code(),
            subject: String::new(),
            path: String::new(),
            message: error.to_string(),
            data: BTreeMap::new(),
        }
    }

    /// A blocking finding from a room's error.
    pub fn block(error: &impl Coded) -> Self {
        Self::new(Severity::Block, error)
    }

    /// The same finding about a subject.
    #[must_use]
    pub fn about(mut self, subject: impl core::fmt::Display) -> Self {
        self.subject = subject.to_string();
        self
    }

    /// The same finding at a JSON pointer.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// The same finding with one more value.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl core::fmt::Display) -> Self {
        self.data.insert(key.to_owned(), value.to_string());
        self
    }
}

/// Why something was not done: every finding of the check that failed, the decisive one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    first: Box<Finding>,
    rest: Vec<Finding>,
}

impl Refusal {
    /// A refusal of one finding.
    #[must_use]
    pub fn new(first: Finding) -> Self {
        Self { first: Box::new(first), rest: Vec::new() }
    }

    /// A refusal of one error.
    pub fn because(error: &impl Coded) -> Self {
        Self::new(Finding::block(error))
    }

    /// A refusal when there is anything to refuse for.
    ///
    /// # Errors
    /// The findings, in their order, when the list is not empty.
    pub fn unless_empty(findings: Vec<Finding>) -> Result<(), Self> {
        let mut findings = findings.into_iter();
        match findings.next() {
            None => Ok(()),
            Some(first) => Err(Self { first: Box::new(first), rest: findings.collect() }),
        }
    }

    /// The code of the first failed check.
    #[must_use]
    pub fn code(&self) -> Code {
        self.first.code
    }

    /// The decisive finding.
    #[must_use]
    pub fn first(&self) -> &Finding {
        &self.first
    }

    /// All findings, the decisive one first.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        core::iter::once(&*self.first).chain(&self.rest)
    }

    /// The same refusal with every path moved below a prefix.
    #[must_use]
    pub fn below(mut self, prefix: &str) -> Self {
        for finding in core::iter::once(&mut *self.first).chain(&mut self.rest) {
            finding.path.insert_str(0, prefix);
        }
        self
    }
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}", self.first.message)?;
        if self.rest.is_empty() {
            return Ok(());
        }
        write!(f, " (and {} more)", self.rest.len())
    }
}

impl std::error::Error for Refusal {}
