use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use super::date::{digits, two_digits};
use super::{CalendarError, Date};

/// A point in time: microseconds since 1970-01-01T00:00:00Z, in the years 1900 to 9999.
///
/// ```
/// use duebill::calendar::Instant;
/// let start = Instant::parse("2026-01-05T10:00:00+01:00")?;
/// assert_eq!(start.to_string(), "2026-01-05T09:00:00Z");
/// assert!(Instant::parse("2026-01-05T10:00:00").is_err()); // a wall time is no instant
/// # Ok::<(), duebill::calendar::CalendarError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// Microseconds in a second.
const SECOND: i64 = 1_000_000;

impl Instant {
    /// Wraps microseconds since the epoch.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] outside the years 1900 to 9999.
    pub fn from_micros(micros: i64) -> Result<Self, CalendarError> {
        match DateTime::<Utc>::from_timestamp_micros(micros) {
            Some(at) if (1900..=9999).contains(&at.year()) => Ok(Self(micros)),
            _ => Err(CalendarError::DateRange { got: format!("{micros} microseconds since 1970") }),
        }
    }

    /// Reads an RFC 3339 instant with `Z` or an offset.
    ///
    /// # Errors
    /// [`CalendarError::InstantForm`] or [`CalendarError::DateRange`].
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        if let Some(instant) = text.as_bytes().try_into().ok().and_then(Self::of_written) {
            return Ok(instant);
        }
        let form = || CalendarError::InstantForm { got: text.chars().take(40).collect() };
        // The crate also takes a blank for the T and lower-case letters; documents do not.
        if text.as_bytes().get(10) != Some(&b'T') || text.ends_with('z') || text.get(17..19) == Some("60") {
            return Err(form());
        }
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| form())?;
        if at.nanosecond().checked_rem(1_000) != Some(0) {
            return Err(form());
        }
        Self::from_micros(at.timestamp_micros())
    }

    /// Reads an instant in whole seconds as it is written here; what is written otherwise is read with more care.
    pub(crate) fn of_written(text: &[u8; 20]) -> Option<Self> {
        let [_, _, _, _, _, _, _, _, _, _, b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'Z'] = *text else {
            return None;
        };
        let two = |tens: u8, ones: u8, below: i64| {
            let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
            let digit = |byte: u8| i64::from(byte.wrapping_sub(b'0'));
            let value = digit(tens).wrapping_mul(10).wrapping_add(digit(ones));
            (digits && value < below).then_some(value)
        };
        let (hour, minute, second) = (two(h1, h2, 24)?, two(m1, m2, 60)?, two(s1, s2, 60)?);
        let day = i64::from(Date::of_written(text.first_chunk()?)?.epoch_days()).checked_mul(86_400)?;
        let time = hour.wrapping_mul(3_600).wrapping_add(minute.wrapping_mul(60)).wrapping_add(second);
        Some(Self(day.checked_add(time)?.checked_mul(SECOND)?))
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds from `earlier` to this instant, rounded down; negative when it lies before.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(SECOND)
    }

    /// The instant `seconds` later.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] when the result leaves the supported years.
    pub fn plus_seconds(self, seconds: i64) -> Result<Self, CalendarError> {
        Self::from_micros(self.0.saturating_add(seconds.saturating_mul(SECOND)))
    }

    /// The last second of a day in UTC.
    #[must_use]
    pub fn end_of(day: Date) -> Self {
        let seconds = i64::from(day.epoch_days()).saturating_mul(86_400).saturating_add(86_399);
        Self(seconds.saturating_mul(SECOND))
    }

    /// The day that it is in UTC.
    #[must_use]
    pub fn day(self) -> Date {
        Date::of_instant(self.utc())
    }

    /// The instant as chrono knows it.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }
}

impl Instant {
    /// Hands over the instant as YYYY-MM-DDThh:mm:ssZ, with six decimals where there are any.
    pub(crate) fn written<T>(self, take: impl FnOnce(&[u8]) -> T) -> T {
        let seconds = self.0.div_euclid(SECOND);
        let second = u32::try_from(seconds.rem_euclid(86_400)).unwrap_or(0);
        let micros = u32::try_from(self.0.rem_euclid(SECOND)).unwrap_or(0);
        // Days and seconds are told apart here: a date with time and zone costs three times as much to make.
        let days = i32::try_from(seconds.div_euclid(86_400)).unwrap_or(0);
        let day = digits(NaiveDate::from_epoch_days(days).unwrap_or_default());
        let [y1, y2, y3, y4, _, m1, m2, _, d1, d2] = day;
        let [[h1, h2], [i1, i2], [s1, s2]] =
            [second.div_euclid(3_600), second.div_euclid(60).rem_euclid(60), second.rem_euclid(60)]
                .map(two_digits);
        if micros == 0 {
            return take(&[
                y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2, b'Z',
            ]);
        }
        let [[f1, f2], [f3, f4], [f5, f6]] =
            [micros.div_euclid(10_000), micros.div_euclid(100), micros].map(two_digits);
        take(&[
            y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2, b'.', f1,
            f2, f3, f4, f5, f6, b'Z',
        ])
    }
}

impl core::fmt::Display for Instant {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.written(|text| f.write_str(core::str::from_utf8(text).unwrap_or("")))
    }
}

impl core::fmt::Debug for Instant {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(self, f)
    }
}
