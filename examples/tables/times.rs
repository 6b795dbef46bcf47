use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime};
use duebill::calendar::{Date, Instant};
use serde::Deserialize;

/// How a file writes times and dates.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub enum Form {
    /// Instants with `Z` or an offset.
    Rfc3339,
    /// Wall times such as `%d/%m/%Y %H:%M`, read as UTC.
    Wall(Vec<Part>),
}

/// A part of a wall time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `%d`.
    Day,
    /// `%m`.
    Month,
    /// `%Y`, which has four digits; the others have one or two.
    Year,
    /// `%H`.
    Hour,
    /// `%M`.
    Minute,
    /// `%S`.
    Second,
    /// Any other character, which stands for itself.
    Literal(char),
}

impl Part {
    const fn field(letter: char) -> Option<Self> {
        Some(match letter {
            'd' => Self::Day,
            'm' => Self::Month,
            'Y' => Self::Year,
            'H' => Self::Hour,
            'M' => Self::Minute,
            'S' => Self::Second,
            _ => return None,
        })
    }
}

impl TryFrom<String> for Form {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "rfc3339" {
            return Ok(Self::Rfc3339);
        }
        let wrong = || format!("expected `rfc3339` or a form such as `%d/%m/%Y %H:%M`, got `{text}`");
        let (mut parts, mut letters) = (Vec::new(), text.chars());
        while let Some(letter) = letters.next() {
            parts.push(match letter {
                '%' => letters.next().and_then(Part::field).ok_or_else(wrong)?,
                letter => Part::Literal(letter),
            });
        }
        let is_dated = [Part::Day, Part::Month, Part::Year].iter().all(|part| parts.contains(part));
        if is_dated { Ok(Self::Wall(parts)) } else { Err(wrong()) }
    }
}

impl Form {
    /// The instant of a text; none when it has another form or names a day that does not exist.
    #[must_use]
    pub fn instant(&self, text: &str) -> Option<Instant> {
        match self {
            Self::Rfc3339 => Instant::parse(text).ok(),
            Self::Wall(parts) => Instant::from_micros(wall(text, parts)?.and_utc().timestamp_micros()).ok(),
        }
    }

    /// The date of a text; none when it has another form or names a day that does not exist.
    #[must_use]
    pub fn date(&self, text: &str) -> Option<Date> {
        Date::new(self.instant(text)?.utc().date_naive()).ok()
    }
}

/// Reads a text of a form, all of it; a field that the form lacks is 0.
fn wall(mut text: &str, parts: &[Part]) -> Option<NaiveDateTime> {
    let (mut date, mut clock) = ((0, 0, 0), (0, 0, 0));
    for part in parts {
        match part {
            Part::Day => date.2 = number(&mut text, 1..=2)?,
            Part::Month => date.1 = number(&mut text, 1..=2)?,
            Part::Year => date.0 = i32::try_from(number(&mut text, 4..=4)?).ok()?,
            Part::Hour => clock.0 = number(&mut text, 1..=2)?,
            Part::Minute => clock.1 = number(&mut text, 1..=2)?,
            Part::Second => clock.2 = number(&mut text, 1..=2)?,
            Part::Literal(letter) => text = text.strip_prefix(*letter)?,
        }
    }
    let day = NaiveDate::from_ymd_opt(date.0, date.1, date.2).filter(|_| text.is_empty())?;
    day.and_hms_opt(clock.0, clock.1, clock.2)
}

/// Takes a number of so many digits off a text.
fn number(text: &mut &str, digits: RangeInclusive<usize>) -> Option<u32> {
    let count = text.bytes().take(*digits.end()).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(count).filter(|_| digits.contains(&count))?;
    *text = rest;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn days_that_do_not_exist_are_none() {
        let form = Form::try_from("%d/%m/%Y %H:%M".to_owned()).unwrap();
        for (text, expected) in [
            ("29/2/2016 01:23", Some("2016-02-29T01:23:00Z")),
            ("05/03/2016 12:00", Some("2016-03-05T12:00:00Z")),
            ("31/2/2016 01:23", None),
            ("29/2/2015 01:23", None),
            ("29/2/2016", None),
            ("29/2/2016 24:00", None),
            ("29/2/2016 01:23 ", None),
            ("29/2/2016  01:23", None),
            ("29/2/201601:23", None),
            ("29/2/16 01:23", None),
            ("29/2/+2016 01:23", None),
            ("029/2/2016 01:23", None),
            ("2016-02-29 01:23", None),
            ("", None),
            ("?", None),
        ] {
            let got = form.instant(text).map(|at| at.to_string());
            assert_eq!(got.as_deref(), expected, "{text}");
        }
        let form = Form::try_from("rfc3339".to_owned()).unwrap();
        let at = |text| form.instant(text).map(|at| at.to_string());
        assert_eq!(at("2012-10-09T14:50:17+02:00").as_deref(), Some("2012-10-09T12:50:17Z"));
        assert_eq!(at("2012-02-31T14:50:17+00:00"), None);
        for form in ["", "%d/%m", "%d/%m/%Y %p", "%d/%m/%Y %", "%d/%m/%Y %%"] {
            assert!(Form::try_from(form.to_owned()).is_err(), "{form}");
        }
        let form = Form::try_from("%m/%d/%Y".to_owned()).unwrap();
        assert_eq!(form.date("2/1/2013").unwrap().to_string(), "2013-02-01");
        assert!(form.date("2/31/2013").is_none() && form.date("31/1/2013").is_none());
    }
}
