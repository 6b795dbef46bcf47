//! The committed documents are those that the sample's tables give.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::program::{CRATE, month_end, run, scratch};

#[test]
fn exported_documents_are_the_committed_ones() {
    let exported = scratch("documents");
    run(month_end().arg("--export-documents").arg(&exported));
    let committed = format!("{CRATE}/sample/documents");
    if std::env::var_os("DUEBILL_BLESS").is_some_and(|value| value == "1") {
        run(month_end().arg("--export-documents").arg(&committed));
    }
    let names = |folder: &Path| -> BTreeSet<_> {
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name()).collect()
    };
    assert_eq!(names(Path::new(&committed)), names(&exported));
    for name in names(&exported) {
        let read = |folder: &Path| fs::read_to_string(folder.join(&name)).unwrap();
        assert!(
            read(Path::new(&committed)) == read(&exported),
            "{committed}/{} has drifted; look at what changed, then run: DUEBILL_BLESS=1 cargo test -p duebill-examples",
            name.display()
        );
    }
}

/// What the sample is there to show; whoever changes it keeps all of it.
#[test]
fn the_sample_holds_what_a_month_can_bring() {
    let database = scratch("sample").join("month_end.sqlite");
    let answer: Value = serde_json::from_str(&super::program::json(&database)).unwrap();
    let text = answer.to_string();
    for shown in [
        "\"entry-zero-length\"",
        "\"unmapped\"",
        "\"approval-needed\"",
        "\"reject\"",
        "\"void\"",
        "\"disputed\"",
        "\"withdrawn\"",
        "\"ambiguous\"",
        "\"contradiction\"",
        "\"payer_only\"",
        "\"fee\"",
        "\"released\"",
        "\"coverage\"",
        "\"holidays\"",
        "\"weekends\"",
        "\"evenings\"",
        "\"dovetail-own\"",
        "\"per_ticket\"",
        "\"G-0118\"",
        "\"hansa-nord\"",
        "\"hansa-digital\"",
        "\"EUR-0218-3b\"",
        "\"USD\"",
        "Not taxable",
    ] {
        assert!(text.contains(shown), "{shown} is nowhere in the answer");
    }
    assert_eq!(answer["refused"][0]["command"], "void-paid");
}
