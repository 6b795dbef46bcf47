//! Reads what the library itself has written: canonical bytes, without blanks, escapes or disorder.

use std::borrow::Cow;

use super::{Limits, Node};

/// Reads a document that is written as the library writes: keys ascending, no blanks, no escapes, whole numbers.
/// `None` for all others: those, and what is wrong with them, are for the parser that says so.
pub(super) fn scan(text: &str, limits: Limits) -> Option<Node<'_>> {
    let mut scanner = Scanner { text, place: 0, limits };
    let node = scanner.value(0)?;
    scanner.is_over().then_some(node)
}

/// Reads some fields of such an object; the others are only known to be JSON.
pub(super) fn scan_fields<'a>(text: &'a str, limits: Limits, keys: &[&str]) -> Option<Node<'a>> {
    let mut scanner = Scanner { text, place: 0, limits };
    let mut object = Vec::with_capacity(keys.len());
    scanner.fields(1, |scanner, key| {
        if keys.contains(&key) {
            object.push((Cow::Borrowed(key), scanner.value(1)?));
            return Some(());
        }
        scanner.skip(1)
    })?;
    scanner.is_over().then_some(Node::Object(object))
}

struct Scanner<'a> {
    text: &'a str,
    place: usize,
    limits: Limits,
}

impl<'a> Scanner<'a> {
    const fn is_over(&self) -> bool {
        self.place == self.text.len()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    /// Goes over one byte.
    fn take(&mut self, byte: u8) -> Option<()> {
        if self.peek()? != byte {
            return None;
        }
        self.place = self.place.saturating_add(1);
        Some(())
    }

    /// Goes over a word.
    fn word(&mut self, word: &str) -> Option<()> {
        let rest = self.text.as_bytes().get(self.place..)?;
        if !rest.starts_with(word.as_bytes()) {
            return None;
        }
        self.place = self.place.saturating_add(word.len());
        Some(())
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

    /// Goes over a value.
    fn skip(&mut self, depth: usize) -> Option<()> {
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
            // Keys that ascend are there once each; the empty one would be no more than none.
            if key <= last {
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

    fn open(&mut self, start: u8, depth: usize) -> Option<()> {
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
    fn string(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let rest = self.text.as_bytes().get(self.place..)?;
        let length = rest.iter().position(|&byte| byte < b' ' || byte == b'"' || byte == b'\\')?;
        let text = self.text.get(self.place..self.place.saturating_add(length))?;
        self.place = self.place.saturating_add(length);
        self.take(b'"')?;
        // Beyond ASCII, and at its very end, there are control characters too, which are faults.
        let plain = text.bytes().all(|byte| byte < 0x7f) || !text.contains(char::is_control);
        (plain && length <= self.limits.text).then_some(text)
    }

    /// A whole number of up to 18 digits as it is written, which fits whatever its digits are.
    fn integer(&mut self) -> Option<i64> {
        let negative = self.take(b'-').is_some();
        let rest = self.text.as_bytes().get(self.place..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let first = rest.first()?;
        let plain = (1..=18).contains(&digits) && (*first != b'0' || (digits == 1 && !negative));
        if !plain || matches!(rest.get(digits), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        let value = rest.iter().take(digits).fold(0_i64, |value, digit| {
            value.wrapping_mul(10).wrapping_add(i64::from(digit.wrapping_sub(b'0')))
        });
        self.place = self.place.saturating_add(digits);
        Some(if negative { value.wrapping_neg() } else { value })
    }
}
