//! Goes over what the library itself has written: canonical bytes, without blanks, escapes or disorder.

use core::cmp::Ordering;
use std::borrow::Cow;

use super::name::TAG;
use super::node::text_of;
use super::{Limits, Node};

/// Reads a document that is written as the library writes: keys ascending, no blanks, no escapes, whole numbers.
/// `None` for all others: those, and what is wrong with them, are for the parser that says so.
pub(super) fn scan(text: &str, limits: Limits) -> Option<Node<'_>> {
    let mut scanner = Scanner::new(text, limits);
    let node = scanner.value(0)?;
    scanner.is_over().then_some(node)
}

/// The values of some keys of such an object as they are written; `None` where one is missing too.
pub(crate) fn scan_fields<'a, const COUNT: usize>(
    bytes: &'a [u8],
    limits: Limits,
    keys: [&str; COUNT],
) -> Option<[&'a str; COUNT]> {
    let mut scanner = Scanner::new(text_of(bytes, limits).ok()?, limits);
    let mut values = [""; COUNT];
    scanner.fields(1, |scanner, key| {
        let start = scanner.place();
        scanner.skip(1)?;
        if let Some((_, value)) = keys.iter().zip(&mut values).find(|(known, _)| **known == key) {
            *value = scanner.since(start)?;
        }
        Some(())
    })?;
    // A value is never empty.
    (scanner.is_over() && values.iter().all(|value| !value.is_empty())).then_some(values)
}

/// Whether no byte of a document has to be looked at twice: no backslash, control character, or byte beyond ASCII.
fn is_plain(bytes: &[u8]) -> bool {
    let odd = |byte: &u8| (*byte < b' ') | (*byte > b'~') | (*byte == b'\\');
    // With no way out in between, so that several are looked at together.
    bytes.chunks(64).all(|run| !run.iter().fold(false, |found, byte| found | odd(byte)))
}

/// How many bytes stand before the first quote; eight are looked at together, of which the lowest found is exact.
#[inline]
fn to_quote(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = u64::from_ne_bytes([0x80; 8]);
    const QUOTES: u64 = u64::from_ne_bytes([b'"'; 8]);
    let (words, rest) = bytes.as_chunks();
    for (word, passed) in words.iter().zip((0_usize..).step_by(8)) {
        let other = u64::from_le_bytes(*word) ^ QUOTES;
        let found = other.wrapping_sub(ONES) & !other & HIGHEST;
        if found != 0 {
            let place = usize::try_from(found.trailing_zeros().wrapping_shr(3)).ok()?;
            return passed.checked_add(place);
        }
    }
    let last = rest.iter().position(|byte| *byte == b'"')?;
    bytes.len().checked_sub(rest.len())?.checked_add(last)
}

/// Whether somebody may take a text as it stands: no escapes, and no controls, of which there are some beyond ASCII.
fn is_clear(text: &str) -> bool {
    !text.contains(|c: char| c == '\\' || c.is_control())
}

/// A place in such a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    /// What is not gone over yet.
    rest: &'a [u8],
    limits: Limits,
    plain: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, limits: Limits) -> Self {
        Self { text, rest: text.as_bytes(), limits, plain: is_plain(text.as_bytes()) }
    }

    pub(super) const fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) const fn is_over(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) const fn place(&self) -> usize {
        self.text.len().saturating_sub(self.rest.len())
    }

    pub(super) fn go_to(&mut self, place: usize) {
        self.rest = self.text.as_bytes().get(place..).unwrap_or(&[]);
    }

    /// What was gone over since a place.
    pub(super) fn since(&self, start: usize) -> Option<&'a str> {
        self.text.get(start..self.place())
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Goes over one byte.
    pub(super) fn take(&mut self, byte: u8) -> Option<()> {
        match self.rest {
            [first, rest @ ..] if *first == byte => {
                self.rest = rest;
                Some(())
            }
            _ => None,
        }
    }

    /// Goes over a word.
    #[inline]
    pub(super) fn word(&mut self, word: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(word.as_bytes())?;
        Some(())
    }

    /// Whether a key comes before the one that stands here.
    pub(super) fn is_before(&self, key: &str) -> bool {
        self.compare_key(key) == Ordering::Greater
    }

    /// How the key that stands here compares with another; after all of them stands the end of their object.
    fn compare_key(&self, key: &str) -> Ordering {
        let [b'"', name @ ..] = self.rest else { return Ordering::Greater };
        let start = name.get(..key.len()).unwrap_or(name);
        let longer = if name.get(key.len()) == Some(&b'"') { Ordering::Equal } else { Ordering::Greater };
        start.cmp(key.as_bytes()).then(longer)
    }

    /// Goes from the end of a field to the next one, or to the end of their object.
    #[inline]
    pub(super) fn part(&mut self) -> Option<()> {
        match self.rest {
            [b',', rest @ ..] if rest.first() == Some(&b'"') => {
                self.rest = rest;
                Some(())
            }
            [b'}', ..] => Some(()),
            _ => None,
        }
    }

    fn value(&mut self, depth: usize) -> Option<Node<'a>> {
        match self.peek()? {
            b'"' => Some(Node::Text(Cow::Borrowed(self.string()?))),
            b'{' => {
                // As many as most shapes have: fewer places to grow into.
                let mut object = Vec::with_capacity(8);
                self.fields(depth.saturating_add(1), |scanner, key| {
                    object.push((Cow::Borrowed(key), scanner.value(depth.saturating_add(1))?));
                    Some(())
                })?;
                Some(Node::Object(object))
            }
            b'[' => {
                let mut list = Vec::new();
                self.items(depth.saturating_add(1), |scanner| {
                    list.push(scanner.value(depth.saturating_add(1))?);
                    Some(())
                })?;
                Some(Node::List(list))
            }
            b't' => self.word("true").map(|()| Node::Bool(true)),
            b'f' => self.word("false").map(|()| Node::Bool(false)),
            _ => self.integer().map(Node::Integer),
        }
    }

    /// Goes over a value, which is canonical then.
    pub(super) fn skip(&mut self, depth: usize) -> Option<()> {
        let deeper = depth.saturating_add(1);
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'{' => self.fields(deeper, |scanner, _| scanner.skip(deeper)),
            b'[' => self.items(deeper, |scanner| scanner.skip(deeper)),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            _ => self.integer().map(drop),
        }
    }

    /// Goes over an object; `take` goes over the value of each key.
    fn fields(&mut self, depth: usize, mut take: impl FnMut(&mut Self, &'a str) -> Option<()>) -> Option<()> {
        self.open(b'{', depth)?;
        if self.take(b'}').is_some() {
            return Some(());
        }
        let mut last = "";
        self.listed(b'}', |scanner| {
            let key = scanner.string()?;
            scanner.take(b':')?;
            // Keys that ascend are there once each; the empty one would be no more than none. Beyond ASCII the order
            // of bytes is not the canonical one.
            if key <= last || !key.is_ascii() {
                return None;
            }
            last = key;
            take(scanner, key)
        })
    }

    /// Goes over an array; `take` goes over each value.
    fn items(&mut self, depth: usize, take: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.open(b'[', depth)?;
        if self.take(b']').is_some() {
            return Some(());
        }
        self.listed(b']', take)
    }

    pub(super) fn open(&mut self, start: u8, depth: usize) -> Option<()> {
        // However deep a document may be, the stack is not.
        if depth > self.limits.depth.min(100) {
            return None;
        }
        self.take(start)
    }

    /// Goes over what stands between commas up to an end.
    fn listed(&mut self, end: u8, mut take: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        let mut count = 0_usize;
        loop {
            count = count.saturating_add(1);
            if count > self.limits.elements {
                return None;
            }
            take(self)?;
            if self.take(b',').is_none() {
                return self.take(end);
            }
        }
    }

    /// A text without escapes and without characters that somebody would have to look at.
    #[inline]
    pub(super) fn string(&mut self) -> Option<&'a str> {
        let [b'"', rest @ ..] = self.rest else { return None };
        let length = to_quote(rest)?;
        let start = self.text.len().saturating_sub(rest.len());
        let text = self.text.get(start..start.saturating_add(length))?;
        self.rest = rest.get(length.saturating_add(1)..)?;
        (length <= self.limits.text && (self.plain || is_clear(text))).then_some(text)
    }

    /// A text of known length, of which nobody has looked at the characters yet.
    #[inline]
    pub(super) fn fixed<const LENGTH: usize>(&self) -> Option<&'a [u8; LENGTH]> {
        let [b'"', rest @ ..] = self.rest else { return None };
        let (text, rest) = rest.split_first_chunk()?;
        (rest.first() == Some(&b'"')).then_some(text)
    }

    /// Some bytes that begin with a short text, of which nobody has looked at the characters yet, and its length.
    #[inline]
    pub(super) fn short<const ROOM: usize>(&self) -> Option<(&'a [u8; ROOM], usize)> {
        let [b'"', rest @ ..] = self.rest else { return None };
        let room: &[u8; ROOM] = rest.first_chunk()?;
        Some((room, to_quote(room)?))
    }

    /// The eight bytes behind the quote that stands here.
    #[inline]
    pub(super) fn opening(&self) -> Option<u64> {
        let [b'"', rest @ ..] = self.rest else { return None };
        rest.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
    }

    /// Goes over the field with the tag of a union, to the next one.
    pub(super) fn tag(&mut self, kind: &str) -> Option<()> {
        self.word(TAG.quoted())?;
        self.take(b'"')?;
        self.word(kind)?;
        self.take(b'"')?;
        self.part()
    }

    /// Goes over as many bytes.
    #[inline]
    pub(super) fn pass(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or(&[]);
    }

    /// Goes to the place where a key stands, or would stand, among the fields that are left of an object. What is
    /// passed over is read later, so that only its ends are looked for.
    pub(super) fn seek(&mut self, key: &str) -> Option<()> {
        while self.compare_key(key) == Ordering::Less {
            self.pass_text()?;
            self.take(b':')?;
            self.pass_value()?;
            self.part()?;
        }
        Some(())
    }

    fn pass_text(&mut self) -> Option<()> {
        let [b'"', rest @ ..] = self.rest else { return None };
        self.rest = rest.get(to_quote(rest)?.saturating_add(1)..)?;
        Some(())
    }

    fn pass_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match *self.rest.first()? {
                b'"' => self.pass_text()?,
                b'{' | b'[' => {
                    depth = depth.saturating_add(1);
                    self.pass(1);
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.pass(1);
                }
                _ => self.pass(1),
            }
            if depth == 0 && matches!(self.rest, [b',' | b'}', ..]) {
                return Some(());
            }
        }
    }

    /// A whole number of up to 18 digits as it is written, which fits whatever its digits are.
    pub(super) fn integer(&mut self) -> Option<i64> {
        let negative = self.take(b'-').is_some();
        let rest = self.rest;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let first = rest.first()?;
        let plain = (1..=18).contains(&digits) && (*first != b'0' || (digits == 1 && !negative));
        if !plain || matches!(rest.get(digits), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        let value = rest.iter().take(digits).fold(0_i64, |value, digit| {
            value.wrapping_mul(10).wrapping_add(i64::from(digit.wrapping_sub(b'0')))
        });
        self.rest = rest.get(digits..)?;
        Some(if negative { value.wrapping_neg() } else { value })
    }
}
