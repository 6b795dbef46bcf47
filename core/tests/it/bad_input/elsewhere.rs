//! Bad inputs that tests of other languages try, and those that there is nothing to try of.

/// A title, the file of the test, and its name there.
pub const TESTS: &[(&str, &str, &str)] = &[
    ("NULL handle", "ffi/tests/c/bad_input.c", "static void no_handle(void)"),
    ("NULL out parameter", "ffi/tests/c/bad_input.c", "static void null_pointers(void)"),
    ("double free of a handle", "ffi/tests/c/bad_input.c", "static void freed_twice(void)"),
    ("forged handle", "ffi/tests/c/bad_input.c", "static void forged(void)"),
    ("invalid UTF-8 in string", "ffi/tests/c/bad_input.c", "static void not_utf8(void)"),
    (
        "interior NUL in length-carrying string",
        "ffi/tests/c/bad_input.c",
        "static void control_characters(void)",
    ),
    (
        "string without terminator in char* API",
        "ffi/tests/c/bad_input.c",
        "static void without_terminator(void)",
    ),
    ("huge length", "ffi/tests/c/bad_input.c", "static void too_long(void)"),
    ("length times element size overflows", "ffi/tests/c/bad_input.c", "static void too_long(void)"),
    ("unaligned struct pointer", "ffi/tests/c/bad_input.c", "static void misaligned(void)"),
    ("out-of-range enum integer", "ffi/tests/c/bad_input.c", "static void by_value(void)"),
    (
        "input and output buffers overlap",
        "ffi/tests/c/bad_input.c",
        "static void output_over_the_input(void)",
    ),
    ("panic inside the library", "ffi/tests/c/fault.c", "static void a_panic_poisons("),
    (
        "built with panic=abort",
        "ffi/tests/c_abi/main.rs",
        "fn a_build_that_aborts_on_panic_does_not_compile(",
    ),
    ("use after library-wide shutdown / fork", "ffi/tests/c/fork.c", "static void fork_and_wait(void)"),
    ("float for money", "python/tests/test_money.py", "def test_other_types_are_type_errors("),
    (
        "Decimal NaN / sNaN / Infinity",
        "python/tests/test_money.py",
        "def test_other_values_are_value_errors(",
    ),
    (
        "re-entrant call from a Python callback",
        "python/tests/test_log.py",
        "def test_a_document_may_use_the_log_while_it_is_read(",
    ),
    (
        "KeyboardInterrupt in a long call",
        "python/tests/test_log.py",
        "def test_an_interrupt_is_heard_after_a_long_call(",
    ),
    (
        "pickle / copy / deepcopy of a handle",
        "python/tests/test_log.py",
        "def test_a_handle_does_not_pickle(",
    ),
    (
        "untrusted pickle",
        "python/tests/test_package.py",
        "def test_nothing_of_the_package_unpickles_or_evaluates(",
    ),
    ("stub disagrees with runtime", "python/tests/wheel.rs", "mypy.stubtest"),
    (
        "homoglyph, NFC/NFD, zero-width names",
        "core/tests/it/rulebook.rs",
        "fn names_that_a_person_takes_for_each_other_are_warned_of(",
    ),
    ("old version document", "core/tests/it/golden.rs", "fn golden_logs_load_to_the_golden_views("),
];

/// A title, and why nothing is tried.
pub const NOT_OFFERED: &[(&str, &str)] = &[
    ("bool byte other than 0/1", "no function of the C header takes a truth value"),
    ("callback returns short or garbage data", "no function of the C header takes a callback"),
    ("overlapping entries of one technician", "later: findings about work of one agent that overlaps"),
    ("CSV/formula injection on export", "nothing here writes tables; later: exports"),
    ("XXE", "nothing here reads XML"),
    ("XML deep or wide", "nothing here reads XML"),
    ("archive of references / nested zip", "later: attachments, of which only hash, size and name are kept"),
    ("regex supplied by the host", "no pattern of a host is run"),
    (
        "subset-sum matching blow-up",
        "later: sums of several items; no combination is searched, so none can run away",
    ),
];
