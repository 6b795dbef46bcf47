use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

use super::CalendarError;

/// A calendar date from 1900-01-01 to 9999-12-31.
///
/// ```
/// use duebill::calendar::Date;
/// let issued = Date::parse("2026-01-31")?;
/// assert_eq!(issued.plus_days(30)?.to_string(), "2026-03-02");
/// assert!(Date::parse("2023-02-29").is_err());
/// assert!(Date::parse("9999-12-31")?.plus_days(30).is_err());
/// # Ok::<(), duebill::calendar::CalendarError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// Wraps a date of the supported years.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] outside 1900 to 9999.
    pub fn new(date: NaiveDate) -> Result<Self, CalendarError> {
        if (1900..=9999).contains(&date.year()) {
            Ok(Self(date))
        } else {
            Err(CalendarError::DateRange { got: date.to_string() })
        }
    }

    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`CalendarError::DateForm`] or [`CalendarError::DateRange`].
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let form = || CalendarError::DateForm { got: text.chars().take(40).collect() };
        Self::new(text.as_bytes().try_into().ok().and_then(day_of).ok_or_else(form)?)
    }

    /// Reads a date as it is written; what is written otherwise is read with more care.
    pub(crate) fn of_written(text: &[u8; 10]) -> Option<Self> {
        Self::new(day_of(text)?).ok()
    }

    /// The day of an instant, which keeps to the same years.
    pub(super) fn of_instant(at: DateTime<Utc>) -> Self {
        Self(at.date_naive())
    }

    /// The date so many days after 1970-01-01; negative before it.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] outside 1900 to 9999.
    ///
    /// ```
    /// use duebill::calendar::Date;
    /// assert_eq!(Date::of_epoch_days(20_484)?.to_string(), "2026-01-31");
    /// assert_eq!(Date::parse("1969-12-31")?.epoch_days(), -1);
    /// # Ok::<(), duebill::calendar::CalendarError>(())
    /// ```
    pub fn of_epoch_days(days: i32) -> Result<Self, CalendarError> {
        let range = || CalendarError::DateRange { got: format!("{days} days after 1970-01-01") };
        NaiveDate::from_epoch_days(days)
            .ok_or_else(range)
            .and_then(|date| Self::new(date).map_err(|_| range()))
    }

    /// Days after 1970-01-01; negative before it.
    #[must_use]
    pub fn epoch_days(self) -> i32 {
        self.0.to_epoch_days()
    }

    /// The date as chrono knows it.
    #[must_use]
    pub const fn naive(self) -> NaiveDate {
        self.0
    }

    /// The date `days` later.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] when the result leaves the supported years.
    pub fn plus_days(self, days: u32) -> Result<Self, CalendarError> {
        let range = || CalendarError::DateRange { got: format!("{self} + {days} days") };
        self.0
            .checked_add_days(Days::new(u64::from(days)))
            .ok_or_else(range)
            .and_then(|date| Self::new(date).map_err(|_| range()))
    }

    /// The last day of the month `months` after this date's month.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] when the result leaves the supported years.
    pub fn end_of_month(self, months: u32) -> Result<Self, CalendarError> {
        let range = || CalendarError::DateRange { got: format!("end of month {months} after {self}") };
        self.0
            .with_day(1)
            .and_then(|first| first.checked_add_months(Months::new(months.saturating_add(1))))
            .and_then(|next| next.pred_opt())
            .ok_or_else(range)
            .and_then(|date| Self::new(date).map_err(|_| range()))
    }

    /// The date `days` earlier.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] when the result leaves the supported years.
    pub fn minus_days(self, days: u32) -> Result<Self, CalendarError> {
        let range = || CalendarError::DateRange { got: format!("{self} - {days} days") };
        self.0
            .checked_sub_days(Days::new(u64::from(days)))
            .ok_or_else(range)
            .and_then(|date| Self::new(date).map_err(|_| range()))
    }

    /// The same day of the month `months` later, or earlier where negative; the last day of a month
    /// that is too short. Counted from one anchor, Jan 31 gives Feb 28 and then Mar 31.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] when the result leaves the supported years.
    ///
    /// ```
    /// use duebill::calendar::Date;
    /// let anchor = Date::parse("2026-01-31")?;
    /// assert_eq!(anchor.plus_months(1)?.to_string(), "2026-02-28");
    /// assert_eq!(anchor.plus_months(2)?.to_string(), "2026-03-31");
    /// assert_eq!(anchor.plus_months(-2)?.to_string(), "2025-11-30");
    /// # Ok::<(), duebill::calendar::CalendarError>(())
    /// ```
    pub fn plus_months(self, months: i32) -> Result<Self, CalendarError> {
        let range = || CalendarError::DateRange { got: format!("{self} + {months} months") };
        let size = Months::new(months.unsigned_abs());
        let moved =
            if months < 0 { self.0.checked_sub_months(size) } else { self.0.checked_add_months(size) };
        moved.ok_or_else(range).and_then(|date| Self::new(date).map_err(|_| range()))
    }

    /// A day of the month `months` after this date's month; the last day where the month is shorter.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] when the result leaves the supported years, and for day 0.
    pub fn day_of_month(self, day: u32, months: u32) -> Result<Self, CalendarError> {
        let last = self.end_of_month(months)?;
        let range = || CalendarError::DateRange { got: format!("day {day} of month {months} after {self}") };
        last.0.with_day(day.min(last.day())).map(Self).ok_or_else(range)
    }

    /// Whole days from `earlier` to this date; negative when it lies before.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week, 1 is Monday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        u8::try_from(self.0.weekday().number_from_monday()).unwrap_or(1)
    }
}

/// The two last digits of a number, without the machinery of padding: dates are written often.
pub(super) const fn two_digits(value: u32) -> [u8; 2] {
    let [value, ..] = value.rem_euclid(100).to_le_bytes();
    [b'0'.wrapping_add(value.wrapping_div(10)), b'0'.wrapping_add(value.wrapping_rem(10))]
}

/// A date as YYYY-MM-DD.
pub(super) fn digits(date: NaiveDate) -> [u8; 10] {
    let year = date.year().unsigned_abs();
    let ([y1, y2], [y3, y4]) = (two_digits(year.div_euclid(100)), two_digits(year));
    let ([m1, m2], [d1, d2]) = (two_digits(date.month()), two_digits(date.day()));
    [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]
}

impl Date {
    /// Hands over the date as YYYY-MM-DD.
    pub(crate) fn written<T>(self, take: impl FnOnce(&[u8]) -> T) -> T {
        take(&digits(self.0))
    }
}

impl core::fmt::Display for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.written(|text| f.write_str(core::str::from_utf8(text).unwrap_or("")))
    }
}

impl core::fmt::Debug for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(self, f)
    }
}

/// The day that stands as year, month and day.
fn day_of(text: &[u8; 10]) -> Option<NaiveDate> {
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |value, digit| {
            let more = u32::from(digit.wrapping_sub(b'0'));
            digit.is_ascii_digit().then_some(value.wrapping_mul(10).wrapping_add(more))
        })
    };
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}
