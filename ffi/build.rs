//! Gives the shared library its run-time name, so that a program keeps the ABI version it was linked with.

/// The number behind the dot in `libduebill.so.1`; a test compares it with `DUEBILL_ABI_VERSION`.
const ABI_VERSION: &str = "1";

#[allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    match std::env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("linux" | "android" | "freebsd" | "netbsd" | "openbsd" | "dragonfly" | "illumos") => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libduebill.so.{ABI_VERSION}");
        }
        Ok("macos" | "ios") => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-install_name,@rpath/libduebill.{ABI_VERSION}.dylib");
        }
        // Windows has no run-time name beside the file's own.
        _ => {}
    }
}
