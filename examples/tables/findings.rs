use std::collections::BTreeMap;

use serde::Serialize;

/// What is wrong with a file: one kind of fault in one column, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The kind of fault.
    pub code: &'static str,
    /// The column by its name; empty when it is about the row.
    pub column: String,
    /// How many rows have it.
    pub count: u64,
    /// The first such line, from 1 for the header.
    pub line: u64,
    /// What stood there, shortened; control characters are replaced, since no document holds them.
    pub value: String,
}

impl Finding {
    /// Where it was first, for people.
    #[must_use]
    pub fn place(&self) -> String {
        match self.column.as_str() {
            "" => format!("line {}", self.line),
            column => format!("line {}, column {column}", self.line),
        }
    }
}

/// What is wrong with a file, gathered by kind and column.
#[derive(Debug, Default)]
pub struct Findings(BTreeMap<(&'static str, String), Finding>);

impl Findings {
    /// Longest value that is quoted, in characters.
    const QUOTED: usize = 80;

    /// Counts a fault, and quotes the first.
    pub fn add(&mut self, code: &'static str, column: &str, line: u64, value: &str) {
        let first = || Finding {
            code,
            column: column.to_owned(),
            count: 0,
            line,
            value: value.chars().take(Self::QUOTED).map(shown).collect(),
        };
        let finding = self.0.entry((code, column.to_owned())).or_insert_with(first);
        finding.count = finding.count.saturating_add(1);
    }

    /// By code, then by column.
    pub fn into_list(self) -> Vec<Finding> {
        self.0.into_values().collect()
    }
}

fn shown(letter: char) -> char {
    if letter.is_control() { char::REPLACEMENT_CHARACTER } else { letter }
}
