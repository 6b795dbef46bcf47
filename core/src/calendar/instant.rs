use chrono::{DateTime, Datelike, Timelike, Utc};

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

    /// The last second of a day in UTC.
    #[must_use]
    pub fn end_of(day: Date) -> Self {
        let seconds = i64::from(day.epoch_days()).saturating_mul(86_400).saturating_add(86_399);
        Self(seconds.saturating_mul(SECOND))
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
        let at = self.utc();
        let second = at.num_seconds_from_midnight();
        let micros = u32::try_from(self.0.rem_euclid(SECOND)).unwrap_or(0);
        let mut text = *b"YYYY-MM-DDThh:mm:ss.ffffffZ";
        let (day, time) = text.split_at_mut(10);
        if let Ok(day) = <&mut [u8; 10]>::try_from(day) {
            super::date::fill_date(day, at.date_naive());
        }
        let parts = [second.div_euclid(3_600), second.div_euclid(60).rem_euclid(60), second.rem_euclid(60)];
        for (place, value) in time.chunks_exact_mut(3).zip(parts) {
            super::date::fill(place.get_mut(1..).unwrap_or(&mut []), value);
        }
        if micros > 0 {
            super::date::fill(text.get_mut(20..26).unwrap_or(&mut []), micros);
            return take(&text);
        }
        if let Some(point) = text.get_mut(19) {
            *point = b'Z';
        }
        take(text.get(..20).unwrap_or(&[]))
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
