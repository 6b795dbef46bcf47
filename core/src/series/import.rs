use std::collections::BTreeMap;

use super::decide::Given;
use super::{Numbering, Series, SeriesError, SeriesEvent};
use crate::audit::{AuditError, Ruling};
use crate::calendar::Date;
use crate::canon::shape;
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
    /// given again, and said.
    pub(super) fn import(
        &self,
        numbering: &Numbering,
        import: &ImportNumbers,
    ) -> Result<Ruling<SeriesEvent>, Refusal> {
        let (mut blocking, mut findings) = (Vec::new(), Vec::new());
        let mut taken: BTreeMap<&Id, Date> = BTreeMap::new();
        let mut numbers = Vec::new();
        let here = self.last_given_here();
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
                    blocking.push(at(SeriesError::ImportedOtherwise { number, known, got }, Severity::Block));
                }
                continue;
            }
            taken.insert(&legacy.number, legacy.date);
            let counter = numbering.counter(&legacy.number, legacy.date);
            let period = numbering.period(legacy.date);
            if counter.is_some_and(|counter| counter >= numbering.last) {
                let limit = numbering.last.saturating_sub(1);
                blocking.push(at(SeriesError::Exhausted { limit }, Severity::Block));
            }
            if counter.is_none() {
                let (pattern, number) = (numbering.pattern.clone(), legacy.number.to_string());
                findings.push(at(SeriesError::Foreign { pattern, number }, Severity::Warn));
            } else if let Some(&last) = here.get(period.as_str()) {
                let number = legacy.number.to_string();
                blocking.push(at(SeriesError::ImportLate { number, last }, Severity::Block));
            }
            let (date, number) = (legacy.date, legacy.number.clone());
            numbers.push(ImportedNumber { counter, date, number, period });
        }
        Refusal::unless_empty(blocking)?;
        let events = match numbers.is_empty() {
            true => Vec::new(),
            false => vec![SeriesEvent::NumbersImported(NumbersImported { numbers })],
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

    /// Keeps what a record says was taken in.
    pub(super) fn keep_imported(&mut self, imported: &NumbersImported) -> Result<(), Refusal> {
        let mut seen = BTreeMap::new();
        for number in &imported.numbers {
            if number.counter == Some(u32::MAX) {
                let (what, id) = ("number", number.number.to_string());
                let reason = "leaves no next one";
                return Err(Refusal::because(&AuditError::StateMismatch { what, id, reason }));
            }
            if self.numbers.contains_key(&number.number) || seen.insert(&number.number, ()).is_some() {
                let (what, id) = ("number", number.number.to_string());
                let reason = "was given out before";
                return Err(Refusal::because(&AuditError::StateMismatch { what, id, reason }));
            }
        }
        for number in &imported.numbers {
            let counted = number.counter.map(|counter| (number.period.clone(), counter));
            self.count(&number.number, Given { date: number.date, counted, imported: true });
        }
        Ok(())
    }
}
