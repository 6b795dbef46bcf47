use super::{Canonical, FieldNeeds, Lens};
use crate::money::Currency;
use crate::money::decimal::Plain;

/// Writes canonical JSON: RFC 8785 restricted to strings, whole numbers, booleans, arrays, objects.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
    currency: Option<Currency>,
    /// Fields of the objects under way, the innermost last.
    spans: Vec<Span>,
    lens: Option<Lens>,
}

/// Takes the text of a value as bytes.
struct Bytes<'w>(&'w mut Vec<u8>);

impl core::fmt::Write for Bytes<'_> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

impl Writer {
    /// A writer with room for an ordinary document, which then grows only once or never.
    #[must_use]
    pub fn new() -> Self {
        Self { out: Vec::with_capacity(1_024), currency: None, spans: Vec::with_capacity(32), lens: None }
    }

    /// A writer that leaves out what a lens does not show.
    #[must_use]
    pub fn through(lens: Lens) -> Self {
        Self { lens: Some(lens), ..Self::new() }
    }

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
        // Every byte is looked at, with no way out in between, so that several are looked at together.
        let escaped = |b: &u8| (*b < 0x20) | (*b == b'"') | (*b == b'\\');
        if !text.as_bytes().iter().fold(false, |found, byte| found | escaped(byte)) {
            self.ascii(text.as_bytes());
        } else {
            // Writing a text to a vector cannot fail; the crate's escapes are those of RFC 8785.
            self.out.extend(serde_json::to_vec(text).unwrap_or_default());
        }
    }

    /// Writes bytes as a text: digits, dates and the like, which need no escapes.
    pub(crate) fn ascii(&mut self, text: &[u8]) {
        self.out.push(b'"');
        self.out.extend_from_slice(text);
        self.out.push(b'"');
    }

    /// Writes a value as a text whose characters need no escapes: digits, dates, codes.
    pub fn plain(&mut self, value: &impl core::fmt::Display) {
        use core::fmt::Write as _;
        self.out.push(b'"');
        // Writing to a vector cannot fail.
        let _ = write!(Bytes(&mut self.out), "{value}");
        self.out.push(b'"');
    }

    /// Writes a whole number.
    pub fn integer(&mut self, value: i64) {
        let number = Plain { coefficient: value.into(), scale: 0 };
        number.written(|text| self.out.extend_from_slice(text));
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
        let (outer, first) = (self.currency, self.spans.len());
        self.out.push(b'{');
        let start = self.out.len();
        let mut writer = FieldWriter { writer: self, first, tag: None, needs: None };
        fields(&mut writer);
        writer.write_tag();
        self.currency = outer;
        self.order(start, first);
        self.out.push(b'}');
    }

    /// Writes bytes that are canonical already; a lens cannot look into them and shows none.
    pub fn canonical(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(if self.lens.is_some() { b"null" } else { bytes });
    }

    /// Puts the fields that stand from `start` in order of their keys; they are the last spans, from `first`.
    fn order(&mut self, start: usize, first: usize) {
        let spans = self.spans.get_mut(first..).unwrap_or(&mut []);
        if !spans.is_sorted_by(|a, b| comes_before(&a.key, &b.key)) {
            spans.sort_by(|a, b| a.key.encode_utf16().cmp(b.key.encode_utf16()));
            let written = self.out.split_off(start);
            for (index, span) in spans.iter().enumerate() {
                if index > 0 {
                    self.out.push(b',');
                }
                let range = span.start.saturating_sub(start)..span.end.saturating_sub(start);
                self.out.extend_from_slice(written.get(range).unwrap_or(&[]));
            }
        }
        self.spans.truncate(first);
    }
}

/// Where a field stands in the bytes.
#[derive(Debug)]
struct Span {
    key: std::borrow::Cow<'static, str>,
    start: usize,
    end: usize,
}

/// Whether a key comes before another by UTF-16 units (RFC 8785, 3.2.3); most are told apart by their first
/// letter.
fn comes_before(key: &str, other: &str) -> bool {
    match (key.as_bytes(), other.as_bytes()) {
        ([first, ..], [second, ..]) if first != second && first.is_ascii() => first < second,
        (_, [second, ..]) if second.is_ascii() => key < other,
        _ => key.encode_utf16().lt(other.encode_utf16()),
    }
}

/// The key of the word that tells the shapes of a union apart.
const TAG: &str = "kind";

/// Writes the fields of one object.
pub struct FieldWriter<'w> {
    writer: &'w mut Writer,
    /// The first span of this object.
    first: usize,
    /// A tag that waits for its place among the keys, so that nothing has to be moved.
    tag: Option<&'static str>,
    /// What the fields of its shape need, where there is a lens.
    needs: Option<FieldNeeds>,
}

impl FieldWriter<'_> {
    /// The writer of the object.
    pub const fn writer(&mut self) -> &mut Writer {
        self.writer
    }

    /// Writes the tag of a union.
    pub const fn tag(&mut self, word: &'static str) {
        self.tag = Some(word);
    }

    /// Says of which shape the fields are, for a lens.
    pub fn shape(&mut self, name: &str) {
        if let Some(lens) = &self.writer.lens {
            self.needs = (lens.needs)(name);
        }
    }

    /// Whether a lens leaves a field out; what stands in no shape, or in one it does not know, always.
    fn hides(&self, key: &str) -> bool {
        let Some(lens) = &self.writer.lens else { return false };
        !self.needs.is_some_and(|needs| lens.shows_of(needs, key))
    }

    /// Writes one field, or nothing when its value is absent or a lens does not show it.
    pub fn field<T: Canonical>(&mut self, key: &'static str, value: &T) {
        if value.is_absent() || self.hides(key) {
            return;
        }
        self.write_tag_before(key);
        let start = self.separate();
        // The keys of shapes are names: nothing of them needs an escape.
        self.writer.out.push(b'"');
        self.writer.out.extend_from_slice(key.as_bytes());
        self.writer.out.extend_from_slice(b"\":");
        value.write(self.writer);
        self.written(key.into(), start);
    }

    /// Writes one field with a value made on the spot.
    pub fn with(&mut self, key: std::borrow::Cow<'static, str>, value: impl FnOnce(&mut Writer)) {
        if self.hides(&key) {
            return;
        }
        self.write_tag_before(&key);
        let start = self.separate();
        self.writer.text(&key);
        self.writer.out.push(b':');
        value(self.writer);
        self.written(key, start);
    }

    fn write_tag_before(&mut self, key: &str) {
        if self.tag.is_some() && comes_before(TAG, key) {
            self.write_tag();
        }
    }

    fn write_tag(&mut self) {
        if let Some(word) = self.tag.take() {
            let start = self.separate();
            self.writer.text(TAG);
            self.writer.out.push(b':');
            self.writer.text(word);
            self.written(TAG.into(), start);
        }
    }

    /// Parts a field from the one before, and says where it starts.
    fn separate(&mut self) -> usize {
        if self.writer.spans.len() > self.first {
            self.writer.out.push(b',');
        }
        self.writer.out.len()
    }

    fn written(&mut self, key: std::borrow::Cow<'static, str>, start: usize) {
        self.writer.spans.push(Span { key, start, end: self.writer.out.len() });
    }
}
