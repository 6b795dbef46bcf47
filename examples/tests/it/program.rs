//! Runs the example as a program of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

/// `examples/` in the source tree.
pub(crate) const CRATE: &str = env!("CARGO_MANIFEST_DIR");

/// The program, as it stands in the source: `cargo test` with a filter builds no examples.
pub(crate) fn month_end() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    Command::new(
        BUILT.get_or_init(|| built(&["-p", "duebill-examples", "--example", "month_end"], "month_end")),
    )
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

/// An answer without the time it took.
pub(crate) fn timeless(line: &str) -> Value {
    let mut answer: Value = serde_json::from_str(line).unwrap();
    let timings = answer.as_object_mut().unwrap().remove("timings").unwrap();
    assert!(timings["core_ms"].is_u64() && timings["total_ms"].is_u64(), "{timings}");
    answer
}
