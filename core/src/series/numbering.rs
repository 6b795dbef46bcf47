use super::SeriesError;
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;

words! {
    /// When the counter of a series starts again at 1.
    pub enum Reset {
        /// Never.
        Never = "never",
        /// Each calendar year.
        Year = "year",
        /// Each calendar month.
        Month = "month",
        /// Each fiscal year.
        Fiscal = "fiscal",
    }
}

words! {
    /// Which of the calendar years that a fiscal year touches names it.
    pub enum FiscalName {
        /// The one in which it ends.
        Ends = "ends",
        /// The one in which it starts.
        Starts = "starts",
    }
}

words! {
    /// What to do with a date before the last one of the series.
    pub enum DateOrder {
        /// Number it, and say so.
        Warn = "warn",
        /// Refuse it: no number is used up.
        Refuse = "refuse",
    }
}

shape! {
    /// How the numbers of a series look.
    pub struct Numbering {
        /// What to do with a date before the last one of the series.
        pub dates: DateOrder = DateOrder::Warn,
        /// Which calendar year names a fiscal year.
        pub fiscal_name: FiscalName = FiscalName::Ends,
        /// First month of the fiscal year, 1 to 12.
        pub fiscal_start: u8 = 1,
        /// The last counter of a period; none is given after it.
        pub last: u32 = u32::MAX,
        /// Pattern with `{counter}` or `{counter:width}`, and optionally `{year}`, `{fiscal_year}` and `{month}`.
        pub pattern: String,
        /// When the counter starts again.
        pub reset: Reset = Reset::Never,
        /// Id of the series.
        pub series: Id,
    }
}

/// One part of a pattern.
enum Part<'p> {
    Literal(&'p str),
    Year,
    FiscalYear,
    Month,
    Counter(usize),
}

/// What a number says of its date.
#[derive(Default)]
struct Said {
    year: Option<u16>,
    fiscal_year: Option<u16>,
    month: Option<u16>,
}

impl Said {
    /// Reads a part that does not count from one end of a number; what is left of it, where the part fits
    /// and says the same as before.
    fn read<'n>(&mut self, part: &Part<'_>, text: &'n str, at_end: bool) -> Option<&'n str> {
        let (width, place) = match part {
            Part::Literal(literal) if at_end => return text.strip_suffix(literal),
            Part::Literal(literal) => return text.strip_prefix(literal),
            Part::Counter(_) => return None,
            Part::Year => (4, &mut self.year),
            Part::FiscalYear => (4, &mut self.fiscal_year),
            Part::Month => (2, &mut self.month),
        };
        let middle = if at_end { text.len().checked_sub(width)? } else { width };
        let (start, end) = (text.get(..middle)?, text.get(middle..)?);
        let (digits, rest) = if at_end { (end, start) } else { (start, end) };
        let value: u16 = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        let is_month = width == 4 || (1..=12).contains(&value);
        let same = place.replace(value).is_none_or(|before| before == value);
        (is_month && same).then_some(rest)
    }
}

impl Numbering {
    /// Checks the pattern.
    ///
    /// # Errors
    /// [`SeriesError::Pattern`], [`SeriesError::Reset`] or [`SeriesError::Length`].
    pub fn check(&self) -> Result<(), SeriesError> {
        let parts = self.parts()?;
        let year = parts.iter().any(|part| matches!(part, Part::Year));
        let month = parts.iter().any(|part| matches!(part, Part::Month));
        let fiscal = parts.iter().any(|part| matches!(part, Part::FiscalYear));
        let counters = parts.iter().filter(|part| matches!(part, Part::Counter(_))).count();
        if counters != 1 {
            return Err(SeriesError::Pattern { got: self.pattern.clone() });
        }
        let told_apart = match self.reset {
            Reset::Never => true,
            Reset::Year => year,
            Reset::Month => month && (year || (fiscal && self.fiscal_start == 1)),
            Reset::Fiscal => fiscal,
        };
        if !(1..=12).contains(&self.fiscal_start) {
            return Err(SeriesError::FiscalStart { got: self.fiscal_start });
        }
        if !told_apart {
            return Err(SeriesError::Reset { got: self.pattern.clone() });
        }
        if self.last == 0 {
            return Err(SeriesError::Exhausted { limit: 0 });
        }
        // A pattern whose longest number is no id would lock the first invoice that asks.
        Date::parse("2000-01-01").map_or(Ok(()), |date| self.number(u32::MAX, date).map(drop))
    }

    fn parts(&self) -> Result<Vec<Part<'_>>, SeriesError> {
        let wrong = || SeriesError::Pattern { got: self.pattern.clone() };
        let mut parts = Vec::new();
        let mut rest = self.pattern.as_str();
        while let Some((literal, after)) = rest.split_once('{') {
            let (name, tail) = after.split_once('}').ok_or_else(wrong)?;
            parts.push(Part::Literal(literal));
            parts.push(match name.split_once(':') {
                None if name == "year" => Part::Year,
                None if name == "fiscal_year" => Part::FiscalYear,
                None if name == "month" => Part::Month,
                None if name == "counter" => Part::Counter(1),
                Some(("counter", width)) => {
                    Part::Counter(width.parse().ok().filter(|w| (1..=10).contains(w)).ok_or_else(wrong)?)
                }
                _ => return Err(wrong()),
            });
            rest = tail;
        }
        parts.push(Part::Literal(rest));
        Ok(parts)
    }

    /// The fiscal year of a date, as it is named.
    #[must_use]
    pub fn fiscal_year(&self, date: Date) -> i32 {
        let start = u32::from(self.fiscal_start);
        // The calendar year in which it starts, then the one in which it ends.
        let starts = date.year().saturating_sub(i32::from(date.month() < start));
        let ends = starts.saturating_add(i32::from(start > 1));
        match self.fiscal_name {
            FiscalName::Starts => starts,
            FiscalName::Ends => ends,
        }
    }

    /// The period in which the counter counts at a date: empty, `2026`, `2026-01` or `FY2026`.
    #[must_use]
    pub fn period(&self, date: Date) -> String {
        match self.reset {
            Reset::Never => String::new(),
            Reset::Year => format!("{:04}", date.year()),
            Reset::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Reset::Fiscal => format!("FY{:04}", self.fiscal_year(date)),
        }
    }

    /// Writes a number.
    ///
    /// # Errors
    /// [`SeriesError::Pattern`]; [`SeriesError::Length`] when it does not make an id.
    pub fn number(&self, counter: u32, date: Date) -> Result<Id, SeriesError> {
        let mut text = String::new();
        for part in self.parts()? {
            if let Part::Counter(width) = part {
                text.push_str(&format!("{counter:0width$}"));
            }
            self.fill(&mut text, &part, date);
        }
        Id::new(&text).map_err(|_| SeriesError::Length { got: text.len() })
    }

    /// The counter of a number that this pattern gives on a date; none where it gives none such.
    #[must_use]
    pub fn counter(&self, number: &Id, date: Date) -> Option<u32> {
        let (mut before, mut after, mut counted) = (String::new(), String::new(), false);
        for part in self.parts().ok()? {
            counted |= matches!(part, Part::Counter(_));
            self.fill(if counted { &mut after } else { &mut before }, &part, date);
        }
        let digits = number.as_str().strip_prefix(before.as_str())?.strip_suffix(after.as_str())?;
        let counter = digits.parse().ok()?;
        // The number is written again: a sign, or zeros beyond the width, are of no pattern.
        (self.number(counter, date).ok().as_ref() == Some(number)).then_some(counter)
    }

    /// Where a number of this pattern counts by what it says itself, whatever its date: its period and its
    /// counter; none where the pattern gives no such number on any date.
    #[must_use]
    pub fn place(&self, number: &Id) -> Option<(String, u32)> {
        let parts = self.parts().ok()?;
        let (mut rest, mut said) = (number.as_str(), Said::default());
        let mut parts = parts.iter();
        let width = loop {
            let part = parts.next()?;
            if let Part::Counter(width) = part {
                break *width;
            }
            rest = said.read(part, rest, false)?;
        };
        for part in parts.rev() {
            rest = said.read(part, rest, true)?;
        }
        let counter: u32 = rest.parse().ok()?;
        let year = said.year.map(|year| format!("{year:04}"));
        let fiscal = said.fiscal_year.map(|year| format!("{year:04}"));
        let period = match self.reset {
            Reset::Never => String::new(),
            Reset::Year => year?,
            // Where the fiscal year is the calendar year, either names it.
            Reset::Month => format!("{}-{:02}", year.or(fiscal)?, said.month?),
            Reset::Fiscal => format!("FY{}", fiscal?),
        };
        // The counter is written again: a sign, or zeros beyond the width, are of no pattern.
        (format!("{counter:0width$}") == rest).then_some((period, counter))
    }

    /// Whether this pattern could give a number, on its date or on any.
    #[must_use]
    pub fn gives(&self, number: &Id, date: Date) -> bool {
        self.counted(number, date).is_some_and(|(_, counter)| counter <= self.last)
    }

    /// Whether this series and another can give the same number: whether one reads a number of the other as its
    /// own, at any length of the counter.
    #[must_use]
    pub fn shares(&self, other: &Self) -> bool {
        let Ok(date) = Date::parse("2026-10-10") else { return false };
        let counters = || (0..10_u32).map(|power| 10_u32.saturating_pow(power));
        let gives = |one: &Self, two: &Self| {
            let numbers = counters().filter(|counter| *counter <= one.last);
            let mut numbers = numbers.filter_map(|counter| one.number(counter, date).ok());
            numbers.any(|number| two.place(&number).is_some_and(|(_, counter)| counter <= two.last))
        };
        gives(self, other) || gives(other, self)
    }

    /// Where a number counts: by its date where the pattern gives it on that date, else by what it says.
    pub(super) fn counted(&self, number: &Id, date: Date) -> Option<(String, u32)> {
        match self.counter(number, date) {
            Some(counter) => Some((self.period(date), counter)),
            None => self.place(number),
        }
    }

    /// Adds a part that does not count.
    fn fill(&self, text: &mut String, part: &Part<'_>, date: Date) {
        match part {
            Part::Literal(literal) => text.push_str(literal),
            Part::Year => text.push_str(&format!("{:04}", date.year())),
            Part::FiscalYear => text.push_str(&format!("{:04}", self.fiscal_year(date))),
            Part::Month => text.push_str(&format!("{:02}", date.month())),
            Part::Counter(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DateOrder, FiscalName, Numbering, Reset};
    use crate::calendar::Date;
    use crate::id::Id;

    #[test]
    fn patterns() {
        let date = Date::parse("2026-03-05").unwrap();
        for (pattern, reset, expected) in [
            ("INV-{year}-{counter:5}", Reset::Year, Some("INV-2026-00042")),
            ("{year}{month}/{counter}", Reset::Month, Some("202603/42")),
            ("{counter}", Reset::Never, Some("42")),
            ("{counter}", Reset::Year, None),
            ("{year}-{counter}", Reset::Month, None),
            ("INV-{year}", Reset::Never, None),
            ("{counter}{counter}", Reset::Never, None),
            ("{counter:x}", Reset::Never, None),
            ("{counter", Reset::Never, None),
            ("{day}{counter}", Reset::Never, None),
            ("{fiscal_year}-{counter:3}", Reset::Fiscal, Some("2025-042")),
            ("{year}-{counter:3}", Reset::Fiscal, None),
            ("{fiscal_year}{month}-{counter:3}", Reset::Month, None),
        ] {
            let numbering = Numbering {
                dates: DateOrder::Warn,
                fiscal_name: FiscalName::Starts,
                fiscal_start: 4,
                last: u32::MAX,
                pattern: pattern.into(),
                reset,
                series: Id::new("s").unwrap(),
            };
            let number = numbering.check().and_then(|()| numbering.number(42, date)).ok();
            assert_eq!(number.as_ref().map(Id::as_str), expected, "{pattern}");
            let counter = number.and_then(|number| numbering.counter(&number, date));
            assert_eq!(counter, expected.map(|_| 42), "{pattern}");
        }
    }
}
