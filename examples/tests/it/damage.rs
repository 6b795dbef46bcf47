//! Logs of helpdesks as no helpdesk should write them, made from the sample's.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::program::{found, sample};

/// The column of times.
const TIME: &str = "sys_updated_at";

/// A damaged log whose good rows can be billed, and what is told of it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// The findings of its reader.
    pub(crate) expected: Vec<Value>,
    pub(crate) entries: u64,
    pub(crate) total: &'static str,
}

/// A log without columns that every row needs.
pub(crate) struct Headless {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// The columns by name.
    pub(crate) lacking: &'static str,
    /// One of the findings.
    pub(crate) expected: Value,
}

fn whole() -> String {
    std::fs::read_to_string(sample("events.csv")).unwrap()
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// The whole log with a row put before one of its lines, of which the header is the first.
fn with(line: usize, row: &str) -> Vec<u8> {
    let text = whole();
    let mut lines: Vec<_> = text.lines().collect();
    lines.insert(line - 1, row);
    (lines.join("\n") + "\n").into_bytes()
}

/// The whole log with every occurrence of a text replaced.
fn replaced(from: &str, to: &str) -> Vec<u8> {
    let text = whole();
    assert!(text.contains(from), "{from}");
    text.replace(from, to).into_bytes()
}

/// A file that stands beside the sample.
fn kept(name: &str) -> Vec<u8> {
    std::fs::read(sample("damaged").join(name)).unwrap()
}

/// A log that comes to what the whole one does.
fn harmless(name: &'static str, bytes: Vec<u8>, expected: impl Into<Vec<Value>>) -> Case {
    Case { name, bytes, expected: expected.into(), entries: 6, total: "1162.50" }
}

/// Damaged logs whose good rows can be billed.
pub(crate) fn logs() -> Vec<Case> {
    [rows(), texts(), ends()].into_iter().flatten().collect()
}

/// Rows that are not as they should be.
fn rows() -> Vec<Case> {
    let header = whole().lines().next().unwrap().to_owned() + "\n";
    let (both, priority) = ("short_and_long_rows.csv", "priority");
    let unknown = found("unknown-priority", priority, 1, 6, "9 - Unheard of");
    let day = found("bad-time", TIME, 2, 5, "31/2/2016 12:00");
    let order = "2016-02-29T16:00:00Z after 2016-02-29T17:00:00Z";
    vec![
        harmless("whole.csv", whole().into_bytes(), []),
        Case {
            name: "header_only.csv",
            bytes: header.into_bytes(),
            expected: vec![],
            entries: 0,
            total: "0.00",
        },
        harmless("duplicate_row.csv", kept("duplicate_row.csv"), [found("duplicate-row", "", 2, 9, "T-2")]),
        Case {
            name: "no_such_day.csv",
            bytes: kept("no_such_day.csv"),
            expected: vec![day],
            entries: 5,
            total: "1117.50",
        },
        Case {
            name: "missing_priority.csv",
            bytes: kept("missing_priority.csv"),
            expected: vec![found(
                "missing-column",
                priority,
                1,
                1,
                "number,incident_state,sys_updated_at,assigned_to,caller_id",
            )],
            entries: 6,
            total: "0.00",
        },
        Case {
            name: both,
            bytes: kept(both),
            expected: vec![
                found("long-row", "", 1, 5, "7 of 6 fields"),
                found("short-row", "", 1, 11, "3 of 6 fields"),
            ],
            entries: 5,
            total: "1162.50",
        },
        Case {
            name: "unknown_priority.csv",
            bytes: kept("unknown_priority.csv"),
            expected: vec![unknown],
            entries: 6,
            total: "202.50",
        },
        Case {
            name: "empty_priorities.csv",
            bytes: replaced("1 - Critical", ""),
            expected: vec![found("unknown-priority", priority, 1, 6, "")],
            entries: 6,
            total: "202.50",
        },
        harmless(
            "not_in_order.csv",
            with(4, "T-1,Resolved,29/2/2016 16:00,eve,ada,3 - Moderate"),
            [found("time-order", TIME, 1, 4, order)],
        ),
    ]
}

/// Characters and ends of lines that other programs write.
fn texts() -> Vec<Case> {
    let bad_id = |line: u64, value: &str| [found("bad-id", "caller_id", 1, line, value)];
    let crlf = replaced("\n", "\r\n\r\n");
    let crlf = [crlf, b"T-9,Active,never,max,bob,4 - Low\r\n".to_vec()].concat();
    let quoted = "T-8,Active,4/3/2016 09:00,max,\"b\nob\",\"4\n\n\"\nT-9,Active,never,max,bob,4 - Low";
    let mut latin = with(16, "T-9,Active,4/3/2016 09:00,max,Ren*,4 - Low");
    let place = latin.iter().rposition(|&byte| byte == b'*').unwrap();
    latin[place] = 0xe9;
    vec![
        harmless("marked.csv", [b"\xef\xbb\xbf", whole().as_bytes()].concat(), []),
        harmless("quoted.csv", replaced("number,", "\"number\","), []),
        harmless("crlf_and_blank_lines.csv", crlf, [found("bad-time", TIME, 1, 31, "never")]),
        harmless(
            "quoted_ends_of_lines.csv",
            with(16, quoted),
            [bad_id(16, "b\u{fffd}ob"), [found("bad-time", TIME, 1, 20, "never")]].concat(),
        ),
        harmless("latin.csv", latin, bad_id(16, "Ren\u{fffd}")),
        harmless(
            "control_characters.csv",
            with(3, "T-9,Active,4/3/2016 09:00,max,\u{7}b\0o\u{85}b\t,4 - Low"),
            bad_id(3, "\u{fffd}b\u{fffd}o\u{fffd}b\u{fffd}"),
        ),
        harmless(
            "open_quote.csv",
            with(
                16,
                "T-9,Active,\"4/3/2016 09:00,max,bob,4 - Low\nT-9,Closed,4/3/2016 10:00,max,bob,4 - Low",
            ),
            [found("short-row", "", 1, 16, "3 of 6 fields on 3 lines")],
        ),
    ]
}

/// Files that end too early, or not.
fn ends() -> Vec<Case> {
    let text = whole();
    let gzip = packed(text.as_bytes());
    let cut = |line: u64, place: &str| [found("truncated-input", "", 1, line, place)];
    let (first, second) = text.split_at(200);
    let endless = format!("{text}T-9,Active,\"{}", "4/3/2016 09:00\n".repeat(80_000));
    let mut corrupt = gzip.clone();
    let checksum = corrupt.len() - 8;
    corrupt[checksum] ^= 1;
    vec![
        Case {
            name: "truncated.csv.gz",
            bytes: kept("truncated.csv.gz"),
            expected: cut(14, "within the line").to_vec(),
            entries: 5,
            total: "1117.50",
        },
        harmless("whole.csv.gz", gzip.clone(), []),
        harmless("members.csv.gz", [packed(first.as_bytes()), packed(second.as_bytes())].concat(), []),
        harmless("without_checksum.csv.gz", gzip[..gzip.len() - 8].to_vec(), cut(16, "between lines")),
        harmless("short_tail.csv.gz", [&gzip[..], &gzip[..3]].concat(), cut(16, "between lines")),
        harmless("tail_of_header.csv.gz", [&gzip[..], &gzip[..10]].concat(), cut(16, "between lines")),
        harmless("corrupt.csv.gz", corrupt, [found("corrupt-input", "", 1, 16, "between lines")]),
        harmless("endless.csv", endless.into_bytes(), [found("endless-row", "", 1, 16, "within the line")]),
    ]
}

/// Logs without columns that every row needs.
pub(crate) fn headless() -> Vec<Headless> {
    let all = "`number`, `incident_state`, `sys_updated_at`, `caller_id`";
    let lacks = |line: u64, header: &str| found("missing-column", "caller_id", 1, line, header);
    let gzip = packed(whole().as_bytes());
    vec![
        Headless {
            name: "missing_customer.csv",
            bytes: kept("missing_customer.csv"),
            lacking: "`caller_id`",
            expected: lacks(1, "number,incident_state,sys_updated_at,assigned_to,priority"),
        },
        Headless { name: "empty.csv", bytes: Vec::new(), lacking: all, expected: lacks(1, "") },
        Headless {
            name: "semicolons.csv",
            bytes: replaced(",", ";"),
            lacking: all,
            expected: lacks(1, "number;incident_state;sys_updated_at;assigned_to;caller_id;priority"),
        },
        Headless {
            name: "blank_lines_first.csv",
            bytes: [b"\r\n\n", &replaced(",", "\t")[..]].concat(),
            lacking: all,
            expected: lacks(
                3,
                &"number,incident_state,sys_updated_at,assigned_to,caller_id,priority"
                    .replace(',', "\u{fffd}"),
            ),
        },
        Headless {
            name: "cut_at_once.csv.gz",
            bytes: gzip[..12].to_vec(),
            lacking: all,
            expected: found("truncated-input", "", 1, 1, "between lines"),
        },
        Headless {
            name: "cut_header.csv.gz",
            bytes: packed(b"number,incident_st")[..28].to_vec(),
            lacking: "`incident_state`, `sys_updated_at`, `caller_id`",
            expected: found("truncated-input", "", 1, 1, "within the line"),
        },
    ]
}
