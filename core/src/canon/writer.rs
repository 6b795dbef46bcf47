use super::Canonical;
use crate::money::Currency;

/// Writes canonical JSON: RFC 8785 restricted to strings, whole numbers, booleans, arrays, objects.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
    currency: Option<Currency>,
}

impl Writer {
    /// The bytes written so far.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// The currency whose digits amounts are written with: that of the nearest object around.
    #[must_use]
    pub const fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// Says under which currency the following amounts of this object stand.
    pub const fn set_currency(&mut self, currency: Currency) {
        self.currency = Some(currency);
    }

    /// Writes a text, escaped as RFC 8785 says.
    pub fn text(&mut self, text: &str) {
        let plain = |b: u8| b >= 0x20 && b != b'"' && b != b'\\';
        if text.bytes().all(plain) {
            self.out.push(b'"');
            self.out.extend_from_slice(text.as_bytes());
            self.out.push(b'"');
        } else {
            // Writing a text to a vector cannot fail; the crate's escapes are those of RFC 8785.
            self.out.extend(serde_json::to_vec(text).unwrap_or_default());
        }
    }

    /// Writes a value as a text whose characters need no escapes: digits, dates, codes.
    pub fn plain(&mut self, value: &impl core::fmt::Display) {
        use std::io::Write as _;
        self.out.push(b'"');
        // Writing to a vector cannot fail.
        let _ = write!(self.out, "{value}");
        self.out.push(b'"');
    }

    /// Writes a whole number.
    pub fn integer(&mut self, value: i64) {
        use std::io::Write as _;
        let _ = write!(self.out, "{value}");
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes an array.
    pub fn list<'a, T: Canonical + 'a>(&mut self, items: impl IntoIterator<Item = &'a T>) {
        self.sequence(items, Canonical::write);
    }

    /// Writes an array whose elements are written by a function.
    pub fn sequence<T>(&mut self, items: impl IntoIterator<Item = T>, write: impl Fn(T, &mut Self)) {
        self.out.push(b'[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            write(item, self);
        }
        self.out.push(b']');
    }

    /// Writes an object; its fields may come in any order, its bytes are in order of keys.
    pub fn object(&mut self, fields: impl FnOnce(&mut FieldWriter<'_>)) {
        let outer = self.currency;
        self.out.push(b'{');
        let start = self.out.len();
        let mut writer = FieldWriter { writer: self, spans: Vec::with_capacity(8) };
        fields(&mut writer);
        let spans = writer.spans;
        self.currency = outer;
        self.order(start, spans);
        self.out.push(b'}');
    }

    /// Writes bytes that are canonical already.
    pub fn canonical(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Puts the fields that stand from `start` in order of their keys.
    fn order(&mut self, start: usize, mut spans: Vec<Span>) {
        if spans.is_sorted_by(|a, b| a.key < b.key) {
            return;
        }
        spans.sort_by(|a, b| a.key.cmp(&b.key));
        let written = self.out.split_off(start);
        for (index, span) in spans.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            let range = span.start.saturating_sub(start)..span.end.saturating_sub(start);
            self.out.extend_from_slice(written.get(range).unwrap_or(&[]));
        }
    }
}

/// Where a field stands in the bytes.
struct Span {
    key: std::borrow::Cow<'static, str>,
    start: usize,
    end: usize,
}

/// Writes the fields of one object.
pub struct FieldWriter<'w> {
    writer: &'w mut Writer,
    spans: Vec<Span>,
}

impl FieldWriter<'_> {
    /// The writer of the object.
    pub const fn writer(&mut self) -> &mut Writer {
        self.writer
    }

    /// Writes one field, or nothing when its value is absent.
    pub fn field<T: Canonical>(&mut self, key: &'static str, value: &T) {
        if !value.is_absent() {
            self.with(key.into(), |writer| value.write(writer));
        }
    }

    /// Writes one field with a value made on the spot.
    pub fn with(&mut self, key: std::borrow::Cow<'static, str>, value: impl FnOnce(&mut Writer)) {
        if !self.spans.is_empty() {
            self.writer.out.push(b',');
        }
        let start = self.writer.out.len();
        self.writer.text(&key);
        self.writer.out.push(b':');
        value(self.writer);
        self.spans.push(Span { key, start, end: self.writer.out.len() });
    }
}
