//! What a forked child may still use: everything that no other thread of the parent was inside of.

/// Asks the system to look over the table in every child before its first instruction.
#[cfg(unix)]
pub(crate) fn watch() {
    type Handler = unsafe extern "C" fn();
    unsafe extern "C" {
        fn pthread_atfork(prepare: Option<Handler>, parent: Option<Handler>, child: Option<Handler>) -> i32;
    }
    /// Only atomics: after a fork of a process with threads nothing may be allocated or waited for.
    unsafe extern "C" fn in_child() {
        crate::table::TABLE.abandon_what_is_held();
    }
    // SAFETY: the handler lives as long as the library, allocates nothing and waits for nothing. If no memory is left
    // for the registration, only the marking in children is lost.
    let _ = unsafe { pthread_atfork(None, None, Some(in_child)) };
}

/// Without `fork` there is nothing to watch.
#[cfg(not(unix))]
pub(crate) fn watch() {}
