//! Runs the example as a program of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

/// `examples/` in the source tree.
pub(crate) const CRATE: &str = env!("CARGO_MANIFEST_DIR");

/// The month end, as it stands in the source: `cargo test` with a filter builds no examples.
pub(crate) fn month_end() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    Command::new(BUILT.get_or_init(|| example("month_end")))
}

/// The aging of a file.
pub(crate) fn aging() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    Command::new(BUILT.get_or_init(|| example("aging")))
}

/// The purge on files.
pub(crate) fn retention() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    Command::new(BUILT.get_or_init(|| example("retention")))
}

/// The pages of documents.
pub(crate) fn documents() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    Command::new(BUILT.get_or_init(|| example("documents")))
}

/// The replay of a log of billing.
pub(crate) fn paths() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    Command::new(BUILT.get_or_init(|| example("paths")))
}

fn example(name: &str) -> PathBuf {
    built(&["-p", "duebill-examples", "--example", name], name)
}

/// A file that cargo makes in the target folder and profile of these tests. Its lock is free by the
/// time tests run.
pub(crate) fn built(what: &[&str], name: &str) -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.arg("build").args(what).args(["--message-format=json", "--target-dir"]).arg(target());
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    let messages = run(cargo.current_dir(CRATE));
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let files = messages.flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default());
    let mut paths = files.filter_map(|file| file.as_str().map(PathBuf::from));
    paths.find(|path| path.ends_with(name)).unwrap_or_else(|| panic!("cargo made no {name}"))
}

/// The target folder, wherever `cargo test` was told to put it.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
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

/// A file of the sample.
pub(crate) fn sample(name: &str) -> PathBuf {
    Path::new(CRATE).join("sample").join(name)
}

/// Real data beside the clone, which is no part of it.
pub(crate) fn real(name: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("DUEBILL_DATA") else {
        // Written past the harness, which keeps what a passing test prints to itself.
        let mut out = std::io::stdout().lock();
        writeln!(out, "not run on {name}: DUEBILL_DATA names no folder with real data").unwrap();
        return None;
    };
    let file = Path::new(&folder).join(name);
    assert!(file.exists(), "{} is not there", file.display());
    Some(file)
}

/// A finding of the reader of a file.
pub(crate) fn found(code: &str, column: &str, count: u64, line: u64, value: &str) -> Value {
    serde_json::json!({ "code": code, "column": column, "count": count, "line": line, "value": value })
}

/// An answer without the time it took.
pub(crate) fn timeless(line: &str) -> Value {
    let mut answer: Value = serde_json::from_str(line).unwrap();
    let timings = answer.as_object_mut().unwrap().remove("timings").unwrap();
    assert!(timings["core_ms"].is_u64() && timings["total_ms"].is_u64(), "{timings}");
    answer
}
