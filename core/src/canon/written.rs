use super::scan::Scanner;
use super::{Limits, Name, name};
use crate::money::Currency;

/// Canonical bytes that are read where they stand.
///
/// Every field of an object and every element of an array has to be asked for exactly once, fields in order of their
/// keys: what is left over, missing or elsewhere fails, as does everything that is not written as the library writes.
/// Nothing says why; the tree does.
#[derive(Debug)]
pub(super) struct Written<'a> {
    scanner: Scanner<'a>,
    failed: bool,
    /// Objects and arrays around.
    depth: usize,
}

/// A field that was read before its turn, because it says how the others are read: where it stands, and what follows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ahead {
    key: &'static str,
    start: usize,
    end: usize,
}

impl<'a> Written<'a> {
    pub(super) fn new(text: &'a str, limits: Limits) -> Self {
        Self { scanner: Scanner::new(text, limits), failed: false, depth: 0 }
    }

    /// Whether all was read, and nothing was otherwise.
    pub(super) const fn is_whole(&self) -> bool {
        !self.failed && self.scanner.is_over()
    }

    pub(super) const fn fail(&mut self) {
        self.failed = true;
    }

    /// What was asked for, or a failure.
    fn must<T>(&mut self, found: Option<T>) -> Option<T> {
        self.failed |= found.is_none();
        found
    }

    /// A text, where one stands here: who finds none may look for something else.
    #[inline]
    pub(super) fn text(&mut self) -> Option<&'a str> {
        if self.scanner.peek() != Some(b'"') {
            return None;
        }
        let text = self.scanner.string();
        self.must(text)
    }

    /// What is made of a text of known length, where one stands here.
    #[inline]
    pub(super) fn fixed<T, const LENGTH: usize>(
        &mut self,
        make: impl FnOnce(&'a [u8; LENGTH]) -> Option<T>,
    ) -> Option<T> {
        let made = make(self.scanner.fixed()?)?;
        self.scanner.pass(LENGTH.saturating_add(2));
        Some(made)
    }

    /// What is made of some bytes that begin with a text, and of its length, where a text stands here that ends in them.
    #[inline]
    pub(super) fn short<T, const ROOM: usize>(
        &mut self,
        make: impl FnOnce(&'a [u8; ROOM], usize) -> Option<T>,
    ) -> Option<T> {
        let (room, length) = self.scanner.short()?;
        let made = make(room, length)?;
        self.scanner.pass(length.saturating_add(2));
        Some(made)
    }

    /// A whole number, where one stands here.
    pub(super) fn integer(&mut self) -> Option<i64> {
        if !self.scanner.peek().is_some_and(|byte| byte == b'-' || byte.is_ascii_digit()) {
            return None;
        }
        let integer = self.scanner.integer();
        self.must(integer)
    }

    pub(super) fn boolean(&mut self) -> Option<bool> {
        match self.scanner.word("true") {
            Some(()) => Some(true),
            None => self.scanner.word("false").map(|()| false),
        }
    }

    /// The bytes of an object, whatever it holds.
    pub(super) fn document(&mut self) -> Option<&'a str> {
        let start = self.scanner.place();
        if self.scanner.peek() != Some(b'{') {
            return None;
        }
        self.scanner.skip(self.depth)?;
        self.scanner.since(start)
    }

    /// Goes into an array; whether it has elements.
    pub(super) fn open_list(&mut self) -> Option<bool> {
        self.depth = self.depth.saturating_add(1);
        self.scanner.open(b'[', self.depth)?;
        let empty = self.scanner.take(b']').is_some();
        self.depth = if empty { self.depth.saturating_sub(1) } else { self.depth };
        Some(!empty)
    }

    /// Goes on after so many elements of an array; whether there are more.
    pub(super) fn next_element(&mut self, read: usize) -> bool {
        if self.scanner.take(b',').is_some() {
            self.failed |= read >= self.scanner.limits().elements;
            return !self.failed;
        }
        let closed = self.scanner.take(b']');
        self.must(closed);
        self.depth = self.depth.saturating_sub(1);
        false
    }

    /// Goes into an object.
    pub(super) fn open_object(&mut self) -> Option<()> {
        self.depth = self.depth.saturating_add(1);
        self.scanner.open(b'{', self.depth)
    }

    /// Leaves an object, of which nothing may be left over.
    pub(super) fn close_object(&mut self, ahead: Option<Ahead>) {
        self.pass_ahead(ahead);
        self.depth = self.depth.saturating_sub(1);
        let closed = self.scanner.take(b'}');
        self.must(closed);
    }

    /// Goes to the value of a field, if it is the one that stands here.
    #[inline]
    pub(super) fn begins(&mut self, name: Name) -> bool {
        self.scanner.word(name.quoted()).is_some()
    }

    /// Goes from the value of a field to the next field.
    #[inline]
    pub(super) fn end_field(&mut self) {
        let parted = self.scanner.part();
        self.must(parted);
    }

    /// The eight bytes behind the quote of the key that stands here.
    #[inline]
    pub(super) fn opening(&self) -> Option<u64> {
        self.scanner.opening()
    }

    /// Goes over the `kind` of a union, which has to stand here.
    pub(super) fn pass_tag(&mut self, kind: &str) {
        let passed = self.scanner.tag(kind);
        self.must(passed);
    }

    /// Goes to a field of which it may be the turn once the one that was read ahead is passed over.
    pub(super) fn begins_after(&mut self, name: Name, ahead: &mut Option<Ahead>) -> bool {
        if ahead.is_some_and(|ahead| ahead.key < name.key() && ahead.start == self.scanner.place()) {
            self.pass_ahead(ahead.take());
            return self.begins(name);
        }
        false
    }

    /// Goes to the value of a field before its turn; gives where it starts, and where the reader was.
    pub(super) fn go_ahead(&mut self, name: Name) -> Option<(usize, usize)> {
        let back = self.scanner.place();
        self.scanner.seek(name.key())?;
        let start = self.scanner.place();
        self.begins(name).then_some((start, back))
    }

    /// Goes back from the value of a field that was read before its turn.
    pub(super) fn go_back(&mut self, name: Name, start: usize, back: usize) -> Option<Ahead> {
        self.end_field();
        // Who is asked for before a field does not stand behind it.
        self.failed |= !self.scanner.is_before(name.key());
        let end = self.scanner.place();
        if start == back {
            return None;
        }
        self.scanner.go_to(back);
        Some(Ahead { key: name.key(), start, end })
    }

    fn pass_ahead(&mut self, ahead: Option<Ahead>) {
        if let Some(Ahead { start, end, .. }) = ahead {
            self.failed |= start != self.scanner.place();
            self.scanner.go_to(end);
        }
    }

    /// The currency that an object names, if any; its fields are read after it.
    pub(super) fn currency(&mut self) -> Option<Currency> {
        let back = self.scanner.place();
        let named = self
            .go_ahead(name!("currency"))
            .and_then(|_| self.scanner.string().and_then(|code| Currency::new(code).ok()));
        self.scanner.go_to(back);
        named
    }
}
