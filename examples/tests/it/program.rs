//! Runs the example as a program of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// `examples/` in the source tree.
pub(crate) const CRATE: &str = env!("CARGO_MANIFEST_DIR");

/// The program, which `cargo test` builds beside the tests.
pub(crate) fn month_end() -> Command {
    let test = std::env::current_exe().unwrap();
    let program = test.parent().unwrap().parent().unwrap().join("examples/month_end");
    let there = program.exists();
    assert!(there, "{} is not built: run cargo build --example month_end", program.display());
    Command::new(program)
}

/// A folder of one test's own, empty.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("month_end").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs a command to its end and gives what it printed.
pub(crate) fn run(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(status.success(), "{command:?}: {status}\n{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

/// What `--json` prints on a database.
pub(crate) fn json(database: &Path) -> String {
    run(month_end().arg("--json").arg("--database").arg(database))
}

/// An answer without the time it took.
pub(crate) fn timeless(line: &str) -> Value {
    let mut answer: Value = serde_json::from_str(line).unwrap();
    let timings = answer.as_object_mut().unwrap().remove("timings").unwrap();
    assert!(timings["core_ms"].is_u64() && timings["total_ms"].is_u64(), "{timings}");
    answer
}
