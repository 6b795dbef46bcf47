//! Templates, and the way each language writes what a model says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, context};
use serde::Deserialize;
use serde_json::Value;

/// What a language says for each key of a model, and how it writes dates and numbers.
#[derive(Debug, Clone, Deserialize)]
struct Catalogue {
    /// `ltr` or `rtl`.
    direction: String,
    /// By key of the model.
    labels: BTreeMap<String, String>,
    /// A sentence above the document, by its kind.
    leads: BTreeMap<String, String>,
    /// The template's own words.
    texts: BTreeMap<String, String>,
    writing: Writing,
}

/// How a language writes dates and numbers.
#[derive(Debug, Clone, Deserialize)]
struct Writing {
    date: String,
    days_of_month: String,
    decimal: String,
    group: String,
    hours: String,
    moment: String,
    money: String,
    months: Vec<String>,
    percent: String,
    period: String,
    span: Span,
}

/// How a language says how long something may take.
#[derive(Debug, Clone, Deserialize)]
struct Span {
    both: String,
    day: String,
    days: String,
    hour: String,
    hours: String,
}

/// Pages in several languages.
pub struct Pages(BTreeMap<String, (Arc<Catalogue>, Environment<'static>)>);

/// The templates: a page, and what it is put together from.
const TEMPLATES: [&str; 5] = ["document.html", "facts.html", "style.css", "table.html", "values.html"];

type Failed = Box<dyn std::error::Error>;

impl Pages {
    /// Reads the catalogues of some languages and the templates of a folder.
    ///
    /// # Errors
    /// A file that is not there or not as it should be, by name.
    pub fn open(folder: &Path, languages: &[String]) -> Result<Self, Failed> {
        let text = |path: &Path| -> Result<String, Failed> {
            fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
        };
        let mut pages = BTreeMap::new();
        for language in languages {
            let path = folder.join(format!("labels/{language}.json"));
            let catalogue: Catalogue = serde_json::from_str(&text(&path)?)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let catalogue = Arc::new(catalogue);
            let mut environment = environment(&catalogue);
            for name in TEMPLATES {
                environment.add_template_owned(name, text(&folder.join("templates").join(name))?)?;
            }
            pages.insert(language.clone(), (catalogue, environment));
        }
        Ok(Self(pages))
    }

    /// One document as a page.
    ///
    /// # Errors
    /// A language without a catalogue, and a key without a text.
    pub fn print(&self, rendered: &Value, language: &str) -> Result<String, Failed> {
        let (catalogue, environment) = self.0.get(language).ok_or("no catalogue of this language")?;
        let kind = rendered.pointer("/model/kind").and_then(Value::as_str).unwrap_or_default();
        let page = context! {
            digest => rendered.get("digest"),
            direction => catalogue.direction,
            language,
            lead => catalogue.leads.get(kind),
            model => rendered.get("model"),
            texts => catalogue.texts,
        };
        Ok(environment.get_template("document.html")?.render(page)?)
    }
}

/// Templates escape whatever they print, and stop at a key that has no text.
fn environment(catalogue: &Arc<Catalogue>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
    });
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    let labels = Arc::clone(catalogue);
    environment.add_filter("label", move |key: &str| {
        let text = labels.labels.get(key).cloned();
        text.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("no text for the key `{key}`")))
    });
    let of = Arc::clone(catalogue);
    environment.add_filter("amount", move |text: &str| of.writing.number(text, 0));
    let of = Arc::clone(catalogue);
    environment.add_filter("money", move |text: &str, currency: &str| {
        fill(&of.writing.money, &[("amount", &of.writing.number(text, 0)), ("currency", currency)])
    });
    let of = Arc::clone(catalogue);
    environment.add_filter("price", move |text: &str, digits: usize| of.writing.number(text, digits));
    let of = Arc::clone(catalogue);
    environment.add_filter("price_of", move |text: &str, digits: usize, currency: &str| {
        fill(&of.writing.money, &[("amount", &of.writing.number(text, digits)), ("currency", currency)])
    });
    let of = Arc::clone(catalogue);
    environment.add_filter("percent", move |text: &str| {
        fill(&of.writing.percent, &[("number", &of.writing.number(text, 0))])
    });
    let of = Arc::clone(catalogue);
    environment.add_filter("date", move |text: &str| of.writing.date(text));
    let of = Arc::clone(catalogue);
    environment.add_filter("period", move |from: &str, to: &str| of.writing.period(from, to));
    let of = Arc::clone(catalogue);
    environment.add_filter("moment", move |text: &str| of.writing.moment(text));
    let of = Arc::clone(catalogue);
    environment.add_filter("duration", move |text: &str| of.writing.duration(text));
    let of = Arc::clone(catalogue);
    environment.add_filter("span", move |hours: u64| of.writing.span.says(hours));
    environment
}

/// A pattern with its places filled.
fn fill(pattern: &str, places: &[(&str, &str)]) -> String {
    places.iter().fold(pattern.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

impl Span {
    /// Whole days as days, with the hours that they are counted in; else hours.
    fn says(&self, hours: u64) -> String {
        let some = |number: u64, one: &str, more: &str| {
            if number == 1 { one.to_owned() } else { fill(more, &[("number", &number.to_string())]) }
        };
        let counted = some(hours, &self.hour, &self.hours);
        if hours == 0 || !hours.is_multiple_of(24) {
            return counted;
        }
        fill(&self.both, &[("days", &some(hours / 24, &self.day, &self.days)), ("hours", &counted)])
    }
}

impl Writing {
    /// A decimal with its groups, and at least so many decimals. A minus is a minus sign.
    fn number(&self, text: &str, digits: usize) -> String {
        let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("\u{2212}", rest));
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && whole.len().saturating_sub(place).is_multiple_of(3) {
                grouped.push_str(&self.group);
            }
            grouped.push(digit);
        }
        let decimals = format!("{decimals:0<digits$}");
        if decimals.is_empty() {
            format!("{sign}{grouped}")
        } else {
            format!("{sign}{grouped}{}{decimals}", self.decimal)
        }
    }

    /// Day, name of the month and year of a date.
    fn parts<'t>(&'t self, text: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let name = self.months.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some((day.trim_start_matches('0'), name, year))
    }

    fn date(&self, text: &str) -> String {
        let Some((day, month, year)) = self.parts(text) else { return text.to_owned() };
        fill(&self.date, &[("day", day), ("month", month), ("year", year)])
    }

    /// Days of one month say its name once.
    fn period(&self, from: &str, to: &str) -> String {
        match (self.parts(from), self.parts(to)) {
            (Some((first, month, year)), Some((last, other, same))) if (month, year) == (other, same) => {
                let places = [("from", first), ("to", last), ("month", month), ("year", year)];
                fill(&self.days_of_month, &places)
            }
            _ => fill(&self.period, &[("from", &self.date(from)), ("to", &self.date(to))]),
        }
    }

    fn moment(&self, text: &str) -> String {
        let (date, time) = text.split_once('T').unwrap_or((text, ""));
        let time: String = time.chars().take(5).collect();
        fill(&self.moment, &[("date", &self.date(date)), ("time", &time)])
    }

    /// Hours with two decimals where they are exact, else hours, minutes and seconds; never days, as prices are
    /// by the hour.
    fn duration(&self, seconds: &str) -> String {
        let Ok(seconds) = seconds.parse::<u64>() else { return self.number(seconds, 0) };
        let exact = seconds.is_multiple_of(36);
        let decimal = format!("{}.{:02}", seconds / 3_600, seconds % 3_600 / 36);
        let clock = format!("{}:{:02}:{:02}", seconds / 3_600, seconds % 3_600 / 60, seconds % 60);
        let number = if exact { self.number(&decimal, 0) } else { clock };
        fill(&self.hours, &[("number", &number)])
    }
}
