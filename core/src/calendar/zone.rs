use chrono::{LocalResult, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::{CalendarError, Date, Instant};

/// What to do with a wall time that the clocks skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gap {
    /// Refuse it.
    #[default]
    Refuse,
    /// Move it forward by the length of the gap.
    ShiftForward,
}

/// Which of two instants a wall time means when the clocks went over it twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overlap {
    /// The first, under the offset before the change.
    #[default]
    Earlier,
    /// The second, under the offset after the change.
    Later,
}

/// An IANA time zone of the compiled time-zone data ([`Zone::data_version`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Tz::UTC);

    /// Looks a zone up by its IANA name.
    ///
    /// # Errors
    /// [`CalendarError::ZoneUnknown`].
    pub fn new(name: &str) -> Result<Self, CalendarError> {
        name.parse()
            .map(Self)
            .map_err(|_| CalendarError::ZoneUnknown { got: name.chars().take(60).collect() })
    }

    /// The IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Release of the compiled time-zone data, such as `2025b`.
    #[must_use]
    pub const fn data_version() -> &'static str {
        chrono_tz::IANA_TZDB_VERSION
    }

    /// Seconds that local time is ahead of UTC at an instant.
    #[must_use]
    pub fn offset(self, at: Instant) -> i64 {
        if self.0 == Tz::UTC {
            return 0;
        }
        i64::from(self.0.offset_from_utc_datetime(&at.utc().naive_utc()).fix().local_minus_utc())
    }

    /// The local date at an instant.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] at the outermost hours of the supported years.
    pub fn date(self, at: Instant) -> Result<Date, CalendarError> {
        Date::new(at.plus_seconds(self.offset(at))?.utc().date_naive())
    }

    /// The instant of a wall time written `YYYY-MM-DDTHH:MM` with optional seconds.
    ///
    /// # Errors
    /// [`CalendarError::LocalTimeForm`]; [`CalendarError::LocalTimeAbsent`] when the clocks skipped
    /// it and the policy refuses; [`CalendarError::DateRange`].
    ///
    /// ```
    /// use duebill::calendar::{Gap, Overlap, Zone};
    /// let berlin = Zone::new("Europe/Berlin")?;
    /// let at = |wall| berlin.resolve(wall, Gap::Refuse, Overlap::Earlier);
    /// // 2024-03-31 01:30 to 03:30 is one hour: the clocks went forward in between.
    /// assert_eq!(at("2024-03-31T03:30")?.seconds_since(at("2024-03-31T01:30")?), 3_600);
    /// assert!(at("2024-03-31T02:30").is_err());
    /// # Ok::<(), duebill::calendar::CalendarError>(())
    /// ```
    pub fn resolve(self, wall: &str, gap: Gap, overlap: Overlap) -> Result<Instant, CalendarError> {
        let local = NaiveDateTime::parse_from_str(wall, "%Y-%m-%dT%H:%M:%S")
            .or_else(|_| NaiveDateTime::parse_from_str(wall, "%Y-%m-%dT%H:%M"))
            .map_err(|_| CalendarError::LocalTimeForm { got: wall.chars().take(40).collect() })?;
        Date::new(local.date())?;
        let found = match (self.0.from_local_datetime(&local), overlap) {
            (LocalResult::Single(at), _)
            | (LocalResult::Ambiguous(at, _), Overlap::Earlier)
            | (LocalResult::Ambiguous(_, at), Overlap::Later) => at.timestamp_micros(),
            (LocalResult::None, _) => return self.absent(local, gap),
        };
        Instant::from_micros(found)
    }

    /// A skipped wall time read under the offset before the gap lands after it by the gap's length.
    fn absent(self, local: NaiveDateTime, gap: Gap) -> Result<Instant, CalendarError> {
        match gap {
            Gap::Refuse => {
                Err(CalendarError::LocalTimeAbsent { zone: self.name().to_owned(), local: local.to_string() })
            }
            Gap::ShiftForward => {
                let as_utc = Instant::from_micros(local.and_utc().timestamp_micros())?;
                // No zone is further than a day from UTC, so a day earlier is before the gap.
                let before = self.offset(as_utc.plus_seconds(-86_400)?);
                as_utc.plus_seconds(before.saturating_neg())
            }
        }
    }
}
