//! What became of a replay: counted by activity, command, refusal and end.

use std::collections::{BTreeMap, BTreeSet};

use duebill::id::Id;
use duebill::money::{Minor, MoneyError};

/// Where something happened.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// The activity.
    pub activity: &'p str,
    /// The place of the case among all.
    pub case: usize,
    /// The case.
    pub id: &'p Id,
    /// The line of the file.
    pub line: u64,
}

/// Rows of one activity.
#[derive(Debug, Clone, Default)]
pub struct Activity {
    /// Commands that they became.
    pub commands: u64,
    /// Whether the map knows it.
    pub is_known: bool,
    /// Commands that were refused.
    pub refused: u64,
    /// How many.
    pub rows: u64,
}

/// Commands of one kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given {
    /// How many were done.
    pub done: u64,
    /// How many were refused.
    pub refused: u64,
}

/// What was refused for one reason.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The cases it happened to.
    pub cases: BTreeSet<usize>,
    /// How often.
    pub count: u64,
    /// The first one: activity, case, line, and what the core says.
    pub first: (String, String, u64, String),
    /// The lines of the file, in the order of their times.
    pub lines: Vec<u64>,
}

/// What became of a replay.
#[derive(Debug, Default)]
pub struct Tally {
    /// By name.
    pub activities: BTreeMap<String, Activity>,
    /// By kind of command.
    pub commands: BTreeMap<&'static str, Given>,
    /// What the core found beside what it did, by code.
    pub found: BTreeMap<&'static str, u64>,
    /// How cases end, by label.
    pub labels: BTreeMap<&'static str, u64>,
    /// Cases for which money came in there.
    pub paid_there: u64,
    /// Those of them that end paid here.
    pub paid_here: u64,
    /// The others, by case.
    pub unpaid: Vec<String>,
    /// Money that came in.
    pub received: Minor,
    /// By code.
    pub refusals: BTreeMap<String, Refused>,
    /// Payments that nothing was open for: they wait in the cash book.
    pub waiting: u64,
}

impl Tally {
    /// Counts a row.
    pub fn row(&mut self, activity: &str, is_known: bool) {
        let counted = self.activities.entry(activity.to_owned()).or_default();
        counted.is_known = is_known;
        counted.rows = counted.rows.saturating_add(1);
    }

    /// Counts a command.
    pub fn given(&mut self, kind: &'static str, place: &Place<'_>, is_done: bool) {
        let (given, refused) = (self.commands.entry(kind).or_default(), u64::from(!is_done));
        given.done = given.done.saturating_add(u64::from(is_done));
        given.refused = given.refused.saturating_add(refused);
        if let Some(activity) = self.activities.get_mut(place.activity) {
            activity.commands = activity.commands.saturating_add(1);
            activity.refused = activity.refused.saturating_add(refused);
        }
    }

    /// Counts a refusal, and keeps the first.
    pub fn refused(&mut self, code: &str, why: &str, place: &Place<'_>) {
        let first = || Refused {
            cases: BTreeSet::new(),
            count: 0,
            first: (place.activity.to_owned(), place.id.to_string(), place.line, why.to_owned()),
            lines: Vec::new(),
        };
        let refused = self.refusals.entry(code.to_owned()).or_insert_with(first);
        refused.cases.insert(place.case);
        refused.count = refused.count.saturating_add(1);
        refused.lines.push(place.line);
    }

    /// Counts what was found.
    pub fn found(&mut self, codes: &[&'static str]) {
        for &code in codes {
            let count = self.found.entry(code).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Adds up money that came in.
    ///
    /// # Errors
    /// A sum beyond every limit.
    pub fn receives(&mut self, amount: Minor) -> Result<(), MoneyError> {
        self.received = self.received.plus(amount)?;
        Ok(())
    }

    /// Counts a payment that waits.
    pub const fn waits(&mut self) {
        self.waiting = self.waiting.saturating_add(1);
    }

    /// Counts the end of a case.
    pub fn ends(&mut self, case: &Id, label: &'static str, is_paid_there: bool) {
        let count = self.labels.entry(label).or_default();
        *count = count.saturating_add(1);
        if is_paid_there {
            self.paid_there = self.paid_there.saturating_add(1);
            if label == "paid" {
                self.paid_here = self.paid_here.saturating_add(1);
            } else {
                self.unpaid.push(case.to_string());
            }
        }
    }
}
