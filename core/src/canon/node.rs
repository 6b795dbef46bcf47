use std::borrow::Cow;

use serde::de::{DeserializeSeed, Deserializer as _, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::CanonError;
use super::scan::{scan, scan_fields};
use crate::finding::{Finding, Refusal};

/// How large a document may be; every bound is checked while reading, before anything is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole document.
    pub bytes: usize,
    /// Levels of nesting; the parser itself stops at 127.
    pub depth: usize,
    /// Elements of one array or object.
    pub elements: usize,
    /// Bytes of one text.
    pub text: usize,
}

impl Default for Limits {
    /// 64 MiB, 32 levels, 1,000,000 elements, 64 KiB per text.
    fn default() -> Self {
        Self { bytes: 64 << 20, depth: 32, elements: 1_000_000, text: 64 << 10 }
    }
}

/// A document as a tree that borrows its texts where it can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number that is not whole or not within 64 bits; refused wherever it stands.
    Fraction,
    /// A text.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Node<'a>>),
    /// An object, ascending by key, each key once.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// Reads a document, strictly: UTF-8, one value, no duplicate keys, no control characters.
    ///
    /// # Errors
    /// Every [`CanonError`] found, each at its pointer.
    pub fn parse(bytes: &'a [u8], limits: Limits) -> Result<Self, Refusal> {
        let fast = |text| scan(text, limits);
        Self::parse_by(bytes, limits, fast, |state, parser| Seed(state).deserialize(parser))
    }

    /// Reads some fields of an object and skips the others, which are only known to be JSON: what a chain of
    /// records is checked by is a small part of them.
    pub(crate) fn parse_fields(bytes: &'a [u8], limits: Limits, keys: &[&str]) -> Result<Self, Refusal> {
        let fast = |text| scan_fields(text, limits, keys);
        Self::parse_by(bytes, limits, fast, |state, parser| parser.deserialize_map(Envelope { state, keys }))
    }

    fn parse_by(
        bytes: &'a [u8],
        limits: Limits,
        fast: impl FnOnce(&'a str) -> Option<Self>,
        read: impl FnOnce(&mut State, &mut Parser<'a>) -> Result<Self, serde_json::Error>,
    ) -> Result<Self, Refusal> {
        if bytes.len() > limits.bytes {
            return Err(Refusal::because(&CanonError::Size { limit: limits.bytes, what: "bytes" }));
        }
        let text = core::str::from_utf8(bytes)
            .map_err(|e| Refusal::because(&CanonError::Utf8 { offset: e.valid_up_to() }))?;
        // What the library wrote itself is read without the care that faults need; it gives the same tree.
        if let Some(node) = fast(text) {
            return Ok(node);
        }
        let mut state = State { limits, path: Vec::new(), findings: Vec::new() };
        let mut parser = serde_json::Deserializer::from_str(text);
        let parsed = read(&mut state, &mut parser).and_then(|node| {
            parser.end()?;
            Ok(node)
        });
        match parsed {
            Ok(node) => Refusal::unless_empty(state.findings).map(|()| node),
            Err(error) => {
                let syntax =
                    CanonError::Syntax { line: error.line(), column: error.column(), reason: reason(&error) };
                // A broken limit stops the parser; it is then the finding that says why.
                let stopped = state.findings.pop().filter(|_| error.is_data());
                let last = stopped.unwrap_or_else(|| Finding::block(&syntax));
                let mut findings = vec![last];
                findings.append(&mut state.findings);
                Err(Refusal::unless_empty(findings).err().unwrap_or_else(|| Refusal::because(&syntax)))
            }
        }
    }

    /// What it is, in the words of an error.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Integer(_) | Self::Fraction => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// The value of a key of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        match self {
            Self::Object(fields) => {
                let found = fields.binary_search_by(|(name, _)| name.as_ref().cmp(key)).ok()?;
                fields.get(found).map(|(_, node)| node)
            }
            Self::Null
            | Self::Bool(_)
            | Self::Integer(_)
            | Self::Fraction
            | Self::Text(_)
            | Self::List(_) => None,
        }
    }

    /// What stands at a JSON pointer (RFC 6901).
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Node<'a>> {
        let mut steps = pointer.split('/');
        // A pointer is empty or starts with a slash.
        if steps.next() != Some("") {
            return None;
        }
        steps.try_fold(self, |node, step| {
            if let Self::List(items) = node {
                return items.get(step.parse::<usize>().ok()?);
            }
            node.get(&step.replace("~1", "/").replace("~0", "~"))
        })
    }

    /// Writes the tree as it stands; a tree read from a document is in canonical order already.
    pub fn write(&self, out: &mut super::Writer) {
        match self {
            Self::Null | Self::Fraction => out.canonical(b"null"),
            Self::Bool(value) => out.boolean(*value),
            Self::Integer(value) => out.integer(*value),
            Self::Text(text) => out.text(text),
            Self::List(items) => out.sequence(items, |item, out| item.write(out)),
            Self::Object(fields) => out.object(|object| {
                for (key, value) in fields {
                    object.with(key.to_string().into(), |out| value.write(out));
                }
            }),
        }
    }

    /// The text of a text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null
            | Self::Bool(_)
            | Self::Integer(_)
            | Self::Fraction
            | Self::List(_)
            | Self::Object(_) => None,
        }
    }
}

/// The parser of a text.
type Parser<'a> = serde_json::Deserializer<serde_json::de::StrRead<'a>>;

/// Reads some fields of an object.
struct Envelope<'s> {
    state: &'s mut State,
    keys: &'s [&'s str],
}

impl<'de> Visitor<'de> for Envelope<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node<'de>, A::Error> {
        self.state.enter()?;
        let mut object: Vec<(Cow<'de, str>, Node<'de>)> = Vec::with_capacity(self.keys.len());
        while let Some(key) = fields.next_key_seed(Key)? {
            if !self.keys.contains(&key.as_ref()) {
                let IgnoredAny = fields.next_value()?;
                continue;
            }
            self.state.step(&key, object.len())?;
            let node = fields.next_value_seed(Seed(self.state))?;
            if object.iter().any(|(known, _)| *known == key) {
                self.state.find(&CanonError::DuplicateKey { key: key.to_string() });
            }
            object.push((key, node));
        }
        object.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Node::Object(object))
    }
}

/// The parser's reason without its own position, which stands in the error already.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

/// Whether no text may have a character: the controls, but for tab and line feed.
pub(super) fn is_refused(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

/// Appends one step to a JSON pointer, escaped by RFC 6901.
pub(super) fn push_step(path: &mut String, step: &str) {
    path.push('/');
    for c in step.chars() {
        match c {
            '~' => path.push_str("~0"),
            '/' => path.push_str("~1"),
            c => path.push(c),
        }
    }
}

struct State {
    limits: Limits,
    path: Vec<String>,
    findings: Vec<Finding>,
}

impl State {
    fn find(&mut self, error: &CanonError) {
        if self.findings.len() >= super::Reader::MAX_FINDINGS {
            return;
        }
        let mut path = String::new();
        for step in &self.path {
            push_step(&mut path, step);
        }
        self.findings.push(Finding::block(error).at(path));
    }

    /// Records a broken limit and stops the parser.
    fn stop<E: serde::de::Error>(&mut self, error: &CanonError) -> E {
        self.find(error);
        E::custom(error)
    }

    fn text<'a, E: serde::de::Error>(&mut self, text: Cow<'a, str>) -> Result<Node<'a>, E> {
        if text.len() > self.limits.text {
            return Err(self.stop(&CanonError::Size { limit: self.limits.text, what: "bytes of text" }));
        }
        if let Some(c) = text.chars().find(|&c| is_refused(c)) {
            self.find(&CanonError::Control { codepoint: u32::from(c) });
        }
        Ok(Node::Text(text))
    }

    fn enter<E: serde::de::Error>(&mut self) -> Result<(), E> {
        if self.path.len() >= self.limits.depth {
            return Err(self.stop(&CanonError::Depth { limit: self.limits.depth }));
        }
        self.path.push(String::new());
        Ok(())
    }

    fn step<E: serde::de::Error>(&mut self, name: &str, count: usize) -> Result<(), E> {
        if let Some(last) = self.path.last_mut() {
            last.clear();
            last.push_str(name);
        }
        if count > self.limits.elements {
            return Err(self.stop(&CanonError::Size { limit: self.limits.elements, what: "elements" }));
        }
        Ok(())
    }
}

struct Seed<'s>(&'s mut State);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(i64::try_from(value).map_or(Node::Fraction, Node::Integer))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node<'de>, E> {
        Ok(Node::Fraction)
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, value: &'de str) -> Result<Node<'de>, E> {
        self.0.text(Cow::Borrowed(value))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Node<'de>, E> {
        self.0.text(Cow::Owned(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        self.0.enter()?;
        let mut list = Vec::new();
        self.0.step("0", 0)?;
        while let Some(node) = items.next_element_seed(Seed(self.0))? {
            list.push(node);
            self.0.step(&list.len().to_string(), list.len())?;
        }
        self.0.path.pop();
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node<'de>, A::Error> {
        self.0.enter()?;
        let mut object: Vec<(Cow<'de, str>, Node<'de>)> = Vec::new();
        while let Some(key) = fields.next_key_seed(Key)? {
            self.0.step(&key, object.len().saturating_add(1))?;
            if key.len() > self.0.limits.text {
                return Err(A::Error::custom("a key is too long"));
            }
            let node = fields.next_value_seed(Seed(self.0))?;
            object.push((key, node));
        }
        self.0.path.pop();
        object.sort_by(|a, b| a.0.cmp(&b.0));
        let twice: Vec<_> = object
            .windows(2)
            .filter(|pair| match pair {
                [a, b] => a.0 == b.0,
                _ => false,
            })
            .filter_map(|pair| pair.first().map(|(key, _)| key.to_string()))
            .collect();
        for key in twice {
            self.0.path.push(key.clone());
            self.0.find(&CanonError::DuplicateKey { key });
            self.0.path.pop();
        }
        Ok(Node::Object(object))
    }
}

/// Reads a key, borrowed where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value.to_owned()))
    }
}
