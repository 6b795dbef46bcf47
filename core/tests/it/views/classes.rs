//! Every field of every view, row and event has a class.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use duebill::report::needs;

use crate::blessed;
use crate::golden::everything;

/// What people and hosts read: views, events, and what a record is made of.
const ROOTS: &[&str] = &[
    "AccountEvent",
    "AccountView",
    "ActionsView",
    "AgingReport",
    "ApprovalExplanation",
    "BookEvent",
    "CashBookView",
    "ClosingPack",
    "CommandRef",
    "CustomerHome",
    "Desk",
    "Explanation",
    "Head",
    "LineReceipt",
    "LogAddress",
    "NumbersView",
    "Overrides",
    "PlansView",
    "PublicationEvent",
    "PublicationsView",
    "Rendered",
    "RetentionView",
    "SeriesEvent",
    "Stamp",
    "Summary",
    "TasksView",
    "Timeline",
    "TrailView",
    "UnapprovedPayments",
    "View",
    "Worklist",
];

/// A `shape!` with its fields, or a `union!` with what it is of; each with the names of its types.
struct Declared {
    fields: Vec<String>,
    types: BTreeSet<String>,
    file: String,
    union: bool,
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn types(text: &str) -> BTreeSet<String> {
    let names = text.split(|c: char| !c.is_alphanumeric());
    names.filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase())).map(str::to_owned).collect()
}

/// Every shape and union of the library, read from its sources.
fn declared() -> BTreeMap<String, Declared> {
    let mut files = Vec::new();
    sources(&blessed::path("src"), &mut files);
    let mut all: BTreeMap<String, Declared> = BTreeMap::new();
    // What only calculations take and give is no view of anything stored.
    for (file, source) in files.into_iter().filter(|(file, _)| !file.contains("calculation")) {
        let mut lines = source.lines();
        while let Some(line) = lines.next() {
            let union = line == "union! {";
            if !union && line != "shape! {" {
                continue;
            }
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").map(str::trim).collect();
            let code = || body.iter().filter(|line| !line.starts_with("//"));
            let head =
                code().find_map(|line| line.split_once("struct ").or_else(|| line.split_once("enum ")));
            let name = head.unwrap().1.split([' ', '{']).next().unwrap().to_owned();
            let mut one = Declared { fields: Vec::new(), types: BTreeSet::new(), file: file.clone(), union };
            for line in code() {
                let field = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": "));
                let variant = line.split_once('(').filter(|_| union && line.contains(" = \""));
                if let Some((field, of)) = field.filter(|_| !union) {
                    one.fields.push(field.to_owned());
                    one.types.extend(types(of.split(" = ").next().unwrap()));
                } else if let Some((_, of)) = variant {
                    one.types.extend(types(of.split(')').next().unwrap()));
                }
            }
            // Shapes of one name share their classes: the stricter need of both stands in the table.
            match all.get_mut(&name) {
                Some(other) => {
                    other.fields.extend(one.fields);
                    other.types.extend(one.types);
                }
                None => drop(all.insert(name, one)),
            }
        }
    }
    all
}

#[test]
fn every_field_has_a_class() {
    let all = declared();
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut left: Vec<&str> = ROOTS.to_vec();
    while let Some(name) = left.pop() {
        let Some(one) = all.get(name).filter(|_| reached.insert(name)) else { continue };
        left.extend(one.types.iter().map(String::as_str));
    }
    let missing = |root: &&&str| !all.contains_key(**root);
    assert_eq!(ROOTS.iter().filter(missing).collect::<Vec<_>>(), Vec::<&&str>::new(), "roots that are gone");
    let (mut unclassed, mut gone) = (Vec::new(), Vec::new());
    for (name, one) in all.iter().filter(|(name, one)| reached.contains(name.as_str()) && !one.union) {
        let known: BTreeSet<&str> = needs(name).into_iter().flatten().map(|(field, _)| *field).collect();
        let fields: BTreeSet<&str> = one.fields.iter().map(String::as_str).collect();
        if needs(name).is_none() {
            unclassed.push(format!("{name} ({}): the whole shape", one.file));
        }
        unclassed.extend(fields.difference(&known).map(|field| format!("{name}.{field} ({})", one.file)));
        gone.extend(known.difference(&fields).map(|field| format!("{name}.{field}")));
    }
    assert!(
        unclassed.is_empty(),
        "these fields have no class and are shown to nobody. Say in core/src/report/view/needs/*.rs, in the file of \
         their room and in order of shapes, what a role needs to see them: a line `[Capability ..] Class: field ..;` \
         under `Shape {{ .. }}`. When in doubt `[Audit] Internal`; what names a person is Personal; words that people \
         wrote are [Notes] Personal; keys and salts are Secret.\n{}",
        unclassed.join("\n")
    );
    assert!(gone.is_empty(), "remove these from core/src/report/view/needs/*.rs: {gone:?}");
}

#[test]
fn every_classed_shape_is_one_and_is_found() {
    let all = declared();
    let role = duebill::role::Role::built_in().remove(0);
    let view = duebill::report::fields(&role);
    assert!(view.shapes.len() > 150);
    for shape in &view.shapes {
        let is_row = shape.name.starts_with("row_");
        assert!(
            is_row || all.contains_key(&shape.name),
            "{} is no shape: remove it from the table",
            shape.name
        );
        assert!(needs(&shape.name).is_some(), "{} stands out of order in its table", shape.name);
    }
    let names: BTreeSet<&str> = view.shapes.iter().map(|shape| shape.name.as_str()).collect();
    assert_eq!(names.len(), view.shapes.len(), "a shape stands twice");
}

#[test]
fn every_column_of_the_read_model_has_a_class() {
    let host = everything();
    let mut unclassed = BTreeSet::new();
    for row in host.stored.values().flatten().flat_map(|answer| answer["rows"].as_array().unwrap()) {
        let shape = format!("row_{}", row["table"].as_str().unwrap());
        let known: BTreeSet<&str> = needs(&shape).into_iter().flatten().map(|(field, _)| *field).collect();
        let columns = row["set"].as_object().unwrap().keys();
        unclassed.extend(
            columns
                .filter(|column| !known.contains(column.as_str()))
                .map(|column| format!("{shape}.{column}")),
        );
    }
    assert!(unclassed.is_empty(), "add these columns to core/src/report/view/needs/rows.rs: {unclassed:?}");
}
