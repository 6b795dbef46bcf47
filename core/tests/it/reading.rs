//! What is read and compared in a quick way gives what the careful way gives.

use std::collections::BTreeMap;

use duebill::audit::Document;
use duebill::canon::{Limits, Node, from_bytes, to_bytes, to_bytes_within};
use duebill::finding::Refusal;
use duebill::id::Id;
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
