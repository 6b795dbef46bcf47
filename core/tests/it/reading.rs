//! What is read and compared in a quick way gives what the careful way gives.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use duebill::account::{AccountAction, AccountEvent};
use duebill::audit::{Command, Document, Note, Record};
use duebill::canon::{
    Canonical, Limits, Node, from_bytes, from_canonical, from_node, to_bytes, to_bytes_within,
};
use duebill::finding::Refusal;
use duebill::id::Id;
use duebill::payment::{BookAction, BookEvent};
use duebill::rulebook::{PublicationEvent, RulebookDocument};
use duebill::series::{SeriesAction, SeriesEvent};
use proptest::prelude::*;
use serde_json::Value;

/// Names and places of what is wrong; positions of syntax errors differ by the blank.
fn said(refusal: &Refusal) -> Vec<(&'static str, String)> {
    refusal.findings().map(|finding| (finding.code.name, finding.path.clone())).collect()
}

fn text(characters: &'static [char], most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(characters), 0..most)
        .prop_map(|characters| characters.into_iter().collect())
}

/// A document of every kind of value, with texts that need a second look among them.
fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-20..20_i64).prop_map(Value::from),
        text(&['a', 'Z', ' ', '"', '\\', 'ä', '\u{7f}', '\u{85}', '😀', '\n'], 6).prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 30, 5, |inner| {
        let key = text(&['a', 'b', 'ä', '😀', '"'], 3);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..5)
                .prop_map(|fields: BTreeMap<String, Value>| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    /// A document as the library writes it is read in a quick way; a blank before it is not written by the library.
    #[test]
    fn a_blank_changes_nothing_of_what_is_read(
        value in document(), place in any::<prop::sample::Index>(),
        put in prop::option::of(prop::sample::select(b"{}[]\",:-.e01 \\\x01".as_slice())),
        depth in 0..6_usize, elements in 1..5_usize, longest in 0..9_usize,
    ) {
        let mut bytes = value.to_string().into_bytes();
        if let Some(put) = put {
            let place = place.index(bytes.len());
            bytes[place] = put;
        }
        let spaced = [b" ", bytes.as_slice()].concat();
        for limits in [Limits::default(), Limits { depth, elements, text: longest, ..Limits::default() }] {
            match (Node::parse(&bytes, limits), Node::parse(&spaced, limits)) {
                (Ok(quick), Ok(careful)) => prop_assert_eq!(quick, careful),
                (Err(quick), Err(careful)) => prop_assert_eq!(said(&quick), said(&careful)),
                (quick, careful) => prop_assert!(false, "{quick:?} and {careful:?}"),
            }
        }
    }

    /// Short ids stand elsewhere than long ones, and are compared and found as the texts they are.
    #[test]
    fn ids_are_the_texts_they_were_made_of(
        first in text(&['a', 'b', '-', 'ä'], 30), second in text(&['a', 'b', '-', 'ä'], 30), cut in 0..30_usize,
    ) {
        let begins: String = first.chars().take(cut).collect();
        for other in [second, begins, first.clone()] {
            let (Ok(id), Ok(another)) = (Id::new(&first), Id::new(&other)) else { continue };
            prop_assert_eq!((id.as_str(), another.as_str()), (first.as_str(), other.as_str()));
            prop_assert_eq!(id.cmp(&another), first.cmp(&other));
            prop_assert_eq!(id == another, first == other);
            prop_assert_eq!(BTreeMap::from([(another, ())]).contains_key(first.as_str()), first == other);
        }
    }
}

/// Compares both ways of reading some bytes as one shape.
type Compare = fn(&[u8]) -> Result<bool, String>;

/// Whether bytes are read where they stand; they give what the tree gives then, and its faults otherwise. A blank
/// before them, which the library never writes, leaves them to the parser of the others.
fn compare<T: Canonical + PartialEq + core::fmt::Debug>(bytes: &[u8]) -> Result<bool, String> {
    let spaced = [b" ", bytes].concat();
    let careful = Node::parse(&spaced, Limits::default()).and_then(|tree| from_node::<T>(&tree));
    let (direct, both) = (from_canonical::<T>(bytes), from_bytes::<T>(bytes));
    let alike = match (&both, &careful) {
        (Ok(both), Ok(careful)) => both == careful && direct.as_ref().is_none_or(|direct| direct == careful),
        (Err(both), Err(careful)) => said(both) == said(careful) && direct.is_none(),
        _ => false,
    };
    // Of a meaning that is written in several ways only one is read where it stands; texts with escapes and controls never
    // are, and nothing is where a document of a host holds it.
    let canonical = careful.as_ref().is_ok_and(|careful| to_bytes(careful) == bytes);
    let odd = [r"\", "null", "\u{7f}"].iter().any(|odd| String::from_utf8_lossy(bytes).contains(odd));
    let canonical = canonical && !odd;
    if alike && direct.is_some() == canonical {
        Ok(canonical)
    } else {
        Err(format!("{direct:?} or {both:?}, and {careful:?}"))
    }
}

/// Every record of the golden logs with the commands that asked for them, and a rulebook.
fn written() -> Vec<(Vec<u8>, Compare)> {
    let lines = |file: &str| -> Vec<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(file);
        fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
    };
    let mut found: Vec<(Vec<u8>, Compare)> = Vec::new();
    let logs: [(&str, Compare, Option<Compare>); 5] = [
        ("account-acme", compare::<Record<AccountEvent>>, Some(compare::<Command<AccountAction>>)),
        ("account-globex", compare::<Record<AccountEvent>>, Some(compare::<Command<AccountAction>>)),
        ("cash_book-bank", compare::<Record<BookEvent>>, Some(compare::<Command<BookAction>>)),
        ("rulebook-northwind", compare::<Record<PublicationEvent>>, None),
        ("series-invoices", compare::<Record<SeriesEvent>>, Some(compare::<Command<SeriesAction>>)),
    ];
    for (log, record, command) in logs {
        found.extend(lines(&format!("v1/{log}.log")).iter().map(|line| (line[65..].into(), record)));
        let asked = lines(&format!("v1/{log}.commands"));
        found.extend(
            command.iter().flat_map(|command| asked.iter().map(|line| (line.as_bytes().into(), *command))),
        );
    }
    let rulebook: Value = serde_json::from_str(&lines("rulebook.json").concat()).unwrap();
    found.push((rulebook.to_string().into_bytes(), compare::<RulebookDocument>));
    found
}

/// A document whose fields may come in any order and more than once.
enum Loose {
    Leaf(String),
    List(Vec<Loose>),
    Object(Vec<(String, Loose)>),
}

impl Loose {
    fn of(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Object(fields) => {
                Self::Object(fields.iter().map(|(key, value)| (key.clone(), Self::of(value))).collect())
            }
            leaf => Self::Leaf(leaf.to_string()),
        }
    }

    fn written(&self) -> String {
        match self {
            Self::Leaf(text) => text.clone(),
            Self::List(items) => {
                format!("[{}]", items.iter().map(Self::written).collect::<Vec<_>>().join(","))
            }
            Self::Object(fields) => {
                let field = |(key, value): &(String, Self)| {
                    format!("{}:{}", Value::from(key.as_str()), value.written())
                };
                format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(","))
            }
        }
    }

    /// Objects and arrays that are not empty.
    fn holders(&mut self) -> usize {
        let mut count = 0;
        self.visit(&mut |_| count += 1);
        count
    }

    fn visit(&mut self, see: &mut impl FnMut(&mut Self)) {
        match self {
            Self::Leaf(_) => {}
            Self::List(items) if items.is_empty() => {}
            Self::Object(fields) if fields.is_empty() => {}
            Self::List(_) | Self::Object(_) => see(self),
        }
        match self {
            Self::Leaf(_) => {}
            Self::List(items) => items.iter_mut().for_each(|item| item.visit(see)),
            Self::Object(fields) => fields.iter_mut().for_each(|(_, value)| value.visit(see)),
        }
    }

    /// Changes one place: a field or element again, gone, elsewhere, under another key, or with another value.
    fn change(&mut self, change: usize, from: usize, to: usize, leaf: &str) {
        let value = || Self::Leaf(leaf.to_owned());
        match self {
            Self::Leaf(_) => {}
            Self::List(items) => {
                let (from, to) = (from % items.len(), to % items.len());
                match change {
                    0 => items.insert(to, value()),
                    1 => drop(items.remove(from)),
                    2 => items.swap(from, to),
                    _ => items[from] = value(),
                }
            }
            Self::Object(fields) => {
                let (from, to) = (from % fields.len(), to % fields.len());
                let (key, other) = (fields[from].0.clone(), fields[to].0.clone());
                match change {
                    0 => fields.insert(to, (key, value())),
                    1 => drop(fields.remove(from)),
                    2 => fields.swap(from, to),
                    3 => fields[from].0 = other,
                    4 => fields.insert(from, (format!("{key}a"), value())),
                    _ => fields[from].1 = value(),
                }
            }
        }
    }
}

/// What the library wrote is read where it stands, but for texts with escapes. Commands and rulebooks are written by their hosts.
#[test]
fn what_the_library_wrote_is_read_where_it_stands() {
    for (bytes, compare) in written() {
        let read = compare(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        let asked = text.contains(r#""schema":"duebill/"#);
        assert!(read == Ok(!text.contains('\\')) || (asked && read == Ok(false)), "{read:?}: {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3_000, ..ProptestConfig::default() })]

    /// Whatever is done to it, both ways of reading say the same.
    #[test]
    fn both_ways_of_reading_agree(
        which in any::<prop::sample::Index>(), holder in any::<prop::sample::Index>(),
        change in 0..6_usize, from in 0..40_usize, to in 0..40_usize,
        leaf in prop::sample::select(vec![
            "1", "-1", "0", "01", "-0", "1.5", "1e3", "99999999999999999999", "true", "false", "null", "[]", "{}",
            "\"\"", "\"a\"", "\"EUR\"", "\"XXX\"", "\"1.00\"", "\"1.005\"", "\"1\"", "\"1.0\"", "\"01.00\"", "\"-0.00\"", "\"-1.00\"", "\"0.10\"", "\"-0\"",
            "\"2026-01-31T10:00:00Z\"", "\"2026-01-31T10:00:00.000000Z\"", "\"2026-01-31T10:00:00.000001Z\"",
            "\"2026-01-31T10:00:00+00:00\"", "\"2026-01-31\"", "\"ä\"", "\"\\n\"",
            "\"\u{7f}\"", "\"\u{85}\"", "{\"kind\":\"time\"}", " 1", "",
        ]),
        byte in prop::option::of((any::<prop::sample::Index>(), any::<u8>(), 0..3_usize)),
        structure in any::<bool>(),
    ) {
        let all = written();
        let (bytes, compare) = which.get(&all);
        let mut bytes = bytes.clone();
        if structure {
            let mut loose = Loose::of(&serde_json::from_slice(&bytes).unwrap());
            let mut left = holder.index(loose.holders()) + 1;
            loose.visit(&mut |one| {
                left = left.wrapping_sub(1);
                if left == 0 {
                    one.change(change, from, to, leaf);
                }
            });
            bytes = loose.written().into_bytes();
        }
        if let Some((place, put, how)) = byte {
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] = put,
                1 => bytes.insert(place, put),
                _ => drop(bytes.remove(place)),
            }
        }
        prop_assert_eq!(compare(&bytes).err(), None);
    }
}

/// A text that no reader takes is not passed over where something else may stand in its place.
#[test]
fn a_refused_text_before_an_object_is_no_object() {
    let sealed = format!(r#"{{"sealed":"{}"}}"#, "0".repeat(64));
    assert_eq!(compare::<Note>(sealed.as_bytes()), Ok(true));
    for text in ["\u{7f}", "\u{85}", &"a".repeat(65_537)] {
        let bytes = format!("\"{text}\"{sealed}");
        assert_eq!(compare::<Note>(bytes.as_bytes()), Ok(false));
        assert!(from_bytes::<Note>(bytes.as_bytes()).is_err());
    }
}

#[test]
fn as_many_elements_are_read_as_the_limit_says() {
    let limits = Limits { elements: 2, ..Limits::default() };
    // With a blank it is the parser that reads it, without one the scanner.
    for (text, passes) in [
        ("[1,2]", true),
        ("[ 1,2]", true),
        ("[1,2,3]", false),
        ("[ 1,2,3]", false),
        (r#"{"a":1,"b":2}"#, true),
        (r#"{ "a":1,"b":2}"#, true),
        (r#"{"a":1,"b":2,"c":3}"#, false),
        (r#"{ "a":1,"b":2,"c":3}"#, false),
    ] {
        let refused = Node::parse(text.as_bytes(), limits).err().map(|refusal| refusal.code().name);
        assert_eq!(refused, (!passes).then_some("size-limit"), "{text}");
    }
}

/// Characters with everything that a writer treats in its own way.
const CHARACTERS: &[char] =
    &['a', '"', '\\', '\n', '\t', '\u{1}', '\u{7f}', '\u{85}', '\u{a0}', '\u{e9}', '\u{1f600}'];

fn limits() -> impl Strategy<Value = Limits> {
    (0..80_usize, 0..5_usize, 0..4_usize, 0..8_usize).prop_map(|(bytes, depth, elements, text)| Limits {
        bytes,
        depth,
        elements,
        text,
    })
}

/// The code with which a document is refused.
fn code<T>(read: Result<T, Refusal>) -> Option<&'static str> {
    read.err().map(|refusal| refusal.code().name)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A writer that is told the limits of a reader refuses what that reader would.
    #[test]
    fn what_is_written_within_limits_is_read_within_them(
        lists in prop::collection::vec(prop::collection::vec(text(CHARACTERS, 6), 0..5), 0..5),
        limits in limits(),
    ) {
        let bytes = to_bytes(&lists);
        let read = code(Node::parse(&bytes, limits));
        let written = to_bytes_within(&lists, limits);
        let written = code(written.map_err(|error| Refusal::because(&error)));
        prop_assert_eq!(written.is_some(), read.is_some(), "{:?} {:?}", written, read);
    }

    /// The same of a document that is carried as it is.
    #[test]
    fn what_is_carried_within_limits_is_read_within_them(depth in 1..6_usize, width in 1..5_usize, limits in limits()) {
        let inner = (1..depth).fold("1".to_owned(), |inner, _| format!(r#"{{"a":{inner}}}"#));
        let fields: Vec<String> = (0..width).map(|field| format!(r#""f{field}":{inner}"#)).collect();
        let text = format!("[{{{}}}]", fields.join(","));
        let carried: Vec<Document> = from_bytes(text.as_bytes()).unwrap();
        // Keys were read under the limit of texts before.
        let limits = Limits { text: limits.text.max(2), ..limits };
        let written = to_bytes_within(&carried, limits).is_ok();
        prop_assert_eq!(written, Node::parse(text.as_bytes(), limits).is_ok());
    }
}
