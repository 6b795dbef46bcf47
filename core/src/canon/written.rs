use core::cmp::Ordering;

use super::Limits;
use super::scan::Scanner;
use crate::money::Currency;

/// Canonical bytes that are read where they stand.
///
/// Every field of an object and every element of an array has to be asked for exactly once: what is left over, or is
/// there twice, fails, as does everything that is not written as the library writes. Nothing says why; the tree does.
#[derive(Debug)]
pub(super) struct Written<'a> {
    scanner: Scanner<'a>,
    failed: bool,
    /// Objects and arrays around.
    depth: usize,
    /// Fields of the objects under way that were read before their turn: where each starts, and what follows it.
    ahead: Vec<(usize, usize)>,
    /// Bytes that may still be passed over in search of such fields.
    patience: usize,
}

/// Where a field was met.
pub(super) enum Met {
    /// In its turn.
    Here,
    /// Before its turn: where it starts, and where the fields go on whose turn it is.
    Ahead { start: usize, back: usize },
}

impl<'a> Written<'a> {
    pub(super) fn new(text: &'a str, limits: Limits) -> Self {
        // However deep a field lies, few of those around it are passed over to find one behind it.
        let patience = text.len().saturating_mul(64);
        Self { scanner: Scanner::new(text, limits), failed: false, depth: 0, ahead: Vec::new(), patience }
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
    pub(super) fn text(&mut self) -> Option<&'a str> {
        if self.scanner.peek() != Some(b'"') {
            return None;
        }
        let text = self.scanner.string();
        self.must(text)
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

    /// Goes into an object; gives where its fields start among those that are read ahead.
    pub(super) fn open_object(&mut self) -> Option<usize> {
        self.depth = self.depth.saturating_add(1);
        self.scanner.open(b'{', self.depth).map(|()| self.ahead.len())
    }

    /// Leaves an object, of which nothing may be left over.
    pub(super) fn close_object(&mut self, first: usize) {
        self.pass_read(first);
        self.ahead.truncate(first);
        self.depth = self.depth.saturating_sub(1);
        let closed = self.scanner.take(b'}');
        self.must(closed);
    }

    /// Goes to the value of a field.
    #[inline]
    pub(super) fn meet(&mut self, key: &str, first: usize) -> Option<Met> {
        match self.scanner.compare_key(key) {
            Ordering::Equal => self.pass_key(key).map(|()| Met::Here),
            Ordering::Less => self.look_for(key, first),
            Ordering::Greater => None,
        }
    }

    fn pass_key(&mut self, key: &str) -> Option<()> {
        let passed = self.scanner.pass_key(key);
        self.must(passed)
    }

    /// Goes to the value of a field that does not come next: what was read ahead is passed over, then it is looked for.
    fn look_for(&mut self, key: &str, first: usize) -> Option<Met> {
        if self.failed {
            return None;
        }
        self.pass_read(first);
        let back = self.scanner.place();
        while self.scanner.compare_key(key) == Ordering::Less {
            let from = self.scanner.place();
            let passed = self.scanner.skip_field(self.depth);
            let patience = self.patience.checked_sub(self.scanner.place().saturating_sub(from));
            self.patience = self.must(passed.and(patience))?;
        }
        let start = self.scanner.place();
        if self.scanner.compare_key(key) == Ordering::Equal {
            self.pass_key(key)?;
            return Some(if start == back { Met::Here } else { Met::Ahead { start, back } });
        }
        self.scanner.go_to(back);
        None
    }

    /// Goes from the value of a field to the field whose turn it is.
    #[inline]
    pub(super) fn leave(&mut self, met: Met) {
        let parted = self.scanner.part();
        self.must(parted);
        if let Met::Ahead { start, back } = met {
            self.ahead.push((start, self.scanner.place()));
            self.scanner.go_to(back);
        }
    }

    /// The currency that an object names, if any; its fields are read after it.
    pub(super) fn currency(&mut self, first: usize) -> Option<Currency> {
        let back = self.scanner.place();
        let met = self.meet("currency", first);
        let named = met.map(|_| self.scanner.string().and_then(|code| Currency::new(code).ok()));
        self.scanner.go_to(back);
        named.and_then(|named| self.must(named))
    }

    /// Passes over fields that were read before their turn.
    fn pass_read(&mut self, first: usize) {
        let own = self.ahead.get(first..).unwrap_or(&[]);
        while let Some((_, end)) = own.iter().find(|(start, _)| *start == self.scanner.place()) {
            self.scanner.go_to(*end);
        }
    }
}
