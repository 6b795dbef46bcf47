//! What the shared library exports: the committed list, each function behind the guard, under its run-time name.

use std::collections::BTreeSet;

use crate::toolchain::{CRATE, libraries, run, tool};

fn exported() -> BTreeSet<String> {
    let symbols = run(tool("nm").args(["-D", "--defined-only", "--format=posix"]).arg(&libraries().shared));
    symbols.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// The functions of the sources that C can see, and whether the guard is what their body begins with.
fn in_the_sources() -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(format!("{CRATE}/src/calls")).unwrap().collect();
    files.extend(std::fs::read_dir(format!("{CRATE}/src")).unwrap());
    for file in files.into_iter().map(|file| file.unwrap().path()).filter(|path| path.is_file()) {
        let source = std::fs::read_to_string(file).unwrap();
        for export in source.split("#[unsafe(no_mangle)]").skip(1) {
            let (_, after) = export.split_once("extern \"C\" fn ").unwrap();
            let (name, rest) = after.split_once('(').unwrap();
            let (_, body) = rest.split_once("{\n").unwrap();
            let code = body
                .lines()
                .map(str::trim)
                .find(|line| !line.starts_with("//") && *line != "unsafe {")
                .unwrap();
            found.push((name.to_owned(), code.starts_with("guard")));
        }
    }
    found
}

#[test]
fn the_exports_are_the_committed_list() {
    let exported: String = exported().iter().map(|name| format!("{name}\n")).collect();
    let path = format!("{CRATE}/symbols.txt");
    if std::env::var_os("DUEBILL_BLESS").is_some() {
        std::fs::write(&path, &exported).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(committed, exported, "ffi/symbols.txt is out of date: run this test with DUEBILL_BLESS=1");
}

#[test]
fn every_export_stands_behind_the_guard_and_in_the_header() {
    let sources = in_the_sources();
    let bare: Vec<_> = sources.iter().filter(|(_, guarded)| !guarded).collect();
    assert!(bare.is_empty(), "without a guard: {bare:?}");
    let names: BTreeSet<String> = sources.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, exported());
    let header = std::fs::read_to_string(format!("{CRATE}/../include/duebill.h")).unwrap();
    for name in names {
        assert!(header.contains(&format!("{name}(")), "{name} is not in the header");
    }
}

#[test]
fn the_run_time_name_carries_the_abi_version() {
    let dynamic = run(tool("readelf").arg("-d").arg(&libraries().shared));
    let header = std::fs::read_to_string(format!("{CRATE}/../include/duebill.h")).unwrap();
    let version = header.lines().find_map(|line| line.strip_prefix("#define DUEBILL_ABI_VERSION ")).unwrap();
    assert!(dynamic.contains(&format!("[libduebill.so.{version}]")), "{dynamic}");
}

#[test]
fn the_wrapper_for_cpp_has_every_call_on_documents() {
    let wrapper = std::fs::read_to_string(format!("{CRATE}/../include/duebill.hpp")).unwrap();
    // Plain numbers in and out need no owner and no exception.
    let plain =
        ["abi_version", "bucket", "currency_digits", "due_date", "line_amount", "round_seconds", "version"];
    let missing: Vec<String> = exported()
        .into_iter()
        .filter(|name| !plain.iter().any(|plain| *name == format!("duebill_{plain}")))
        .filter(|name| !wrapper.contains(&format!("{name}(")) && !wrapper.contains(&format!("{name}>")))
        .collect();
    assert!(missing.is_empty(), "not in duebill.hpp: {missing:?}");
}
