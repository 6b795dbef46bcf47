use super::AgreementError;
use crate::calendar::{CalendarError, Date};
use crate::canon::{shape, words};

words! {
    /// What periods are counted in.
    pub enum PeriodUnit {
        /// Days.
        Day = "day",
        /// Weeks.
        Week = "week",
        /// Months: each period starts on the anchor's day of the month, or on the last day of a month that is shorter.
        Month = "month",
    }
}

shape! {
    /// How long a period is.
    pub struct Cadence {
        /// How many units make one period.
        pub count: u32 = 1,
        /// The unit.
        pub unit: PeriodUnit = PeriodUnit::Month,
    }
}

impl Cadence {
    /// Most units of one period.
    pub const LIMIT: u32 = 1_200;

    /// Every month.
    pub const MONTHLY: Self = Self { count: 1, unit: PeriodUnit::Month };

    /// Whether it leads anywhere.
    ///
    /// # Errors
    /// [`AgreementError::Interval`].
    pub fn check(&self) -> Result<(), AgreementError> {
        if (1..=Self::LIMIT).contains(&self.count) {
            return Ok(());
        }
        Err(AgreementError::Interval { limit: Self::LIMIT, got: self.count })
    }

    /// The first day of the n-th period after the anchor, or before it where negative; always counted from
    /// the anchor.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`].
    ///
    /// ```
    /// use duebill::{agreement::Cadence, calendar::Date};
    /// let anchor = Date::parse("2026-01-31")?;
    /// assert_eq!(Cadence::MONTHLY.start(anchor, 1)?.to_string(), "2026-02-28");
    /// assert_eq!(Cadence::MONTHLY.start(anchor, 2)?.to_string(), "2026-03-31");
    /// # Ok::<(), duebill::calendar::CalendarError>(())
    /// ```
    pub fn start(&self, anchor: Date, number: i32) -> Result<Date, CalendarError> {
        let size = self.count.saturating_mul(number.unsigned_abs());
        let days = match self.unit {
            PeriodUnit::Day => size,
            PeriodUnit::Week => size.saturating_mul(7),
            PeriodUnit::Month => {
                let months = i32::try_from(size).unwrap_or(i32::MAX);
                return anchor.plus_months(if number < 0 { months.saturating_neg() } else { months });
            }
        };
        if number < 0 { anchor.minus_days(days) } else { anchor.plus_days(days) }
    }

    /// How many whole periods lie between the anchor and a day, which is not counted itself.
    ///
    /// # Errors
    /// [`AgreementError::PeriodOrder`] for a day before the anchor.
    ///
    /// ```
    /// use duebill::{agreement::Cadence, calendar::Date};
    /// let whole = |end| Cadence::MONTHLY.whole_periods(Date::parse("2012-07-16").unwrap(), Date::parse(end).unwrap());
    /// assert_eq!((whole("2012-09-15")?, whole("2012-09-16")?), (1, 2));
    /// # Ok::<(), duebill::agreement::AgreementError>(())
    /// ```
    pub fn whole_periods(&self, anchor: Date, end: Date) -> Result<i32, AgreementError> {
        let days = end.days_since(anchor);
        if days < 0 {
            return Err(AgreementError::PeriodOrder { from: anchor.to_string(), to: end.to_string() });
        }
        let count = i64::from(self.count.max(1));
        let units = match self.unit {
            PeriodUnit::Day => days,
            PeriodUnit::Week => days.div_euclid(7),
            PeriodUnit::Month => {
                let years = i64::from(end.year()).saturating_sub(anchor.year().into());
                let months = i64::from(end.month()).saturating_sub(anchor.month().into());
                years.saturating_mul(12).saturating_add(months)
            }
        };
        let whole = i32::try_from(units.div_euclid(count)).unwrap_or(i32::MAX);
        // Months alone may count one that is not over yet.
        let over = self.start(anchor, whole).is_ok_and(|start| start <= end);
        Ok(if over { whole } else { whole.saturating_sub(1).max(0) })
    }
}
