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
    }
}

shape! {
    /// How the numbers of a series look.
    pub struct Numbering {
        /// Pattern with `{counter}` or `{counter:width}`, and optionally `{year}` and `{month}`.
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
    Month,
    Counter(usize),
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
        let counters = parts.iter().filter(|part| matches!(part, Part::Counter(_))).count();
        if counters != 1 {
            return Err(SeriesError::Pattern { got: self.pattern.clone() });
        }
        let told_apart = match self.reset {
            Reset::Never => true,
            Reset::Year => year,
            Reset::Month => year && month,
        };
        if !told_apart {
            return Err(SeriesError::Reset { got: self.pattern.clone() });
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

    /// The period in which the counter counts at a date: empty, `2026` or `2026-01`.
    #[must_use]
    pub fn period(&self, date: Date) -> String {
        match self.reset {
            Reset::Never => String::new(),
            Reset::Year => format!("{:04}", date.year()),
            Reset::Month => format!("{:04}-{:02}", date.year(), date.month()),
        }
    }

    /// Writes a number.
    ///
    /// # Errors
    /// [`SeriesError::Pattern`]; [`SeriesError::Length`] when it does not make an id.
    pub fn number(&self, counter: u32, date: Date) -> Result<Id, SeriesError> {
        let mut text = String::new();
        for part in self.parts()? {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Year => text.push_str(&format!("{:04}", date.year())),
                Part::Month => text.push_str(&format!("{:02}", date.month())),
                Part::Counter(width) => text.push_str(&format!("{counter:0width$}")),
            }
        }
        Id::new(&text).map_err(|_| SeriesError::Length { got: text.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Numbering, Reset};
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
        ] {
            let numbering = Numbering { pattern: pattern.into(), reset, series: Id::new("s").unwrap() };
            let number = numbering.check().and_then(|()| numbering.number(42, date)).ok();
            assert_eq!(number.as_ref().map(Id::as_str), expected, "{pattern}");
        }
    }
}
