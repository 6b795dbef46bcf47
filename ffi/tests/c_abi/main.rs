//! The library as C and C++ meet it: built, linked, run plainly, under valgrind and with sanitizers.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod exports;
mod hosts;
mod toolchain;

use std::process::Command;
use toolchain::{CRATE, Link, compiler, program, run, scratch, tool, valgrind};

#[test]
fn the_header_compiles_as_every_promised_standard_and_keeps_its_layout() {
    let scratch = scratch("layout");
    for standard in ["c99", "c11", "c++17"] {
        let program = program("layout.c", standard, Link::Shared, &[], &scratch);
        run(&mut Command::new(program));
    }
    let wide = ["-Wconversion", "-Wsign-conversion", "-Wundef", "-Wold-style-cast"];
    run(compiler("owner.cpp", "c++17").args(wide).arg("-fsyntax-only"));
}

#[test]
fn bad_input_is_answered_by_a_code() {
    let scratch = scratch("bad_input");
    let program = program("bad_input.c", "c99", Link::Shared, &[], &scratch);
    run(&mut Command::new(&program));
    run(&mut valgrind(&program));
}

#[test]
fn what_an_auditor_asks_is_answered() {
    let scratch = scratch("evidence");
    let program = program("evidence.c", "c99", Link::Shared, &[], &scratch);
    run(&mut Command::new(&program));
    run(&mut valgrind(&program));
}

#[test]
fn threads_share_handles() {
    let scratch = scratch("threads");
    let program = program("threads.c", "c11", Link::Shared, &["-D_POSIX_C_SOURCE=200809L"], &scratch);
    run(&mut Command::new(&program));
    run(&mut valgrind(&program));
}

#[test]
fn a_forked_child_never_waits_for_a_thread_that_stayed_behind() {
    let scratch = scratch("fork");
    let program = program("fork.c", "c11", Link::Shared, &["-D_POSIX_C_SOURCE=200809L"], &scratch);
    run(&mut Command::new(&program));
}

#[test]
fn a_panic_poisons_only_its_log() {
    let scratch = scratch("fault");
    let program = program("fault.c", "c99", Link::Faulty, &[], &scratch);
    run(&mut Command::new(&program));
    run(&mut valgrind(&program));
}

#[test]
fn cpp_owns_its_handles() {
    let scratch = scratch("owner");
    let program = program("owner.cpp", "c++17", Link::Shared, &[], &scratch);
    run(&mut Command::new(&program));
    run(&mut valgrind(&program));
}

#[test]
fn the_sanitizers_find_nothing_on_either_side() {
    let scratch = scratch("sanitized");
    let flags = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-D_POSIX_C_SOURCE=200809L"];
    for (source, standard) in [("bad_input.c", "c99"), ("threads.c", "c11"), ("owner.cpp", "c++17")] {
        run(&mut Command::new(program(source, standard, Link::Sanitized, &flags, &scratch)));
    }
    run(&mut Command::new(program("fault.c", "c99", Link::Faulty, &flags, &scratch)));
    let refusals = program("refusals.c", "c99", Link::Sanitized, &flags, &scratch);
    run(Command::new(refusals).args(hosts::refusal_inputs(&scratch)));
}

#[test]
fn what_is_installed_is_found_by_pkg_config() {
    let scratch = scratch("installed");
    let prefix = scratch.join("prefix");
    let built = toolchain::libraries().shared.parent().unwrap();
    run(Command::new(format!("{CRATE}/install/install.sh")).arg(&prefix).arg(built));
    for linking in [&["--cflags", "--libs"][..], &["--cflags", "--libs", "--static"]] {
        let mut pkg_config = tool("pkg-config");
        pkg_config.args(linking).arg("duebill").env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
        let flags = run(&mut pkg_config);
        let program = scratch.join("layout");
        let mut gcc = tool("gcc");
        gcc.arg(format!("{CRATE}/tests/c/layout.c")).args(flags.split_whitespace()).arg("-o").arg(&program);
        run(&mut gcc);
        run(Command::new(&program).env("LD_LIBRARY_PATH", prefix.join("lib")));
    }
    let mut version = tool("pkg-config");
    version.args(["--modversion", "duebill"]).env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
    assert_eq!(run(&mut version).trim(), env!("CARGO_PKG_VERSION"));
}

/// A library that cannot catch panics must not exist; nor one whose additions wrap in silence.
#[test]
fn a_build_that_aborts_on_panic_does_not_compile() {
    let compile = |strategy: &str| {
        let mut rustc = tool("rustc");
        rustc.args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "-o", "/dev/null"]);
        rustc.args(["-C", strategy]).arg(format!("{CRATE}/src/lib.rs"));
        // Neither build has the core at hand, so neither succeeds; what counts is which errors are among them.
        String::from_utf8(rustc.output().unwrap().stderr).unwrap()
    };
    let refusal = "must be built with panic = \"unwind\"";
    assert!(compile("panic=abort").contains(refusal));
    assert!(!compile("panic=unwind").contains(refusal));
    let workspace = std::fs::read_to_string(format!("{CRATE}/../Cargo.toml")).unwrap();
    let (_, release) = workspace.split_once("[profile.release]").unwrap();
    assert!(release.split("\n[").next().unwrap().contains("overflow-checks = true"));
}
