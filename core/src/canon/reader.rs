use core::cmp::Ordering;
use std::borrow::Cow;

use super::node::push_step;
use super::written::{Ahead, Written};
use super::{CanonError, Canonical, Limits, Name, Node, name};
use crate::error_code::Coded;
use crate::finding::{Finding, Refusal};
use crate::money::Currency;

/// Stands at a value of a document, reads it, and gathers every fault with its pointer.
///
/// A document in canonical form is read where it stands: a shape says which key comes next, and each byte is gone
/// over once. There is no pointer then and only one fault, that something is otherwise; a tree is read for the others.
#[derive(Debug)]
pub struct Reader<'a> {
    source: Source<'a>,
    path: Vec<Step>,
    findings: Vec<Finding>,
    /// Keys of the objects under way that were asked for, the innermost last.
    known: Vec<&'static str>,
    currency: Option<Currency>,
    /// The nearest object around names a currency that is none: its amounts cannot be judged.
    doubtful: bool,
    /// Whether what is read is on record: personal words stand beside it.
    record: bool,
}

/// What is read.
#[derive(Debug)]
enum Source<'a> {
    /// Canonical bytes, up to the value that comes next.
    Written(Written<'a>),
    /// A value of a tree.
    Parsed(&'a Node<'a>),
}

/// One step of a pointer: only a fault makes a text of it.
#[derive(Debug, Clone)]
enum Step {
    Key(&'static str),
    Place(usize),
    Named(String),
}

impl<'a> Reader<'a> {
    /// Most faults that are listed of one document.
    pub const MAX_FINDINGS: usize = 1_000;

    /// A reader of a tree.
    #[must_use]
    pub fn of(node: &'a Node<'a>) -> Self {
        Self::new(Source::Parsed(node))
    }

    /// A reader of canonical bytes.
    pub(super) fn of_written(text: &'a str, limits: Limits) -> Self {
        Self::new(Source::Written(Written::new(text, limits)))
    }

    const fn new(source: Source<'a>) -> Self {
        Self {
            source,
            path: Vec::new(),
            findings: Vec::new(),
            known: Vec::new(),
            currency: None,
            doubtful: false,
            record: false,
        }
    }

    /// Reads what is on record.
    pub(crate) fn on_record<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let around = core::mem::replace(&mut self.record, true);
        let value = read(self);
        self.record = around;
        value
    }

    /// Whether what is read is on record.
    pub(crate) const fn is_record(&self) -> bool {
        self.record
    }

    /// Whether canonical bytes were read to their end, and nothing was wrong with them.
    pub(super) const fn is_whole(&self) -> bool {
        match &self.source {
            Source::Written(written) => written.is_whole(),
            Source::Parsed(_) => false,
        }
    }

    /// Records a fault where the reader is.
    ///
    /// Beyond [`Reader::MAX_FINDINGS`] a document is refused already, and more would help nobody.
    pub fn find(&mut self, error: &impl Coded) {
        if self.give_up() || self.findings.len() >= Self::MAX_FINDINGS {
            return;
        }
        let pointer = self.pointer();
        self.findings.push(Finding::block(error).at(pointer));
    }

    /// Leaves canonical bytes to the tree, where all their faults are found.
    const fn give_up(&mut self) -> bool {
        match &mut self.source {
            Source::Written(written) => {
                written.fail();
                true
            }
            Source::Parsed(_) => false,
        }
    }

    /// Where the reader is, as a JSON pointer.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            match step {
                Step::Key(key) => push_step(&mut pointer, key),
                Step::Place(place) => push_step(&mut pointer, &place.to_string()),
                Step::Named(name) => push_step(&mut pointer, name),
            }
        }
        pointer
    }

    /// Records a fault and gives no value.
    pub fn fail<T>(&mut self, error: &impl Coded) -> Option<T> {
        self.find(error);
        None
    }

    /// Keeps a value or records its error.
    pub fn keep<T, E: Coded>(&mut self, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.find(&error)).ok()
    }

    /// Records that another type belongs here.
    pub fn wrong<T>(&mut self, expected: &'static str) -> Option<T> {
        let got = match &self.source {
            Source::Written(_) => "other bytes",
            Source::Parsed(Node::Fraction) => return self.fail(&CanonError::NumberWhole),
            Source::Parsed(node) => node.kind(),
        };
        self.fail(&CanonError::WrongType { expected, got })
    }

    /// The text that stands here; `None` where there is none, which is no fault yet.
    pub fn text(&mut self) -> Option<&'a str> {
        match &mut self.source {
            Source::Written(written) => written.text(),
            Source::Parsed(node) => node.text(),
        }
    }

    /// What is made of the text of known length that stands here; `None` where there is no such text, which is no
    /// fault yet.
    #[inline]
    pub(crate) fn fixed<T, const LENGTH: usize>(
        &mut self,
        make: impl FnOnce(&'a [u8; LENGTH]) -> Option<T>,
    ) -> Option<T> {
        match &mut self.source {
            Source::Written(written) => written.fixed(make),
            Source::Parsed(node) => make(node.text()?.as_bytes().try_into().ok()?),
        }
    }

    /// A value, unless canonical bytes would say it otherwise than was read.
    pub(crate) fn if_written<T>(&mut self, value: Option<T>, so: impl FnOnce(&T) -> bool) -> Option<T> {
        if matches!(self.source, Source::Written(_)) && !value.as_ref().is_some_and(so) {
            self.give_up();
            return None;
        }
        value
    }

    /// The whole number that stands here; `None` where there is none, which is no fault yet.
    pub fn integer(&mut self) -> Option<i64> {
        match &mut self.source {
            Source::Written(written) => written.integer(),
            Source::Parsed(Node::Integer(value)) => Some(*value),
            Source::Parsed(_) => None,
        }
    }

    /// The truth that stands here; `None` where there is none, which is no fault yet.
    pub fn boolean(&mut self) -> Option<bool> {
        match &mut self.source {
            Source::Written(written) => written.boolean(),
            Source::Parsed(Node::Bool(value)) => Some(*value),
            Source::Parsed(_) => None,
        }
    }

    /// The canonical bytes of the object that stands here, whatever it holds.
    pub(crate) fn document(&mut self) -> Option<Vec<u8>> {
        match &mut self.source {
            Source::Written(written) => match written.document() {
                Some(text) => Some(text.as_bytes().to_vec()),
                None => self.wrong("a document"),
            },
            Source::Parsed(node @ Node::Object(_)) => {
                let mut writer = super::Writer::new();
                node.write(&mut writer);
                Some(writer.into_bytes())
            }
            Source::Parsed(_) => self.wrong("a document"),
        }
    }

    /// The currency that amounts are read under: that of the nearest object around.
    #[must_use]
    pub const fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// Whether there is no currency because the one that was named is none, which is a fault already.
    #[must_use]
    pub const fn currency_is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// Reads a value of the tree one step deeper.
    fn go<T>(&mut self, step: Step, node: &'a Node<'a>, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = core::mem::replace(&mut self.source, Source::Parsed(node));
        self.path.push(step);
        let value = read(self);
        self.path.pop();
        self.source = outer;
        value
    }

    /// Reads an array; of a tree every element is read, so that every fault is listed.
    pub(crate) fn list<T: Canonical>(&mut self) -> Option<Vec<T>> {
        match &mut self.source {
            Source::Written(written) => match written.open_list() {
                Some(true) => self.written_elements(),
                Some(false) => Some(Vec::new()),
                None => self.wrong("an array"),
            },
            Source::Parsed(Node::List(items)) => {
                let items = items.as_slice();
                let mut values = Vec::with_capacity(items.len());
                for (place, item) in items.iter().enumerate() {
                    values.push(self.go(Step::Place(place), item, T::read));
                }
                values.into_iter().collect()
            }
            Source::Parsed(_) => self.wrong("an array"),
        }
    }

    /// Reads the elements of an array that has some.
    fn written_elements<T: Canonical>(&mut self) -> Option<Vec<T>> {
        // Most have one.
        let mut values = Vec::with_capacity(1);
        loop {
            values.push(T::read(self)?);
            let more = match &mut self.source {
                Source::Written(written) => written.next_element(values.len()),
                Source::Parsed(_) => false,
            };
            if !more {
                return Some(values);
            }
        }
    }

    /// Reads the fields of an object; unknown ones are faults.
    pub fn object<T>(&mut self, read: impl FnOnce(&mut FieldReader<'_, 'a>) -> Option<T>) -> Option<T> {
        let outer = (self.currency, self.doubtful);
        let members = match &mut self.source {
            Source::Written(written) => match written.open_object() {
                Some(()) => Members::Written(None),
                None => return self.wrong("an object"),
            },
            Source::Parsed(node) => {
                let node: &'a Node<'a> = node;
                let Node::Object(fields) = node else { return self.wrong("an object") };
                // The currency says what the amounts beside it mean, so it is read before them.
                if let Some(currency) = node.get("currency") {
                    self.currency = currency.text().and_then(|code| Currency::new(code).ok());
                    self.doubtful = self.currency.is_none();
                }
                let first = self.known.len();
                Members::Parsed(Parsed { node, fields, first, next: 0, met: 0, judged: true })
            }
        };
        let mut reader = FieldReader { reader: self, members };
        let value = read(&mut reader);
        reader.close();
        (self.currency, self.doubtful) = outer;
        value
    }

    /// Reads one word of a closed list; gives what the list says it stands for.
    pub fn word<T: Copy>(&mut self, known: &[(&'static str, T)]) -> Option<T> {
        let Some(text) = self.text() else {
            return self.wrong("a word");
        };
        if let Some((_, meant)) = known.iter().find(|(word, _)| *word == text) {
            return Some(*meant);
        }
        let known: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        self.fail(&CanonError::UnknownWord { known: known.join(", "), got: text.chars().take(60).collect() })
    }

    /// What `judge` makes of the value, when neither reading nor judging found a fault.
    ///
    /// # Errors
    /// Every fault that was read, then every one that was judged.
    pub(crate) fn judge<T, R>(
        mut self,
        value: Option<T>,
        judge: impl FnOnce(&T) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        let judged = match value.as_ref().map(judge) {
            Some(Ok(judged)) => Some(judged),
            Some(Err(refusal)) => self.absorb(&refusal),
            None => None,
        };
        self.finish(judged)
    }

    /// The value, when there were no faults.
    ///
    /// # Errors
    /// Every fault found.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Refusal> {
        Refusal::unless_empty(self.findings)?;
        // A reading without a value always recorded why; this keeps that promise checkable.
        value.ok_or_else(|| Refusal::because(&CanonError::WrongType { expected: "a value", got: "none" }))
    }

    /// Takes over the faults of a reading of its own and gives no value.
    pub fn absorb<T>(&mut self, refusal: &Refusal) -> Option<T> {
        if self.give_up() {
            return None;
        }
        let pointer = self.pointer();
        for finding in refusal.findings() {
            let path = format!("{pointer}{}", finding.path);
            self.findings.push(finding.clone().at(path));
        }
        None
    }
}

/// The field that tells the shapes of a union apart.
pub(super) const TAG: Name = name!("kind");
/// The field that says what a document is.
const SCHEMA: Name = name!("schema");

/// Reads the fields of one object.
pub struct FieldReader<'r, 'a> {
    reader: &'r mut Reader<'a>,
    members: Members<'a>,
}

/// The fields of an object that is being read.
enum Members<'a> {
    /// They come one after another; one of them may have been read ahead.
    Written(Option<Ahead>),
    /// They stand in the tree.
    Parsed(Parsed<'a>),
}

/// The fields of an object of a tree.
struct Parsed<'a> {
    node: &'a Node<'a>,
    /// Ascending by key.
    fields: &'a [(Cow<'a, str>, Node<'a>)],
    /// Where its keys start among those that are known.
    first: usize,
    /// The place after the field that was met last.
    next: usize,
    /// The places of the fields that were met, of the first 64.
    met: u64,
    judged: bool,
}

impl<'a> Parsed<'a> {
    /// The value of a key. Fields are mostly asked for in the order in which they stand, so the next one is looked
    /// at before all are searched.
    fn find(&mut self, key: &str) -> Option<&'a Node<'a>> {
        let named = |place: usize| self.fields.get(place).map(|(name, _)| name.as_ref().cmp(key));
        let place = match named(self.next) {
            Some(Ordering::Equal) => self.next,
            None | Some(Ordering::Greater)
                if self.next.checked_sub(1).is_none_or(|last| named(last) == Some(Ordering::Less)) =>
            {
                return None;
            }
            None | Some(Ordering::Greater | Ordering::Less) => {
                self.fields.binary_search_by(|(name, _)| name.as_ref().cmp(key)).ok()?
            }
        };
        self.next = place.saturating_add(1);
        self.met |= u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or(0);
        self.fields.get(place).map(|(_, node)| node)
    }

    /// Brings a reader to the value of a field, if it is there.
    fn meet(&mut self, reader: &mut Reader<'a>, name: Name) -> bool {
        reader.known.push(name.key());
        let Some(node) = self.find(name.key()) else { return false };
        reader.source = Source::Parsed(node);
        reader.path.push(Step::Key(name.key()));
        true
    }
}

impl<'a> FieldReader<'_, 'a> {
    /// Whether fields may be asked for in any order; canonical bytes are gone over once, in theirs.
    pub(crate) const fn in_any_order(&self) -> bool {
        matches!(self.members, Members::Parsed(_))
    }

    /// Reads a field; one that may be absent gives its absent value.
    #[inline]
    pub(crate) fn field<T: Canonical>(&mut self, name: Name) -> Option<T> {
        self.field_or(name, T::absent)
    }

    /// Reads a field, or takes the value given for its absence, which canonical bytes have to leave out too.
    #[inline(always)]
    pub(crate) fn field_or<T: Canonical>(
        &mut self,
        name: Name,
        absent: impl FnOnce() -> Option<T>,
    ) -> Option<T> {
        if let Source::Written(written) = &mut self.reader.source
            && written.begins(name)
        {
            return self.written_value();
        }
        self.otherwise(name, absent)
    }

    /// Reads the value of a field of canonical bytes.
    fn written_value<T: Canonical>(&mut self) -> Option<T> {
        let value = T::read(self.reader);
        if let Source::Written(written) = &mut self.reader.source {
            written.end_field();
        }
        value
    }

    /// Reads a field that is not the next one of canonical bytes.
    #[inline(never)]
    fn otherwise<T: Canonical>(&mut self, name: Name, absent: impl FnOnce() -> Option<T>) -> Option<T> {
        match (&mut self.members, &mut self.reader.source) {
            (Members::Written(ahead), Source::Written(written)) => {
                if written.begins_after(name, ahead) {
                    return self.written_value();
                }
                absent().filter(T::is_absent).or_else(|| self.missing(name))
            }
            (Members::Parsed(parsed), _) => {
                if !parsed.meet(self.reader, name) {
                    return absent().or_else(|| self.missing(name));
                }
                let value = T::read(self.reader);
                self.leave();
                value
            }
            (Members::Written(_), Source::Parsed(_)) => None,
        }
    }

    /// Leaves the value of a field of a tree.
    fn leave(&mut self) {
        if let Members::Parsed(parsed) = &self.members {
            self.reader.source = Source::Parsed(parsed.node);
            self.reader.path.pop();
        }
    }

    fn missing<T>(&mut self, name: Name) -> Option<T> {
        self.reader.fail(&CanonError::MissingField { key: name.key().to_owned() })
    }

    /// The reader, for faults that concern several fields.
    pub const fn reader(&mut self) -> &mut Reader<'a> {
        self.reader
    }

    /// Reads a field before its turn, because it says how the others are read; `None` where it is missing.
    fn ahead<T>(&mut self, name: Name, read: impl FnOnce(&mut Reader<'a>) -> T) -> Option<T> {
        match (&mut self.members, &mut self.reader.source) {
            (Members::Written(_), Source::Written(written)) => {
                let (start, back) = written.go_ahead(name)?;
                let value = read(self.reader);
                if let Source::Written(written) = &mut self.reader.source {
                    self.members = Members::Written(written.go_back(name, start, back));
                }
                Some(value)
            }
            (Members::Parsed(parsed), _) => {
                if !parsed.meet(self.reader, name) {
                    return None;
                }
                let value = read(self.reader);
                self.leave();
                Some(value)
            }
            (Members::Written(_), Source::Parsed(_)) => None,
        }
    }

    /// Reads the `kind` of a union; gives what the list says it stands for.
    pub fn tag<T: Copy>(&mut self, known: &[(&'static str, T)]) -> Option<T> {
        let read = match self.ahead(TAG, |reader| reader.word(known)) {
            Some(read) => read,
            None => self.missing(TAG),
        };
        if let (None, Members::Parsed(parsed)) = (&read, &mut self.members) {
            // The other fields cannot be judged without their kind.
            parsed.judged = false;
        }
        read
    }

    /// Reads the `schema` of a document, which must be the one this library reads here.
    pub fn schema(&mut self, known: &'static str) -> Option<()> {
        let read = self.ahead(SCHEMA, |reader| {
            let text = reader.text();
            if text == Some(known) {
                return Some(());
            }
            let kind = match &reader.source {
                Source::Parsed(node) => node.kind(),
                Source::Written(_) => "other bytes",
            };
            let got = text.unwrap_or(kind).chars().take(60).collect();
            reader.fail(&CanonError::SchemaVersion { known, got })
        });
        read.unwrap_or_else(|| self.missing(SCHEMA))
    }

    /// Reads the currency of an object that names one before the amounts that stand under it.
    pub(crate) fn foresee_currency(&mut self) {
        if let Source::Written(written) = &mut self.reader.source
            && let Some(currency) = written.currency()
        {
            self.reader.currency = Some(currency);
        }
    }

    /// Ends the object, of which nothing may be left over.
    fn close(self) {
        match (self.members, &mut self.reader.source) {
            (Members::Written(ahead), Source::Written(written)) => written.close_object(ahead),
            (Members::Parsed(parsed), _) => self.reader.find_unknown(&parsed),
            (Members::Written(_), Source::Parsed(_)) => {}
        }
    }
}

impl<'a> Reader<'a> {
    /// Records every field of an object that nothing asked for.
    fn find_unknown(&mut self, object: &Parsed<'a>) {
        // Where every field was met, none is unknown.
        if object.judged && usize::try_from(object.met.count_ones()) != Ok(object.fields.len()) {
            let known = self.known.split_off(object.first);
            for (key, node) in object.fields {
                if !known.contains(&key.as_ref()) {
                    let error = CanonError::UnknownField {
                        key: key.chars().take(60).collect(),
                        known: known.join(", "),
                    };
                    self.go(Step::Named(key.to_string()), node, |at| at.find(&error));
                }
            }
        }
        self.known.truncate(object.first);
    }
}

/// Whether a field names the currency of the amounts beside it.
pub(crate) const fn is_currency(key: &str) -> bool {
    matches!(key.as_bytes(), b"currency")
}
