//! Canonical forms of the leaves: texts, numbers, dates, amounts and lists of them.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{CanonError, Canonical, Digest, FieldReader, FieldWriter, Fields, Reader, Shapes, Writer};
use crate::calendar::{Date, Instant, Shift};
use crate::canon::words;
use crate::finding::{Finding, Severity};
use crate::id::Id;
use crate::money::{Amount, Currency, Minor, MoneyError, Price, Rounding, decimal};

/// Declares a leaf that is a text in documents.
macro_rules! text_leaf {
    ($type:ty, $expected:literal, $schema:expr, $quick:expr, |$at:ident, $text:ident| $read:expr) => {
        impl Canonical for $type {
            fn write(&self, out: &mut Writer) {
                self.written(|text| out.ascii(text));
            }

            fn read($at: &mut Reader<'_>) -> Option<Self> {
                // Nobody looks for the ends of those that are right.
                if let Some(value) = $at.fixed($quick) {
                    return Some(value);
                }
                match $at.text() {
                    Some($text) => $read,
                    None => $at.wrong($expected),
                }
            }

            fn schema(_: &mut Shapes) -> Value {
                $schema
            }
        }
    };
}

text_leaf!(
    Date,
    "a date as text",
    json!({ "type": "string", "format": "date" }),
    Date::of_written,
    |at, text| { at.keep(Self::parse(text)) }
);
text_leaf!(
    Instant,
    "an instant as text",
    json!({ "type": "string", "format": "date-time" }),
    // In whole seconds an instant is said in one way only.
    Instant::of_written,
    |at, text| {
        let instant = at.keep(Self::parse(text));
        at.if_written(instant, |at| at.written(|written| written == text.as_bytes()))
    }
);

impl Canonical for Digest {
    fn write(&self, out: &mut Writer) {
        self.written(|text| out.ascii(text));
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        // A record is full of digests; nobody looks for the ends of those that are right.
        if let Some(digest) = at.fixed(Self::of_digits) {
            return Some(digest);
        }
        match at.text() {
            Some(text) => at.keep(Self::parse(text)),
            None => at.wrong("a digest as text"),
        }
    }

    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

impl Canonical for Currency {
    fn write(&self, out: &mut Writer) {
        out.ascii(self.code().as_bytes());
    }

    fn announce(&self, out: &mut Writer) {
        out.set_currency(*self);
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        match at.text() {
            // The fault is recorded; what else is wrong with the document can still be said.
            Some(text) => at.keep(Self::new(text)).or_else(|| Self::unlisted(text)),
            None => at.wrong("a currency code"),
        }
    }

    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "pattern": "^[A-Z]{3}$" })
    }
}

/// The schema of a decimal, the same for amounts and prices.
fn decimal_schema(shapes: &mut Shapes) -> Value {
    shapes.named("decimal", |_| {
        json!({
            "description": "A decimal in plain notation; at most 28 digits.",
            "type": "string",
            "maxLength": 30,
            "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
        })
    })
}

impl Canonical for Id {
    fn write(&self, out: &mut Writer) {
        // An id has no control characters, so these two are all that could need an escape.
        let escaped =
            |bytes: &[u8]| bytes.iter().fold(false, |found, b| found | (*b == b'"') | (*b == b'\\'));
        match self.in_place() {
            Some((bytes, length)) if !escaped(bytes) => out.padded(bytes, length),
            Some(_) | None => out.text(self.as_str()),
        }
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        // Most are short and plain: they are taken as they stand, with what stands behind them.
        if let Some(id) = at.short(Self::of_room) {
            return Some(id);
        }
        match at.text() {
            Some(text) => at.keep(Self::new(text)),
            None => at.wrong("an id as text"),
        }
    }

    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "minLength": 1, "maxLength": Self::MAX_BYTES })
    }
}

impl Canonical for Decimal {
    fn write(&self, out: &mut Writer) {
        out.plain(&self.normalize());
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = at.text() else { return at.wrong("a decimal as text") };
        let value = at.keep(decimal::parse(text));
        at.if_written(value, |_| decimal::is_shortest(text))
    }

    fn schema(shapes: &mut Shapes) -> Value {
        decimal_schema(shapes)
    }
}

impl Canonical for Price {
    fn write(&self, out: &mut Writer) {
        out.plain(self);
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = at.text() else { return at.wrong("a decimal as text") };
        let price = at.keep(Self::parse(text));
        at.if_written(price, |_| decimal::is_shortest(text))
    }

    fn schema(shapes: &mut Shapes) -> Value {
        decimal_schema(shapes)
    }
}

impl Canonical for Minor {
    fn write(&self, out: &mut Writer) {
        let digits = out.currency().map_or(0, |currency| currency.digits());
        let number = decimal::Plain { coefficient: i128::from(self.units()), scale: digits };
        number.written(|text| out.ascii(text));
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = at.text() else {
            return at.wrong("an amount as text");
        };
        match at.currency() {
            Some(currency) => {
                let units = decimal::minor_as_written(text, currency.digits());
                if units.is_some() {
                    return units;
                }
                let amount = at.keep(Amount::parse(text, currency)).map(Amount::minor);
                at.if_written(amount, |_| false)
            }
            None if at.currency_is_doubtful() => None,
            None => at.fail(&MoneyError::NoCurrency),
        }
    }

    fn schema(shapes: &mut Shapes) -> Value {
        decimal_schema(shapes)
    }
}

impl Canonical for String {
    fn write(&self, out: &mut Writer) {
        out.text(self);
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        match at.text() {
            Some(text) => Some(text.to_owned()),
            None => at.wrong("a text"),
        }
    }

    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string" })
    }
}

impl Canonical for bool {
    fn write(&self, out: &mut Writer) {
        out.boolean(*self);
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        at.boolean().or_else(|| at.wrong("a boolean"))
    }

    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "boolean" })
    }
}

/// Declares a whole number with the range of its type.
macro_rules! number_leaf {
    ($($type:ty),*) => { $(
        impl Canonical for $type {
            fn write(&self, out: &mut Writer) {
                out.integer(i64::from(*self));
            }

            fn read(at: &mut Reader<'_>) -> Option<Self> {
                let Some(got) = at.integer() else {
                    return at.wrong("a whole number");
                };
                let range = || CanonError::NumberLimit {
                    least: i64::from(<$type>::MIN), most: i64::from(<$type>::MAX), got,
                };
                at.keep(<$type>::try_from(got).map_err(|_| range()))
            }

            fn schema(_: &mut Shapes) -> Value {
                json!({ "type": "integer", "minimum": <$type>::MIN, "maximum": <$type>::MAX })
            }
        }
    )* };
}
number_leaf!(u8, u16, u32, i64);

impl Canonical for u64 {
    fn write(&self, out: &mut Writer) {
        out.integer(i64::try_from(*self).unwrap_or(i64::MAX));
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        let Some(got) = at.integer() else {
            return at.wrong("a whole number");
        };
        let range = CanonError::NumberLimit { least: 0, most: i64::MAX, got };
        at.keep(Self::try_from(got).map_err(|_| range))
    }

    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": i64::MAX })
    }
}

impl<T: Canonical> Canonical for Box<T> {
    fn announce(&self, out: &mut Writer) {
        self.as_ref().announce(out);
    }

    fn write(&self, out: &mut Writer) {
        self.as_ref().write(out);
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        T::read(at).map(Self::new)
    }

    fn schema(shapes: &mut Shapes) -> Value {
        T::schema(shapes)
    }

    fn is_absent(&self) -> bool {
        self.as_ref().is_absent()
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
}

impl<T: Fields> Fields for Box<T> {
    const NAME: &'static str = T::NAME;
    const KEYS: &'static [&'static str] = T::KEYS;

    fn write_fields(&self, out: &mut FieldWriter<'_>) {
        self.as_ref().write_fields(out);
    }

    fn read_fields(fields: &mut FieldReader<'_, '_>) -> Option<Self> {
        T::read_fields(fields).map(Self::new)
    }

    fn schema_fields(
        shapes: &mut Shapes,
        properties: &mut serde_json::Map<String, Value>,
        required: &mut Vec<Value>,
    ) {
        T::schema_fields(shapes, properties, required);
    }

    fn describe() -> String {
        T::describe()
    }
}

impl<T: Canonical> Canonical for Arc<T> {
    fn announce(&self, out: &mut Writer) {
        self.as_ref().announce(out);
    }

    fn write(&self, out: &mut Writer) {
        self.as_ref().write(out);
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        T::read(at).map(Self::new)
    }

    fn schema(shapes: &mut Shapes) -> Value {
        T::schema(shapes)
    }
}

impl<T: Canonical> Canonical for Option<T> {
    fn announce(&self, out: &mut Writer) {
        if let Some(value) = self {
            value.announce(out);
        }
    }

    fn write(&self, out: &mut Writer) {
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        T::read(at).map(Some)
    }

    fn schema(shapes: &mut Shapes) -> Value {
        T::schema(shapes)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Canonical> Canonical for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.list(self);
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        at.list()
    }

    fn schema(shapes: &mut Shapes) -> Value {
        json!({ "type": "array", "items": T::schema(shapes) })
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl Canonical for Finding {
    fn write(&self, out: &mut Writer) {
        out.object(|fields| {
            fields.field("code", &self.code.number);
            fields.with("data".into(), |writer| {
                writer.object(|data| {
                    for (key, value) in &self.data {
                        data.with(key.clone().into(), |writer| writer.text(value));
                    }
                });
            });
            fields.field("message", &self.message);
            fields.with("name".into(), |writer| writer.text(self.code.name));
            fields.field("path", &self.path);
            fields.with("severity".into(), |writer| writer.text(self.severity.word()));
            fields.field("subject", &self.subject);
        });
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        // Findings are answers; no document carries one in.
        at.wrong("no finding")
    }

    fn schema(shapes: &mut Shapes) -> Value {
        shapes.named("Finding", |_| {
            let words = [Severity::Block, Severity::Warn, Severity::Info].map(Severity::word);
            json!({
                "description": "One thing a check saw: a stable code, its weight, its subject and place, and a sentence made from them.",
                "type": "object",
                "additionalProperties": false,
                "required": ["code", "data", "message", "name", "path", "severity", "subject"],
                "properties": {
                    "code": { "type": "integer" },
                    "data": { "type": "object", "additionalProperties": { "type": "string" } },
                    "message": { "type": "string" },
                    "name": { "type": "string" },
                    "path": { "type": "string" },
                    "severity": { "enum": words },
                    "subject": { "type": "string" },
                },
            })
        })
    }
}

words!(impl Rounding {
    HalfUp = "half_up", HalfEven = "half_even", Up = "up", Down = "down", Ceiling = "ceiling", Floor = "floor",
});

words!(impl Shift {
    None = "none", Following = "following", ModifiedFollowing = "modified_following", Preceding = "preceding",
});
