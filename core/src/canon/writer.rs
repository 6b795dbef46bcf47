use super::name::TAG;
use super::node::is_refused;
use super::{Canonical, Extent, FieldNeeds, Lens, Name};
use crate::money::Currency;

/// Writes canonical JSON: RFC 8785 restricted to strings, whole numbers, booleans, arrays, objects.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
    currency: Option<Currency>,
    lens: Option<Lens>,
    extent: Extent,
    /// Arrays and objects that are open.
    depth: usize,
}

/// The byte with which the control characters beyond ASCII begin, and a few others.
const FIRST_OF_CONTROLS: u8 = 0xc2;

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
        Self {
            out: Vec::with_capacity(1_024),
            currency: None,
            lens: None,
            extent: Extent::default(),
            depth: 0,
        }
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

    /// How large that is which was written so far.
    #[must_use]
    pub const fn extent(&self) -> Extent {
        self.extent
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
        let special =
            |b: &u8| (*b < 0x20) | (*b == b'"') | (*b == b'\\') | (*b == 0x7f) | (*b == FIRST_OF_CONTROLS);
        self.extent.text = self.extent.text.max(text.len());
        if !text.as_bytes().iter().fold(false, |found, byte| found | special(byte)) {
            self.ascii(text.as_bytes());
        } else {
            let control = text.chars().find(|&c| is_refused(c));
            self.extent.control = self.extent.control.or(control);
            // Writing a text to a vector cannot fail; the crate's escapes are those of RFC 8785.
            self.out.extend(serde_json::to_vec(text).unwrap_or_default());
        }
    }

    /// Writes the first bytes of a place as a text that needs no escapes: the whole place is copied and cut, since a
    /// copy of known length is a few moves and one of unknown length a call.
    #[inline]
    pub(super) fn padded<const SIZE: usize>(&mut self, place: &[u8; SIZE], length: u8) {
        self.out.push(b'"');
        let end = self.out.len().saturating_add(length.into());
        self.out.extend_from_slice(place);
        self.out.truncate(end);
        self.out.push(b'"');
    }

    /// Writes bytes as a text: digits, dates and the like, which need no escapes.
    #[inline]
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
        // Filled from the end: 19 digits are the most there are.
        let mut room = [0_u8; 19];
        let (mut rest, mut left) = (value.unsigned_abs(), room.len());
        for place in room.iter_mut().rev() {
            let [digit, ..] = rest.rem_euclid(10).to_le_bytes();
            *place = b'0'.wrapping_add(digit);
            (rest, left) = (rest.div_euclid(10), left.saturating_sub(1));
            if rest == 0 {
                break;
            }
        }
        if value < 0 {
            self.out.push(b'-');
        }
        self.out.extend_from_slice(room.get(left..).unwrap_or(&[]));
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
        let start = self.enter();
        let mut count = 0_usize;
        for item in items {
            self.out.push(b',');
            count = count.saturating_add(1);
            write(item, self);
        }
        self.leave(start, count, *b"[]");
    }

    /// Goes into an array or object; gives where it starts.
    #[inline]
    fn enter(&mut self) -> usize {
        self.depth = self.depth.saturating_add(1);
        self.extent.depth = self.extent.depth.max(self.depth);
        self.out.len()
    }

    /// Comes out of an array or object of so many elements. Each of them stands behind a comma: the first one gives way
    /// to the bracket, so that nobody has to ask which is the first.
    #[inline]
    fn leave(&mut self, start: usize, count: usize, [open, close]: [u8; 2]) {
        self.depth = self.depth.saturating_sub(1);
        self.extent.elements = self.extent.elements.max(count);
        match self.out.get_mut(start) {
            Some(comma) => *comma = open,
            None => self.out.push(open),
        }
        self.out.push(close);
    }

    /// Writes an object; its fields may come in any order, its bytes are in order of keys.
    pub fn object(&mut self, fields: impl FnOnce(&mut FieldWriter<'_>)) {
        let outer = self.currency;
        let start = self.enter();
        let mut writer =
            FieldWriter { writer: self, last: 0..0, count: 0, ordered: true, tag: None, needs: None };
        fields(&mut writer);
        writer.write_tag();
        let (ordered, count) = (writer.ordered, writer.count);
        self.currency = outer;
        if !ordered {
            self.order(start);
        }
        self.leave(start, count, *b"{}");
    }

    /// Writes bytes that are canonical already; a lens cannot look into them and shows none.
    pub fn canonical(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(if self.lens.is_some() { b"null" } else { bytes });
    }

    /// Writes a document that is canonical already and has this extent.
    pub(crate) fn document(&mut self, bytes: &[u8], extent: &Extent) {
        self.extent.hold(extent, self.depth);
        self.canonical(bytes);
    }

    /// Puts the fields that stand from `start` in order of their keys. Shapes are mostly declared in that order,
    /// so the few that are not are read again instead of keeping the places of all.
    fn order(&mut self, start: usize) {
        let written = self.out.split_off(start);
        // Nothing stands before the first comma.
        let mut fields: Vec<(String, &[u8])> =
            parts(&written).skip(1).map(|field| (key(field), field)).collect();
        fields.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        for (_, field) in fields {
            self.out.push(b',');
            self.out.extend_from_slice(field);
        }
    }
}

/// The fields of an object as they are written, without the commas before them.
fn parts(written: &[u8]) -> impl Iterator<Item = &[u8]> {
    let (mut depth, mut text, mut escaped) = (0_u32, false, false);
    written.split(move |byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = text,
            b'"' => text = !text,
            b'{' | b'[' if !text => depth = depth.saturating_add(1),
            b'}' | b']' if !text => depth = depth.saturating_sub(1),
            _ => {}
        }
        *byte == b',' && !text && depth == 0
    })
}

/// The key of a field as it is written.
fn key(field: &[u8]) -> String {
    let mut first = serde_json::Deserializer::from_slice(field).into_iter::<String>();
    first.next().and_then(Result::ok).unwrap_or_default()
}

/// Whether a key that was written comes before another by UTF-16 units (RFC 8785, 3.2.3); most are told apart by
/// their first letter.
#[inline]
fn comes_before(key: &[u8], other: &[u8]) -> bool {
    match (key, other) {
        ([first, ..], [second, ..]) if first != second && first.is_ascii() => first < second,
        _ => comes_before_in_units(key, other),
    }
}

#[inline(never)]
fn comes_before_in_units(key: &[u8], other: &[u8]) -> bool {
    // Bytes and units disagree on characters beyond U+FFFF only.
    if key.is_ascii() || other.is_ascii() {
        return key < other;
    }
    let [key, other] = [key, other].map(String::from_utf8_lossy);
    key.encode_utf16().lt(other.encode_utf16())
}

/// Writes the fields of one object.
pub struct FieldWriter<'w> {
    writer: &'w mut Writer,
    /// Where the key of the last field that is of no shape stands in the bytes; nowhere at first.
    last: core::ops::Range<usize>,
    /// How many fields there are so far.
    count: usize,
    /// Whether the keys so far came in order.
    ordered: bool,
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
    #[inline(always)]
    fn hides(&self, key: &str) -> bool {
        self.writer.lens.as_ref().is_some_and(|lens| self.is_hidden_by(lens, key))
    }

    #[inline(never)]
    fn is_hidden_by(&self, lens: &Lens, key: &str) -> bool {
        !self.needs.is_some_and(|needs| lens.shows_of(needs, key))
    }

    /// Writes one field of a shape, or nothing when its value is absent or a lens does not show it. The fields of a
    /// shape come in order of their keys, which was seen when it was compiled. Where it is called its key is known, and
    /// copying it is a few moves.
    #[inline(always)]
    pub(crate) fn named<T: Canonical>(&mut self, name: Name, value: &T) {
        if value.is_absent() || self.hides(name.key()) {
            return;
        }
        self.write_tag_before(name.key());
        self.start_named(name);
        value.write(self.writer);
    }

    /// Writes one field, or nothing when its value is absent or a lens does not show it.
    pub fn field<T: Canonical>(&mut self, key: &'static str, value: &T) {
        if value.is_absent() || self.hides(key) {
            return;
        }
        self.write_tag_before(key);
        self.start(key);
        value.write(self.writer);
    }

    /// Writes one field with a value made on the spot.
    pub fn with(&mut self, key: std::borrow::Cow<'static, str>, value: impl FnOnce(&mut Writer)) {
        if self.hides(&key) {
            return;
        }
        self.write_tag_before(&key);
        if key.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            // It stands there with escapes, which come in another order: all are put in order at the end.
            let quoted = serde_json::to_string(&key).unwrap_or_default();
            self.start(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or(""));
            self.ordered = false;
        } else {
            self.start(&key);
        }
        value(self.writer);
    }

    #[inline(always)]
    fn write_tag_before(&mut self, key: &str) {
        if self.tag.is_some() && comes_before(TAG.key().as_bytes(), key.as_bytes()) {
            self.write_tag();
        }
    }

    #[inline(never)]
    fn write_tag(&mut self) {
        if let Some(word) = self.tag.take() {
            self.start_named(TAG);
            self.writer.ascii(word.as_bytes());
        }
    }

    /// Starts a field whose key comes in its turn.
    #[inline(always)]
    fn start_named(&mut self, name: Name) {
        self.count = self.count.saturating_add(1);
        self.writer.out.extend_from_slice(name.after_others().as_bytes());
    }

    /// Starts a field whose key needs no escape.
    fn start(&mut self, key: &str) {
        let out = &mut self.writer.out;
        if self.last.end > 0 {
            let last = out.get(self.last.clone()).unwrap_or(&[]);
            self.ordered &= comes_before(last, key.as_bytes());
        }
        self.count = self.count.saturating_add(1);
        out.extend_from_slice(b",\"");
        let start = out.len();
        out.extend_from_slice(key.as_bytes());
        self.last = start..out.len();
        out.extend_from_slice(b"\":");
    }
}
