use chrono::{DateTime, Datelike, Timelike, Utc};

use super::CalendarError;

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

    /// The instant as chrono knows it.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }
}

impl core::fmt::Display for Instant {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let at = self.utc();
        let (date, second) = (at.date_naive(), at.num_seconds_from_midnight());
        let parts = [
            (date.year().unsigned_abs(), 4, "-"),
            (date.month(), 2, "-"),
            (date.day(), 2, "T"),
            (second.div_euclid(3_600), 2, ":"),
            (second.div_euclid(60).rem_euclid(60), 2, ":"),
            (second.rem_euclid(60), 2, ""),
        ];
        for (value, width, after) in parts {
            super::date::padded(f, value, width)?;
            f.write_str(after)?;
        }
        match self.0.rem_euclid(SECOND) {
            0 => f.write_str("Z"),
            micros => write!(f, ".{micros:06}Z"),
        }
    }
}

impl core::fmt::Debug for Instant {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(self, f)
    }
}
