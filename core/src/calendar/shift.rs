use super::{Calendar, CalendarError, Date};

/// Where a date goes that is no business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Shift {
    /// Nowhere.
    #[default]
    None,
    /// To the next business day.
    Following,
    /// To the next business day, unless that lies in another month: then to the one before.
    ModifiedFollowing,
    /// To the business day before.
    Preceding,
}

/// Most days that a date is moved: longer than any row of holidays.
const LIMIT: u32 = 60;

impl Calendar {
    /// Moves a date that is no business day.
    ///
    /// # Errors
    /// [`CalendarError::NoBusinessDay`] when none lies within 60 days, [`CalendarError::DateRange`].
    ///
    /// ```
    /// use duebill::calendar::{Calendar, Date, Shift, Zone};
    /// let calendar = Calendar::new(Zone::UTC, duebill::id::Id::new("all")?, &[], &[]).map_err(|all| all[0].clone())?;
    /// let saturday = Date::parse("2026-01-31")?;
    /// assert_eq!(calendar.shift(saturday, Shift::Following)?.to_string(), "2026-02-02");
    /// assert_eq!(calendar.shift(saturday, Shift::ModifiedFollowing)?.to_string(), "2026-01-30");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn shift(&self, date: Date, shift: Shift) -> Result<Date, CalendarError> {
        let following = || self.search(date, Date::plus_days);
        let preceding = || self.search(date, Date::minus_days);
        match shift {
            Shift::None => Ok(date),
            Shift::Following => following(),
            Shift::Preceding => preceding(),
            Shift::ModifiedFollowing => {
                let next = following()?;
                if next.month() == date.month() { Ok(next) } else { preceding() }
            }
        }
    }

    fn search(
        &self,
        date: Date,
        step: impl Fn(Date, u32) -> Result<Date, CalendarError>,
    ) -> Result<Date, CalendarError> {
        for days in 0..=LIMIT {
            let candidate = step(date, days)?;
            if self.is_business_day(candidate) {
                return Ok(candidate);
            }
        }
        Err(CalendarError::NoBusinessDay { got: format!("{LIMIT} days around {date}") })
    }
}
