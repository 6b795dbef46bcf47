use chrono::format::{Item, Parsed, StrftimeItems, parse};
use duebill::calendar::{Date, Instant};
use serde::Deserialize;

/// How a file writes times and dates.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub enum Form {
    /// Instants with `Z` or an offset.
    Rfc3339,
    /// Wall times such as `%d/%m/%Y %H:%M`, read as UTC.
    Wall(Vec<Item<'static>>),
}

impl TryFrom<String> for Form {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "rfc3339" {
            return Ok(Self::Rfc3339);
        }
        let wrong = || format!("expected `rfc3339` or a form such as `%d/%m/%Y %H:%M`, got `{text}`");
        StrftimeItems::new(&text).parse_to_owned().map(Self::Wall).map_err(|_| wrong())
    }
}

impl Form {
    /// The instant of a text; none when it has another form or names a day that does not exist.
    #[must_use]
    pub fn instant(&self, text: &str) -> Option<Instant> {
        let Self::Wall(items) = self else {
            return Instant::parse(text).ok();
        };
        let wall = parsed(text, items)?.to_naive_datetime_with_offset(0).ok()?;
        Instant::from_micros(wall.and_utc().timestamp_micros()).ok()
    }

    /// The date of a text; none when it has another form or names a day that does not exist.
    #[must_use]
    pub fn date(&self, text: &str) -> Option<Date> {
        match self {
            Self::Rfc3339 => Date::new(Instant::parse(text).ok()?.utc().date_naive()).ok(),
            Self::Wall(items) => Date::new(parsed(text, items)?.to_naive_date().ok()?).ok(),
        }
    }
}

fn parsed(text: &str, items: &[Item<'static>]) -> Option<Parsed> {
    let mut parsed = Parsed::new();
    parse(&mut parsed, text, items.iter()).ok()?;
    Some(parsed)
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
        assert!(Form::try_from("%d/%m/%Q".to_owned()).is_err());
        let form = Form::try_from("%m/%d/%Y".to_owned()).unwrap();
        assert_eq!(form.date("2/1/2013").unwrap().to_string(), "2013-02-01");
        assert!(form.date("2/31/2013").is_none() && form.date("31/1/2013").is_none());
    }
}
