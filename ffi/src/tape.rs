//! An index over a JSON document that the library made: where each value lies, in what order its members stand.
//! The bytes stay as they are, so a view shows exactly what was hashed or stored.

/// No view; never stands in one that was written.
pub const DUEBILL_KIND_NONE: u32 = 0;
/// `null`.
pub const DUEBILL_KIND_NULL: u32 = 1;
/// `true` or `false`; `integer` is 1 or 0.
pub const DUEBILL_KIND_BOOLEAN: u32 = 2;
/// A whole number that fits `integer`.
pub const DUEBILL_KIND_INTEGER: u32 = 3;
/// Any other number: read `raw`. Results have none but in schemas and documents of the host; amounts are strings.
pub const DUEBILL_KIND_NUMBER: u32 = 4;
/// A string; `text` is its content without quotes and escapes.
pub const DUEBILL_KIND_STRING: u32 = 5;
/// An array of `count` elements.
pub const DUEBILL_KIND_ARRAY: u32 = 6;
/// An object of `count` members.
pub const DUEBILL_KIND_OBJECT: u32 = 7;

/// Deeper than any document of ours.
const MAX_DEPTH: u32 = 128;

/// A range of bytes, or of entries of `Tape::children`.
#[derive(Clone, Copy, Default)]
struct Span {
    start: usize,
    end: usize,
}

impl Span {
    fn of<T>(self, all: &[T]) -> &[T] {
        all.get(self.start..self.end).unwrap_or_default()
    }

    fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }
}

/// Where the content of a string lies.
#[derive(Clone, Copy)]
enum Text {
    /// In the document, which holds it without escapes.
    Verbatim(Span),
    /// In `Tape::unescaped`.
    Unescaped(Span),
}

impl Default for Text {
    fn default() -> Self {
        Self::Verbatim(Span::default())
    }
}

#[derive(Clone, Copy, Default)]
struct Node {
    kind: u32,
    raw: Span,
    text: Text,
    integer: i64,
    /// The values inside, in `Tape::children`: of an array in order, of an object by key.
    children: Span,
    /// The name under which an object holds this value.
    key: Text,
}

/// The index of one document.
pub(crate) struct Tape {
    nodes: Vec<Node>,
    children: Vec<usize>,
    unescaped: Vec<u8>,
}

/// A value of the document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found<'a> {
    /// One of `DUEBILL_KIND_*`.
    pub(crate) kind: u32,
    /// Exactly its bytes in the document.
    pub(crate) raw: &'a [u8],
    /// A string's content.
    pub(crate) text: &'a [u8],
    /// A whole number, or 0 and 1 for a boolean.
    pub(crate) integer: i64,
    /// Elements or members.
    pub(crate) count: usize,
}

/// How a lookup ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Lookup<'a> {
    /// The value is there.
    Found(Found<'a>),
    /// Nothing stands at that place.
    Absent,
    /// The text is no JSON pointer.
    NotAPointer,
}

impl Tape {
    /// Reads a whole document; the error is the byte at which it stops being JSON.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, usize> {
        std::str::from_utf8(bytes).map_err(|error| error.valid_up_to())?;
        let tape = Self { nodes: Vec::new(), children: Vec::new(), unescaped: Vec::new() };
        let mut reader = Reader { bytes, at: 0, tape };
        let root = reader.value(MAX_DEPTH)?;
        reader.blank();
        if reader.peek().is_some() {
            return Err(reader.at);
        }
        let mut tape = reader.tape;
        tape.nodes.push(root);
        Ok(tape)
    }

    /// The value at a JSON pointer (RFC 6901); the empty pointer is the whole document.
    pub(crate) fn get<'a>(&'a self, bytes: &'a [u8], pointer: &str) -> Lookup<'a> {
        let mut parts = pointer.split('/');
        if parts.next() != Some("") {
            return Lookup::NotAPointer;
        }
        let Some(parts) = parts.map(unescape).collect::<Option<Vec<_>>>() else {
            return Lookup::NotAPointer;
        };
        let root = self.nodes.last();
        match parts.iter().try_fold(root, |node, part| Some(self.child(bytes, node?, part))).flatten() {
            Some(node) => Lookup::Found(self.found(bytes, node)),
            None => Lookup::Absent,
        }
    }

    fn found<'a>(&'a self, bytes: &'a [u8], node: &Node) -> Found<'a> {
        Found {
            kind: node.kind,
            raw: node.raw.of(bytes),
            text: self.text(bytes, node.text),
            integer: node.integer,
            count: node.children.len(),
        }
    }

    fn child(&self, bytes: &[u8], node: &Node, part: &str) -> Option<&Node> {
        let children = node.children.of(&self.children);
        let place = if node.kind == DUEBILL_KIND_ARRAY {
            let plain =
                part == "0" || !part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse().ok())?
        } else {
            let key = |&index: &usize| self.nodes.get(index).map(|child| self.text(bytes, child.key));
            children.binary_search_by_key(&Some(part.as_bytes()), key).ok()
        };
        children.get(place?).and_then(|&index| self.nodes.get(index))
    }

    fn text<'a>(&'a self, bytes: &'a [u8], text: Text) -> &'a [u8] {
        match text {
            Text::Verbatim(span) => span.of(bytes),
            Text::Unescaped(span) => span.of(&self.unescaped),
        }
    }
}

/// One part of a pointer without its escapes; none if a `~` is followed by something else than 0 or 1.
fn unescape(part: &str) -> Option<String> {
    let mut tail = part.split('~');
    let mut whole = tail.next()?.to_owned();
    for piece in tail {
        whole.push(if piece.starts_with('0') { '~' } else { '/' });
        whole.push_str(piece.strip_prefix(['0', '1'])?);
    }
    Some(whole)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    tape: Tape,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.step();
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), usize> {
        self.blank();
        if self.peek() != Some(byte) {
            return Err(self.at);
        }
        self.step();
        Ok(())
    }

    /// Steps over a byte if it comes next.
    fn took(&mut self, byte: u8) -> bool {
        self.expect(byte).is_ok()
    }

    fn value(&mut self, depth: u32) -> Result<Node, usize> {
        self.blank();
        let start = self.at;
        let depth = depth.checked_sub(1).ok_or(start)?;
        let mut node = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Node { kind: DUEBILL_KIND_STRING, text: self.string()?, ..Node::default() },
            Some(b't') => {
                self.word(b"true", Node { kind: DUEBILL_KIND_BOOLEAN, integer: 1, ..Node::default() })?
            }
            Some(b'f') => self.word(b"false", Node { kind: DUEBILL_KIND_BOOLEAN, ..Node::default() })?,
            Some(b'n') => self.word(b"null", Node { kind: DUEBILL_KIND_NULL, ..Node::default() })?,
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => return Err(start),
        };
        node.raw = Span { start, end: self.at };
        Ok(node)
    }

    fn word(&mut self, word: &[u8], node: Node) -> Result<Node, usize> {
        let end = self.at.saturating_add(word.len());
        if self.bytes.get(self.at..end) != Some(word) {
            return Err(self.at);
        }
        self.at = end;
        Ok(node)
    }

    fn number(&mut self) -> Node {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.step();
        }
        let digits = self.bytes.get(start..self.at).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| digits.parse().ok()) {
            Some(integer) => Node { kind: DUEBILL_KIND_INTEGER, integer, ..Node::default() },
            None => Node { kind: DUEBILL_KIND_NUMBER, ..Node::default() },
        }
    }

    fn string(&mut self) -> Result<Text, usize> {
        let quote = self.at;
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            match self.peek().ok_or(self.at)? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.step();
                }
                _ => {}
            }
            self.step();
        }
        let span = Span { start, end: self.at };
        self.step();
        if !escaped {
            return Ok(Text::Verbatim(span));
        }
        let quoted = self.bytes.get(quote..self.at).unwrap_or_default();
        let text: String = serde_json::from_slice(quoted).map_err(|_| quote)?;
        let start = self.tape.unescaped.len();
        self.tape.unescaped.extend_from_slice(text.as_bytes());
        Ok(Text::Unescaped(Span { start, end: self.tape.unescaped.len() }))
    }

    fn array(&mut self, depth: u32) -> Result<Node, usize> {
        self.step();
        let mut children = Vec::new();
        if !self.took(b']') {
            loop {
                let node = self.value(depth)?;
                children.push(self.keep(node));
                if !self.took(b',') {
                    break;
                }
            }
            self.expect(b']')?;
        }
        Ok(self.container(DUEBILL_KIND_ARRAY, &children))
    }

    fn object(&mut self, depth: u32) -> Result<Node, usize> {
        self.step();
        let mut children = Vec::new();
        if !self.took(b'}') {
            loop {
                self.blank();
                let key = self.string()?;
                self.expect(b':')?;
                let node = self.value(depth)?;
                children.push(self.keep(Node { key, ..node }));
                if !self.took(b',') {
                    break;
                }
            }
            self.expect(b'}')?;
        }
        let tape = &self.tape;
        children.sort_by_key(|&index| tape.nodes.get(index).map(|child| tape.text(self.bytes, child.key)));
        Ok(self.container(DUEBILL_KIND_OBJECT, &children))
    }

    fn keep(&mut self, node: Node) -> usize {
        self.tape.nodes.push(node);
        self.tape.nodes.len().saturating_sub(1)
    }

    fn container(&mut self, kind: u32, children: &[usize]) -> Node {
        let start = self.tape.children.len();
        self.tape.children.extend_from_slice(children);
        Node { kind, children: Span { start, end: self.tape.children.len() }, ..Node::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn check(tape: &Tape, bytes: &[u8], pointer: &str, value: &Value) {
        let Lookup::Found(found) = tape.get(bytes, pointer) else { panic!("{pointer} is absent") };
        assert_eq!(&serde_json::from_slice::<Value>(found.raw).unwrap(), value, "{pointer}");
        let (kind, integer, count) = match value {
            Value::Null => (DUEBILL_KIND_NULL, 0, 0),
            Value::Bool(truth) => (DUEBILL_KIND_BOOLEAN, i64::from(*truth), 0),
            Value::Number(number) => {
                number.as_i64().map_or((DUEBILL_KIND_NUMBER, 0, 0), |n| (DUEBILL_KIND_INTEGER, n, 0))
            }
            Value::String(_) => (DUEBILL_KIND_STRING, 0, 0),
            Value::Array(items) => (DUEBILL_KIND_ARRAY, 0, items.len()),
            Value::Object(members) => (DUEBILL_KIND_OBJECT, 0, members.len()),
        };
        assert_eq!((found.kind, found.integer, found.count), (kind, integer, count), "{pointer}");
        assert_eq!(found.text, value.as_str().unwrap_or_default().as_bytes(), "{pointer}");
        for (key, child) in value.as_object().into_iter().flatten() {
            check(tape, bytes, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), child);
        }
        for (index, child) in value.as_array().into_iter().flatten().enumerate() {
            check(tape, bytes, &format!("{pointer}/{index}"), child);
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (u64::MAX - 9..=u64::MAX).prop_map(Value::from),
            "[a~/\"\\\\\n€\u{1}😀]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[ab~/\"€\\\\]{0,3}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_is_found_as_it_was_written(value in any_value(), pretty: bool) {
            let bytes = if pretty { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) }.unwrap();
            check(&Tape::read(&bytes).unwrap(), &bytes, "", &value);
        }

        #[test]
        fn what_is_torn_is_refused_and_never_panics(value in any_value(), cut in 0_usize..200, flip in 0_usize..200) {
            let mut bytes = serde_json::to_vec(&value).unwrap();
            bytes.truncate(cut);
            if let Some(byte) = bytes.get_mut(flip) {
                *byte ^= 0x15;
            }
            if serde_json::from_slice::<Value>(&bytes).is_ok() {
                prop_assert!(Tape::read(&bytes).is_ok());
            }
            let _ = Tape::read(&bytes).map(|tape| tape.get(&bytes, "/0/a") == Lookup::Absent);
        }
    }

    #[test]
    fn a_pointer_is_judged_before_the_document_is_searched() {
        let bytes = br#"{"a":[10,11],"m~n":1,"":{"":2}}"#;
        let tape = Tape::read(bytes).unwrap();
        for pointer in ["a", "/a~", "/a~2", "/~", " "] {
            assert_eq!(tape.get(bytes, pointer), Lookup::NotAPointer, "{pointer}");
        }
        for pointer in
            ["/b", "/a/2", "/a/01", "/a/-", "/a/+1", "/a/", "/a/0/0", "/a/99999999999999999999999", "/m~1n"]
        {
            assert_eq!(tape.get(bytes, pointer), Lookup::Absent, "{pointer}");
        }
        for (pointer, raw) in [("/a/1", "11"), ("/m~0n", "1"), ("//", "2")] {
            assert!(
                matches!(tape.get(bytes, pointer), Lookup::Found(found) if found.raw == raw.as_bytes()),
                "{pointer}"
            );
        }
    }

    #[test]
    fn nesting_ends_before_the_stack_does() {
        assert_eq!(Tape::read("[".repeat(1_000_000).as_bytes()).err(), Some(128));
        for torn in ["", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "tru", "1 2", "\"a", "\"\\u12\"", "'a'"] {
            assert!(Tape::read(torn.as_bytes()).is_err(), "{torn}");
        }
    }
}
