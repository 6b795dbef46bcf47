//! Where case files are: in the folder that `DUEBILL_CASES` names, else in the project's own.

use std::io::Write as _;
use std::path::PathBuf;

use serde_json::Value;

use super::blessed;

/// The shapes of case files, told by the keys that they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `vectors`: calculations of other engines.
    Vectors,
    /// `scenarios`: receipts to be matched to open items.
    Scenarios,
    /// `cases` by `surfaces`: what must be refused.
    BadInput,
    /// `cases`: calculations, the same in every language.
    Calculations,
}

impl Shape {
    /// The shape of a document, where it is one that a test runs.
    fn of(document: &Value) -> Option<Self> {
        let has = |key: &str| document.get(key).is_some_and(Value::is_array);
        match (has("vectors"), has("scenarios"), has("cases"), has("surfaces")) {
            (true, false, false, _) => Some(Self::Vectors),
            (false, true, false, _) => Some(Self::Scenarios),
            (false, false, true, true) => Some(Self::BadInput),
            (false, false, true, false) => Some(Self::Calculations),
            _ => None,
        }
    }
}

/// The folder, and whether it was named.
pub fn folder() -> (PathBuf, bool) {
    match std::env::var_os("DUEBILL_CASES") {
        Some(folder) => (PathBuf::from(folder), true),
        None => (blessed::path("cases/vectors"), false),
    }
}

fn every_file() -> Vec<(PathBuf, Value)> {
    let (folder, _) = folder();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("the folder {} cannot be read: {error}", folder.display()))
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let document = serde_json::from_slice(&std::fs::read(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path, document)
    };
    paths.into_iter().map(read).collect()
}

/// The files of one shape, by name.
pub fn files(shape: Shape) -> Vec<(PathBuf, Value)> {
    every_file().into_iter().filter(|(_, document)| Shape::of(document) == Some(shape)).collect()
}

/// Says something past the harness, which keeps what a passing test prints to itself.
pub fn say(text: &str) {
    writeln!(std::io::stdout().lock(), "{text}").unwrap();
}

/// Says which cases run, where nobody said.
pub fn say_whose(what: &str) {
    if !folder().1 {
        say(&format!("DUEBILL_CASES is not set: the project's own {what} run"));
    }
}

#[test]
fn every_case_file_has_a_runner() {
    for (path, document) in every_file() {
        assert!(Shape::of(&document).is_some(), "no test runs {}: its shape is unknown", path.display());
    }
}
