//! Builds the library as a host would get it, and C programs against it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// `ffi/` in the source tree.
pub(crate) const CRATE: &str = env!("CARGO_MANIFEST_DIR");

/// The built libraries.
pub(crate) struct Libraries {
    /// `libduebill.so`; `libduebill.a` stands beside it.
    pub(crate) shared: PathBuf,
    /// The archive that can be asked to panic.
    pub(crate) faulty: PathBuf,
}

/// Builds them once. Cargo's own lock on the target directory is free by the time tests run.
pub(crate) fn libraries() -> &'static Libraries {
    static BUILT: OnceLock<Libraries> = OnceLock::new();
    BUILT.get_or_init(|| {
        let files = built(cargo_build(&target_directory()).args(["--example", "faulty"]));
        Libraries { shared: named(&files, "libduebill.so"), faulty: named(&files, "libfaulty.a") }
    })
}

/// The archive with the address sanitizer in the Rust code as well, built once in a target directory of its own.
///
/// The flag is one that stable compilers keep behind `RUSTC_BOOTSTRAP`; the run-time library is the C compiler's.
/// Nothing is optimised and no debug information is made: it is a second build of every dependency.
pub(crate) fn instrumented_archive() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(build_instrumented)
}

fn build_instrumented() -> PathBuf {
    let about = run(tool("rustc").arg("-vV"));
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut cargo = cargo_build(&target_directory().join("sanitized"));
    cargo.args(["--target", host, "--config", "profile.dev.debug=false"]);
    cargo.args(["--config", "profile.dev.package.\"*\".opt-level=0"]);
    cargo
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Zsanitizer=address")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    named(&built(&mut cargo), "libduebill.a")
}

fn target_directory() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
}

fn cargo_build(target: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "-p", "duebill-ffi", "--lib", "--message-format=json", "--target-dir"]);
    cargo.arg(target).current_dir(CRATE);
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    cargo
}

/// Every file that a build made or found fresh.
fn built(cargo: &mut Command) -> Vec<PathBuf> {
    run(cargo).lines().flat_map(files_of).collect()
}

fn named(files: &[PathBuf], name: &str) -> PathBuf {
    files.iter().find(|file| file.ends_with(name)).unwrap_or_else(|| panic!("cargo made no {name}")).clone()
}

/// The files that one message of cargo says were made.
fn files_of(message: &str) -> Vec<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(message).unwrap();
    let files = message.get("filenames").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    files.iter().filter_map(|file| file.as_str().map(PathBuf::from)).collect()
}

/// A directory of one test's own, empty.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("c_abi").join(name);
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch).unwrap();
    }
    std::fs::create_dir_all(&scratch).unwrap();
    scratch
}

/// A program that must be there; its absence is a failure that says what to install.
pub(crate) fn tool(name: &str) -> Command {
    let package = match name {
        "nm" | "readelf" => "binutils",
        "pkg-config" => "pkgconf",
        other => other,
    };
    let there = Command::new(name).arg("--version").output().is_ok();
    assert!(there, "`{name}` is not installed: install the Debian package `{package}`");
    Command::new(name)
}

/// Runs a command to its end and gives what it printed; anything but success fails the test with all of it.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}\n{}\n{stdout}\n{stderr}", output.status);
    stdout.into_owned()
}

/// A compiler of the language of `source`, with all warnings as errors and our headers in its path.
pub(crate) fn compiler(source: &str, standard: &str) -> Command {
    let mut compiler = tool(if source.ends_with(".cpp") || standard.contains("++") { "g++" } else { "gcc" });
    compiler.args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wshadow", "-g", "-pthread"]);
    compiler.arg(format!("-std={standard}")).arg(format!("-I{CRATE}/../include"));
    if standard.contains("++") {
        compiler.args(["-x", "c++"]);
    }
    compiler.arg(format!("{CRATE}/tests/c/{source}")).args(["-x", "none"]);
    compiler
}

/// How a program meets the library.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// By the shared library's run-time name.
    Shared,
    /// With the archive whose Rust code is sanitized too.
    Sanitized,
    /// With the archive that can be asked to panic.
    Faulty,
}

/// Builds a test program in a scratch directory.
pub(crate) fn program(source: &str, standard: &str, link: Link, flags: &[&str], scratch: &Path) -> PathBuf {
    let program = scratch.join(Path::new(source).file_stem().unwrap());
    let mut compiler = compiler(source, standard);
    compiler.args(flags).arg("-o").arg(&program);
    match link {
        Link::Shared => {
            std::fs::copy(&libraries().shared, scratch.join("libduebill.so.1")).unwrap();
            compiler.arg(scratch.join("libduebill.so.1")).arg(format!("-Wl,-rpath,{}", scratch.display()));
        }
        Link::Sanitized => {
            compiler.arg(instrumented_archive()).args(["-ldl", "-lm"]);
        }
        Link::Faulty => {
            compiler.arg(&libraries().faulty).args(["-ldl", "-lm"]);
        }
    }
    run(&mut compiler);
    program
}

/// Valgrind around a program: any error and any leak fails.
pub(crate) fn valgrind(program: &Path) -> Command {
    let mut valgrind = tool("valgrind");
    valgrind.args([
        "-q",
        "--error-exitcode=99",
        "--leak-check=full",
        "--errors-for-leak-kinds=definite,indirect,possible",
    ]);
    valgrind.arg(program);
    valgrind
}
