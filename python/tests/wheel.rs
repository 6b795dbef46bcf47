//! Builds the wheel, installs it into an environment of its own and runs the Python tests against it.
//!
//! The environment is made once for a set of pinned tools and reused; all of it stands under `target/`.
//! A missing interpreter or package index fails here with one sentence that says what to install.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PINNED_TOOLS: &str = include_str!("../requirements-dev.txt");

#[test]
fn the_wheel_installs_and_keeps_its_promises() {
    let bench = Bench::prepare().unwrap_or_else(|reason| panic!("{reason}"));
    let failed: Vec<String> = [
        bench.check(
            "pytest",
            bench
                .python(&["-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", "pytest"])
                .arg(bench.package("tests")),
        ),
        bench.check(
            "mypy --strict",
            bench.python(&["-m", "mypy", "--config-file"]).args(bench.typed_sources()),
        ),
        bench.check("stubtest", &mut bench.python(&["-m", "mypy.stubtest", "duebill", "--concise"])),
        bench.check("generate_documents.py", bench.generator("generate_documents.py").arg("--check")),
        bench.check("collect_licences.py", bench.generator("collect_licences.py").arg("--check")),
    ]
    .into_iter()
    .filter_map(Result::err)
    .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// The virtual environment with the wheel in it.
struct Bench {
    /// `python/`, the source of the package.
    source: PathBuf,
    /// A folder under `target/` that survives between runs.
    scratch: PathBuf,
}

impl Bench {
    fn prepare() -> Result<Self, String> {
        let bench = Self {
            source: PathBuf::from(env!("CARGO_MANIFEST_DIR")),
            scratch: Path::new(env!("CARGO_TARGET_TMPDIR")).join("python"),
        };
        bench.install_tools()?;
        bench.install_wheel()?;
        Ok(bench)
    }

    /// Makes the environment, unless the one that stands was made by this Python with these tools.
    fn install_tools(&self) -> Result<(), String> {
        let wanted = format!("{}\n{PINNED_TOOLS}", interpreter()?);
        let stamp = self.scratch.join("installed.txt");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        if self.scratch.exists() {
            fs::remove_dir_all(&self.scratch)
                .map_err(|error| format!("{}: {error}", self.scratch.display()))?;
        }
        let venv = self.scratch.join("venv");
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv)).map_err(|why| {
            format!(
                "python3 can not make a virtual environment: install the Debian package python3-venv\n{why}"
            )
        })?;
        let mut pip = self.python(&["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
        run(pip.arg(self.package("requirements-dev.txt"))).map_err(|why| {
            format!("pip can not install the pinned tools: is the Python package index within reach?\n{why}")
        })?;
        fs::write(stamp, wanted).map_err(|error| format!("{}: {error}", self.scratch.display()))
    }

    /// Builds with cargo's dev profile into the workspace's own target folder, which `cargo test` has let go of by now.
    fn install_wheel(&self) -> Result<(), String> {
        let wheels = self.scratch.join("wheels");
        if wheels.exists() {
            fs::remove_dir_all(&wheels).map_err(|error| format!("{}: {error}", wheels.display()))?;
        }
        let mut maturin =
            self.python(&["-m", "maturin", "build", "--profile", "dev", "--compatibility", "linux", "--out"]);
        maturin.arg(&wheels).current_dir(&self.source);
        maturin.env("PYO3_CONFIG_FILE", self.package("stable-abi.txt"));
        maturin.env("CARGO_TARGET_DIR", target_folder());
        run(&mut maturin).map_err(|why| format!("maturin can not build the wheel\n{why}"))?;
        let wheel = only_file(&wheels)?;
        run(self
            .python(&["-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", "--no-index"])
            .arg(wheel))
        .map_err(|why| format!("pip can not install the wheel\n{why}"))
    }

    fn package(&self, file: &str) -> PathBuf {
        self.source.join(file)
    }

    /// The environment's Python, with nothing of the caller's that would change what it finds.
    fn python(&self, arguments: &[&str]) -> Command {
        let venv = self.scratch.join("venv");
        let mut python = Command::new(venv.join("bin/python"));
        python.args(arguments).current_dir(&self.scratch);
        python.env("VIRTUAL_ENV", venv).env("PYTHONDONTWRITEBYTECODE", "1").env("CARGO", env!("CARGO"));
        python.env_remove("PYTHONPATH").env_remove("PYTHONHOME");
        python
    }

    fn generator(&self, script: &str) -> Command {
        let mut python = self.python(&[]);
        python.arg(self.package(script));
        python
    }

    fn typed_sources(&self) -> Vec<PathBuf> {
        let files = ["pyproject.toml", "duebill", "tests", "generate_documents.py", "collect_licences.py"];
        files.into_iter().map(|file| self.package(file)).collect()
    }

    fn check(&self, name: &str, command: &mut Command) -> Result<(), String> {
        run(command).map_err(|why| format!("{name} failed\n{why}"))
    }
}

/// Where `cargo test` put its own builds, however it was told to.
fn target_folder() -> &'static Path {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    scratch.parent().unwrap_or(scratch)
}

/// The version of `python3`, at least 3.10 and able to make environments.
fn interpreter() -> Result<String, String> {
    let version = "import sys, venv, ensurepip; print('%d.%d.%d' % sys.version_info[:3]); sys.exit(sys.version_info < (3, 10))";
    match Command::new("python3").args(["-c", version]).output() {
        Err(_) => Err("python3 is missing: install the Debian packages python3 and python3-venv".to_owned()),
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        }
        Ok(output) if output.stdout.is_empty() => {
            Err("python3 has no module venv or ensurepip: install the Debian package python3-venv".to_owned())
        }
        Ok(output) => Err(format!(
            "python3 is {}, and 3.10 is the oldest that duebill supports: install a later Debian package python3",
            String::from_utf8_lossy(&output.stdout).trim()
        )),
    }
}

fn only_file(folder: &Path) -> Result<PathBuf, String> {
    let files = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let files: Vec<PathBuf> = files.filter_map(Result::ok).map(|entry| entry.path()).collect();
    match files.as_slice() {
        [file] => Ok(file.clone()),
        _ => Err(format!("one wheel was expected, not {files:?}")),
    }
}

/// Runs to the end; on failure everything it said.
fn run(command: &mut Command) -> Result<(), String> {
    let Output { status, stdout, stderr } =
        command.output().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if status.success() {
        return Ok(());
    }
    let arguments: Vec<&OsStr> = command.get_args().collect();
    Err(format!(
        "{:?} {arguments:?}: {status}\n{}{}",
        command.get_program(),
        String::from_utf8_lossy(&stdout),
        String::from_utf8_lossy(&stderr)
    ))
}
