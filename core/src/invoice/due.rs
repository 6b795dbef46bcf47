use super::InvoiceError;
use crate::calendar::{CalendarError, Date};
use crate::canon::{shape, union};

shape! {
    /// The first of some days of the month.
    pub struct NextDay {
        /// Whether the day must come later; else it may be the same.
        pub after: bool = false,
        /// Days of the month, 1 to 31; a month that is shorter takes its last day.
        pub days: Vec<u8>,
    }
}

shape! {
    /// A day of a month that follows.
    pub struct MonthDay {
        /// The day, 1 to 31; a month that is shorter takes its last day.
        pub day: u8,
        /// Months after; 0 is the same month.
        pub months: u32 = 1,
    }
}

union! {
    /// A fixed day of the month.
    pub enum OnDay {
        /// The first of some days that comes.
        Next(NextDay) = "next",
        /// A day of a month that follows.
        OfMonth(MonthDay) = "of_month",
    }
}

shape! {
    /// When something falls due: counted from the end of a month where one is named, then days and weeks
    /// later, then on a fixed day of the month where one is named.
    pub struct DueRule {
        /// Days to count.
        pub days: u32 = 0,
        /// Counts from the end of the month plus this many months.
        pub end_of_month: Option<u32>,
        /// Moves to a fixed day of the month.
        pub on_day: Option<OnDay>,
        /// Weeks to count.
        pub weeks: u32 = 0,
    }
}

impl OnDay {
    fn check(&self) -> Result<(), InvoiceError> {
        let (days, months) = match self {
            Self::Next(next) => (next.days.as_slice(), 0),
            Self::OfMonth(day) => (core::slice::from_ref(&day.day), day.months),
        };
        if let Some(got) = days.iter().find(|day| !(1..=31).contains(*day)) {
            return Err(InvoiceError::TermsDayOfMonth { got: (*got).into() });
        }
        if days.is_empty() || days.len() > 31 {
            return Err(InvoiceError::TermsDayOfMonth { got: days.len() });
        }
        if months > DueRule::LIMIT {
            return Err(InvoiceError::TermsDays { limit: DueRule::LIMIT, got: months });
        }
        Ok(())
    }

    fn date(&self, from: Date) -> Result<Date, CalendarError> {
        match self {
            Self::OfMonth(day) => from.day_of_month(day.day.into(), day.months),
            Self::Next(next) => {
                for months in 0..=1 {
                    let mut days = Vec::with_capacity(next.days.len());
                    for day in &next.days {
                        days.push(from.day_of_month((*day).into(), months)?);
                    }
                    let comes = |date: &Date| *date > from || (*date == from && !next.after);
                    if let Some(first) = days.into_iter().filter(comes).min() {
                        return Ok(first);
                    }
                }
                Ok(from)
            }
        }
    }
}

impl DueRule {
    /// Most days or months.
    pub const LIMIT: u32 = 3_650;

    /// Due at once.
    pub const AT_ONCE: Self = Self { days: 0, end_of_month: None, on_day: None, weeks: 0 };

    /// Whether the rule is within its limits.
    ///
    /// # Errors
    /// [`InvoiceError::TermsDays`] or [`InvoiceError::TermsDayOfMonth`].
    pub fn check(&self) -> Result<(), InvoiceError> {
        let longest = self.counted().max(self.end_of_month.unwrap_or(0));
        if longest > Self::LIMIT {
            return Err(InvoiceError::TermsDays { limit: Self::LIMIT, got: longest });
        }
        self.on_day.as_ref().map_or(Ok(()), OnDay::check)
    }

    fn counted(&self) -> u32 {
        self.weeks.saturating_mul(7).saturating_add(self.days)
    }

    /// The date that the rule gives from a date; never before it.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`].
    ///
    /// ```
    /// use duebill::{calendar::Date, canon, invoice::DueRule};
    /// let rule: DueRule = canon::from_bytes(br#"{"days":31,"on_day":{"days":[15],"kind":"next"}}"#)?;
    /// assert_eq!(rule.date(Date::parse("2019-01-31")?)?.to_string(), "2019-03-15");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn date(&self, from: Date) -> Result<Date, CalendarError> {
        let start = match self.end_of_month {
            Some(months) => from.end_of_month(months)?,
            None => from,
        };
        let counted = start.plus_days(self.counted())?;
        let due = self.on_day.as_ref().map_or(Ok(counted), |day| day.date(counted))?;
        Ok(due.max(from))
    }
}
