//! Files that are generated, committed and compared: `DUEBILL_BLESS=1` writes them anew.

use std::path::{Path, PathBuf};

/// A path below the crate.
pub fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// Whether generated files are written instead of compared.
pub fn blessing() -> bool {
    std::env::var_os("DUEBILL_BLESS").is_some_and(|value| value == "1")
}

/// Compares a committed file with what it should be.
pub fn compare(relative: &str, expected: &str) {
    let file = path(relative);
    if blessing() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, expected).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == expected,
        "{relative} has drifted; look at what changed, then run: DUEBILL_BLESS=1 cargo test -p duebill --test it"
    );
}

/// Compares a file that is written once and never again: what a release stored stays as it was.
pub fn compare_frozen(relative: &str, expected: &str) {
    if blessing() && !path(relative).exists() {
        return compare(relative, expected);
    }
    let frozen = std::fs::read_to_string(path(relative)).unwrap_or_default();
    assert!(
        frozen == expected,
        "{relative}: the library no longer writes what it wrote; stored records cannot change, so either undo the \
         change or lift old records and freeze a new set beside this one"
    );
}
