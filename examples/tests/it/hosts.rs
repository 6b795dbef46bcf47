//! Three hosts in three languages, driven by the same documents, print the same bytes.

use std::process::Command;

use serde_json::Value;

use super::program::{CRATE, built, json, run, scratch, target, timeless};

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

fn c_host() -> String {
    let folder = scratch("hosts_c");
    let (program, shared) = (folder.join("month_end"), folder.join("libduebill.so.1"));
    std::fs::copy(built(&["-p", "duebill-ffi", "--lib"], "libduebill.so"), &shared).unwrap();
    let mut compiler = tool("gcc", "gcc");
    compiler.args(["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror"]);
    compiler.arg(format!("-I{CRATE}/../include")).arg(format!("{CRATE}/c/month_end.c"));
    compiler.arg("-o").arg(&program).arg(&shared).arg(format!("-Wl,-rpath,{}", folder.display()));
    run(&mut compiler);
    run(Command::new(program).arg(documents()).arg("--json"))
}

fn python_host() -> String {
    let mut environment = tool("python3", "python3");
    environment.arg(format!("{CRATE}/../python/environment.py")).arg(target()).env("CARGO", env!("CARGO"));
    let said = run(&mut environment);
    let interpreter = said.lines().last().unwrap_or_default().to_owned();
    let store = scratch("hosts_python").join("month_end.sqlite");
    let host = || {
        let mut python = Command::new(&interpreter);
        python.env("PYTHONDONTWRITEBYTECODE", "1").env_remove("PYTHONPATH").env_remove("PYTHONHOME");
        run(python
            .arg(format!("{CRATE}/python/month_end.py"))
            .arg(documents())
            .arg("--json")
            .arg("--store")
            .arg(&store))
    };
    let first = host();
    assert_eq!(same(&host()), same(&first), "the second run of the host in Python says something else");
    first
}

#[test]
fn three_languages_print_the_same_bytes() {
    let rust = same(&json(&scratch("hosts_rust").join("month_end.sqlite")));
    assert!(same(&c_host()) == rust, "the host in C says something else");
    assert!(same(&python_host()) == rust, "the host in Python says something else");
}
