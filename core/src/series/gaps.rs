use std::collections::BTreeMap;

use super::{LegacyNumber, Numbering, Series};
use crate::calendar::Date;
use crate::canon::shape;
use crate::id::Id;

shape! {
    /// Counters that no number of a period has.
    pub struct NumberGap {
        /// The first missing counter.
        pub first: u32,
        /// The last missing counter.
        pub last: u32,
        /// The period in which they are missing.
        pub period: String,
    }
}

shape! {
    /// The numbers of one period.
    pub struct NumberedPeriod {
        /// How many different numbers stand in it.
        pub count: u32,
        /// The lowest counter.
        pub first: u32,
        /// The highest counter.
        pub last: u32,
        /// The period: empty, a year, a month or a fiscal year.
        pub period: String,
    }
}

shape! {
    /// What an auditor asks of a list of numbers: are any missing, double, or out of the order of dates?
    pub struct NumberAudit {
        /// Numbers that stand more than once.
        pub duplicates: Vec<Id>,
        /// Numbers that the pattern does not give on their date.
        pub foreign: Vec<Id>,
        /// Missing counters.
        pub gaps: Vec<NumberGap>,
        /// Numbers with an earlier date than a lower counter of their period has.
        pub out_of_order: Vec<Id>,
        /// What stands in each period.
        pub periods: Vec<NumberedPeriod>,
    }
}

/// Audits numbers with their dates, in any order. Counters are expected from 1 in each period, or from
/// the first that is there when `from_first`.
///
/// ```
/// use duebill::calendar::Date;
/// use duebill::id::Id;
/// use duebill::series::{DateOrder, FiscalName, LegacyNumber, Numbering, Reset, audit_numbers};
/// let numbering = Numbering {
///     dates: DateOrder::Warn,
///     fiscal_name: FiscalName::Ends,
///     fiscal_start: 1,
///     last: u32::MAX,
///     pattern: "R{year}-{counter:3}".into(),
///     reset: Reset::Year,
///     series: Id::new("r")?,
/// };
/// let number = |text: &str| Ok::<_, Box<dyn std::error::Error>>(LegacyNumber {
///     date: Date::parse("2026-03-05")?,
///     number: Id::new(text)?,
/// });
/// let audit = audit_numbers(&numbering, [number("R2026-001")?, number("R2026-004")?].iter(), false);
/// assert_eq!((audit.gaps[0].first, audit.gaps[0].last), (2, 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn audit_numbers<'n>(
    numbering: &Numbering,
    numbers: impl Iterator<Item = &'n LegacyNumber>,
    from_first: bool,
) -> NumberAudit {
    let (mut duplicates, mut foreign) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<&Id, ()> = BTreeMap::new();
    let mut periods: Periods<'_> = BTreeMap::new();
    for legacy in numbers {
        if seen.insert(&legacy.number, ()).is_some() {
            duplicates.push(legacy.number.clone());
            continue;
        }
        match numbering.counter(&legacy.number, legacy.date) {
            Some(counter) => {
                let period = periods.entry(numbering.period(legacy.date)).or_default();
                period.insert(counter, (&legacy.number, legacy.date));
            }
            None => foreign.push(legacy.number.clone()),
        }
    }
    duplicates.sort();
    duplicates.dedup();
    foreign.sort();
    audited(periods, |_, first| if from_first { first } else { 1 }, duplicates, foreign)
}

impl Series {
    /// Audits the numbers of this series. In a period that began in another system counters are
    /// expected from the first that was taken in, else from 1.
    #[must_use]
    pub fn audit(&self) -> NumberAudit {
        let mut periods: Periods<'_> = BTreeMap::new();
        let mut imported: BTreeMap<&str, ()> = BTreeMap::new();
        let mut foreign = Vec::new();
        for (number, given) in self.numbers() {
            match &given.counted {
                Some((period, counter)) => {
                    periods.entry(period.clone()).or_default().insert(*counter, (number, given.date));
                    if given.imported {
                        imported.insert(period, ());
                    }
                }
                None => foreign.push(number.clone()),
            }
        }
        let first_of = |period: &str, first| if imported.contains_key(period) { first } else { 1 };
        audited(periods, first_of, Vec::new(), foreign)
    }
}

/// Numbers with their dates by counter, by period.
type Periods<'n> = BTreeMap<String, BTreeMap<u32, (&'n Id, Date)>>;

fn audited(
    periods: Periods<'_>,
    first_of: impl Fn(&str, u32) -> u32,
    duplicates: Vec<Id>,
    foreign: Vec<Id>,
) -> NumberAudit {
    let mut audit =
        NumberAudit { duplicates, foreign, gaps: Vec::new(), out_of_order: Vec::new(), periods: Vec::new() };
    for (period, counters) in periods {
        let (Some((&first, _)), Some((&last, _))) = (counters.first_key_value(), counters.last_key_value())
        else {
            continue;
        };
        let mut expected = first_of(&period, first);
        let mut latest: Option<Date> = None;
        for (&counter, &(number, date)) in &counters {
            if counter > expected {
                let last = counter.saturating_sub(1);
                audit.gaps.push(NumberGap { first: expected, last, period: period.clone() });
            }
            expected = counter.saturating_add(1);
            if latest.is_some_and(|latest| date < latest) {
                audit.out_of_order.push(number.clone());
            }
            latest = latest.max(Some(date));
        }
        let count = u32::try_from(counters.len()).unwrap_or(u32::MAX);
        audit.periods.push(NumberedPeriod { count, first, last, period });
    }
    audit
}
