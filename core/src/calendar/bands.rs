use std::collections::BTreeMap;

use chrono::{Datelike, Timelike};

use super::{CalendarError, Date, Instant, Zone};
use crate::id::Id;

/// Index of a band in its calendar; 0 is the band of all time that no rule names.
pub type Band = u8;

const DAY_MINUTES: usize = 1_440;
const WEEK_MINUTES: usize = 10_080;

/// One rule of the week: on this day, from minute to minute, this band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekRule {
    /// Name of the band.
    pub band: Id,
    /// Day of the week, 1 is Monday.
    pub day: u8,
    /// First minute of the day, 0 to 1,439.
    pub from: u16,
    /// Minute after the last, 1 to 1,440.
    pub to: u16,
}

/// A piece of work that lies in one band of one local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its local day.
    pub date: Date,
    /// Its band.
    pub band: Band,
    /// Its first instant.
    pub start: Instant,
    /// The instant after its last.
    pub end: Instant,
    /// Whole seconds; the pieces of an entry add up to the entry.
    pub seconds: u32,
}

/// A working calendar: a zone, a band for each minute of the week, and holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    zone: Zone,
    bands: Vec<Id>,
    /// Band of each minute of the week from Monday 00:00; empty when there is one band only.
    week: Vec<Band>,
    holidays: BTreeMap<Date, Band>,
    /// Days of the week that are no business days, 1 is Monday.
    days_off: Vec<u8>,
}

impl Calendar {
    /// Most bands of one calendar.
    pub const MAX_BANDS: usize = 64;

    /// Builds the week table.
    ///
    /// # Errors
    /// [`CalendarError::BandEmpty`], [`CalendarError::BandsOverlap`] or [`CalendarError::BandLimit`],
    /// for every rule that has one.
    pub fn new(
        zone: Zone,
        otherwise: Id,
        rules: &[WeekRule],
        holidays: &[(Date, Id)],
    ) -> Result<Self, Vec<CalendarError>> {
        let mut errors = Vec::new();
        let mut bands = vec![otherwise];
        let mut week = if rules.is_empty() { Vec::new() } else { vec![0; WEEK_MINUTES] };
        for rule in rules {
            let Some(band) = intern(&mut bands, &rule.band) else {
                errors.push(CalendarError::BandLimit { limit: Self::MAX_BANDS });
                break;
            };
            if let Err(error) = paint(&mut week, rule, band, &bands) {
                errors.push(error);
            }
        }
        let mut days = BTreeMap::new();
        for (date, name) in holidays {
            match intern(&mut bands, name) {
                Some(band) => drop(days.insert(*date, band)),
                None => errors.push(CalendarError::BandLimit { limit: Self::MAX_BANDS }),
            }
        }
        if errors.is_empty() {
            Ok(Self { zone, bands, week, holidays: days, days_off: vec![6, 7] })
        } else {
            Err(errors)
        }
    }

    /// The same calendar with other days of the week off than Saturday and Sunday; 1 is Monday.
    ///
    /// # Errors
    /// [`CalendarError::NoBusinessDay`] when every day is off.
    pub fn with_days_off(self, days_off: Vec<u8>) -> Result<Self, CalendarError> {
        if (1..=7).all(|day| days_off.contains(&day)) {
            return Err(CalendarError::NoBusinessDay { got: "every day of the week".to_owned() });
        }
        Ok(Self { days_off, ..self })
    }

    /// Whether a day is neither off nor a holiday.
    #[must_use]
    pub fn is_business_day(&self, date: Date) -> bool {
        !self.days_off.contains(&date.weekday()) && !self.holidays.contains_key(&date)
    }

    /// The zone of the calendar.
    #[must_use]
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// The name of a band of this calendar.
    #[must_use]
    pub fn band_name(&self, band: Band) -> Option<&Id> {
        self.bands.get(usize::from(band))
    }

    /// Every band name; a name's place is its [`Band`].
    #[must_use]
    pub fn band_names(&self) -> &[Id] {
        &self.bands
    }

    /// Cuts the half-open time `start..end` at band borders, local midnights and nowhere else.
    /// Whole seconds of the pieces add up to whole seconds of the time.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`] at the outermost hours of the supported years.
    pub fn cut(&self, start: Instant, end: Instant) -> Result<Vec<Piece>, CalendarError> {
        let mut pieces: Vec<Piece> = Vec::with_capacity(1);
        let mut at = start;
        while at < end {
            let (date, band, border) = self.next_border(at)?;
            let stop = border.min(end);
            match pieces.last_mut() {
                Some(last) if last.date == date && last.band == band => last.end = stop,
                _ => pieces.push(Piece { date, band, start: at, end: stop, seconds: 0 }),
            }
            at = stop;
        }
        let whole = |to: Instant| u32::try_from(to.seconds_since(start)).unwrap_or(u32::MAX);
        for piece in &mut pieces {
            piece.seconds = whole(piece.end).saturating_sub(whole(piece.start));
        }
        Ok(pieces)
    }

    /// Local date and band at an instant, and the next instant where one of them may change: a band
    /// border, midnight, or a change of the zone's offset.
    fn next_border(&self, at: Instant) -> Result<(Date, Band, Instant), CalendarError> {
        let offset = self.zone.offset(at);
        let local = at.plus_seconds(offset)?.utc();
        let date = Date::new(local.date_naive())?;
        let second = i64::from(local.num_seconds_from_midnight());
        let minute = usize::try_from(second.div_euclid(60)).unwrap_or(0);
        let (band, until) = match self.holidays.get(&date) {
            Some(&band) => (band, DAY_MINUTES),
            None => self.band_until(local.weekday().num_days_from_monday(), minute),
        };
        let until = i64::try_from(until).unwrap_or(0).saturating_mul(60);
        // Fractions of a second belong to the second they are in.
        let whole = at.plus_seconds(0)?.micros().rem_euclid(1_000_000);
        let border = Instant::from_micros(
            at.plus_seconds(until.saturating_sub(second))?.micros().saturating_sub(whole),
        )?;
        Ok((date, band, self.offset_change(at, border, offset)?))
    }

    /// Band at a minute of a weekday, and the minute of that day where it ends.
    fn band_until(&self, weekday: u32, minute: usize) -> (Band, usize) {
        let start = usize::try_from(weekday).unwrap_or(0).saturating_mul(DAY_MINUTES);
        let day = self.week.get(start..start.saturating_add(DAY_MINUTES)).unwrap_or(&[]);
        let band = day.get(minute).copied().unwrap_or(0);
        let length = day.iter().skip(minute).take_while(|&&b| b == band).count();
        let until = if day.is_empty() { DAY_MINUTES } else { minute.saturating_add(length) };
        (band, until)
    }

    /// The first instant in `at..border` whose offset differs, to the second; else the border.
    fn offset_change(&self, at: Instant, border: Instant, offset: i64) -> Result<Instant, CalendarError> {
        if self.zone == Zone::UTC || self.zone.offset(border) == offset {
            return Ok(border);
        }
        let (mut same, mut other) = (at, border);
        while other.seconds_since(same) > 1 {
            let middle = same.plus_seconds(other.seconds_since(same).div_euclid(2))?;
            if self.zone.offset(middle) == offset { same = middle } else { other = middle }
        }
        Ok(other)
    }
}

/// The index of a band name, added when it is new and there is room.
fn intern(bands: &mut Vec<Id>, name: &Id) -> Option<Band> {
    let found = bands.iter().position(|known| known == name);
    let index = found.unwrap_or(bands.len());
    if found.is_none() {
        bands.push(name.clone());
    }
    Band::try_from(index).ok().filter(|_| index < Calendar::MAX_BANDS)
}

/// Writes one rule into the week table.
fn paint(week: &mut [Band], rule: &WeekRule, band: Band, bands: &[Id]) -> Result<(), CalendarError> {
    if rule.to <= rule.from || usize::from(rule.to) > DAY_MINUTES || !(1..=7).contains(&rule.day) {
        return Err(CalendarError::BandEmpty { from: rule.from, to: rule.to });
    }
    let day = usize::from(rule.day.saturating_sub(1)).saturating_mul(DAY_MINUTES);
    let (from, to) = (day.saturating_add(rule.from.into()), day.saturating_add(rule.to.into()));
    let minutes = week.get_mut(from..to).unwrap_or(&mut []);
    if let Some(offset) = minutes.iter().position(|&b| b != 0) {
        let standing = minutes.get(offset).and_then(|&b| bands.get(usize::from(b)));
        return Err(CalendarError::BandsOverlap {
            day: rule.day,
            minute: rule.from.saturating_add(u16::try_from(offset).unwrap_or(0)),
            first: standing.map(ToString::to_string).unwrap_or_default(),
            second: rule.band.to_string(),
        });
    }
    minutes.fill(band);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Calendar, WeekRule};
    use crate::calendar::{Gap, Overlap, Zone};
    use crate::id::Id;

    fn office(zone: &str) -> Calendar {
        let id = |text| Id::new(text).unwrap();
        let rules: Vec<_> =
            (1..=5).map(|day| WeekRule { band: id("normal"), day, from: 540, to: 1_020 }).collect();
        Calendar::new(Zone::new(zone).unwrap(), id("after_hours"), &rules, &[]).unwrap()
    }

    fn cut(calendar: &Calendar, from: &str, to: &str) -> Vec<(String, u8, u32)> {
        let at = |wall| calendar.zone().resolve(wall, Gap::Refuse, Overlap::Earlier).unwrap();
        let pieces = calendar.cut(at(from), at(to)).unwrap();
        pieces.iter().map(|p| (p.date.to_string(), p.band, p.seconds)).collect()
    }

    #[test]
    fn work_is_cut_at_bands_and_midnight() {
        let calendar = office("Europe/Berlin");
        assert_eq!(
            cut(&calendar, "2026-01-05T16:00", "2026-01-06T00:30"),
            [
                ("2026-01-05".into(), 1, 3_600),
                ("2026-01-05".into(), 0, 25_200),
                ("2026-01-06".into(), 0, 1_800)
            ]
        );
    }

    #[test]
    fn a_change_of_the_clocks_is_elapsed_time_and_no_cut() {
        assert_eq!(
            cut(&office("Europe/Berlin"), "2024-03-31T01:30", "2024-03-31T03:30"),
            [("2024-03-31".into(), 0, 3_600)]
        );
        assert_eq!(
            cut(&office("Europe/Berlin"), "2024-10-27T01:30", "2024-10-27T03:30"),
            [("2024-10-27".into(), 0, 10_800)]
        );
        assert_eq!(
            cut(&office("Australia/Lord_Howe"), "2024-04-07T01:00", "2024-04-07T03:00"),
            [("2024-04-07".into(), 0, 9_000)]
        );
    }
}
