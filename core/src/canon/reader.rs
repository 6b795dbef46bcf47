use super::fields::{FieldReader, Members, Parsed};
use super::node::push_step;
use super::written::Written;
use super::{CanonError, Canonical, Limits, Node};
use crate::error_code::Coded;
use crate::finding::{Finding, Refusal};
use crate::money::Currency;

/// Stands at a value of a document, reads it, and gathers every fault with its pointer.
///
/// A document in canonical form is read where it stands: a shape says which key comes next, and each byte is gone
/// over once. There is no pointer then and only one fault, that something is otherwise; a tree is read for the others.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) source: Source<'a>,
    pub(super) path: Vec<Step>,
    findings: Vec<Finding>,
    /// Keys of the objects under way that were asked for, the innermost last.
    pub(super) known: Vec<&'static str>,
    pub(super) currency: Option<Currency>,
    /// The nearest object around names a currency that is none: its amounts cannot be judged.
    doubtful: bool,
    /// Whether what is read is on record: personal words stand beside it.
    record: bool,
}

/// What is read.
#[derive(Debug)]
pub(super) enum Source<'a> {
    /// Canonical bytes, up to the value that comes next.
    Written(Written<'a>),
    /// A value of a tree.
    Parsed(&'a Node<'a>),
}

/// One step of a pointer: only a fault makes a text of it.
#[derive(Debug, Clone)]
pub(super) enum Step {
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

    /// What is made of a short text that stands here, from some bytes that begin with it and its length; `None` where there
    /// is no such text, which is no fault yet.
    #[inline]
    pub(crate) fn short<T, const ROOM: usize>(
        &mut self,
        make: impl FnOnce(&'a [u8; ROOM], usize) -> Option<T>,
    ) -> Option<T> {
        match &mut self.source {
            Source::Written(written) => written.short(make),
            Source::Parsed(_) => None,
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

impl<'a> Reader<'a> {
    /// Records every field of an object that nothing asked for.
    pub(super) fn find_unknown(&mut self, object: &Parsed<'a>) {
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
