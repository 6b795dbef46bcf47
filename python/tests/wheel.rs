//! Builds the wheel, installs it into an environment of its own and runs the Python tests against it.
//!
//! `environment.py` does the first two, for the tests of other crates too. A missing interpreter or
//! package index fails here with one sentence that says what to install.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Output};

#[test]
fn the_wheel_installs_and_keeps_its_promises() {
    let bench = Bench::prepare().unwrap_or_else(|reason| panic!("{reason}"));
    let failed: Vec<String> = [
        check(
            "pytest",
            bench
                .python(&["-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", "pytest"])
                .arg(bench.package("tests")),
        ),
        check("mypy --strict", bench.python(&["-m", "mypy", "--config-file"]).args(bench.typed_sources())),
        check(
            "stubtest",
            bench
                .python(&["-m", "mypy.stubtest", "duebill", "--concise", "--allowlist"])
                .arg(bench.package("stubtest-allowlist.txt")),
        ),
        check("generate_documents.py", bench.generator("generate_documents.py").arg("--check")),
        check("collect_licences.py", bench.generator("collect_licences.py").arg("--check")),
    ]
    .into_iter()
    .filter_map(Result::err)
    .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// The environment with the wheel in it.
struct Bench {
    /// `python/`, the source of the package.
    source: PathBuf,
    /// The environment's interpreter.
    interpreter: PathBuf,
    /// A folder under `target/` for what the tools write.
    scratch: PathBuf,
}

impl Bench {
    fn prepare() -> Result<Self, String> {
        let source = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let scratch = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        // Where `cargo test` put its own builds, however it was told to; it has let go of it by now.
        let target = scratch.parent().unwrap_or(&scratch);
        let mut environment = Command::new("python3");
        environment.arg(source.join("environment.py")).arg(target).env("CARGO", env!("CARGO"));
        let said = run(&mut environment)?;
        let interpreter = PathBuf::from(said.lines().last().unwrap_or_default());
        Ok(Self { source, interpreter, scratch })
    }

    fn package(&self, file: &str) -> PathBuf {
        self.source.join(file)
    }

    /// The environment's Python, with nothing of the caller's that would change what it finds.
    fn python(&self, arguments: &[&str]) -> Command {
        let mut python = Command::new(&self.interpreter);
        python.args(arguments).current_dir(&self.scratch);
        python.env("PYTHONDONTWRITEBYTECODE", "1").env("CARGO", env!("CARGO"));
        python.env_remove("PYTHONPATH").env_remove("PYTHONHOME");
        python
    }

    fn generator(&self, script: &str) -> Command {
        let mut python = self.python(&[]);
        python.arg(self.package(script));
        python
    }

    fn typed_sources(&self) -> Vec<PathBuf> {
        let files = [
            "pyproject.toml",
            "duebill",
            "tests",
            "environment.py",
            "generate_documents.py",
            "collect_licences.py",
            "../examples/python/month_end.py",
        ];
        files.into_iter().map(|file| self.package(file)).collect()
    }
}

fn check(name: &str, command: &mut Command) -> Result<(), String> {
    run(command).map(drop).map_err(|why| format!("{name} failed\n{why}"))
}

/// Runs to the end; what it printed, or on failure everything it said.
fn run(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_owned();
    let Output { status, stdout, stderr } = command.output().map_err(|error| match program.to_str() {
        Some("python3") => {
            "python3 is missing: install the Debian packages python3 and python3-venv".to_owned()
        }
        _ => format!("{}: {error}", program.display()),
    })?;
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    if status.success() {
        return Ok(stdout.into_owned());
    }
    let arguments: Vec<&OsStr> = command.get_args().collect();
    Err(format!("{stderr}{stdout}{program:?} {arguments:?}: {status}"))
}
