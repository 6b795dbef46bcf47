use core::cmp::Ordering;
use std::borrow::Cow;

use super::node::push_step;
use super::{CanonError, Canonical, Node};
use crate::error_code::Coded;
use crate::finding::{Finding, Refusal};
use crate::money::Currency;

/// Reads values out of a tree, keeps the pointer of where it is, and gathers every fault.
#[derive(Debug, Default)]
pub struct Reader {
    path: Vec<Step>,
    findings: Vec<Finding>,
    /// Keys of the objects under way that were asked for, the innermost last.
    known: Vec<&'static str>,
    currency: Option<Currency>,
    /// The nearest object around names a currency that is none: its amounts cannot be judged.
    doubtful: bool,
}

/// One step of a pointer: only a fault makes a text of it.
#[derive(Debug, Clone)]
enum Step {
    Key(&'static str),
    Place(usize),
    Named(String),
}

impl Reader {
    /// Most faults that are listed of one document.
    pub const MAX_FINDINGS: usize = 1_000;

    /// Records a fault where the reader is.
    ///
    /// Beyond [`Reader::MAX_FINDINGS`] a document is refused already, and more would help nobody.
    pub fn find(&mut self, error: &impl Coded) {
        if self.findings.len() >= Self::MAX_FINDINGS {
            return;
        }
        let pointer = self.pointer();
        self.findings.push(Finding::block(error).at(pointer));
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
    pub fn wrong<T>(&mut self, expected: &'static str, got: &Node<'_>) -> Option<T> {
        match got {
            Node::Fraction => self.fail(&CanonError::NumberWhole),
            Node::Null
            | Node::Bool(_)
            | Node::Integer(_)
            | Node::Text(_)
            | Node::List(_)
            | Node::Object(_) => self.fail(&CanonError::WrongType { expected, got: got.kind() }),
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

    /// Runs a reading one step deeper.
    pub fn step<T>(&mut self, step: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.go(Step::Named(step.to_owned()), read)
    }

    /// Reads an element of an array.
    pub(crate) fn element<T>(&mut self, place: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.go(Step::Place(place), read)
    }

    fn go<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let value = read(self);
        self.path.pop();
        value
    }

    /// Reads the fields of an object; unknown ones are faults.
    pub fn object<T>(
        &mut self,
        node: &Node<'_>,
        read: impl FnOnce(&mut FieldReader<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        let Node::Object(fields) = node else {
            return self.wrong("an object", node);
        };
        let outer = (self.currency, self.doubtful);
        // The currency says what the amounts beside it mean, so it is read before them.
        if let Some(currency) = node.get("currency") {
            self.currency = currency.text().and_then(|code| Currency::new(code).ok());
            self.doubtful = self.currency.is_none();
        }
        let first = self.known.len();
        let mut reader = FieldReader { reader: self, fields, next: 0, met: 0, judged: true };
        let value = read(&mut reader);
        // Where every field was met, none is unknown.
        let (all, judged) = (usize::try_from(reader.met.count_ones()) == Ok(fields.len()), reader.judged);
        let known = self.known.split_off(first);
        for (key, _) in fields.iter().filter(|_| judged && !all) {
            if !known.contains(&key.as_ref()) {
                let error =
                    CanonError::UnknownField { key: key.chars().take(60).collect(), known: known.join(", ") };
                self.step(key, |at| at.find(&error));
            }
        }
        (self.currency, self.doubtful) = outer;
        value
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
}

/// Reads the fields of one object.
pub struct FieldReader<'r, 'n> {
    reader: &'r mut Reader,
    /// The fields of the object, ascending by key.
    fields: &'n [(Cow<'n, str>, Node<'n>)],
    /// The place after the field that was met last.
    next: usize,
    /// The places of the fields that were met, of the first 64.
    met: u64,
    judged: bool,
}

impl<'n> FieldReader<'_, 'n> {
    /// The value of a key. Fields are mostly asked for in the order in which they stand, so the next one is looked
    /// at before all are searched.
    fn find(&mut self, key: &str) -> Option<&'n Node<'n>> {
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
}

impl FieldReader<'_, '_> {
    /// Reads a field; one that may be absent gives its absent value.
    pub fn field<T: Canonical>(&mut self, key: &'static str) -> Option<T> {
        self.field_or(key, T::absent)
    }

    /// Reads a field, or takes the value given for its absence.
    pub fn field_or<T: Canonical>(
        &mut self,
        key: &'static str,
        absent: impl FnOnce() -> Option<T>,
    ) -> Option<T> {
        self.reader.known.push(key);
        match self.find(key) {
            Some(node) => self.reader.go(Step::Key(key), |at| T::read(node, at)),
            None => absent().or_else(|| self.reader.fail(&CanonError::MissingField { key: key.to_owned() })),
        }
    }

    /// The reader, for faults that concern several fields.
    pub const fn reader(&mut self) -> &mut Reader {
        self.reader
    }
}

impl Reader {
    /// Reads one word of a closed list.
    pub fn word(&mut self, node: &Node<'_>, known: &[&'static str]) -> Option<&'static str> {
        let Some(text) = node.text() else {
            return self.wrong("a word", node);
        };
        if let Some(word) = known.iter().find(|word| **word == text) {
            return Some(word);
        }
        self.fail(&CanonError::UnknownWord { known: known.join(", "), got: text.chars().take(60).collect() })
    }
}

impl FieldReader<'_, '_> {
    /// Reads the `kind` of a union.
    pub fn tag(&mut self, known: &[&'static str]) -> Option<&'static str> {
        self.reader.known.push("kind");
        let read = match self.find("kind") {
            Some(node) => self.reader.go(Step::Key("kind"), |at| at.word(node, known)),
            None => self.reader.fail(&CanonError::MissingField { key: "kind".to_owned() }),
        };
        if read.is_none() {
            // The other fields cannot be judged without their kind.
            self.judged = false;
        }
        read
    }
}

impl FieldReader<'_, '_> {
    /// Reads the `schema` of a document, which must be the one this library reads here.
    pub fn schema(&mut self, known: &'static str) -> Option<()> {
        self.reader.known.push("schema");
        match self.find("schema") {
            Some(node) if node.text() == Some(known) => Some(()),
            Some(node) => {
                let got = node.text().unwrap_or(node.kind()).chars().take(60).collect();
                self.reader.go(Step::Key("schema"), |at| at.fail(&CanonError::SchemaVersion { known, got }))
            }
            None => self.reader.fail(&CanonError::MissingField { key: "schema".to_owned() }),
        }
    }
}

impl Reader {
    /// Takes over the faults of a reading of its own and gives no value.
    pub fn absorb<T>(&mut self, refusal: &Refusal) -> Option<T> {
        let pointer = self.pointer();
        for finding in refusal.findings() {
            let path = format!("{pointer}{}", finding.path);
            self.findings.push(finding.clone().at(path));
        }
        None
    }
}
