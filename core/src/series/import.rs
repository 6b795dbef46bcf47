use std::collections::BTreeMap;

use super::decide::Given;
use super::{Numbering, Series, SeriesError, SeriesEvent};
use crate::audit::{AuditError, Ruling, Stamp, ready_id};
use crate::calendar::Date;
use crate::canon::{Digest, sha256, shape, to_bytes};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;

shape! {
    /// A number that another system gave out.
    pub struct LegacyNumber {
        /// Its date.
        pub date: Date,
        /// The number.
        pub number: Id,
    }
}

shape! {
    /// Takes in the numbers of the system that this series continues.
    pub struct ImportNumbers {
        /// The numbers; what is known already has no effect.
        pub numbers: Vec<LegacyNumber>,
    }
}

fn handed(digest: &str) -> Id {
    ready_id(&["import_numbers", digest])
}

impl ImportNumbers {
    /// The id of the ready command that hands over the numbers of what moved in: other numbers are another command.
    pub(crate) fn ready_id(&self) -> Id {
        handed(&sha256(&to_bytes(self)).to_string())
    }

    /// Whether an id is one of such a ready command: which numbers it handed over, its digest alone says.
    pub(crate) fn is_handed(id: &Id) -> bool {
        let digest = id.as_str().rsplit_once(':').map(|(_, digest)| digest);
        digest.is_some_and(|digest| Digest::parse(digest).is_ok() && handed(digest) == *id)
    }
}

shape! {
    /// A number that was taken in, with where it counts.
    pub struct ImportedNumber {
        /// Its counter, where the pattern gives the number on its date.
        pub counter: Option<u32>,
        /// Its date.
        pub date: Date,
        /// The number.
        pub number: Id,
        /// The period in which it counts.
        pub period: String,
    }
}

shape! {
    /// Numbers were taken in; the series goes on after the highest of each period.
    pub struct NumbersImported {
        /// The numbers.
        pub numbers: Vec<ImportedNumber>,
    }
}

impl Series {
    /// Takes in numbers: a known one has no effect, one of another pattern is kept, so that it is never
    /// given again, and said. Only a period that was over by then may have been used up.
    /// Numbers of what moved into an account come as its ready command and are not refused.
    pub(super) fn import(
        &self,
        numbering: &Numbering,
        import: &ImportNumbers,
        stamp: &Stamp,
    ) -> Result<Ruling<SeriesEvent>, Refusal> {
        let mut findings = Vec::new();
        let mut taken: BTreeMap<&Id, Date> = BTreeMap::new();
        let mut numbers = Vec::new();
        let (here, now) = (self.last_given_here(), numbering.period(stamp.effective));
        // What an account hands over stands there already: it is kept whatever is odd about it, and said.
        let odd = if stamp.is_system() { Severity::Warn } else { Severity::Block };
        for (place, legacy) in import.numbers.iter().enumerate() {
            let at = |error: SeriesError, severity| {
                let path = format!("/action/numbers/{place}");
                Finding::new(severity, &error).about(&legacy.number).at(path)
            };
            let known = self.numbers.get(&legacy.number).map(|given| given.date);
            if let Some(known) = known.or_else(|| taken.get(&legacy.number).copied()) {
                if known != legacy.date {
                    let (known, got) = (known.to_string(), legacy.date.to_string());
                    let number = legacy.number.to_string();
                    findings.push(at(SeriesError::ImportedOtherwise { number, known, got }, odd));
                }
                continue;
            }
            taken.insert(&legacy.number, legacy.date);
            // A number that names another period than its date counts there, where it would be given again.
            let dated = numbering.period(legacy.date);
            let (period, counter) = match numbering.counted(&legacy.number, legacy.date) {
                Some((period, counter)) => (period, Some(counter)),
                None => (dated.clone(), None),
            };
            let number = legacy.number.to_string();
            if counter.is_some_and(|counter| counter >= numbering.last) {
                if period < now {
                    // It was used up, and nobody asks for its next number.
                    let (number, period) = (number.clone(), period.clone());
                    findings.push(at(SeriesError::LastOfPeriod { number, period }, Severity::Warn));
                } else {
                    let limit = numbering.last.saturating_sub(1);
                    findings.push(at(SeriesError::Exhausted { limit }, odd));
                    // It would stop the series.
                    continue;
                }
            }
            if counter.is_none() {
                let pattern = numbering.pattern.clone();
                findings.push(at(SeriesError::Foreign { pattern, number }, Severity::Warn));
            } else if let Some(&last) = here.get(period.as_str()) {
                findings.push(at(SeriesError::ImportLate { number, last }, odd));
            } else if period != dated {
                let got = legacy.date.to_string();
                findings.push(at(
                    SeriesError::ImportPeriod { number, period: period.clone(), got },
                    Severity::Warn,
                ));
            }
            let (date, number) = (legacy.date, legacy.number.clone());
            numbers.push(ImportedNumber { counter, date, number, period });
        }
        let (blocking, findings) =
            findings.into_iter().partition(|finding: &Finding| finding.severity == Severity::Block);
        Refusal::unless_empty(blocking)?;
        let events = match numbers.is_empty() {
            true => Vec::new(),
            false => {
                let numbered = self.numbered_by(numbering).into_iter();
                numbered.chain([SeriesEvent::NumbersImported(NumbersImported { numbers })]).collect()
            }
        };
        Ok(Ruling { events, findings })
    }

    /// The last counter that this series itself gave out in each period.
    fn last_given_here(&self) -> BTreeMap<&str, u32> {
        let mut last: BTreeMap<&str, u32> = BTreeMap::new();
        for given in self.numbers.values().filter(|given| !given.imported) {
            if let Some((period, counter)) = &given.counted {
                let highest = last.entry(period).or_default();
                *highest = (*highest).max(*counter);
            }
        }
        last
    }

    /// Checks that what a record says was taken in counts where its numbers say.
    pub(super) fn check_imported(
        &self,
        numbering: &Numbering,
        imported: &NumbersImported,
        stamp: &Stamp,
    ) -> Result<(), Refusal> {
        let numbers = imported.numbers.iter();
        let numbers = numbers.map(|one| LegacyNumber { date: one.date, number: one.number.clone() });
        let ruling = self.import(numbering, &ImportNumbers { numbers: numbers.collect() }, stamp)?;
        let decided = ruling.events.last();
        if decided == Some(&SeriesEvent::NumbersImported(imported.clone())) {
            return Ok(());
        }
        let (what, id) = ("series", self.chain().address().id.to_string());
        let reason = "takes in numbers that were known, or that count elsewhere";
        Err(Refusal::because(&AuditError::StateMismatch { what, id, reason }))
    }

    /// Keeps what a record says was taken in.
    pub(super) fn keep_imported(&mut self, imported: &NumbersImported) {
        for number in &imported.numbers {
            let counted = number.counter.map(|counter| (number.period.clone(), counter));
            self.count(&number.number, Given { date: number.date, counted, imported: true });
        }
    }
}
