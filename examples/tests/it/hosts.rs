//! Three hosts in three languages, given the same documents or files, print the same bytes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

use super::damage;
use super::program::{
    CRATE, aging, built, json, month_end, paths, real, run, sample, scratch, target, timeless,
};

fn documents() -> String {
    format!("{CRATE}/sample/documents")
}

/// A line without the time it took; what is left is compared as bytes.
fn same(printed: &str) -> String {
    let whole: Value = serde_json::from_str(printed).unwrap();
    assert_eq!(format!("{whole}\n"), printed, "not one line of canonical JSON");
    timeless(printed).to_string()
}

/// A program that must be there; its absence is a failure that says what to install.
fn tool(name: &str, package: &str) -> Command {
    let there = Command::new(name).arg("--version").output().is_ok();
    assert!(there, "`{name}` is not installed: install the Debian package {package}");
    Command::new(name)
}

/// Compiles a host in C for one test, beside a library of its own.
fn c_host(test: &str, name: &str) -> PathBuf {
    let folder = scratch(&format!("hosts_c_{test}"));
    let (program, shared) = (folder.join(name), folder.join("libduebill.so.1"));
    std::fs::copy(built(&["-p", "duebill-ffi", "--lib"], "libduebill.so"), &shared).unwrap();
    let mut compiler = tool("gcc", "gcc");
    compiler.args(["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror"]);
    compiler.arg(format!("-I{CRATE}/../include")).arg(format!("{CRATE}/c/{name}.c"));
    compiler.arg("-o").arg(&program).arg(&shared).arg(format!("-Wl,-rpath,{}", folder.display()));
    run(&mut compiler);
    program
}

/// The interpreter of an environment that has the package.
fn python() -> Command {
    static INTERPRETER: OnceLock<PathBuf> = OnceLock::new();
    let interpreter = INTERPRETER.get_or_init(|| {
        let mut environment = tool("python3", "python3");
        environment
            .arg(format!("{CRATE}/../python/environment.py"))
            .arg(target())
            .env("CARGO", env!("CARGO"));
        run(&mut environment).lines().last().unwrap_or_default().into()
    });
    let mut python = Command::new(interpreter);
    python.env("PYTHONDONTWRITEBYTECODE", "1").env_remove("PYTHONPATH").env_remove("PYTHONHOME");
    python
}

fn python_host() -> String {
    let store = scratch("hosts_python").join("month_end.sqlite");
    let script = format!("{CRATE}/python/month_end.py");
    let host = || run(python().arg(&script).arg(documents()).arg("--json").arg("--store").arg(&store));
    let first = host();
    assert_eq!(same(&host()), same(&first), "the second run of the host in Python says something else");
    first
}

#[test]
fn three_languages_print_the_same_bytes() {
    let rust = same(&json(&scratch("hosts_rust").join("month_end.sqlite")));
    let c = run(Command::new(c_host("documents", "month_end")).arg(documents()).arg("--json"));
    assert!(same(&c) == rust, "the host in C says something else");
    assert!(same(&python_host()) == rust, "the host in Python says something else");
}

/// One file, given to the hosts of three languages.
struct Job<'j> {
    rust: &'j dyn Fn() -> Command,
    python: &'j str,
    c: &'j Path,
    file: &'j Path,
    options: &'j [&'j str],
}

impl Job<'_> {
    /// Runs it everywhere; what is wrong is told by all in the same words, but for their own names.
    fn agrees(&self) {
        let option = if self.python == "aging" { "--invoices" } else { "--events" };
        let given = |command: &mut Command| {
            command.arg(option).arg(self.file).args(self.options).arg("--json").output().unwrap()
        };
        let folder = scratch(&format!("hosts_{}_file", self.python));
        let mut rust = (self.rust)();
        if self.python == "month-end" {
            rust.arg("--database").arg(folder.join("events.sqlite"));
        }
        let rust = told(&given(&mut rust));
        let python = told(&given(python().args(["-m", "duebill", self.python])));
        let exported = given((self.rust)().arg("--export-documents").arg(&folder));
        let mut c = told(&Command::new(self.c).arg(&folder).arg("--json").output().unwrap());
        // The host in C never sees the file: that it lacks columns is said with the export.
        (c.words, c.succeeds) = (told(&exported).words, exported.status.success());
        assert_eq!(python, rust, "{}: the host in Python says something else", self.file.display());
        assert_eq!(c, rust, "{}: the host in C says something else", self.file.display());
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Told {
    line: String,
    words: String,
    succeeds: bool,
}

/// What a host said, without its own name and the time it took.
fn told(Output { status, stdout, stderr }: &Output) -> Told {
    let (line, words) = (core::str::from_utf8(stdout).unwrap(), core::str::from_utf8(stderr).unwrap());
    let mut answer: Value = serde_json::from_str(if line.is_empty() { "{}" } else { line }).unwrap();
    assert!(
        line.is_empty() || format!("{answer}\n") == line,
        "not one line of canonical JSON: {line}{words}"
    );
    let fields = answer.as_object_mut().unwrap();
    fields.retain(|name, _| !["core_ms", "total_ms"].contains(&name.as_str()));
    let words = words.split_once(": ").map_or("", |(_, words)| words);
    Told { line: answer.to_string(), words: words.to_owned(), succeeds: status.success() }
}

#[test]
fn the_month_end_of_a_log_is_the_same_in_three_languages() {
    let c = c_host("events", "month_end");
    let agrees = |file: &Path, options: &[&str]| {
        Job { rust: &month_end, python: "month-end", c: &c, file, options }.agrees();
    };
    let folder = scratch("hosts_logs");
    let logs = damage::logs().into_iter().map(|case| (case.name, case.bytes));
    let headless = damage::headless().into_iter().map(|case| (case.name, case.bytes));
    for (name, bytes) in logs.chain(headless) {
        let file = folder.join(name);
        std::fs::write(&file, bytes).unwrap();
        agrees(&file, &[]);
    }
    agrees(&sample("events.csv"), &["--round", "nearest_half_even:6:ticket"]);
    if let Some(file) = real("tickets_servicenow/incident_event_log.csv.gz") {
        agrees(&file, &[]);
    }
    if let Some(file) = real("tickets_helpdesk/helpdesk.csv.gz") {
        agrees(&file, &["--mapping", &format!("{CRATE}/mappings/helpdesk.json")]);
    }
}

#[test]
fn the_aging_of_a_file_is_the_same_in_three_languages() {
    let c = c_host("invoices", "aging");
    let agrees = |file: &Path, options: &[&str]| {
        Job { rust: &aging, python: "aging", c: &c, file, options }.agrees();
    };
    let receivables = sample("damaged/receivables.csv");
    for date in ["2000-01-01", "2013-01-14", "2013-02-05", "2013-05-01"] {
        agrees(&receivables, &["--as-of", date]);
        agrees(&receivables, &["--as-of", date, "--basis", "invoice"]);
    }
    agrees(&sample("events.csv"), &["--as-of", "2013-02-05"]);
    if let Some(file) = real("ar_ibm/WA_Fn-UseC_-Accounts-Receivable.csv") {
        agrees(&file, &["--as-of", "2012-12-31"]);
        agrees(&file, &["--as-of", "2012-12-31", "--basis", "invoice"]);
    }
}

#[test]
fn a_history_moves_in_with_the_same_bytes_in_rust_and_python() {
    let agrees = |file: &Path, mapping: &str| {
        let mapping = format!("{CRATE}/mappings/{mapping}.json");
        let given = |command: &mut Command| {
            command.arg("--log").arg(file).args(["--mapping", &mapping, "--json"]).output().unwrap()
        };
        let rust = told(&given(paths().arg("--history")));
        let python = told(&given(python().args(["-m", "duebill", "history"])));
        assert!(rust.succeeds || !rust.words.is_empty());
        assert_eq!(python, rust, "{}: the host in Python says something else", file.display());
    };
    agrees(&sample("paths.csv"), "paths_sample");
    // No column of it is there.
    agrees(&sample("events.csv"), "paths_sample");
    if let Some(file) = real("approvals_bpi2020/DomesticDeclarations.csv.gz") {
        agrees(&file, "declarations");
    }
}
