//! Killed at any moment, a host ends as if nothing had happened when it is run again.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use super::database::{check, fingerprint};
use super::program::{json, month_end, scratch, timeless};

/// Points that each write of a record passes: before its transaction, three times inside, after it.
const POINTS: u64 = 5;
const SIGKILL: i32 = 9;

/// What an uninterrupted run ends with.
struct Undisturbed {
    answer: Value,
    fingerprint: (Vec<(String, u64, String)>, Vec<u64>),
    writes: u64,
}

fn undisturbed(folder: &Path) -> Undisturbed {
    let database = folder.join("undisturbed.sqlite");
    let answer = timeless(&json(&database));
    let fingerprint = fingerprint(&database);
    let writes = fingerprint.1[0];
    Undisturbed { answer, fingerprint, writes }
}

/// Runs until the process kills itself at a point.
fn crash(database: &Path, point: u64) {
    let mut host = month_end();
    host.arg("--json").arg("--database").arg(database).env("DUEBILL_CRASH_AT", point.to_string());
    let output = host.output().unwrap();
    assert_eq!(output.status.signal(), Some(SIGKILL), "point {point}: {}", output.status);
    check(database).unwrap();
}

/// Runs to the end and compares everything.
fn finish(database: &Path, expected: &Undisturbed, how: &str) {
    let answer = timeless(&json(database));
    assert!(answer == expected.answer, "{how}: another answer");
    assert_eq!(fingerprint(database), expected.fingerprint, "{how}");
    check(database).unwrap();
}

/// Seeded numbers: the same moments on every run (SplitMix64).
fn numbers(seed: u64) -> impl Iterator<Item = u64> {
    (1_u64..).map(move |step| {
        let mut z = seed.wrapping_add(step.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    })
}

#[test]
fn killed_at_fifty_moments_of_its_writes() {
    let folder = scratch("killed");
    let expected = undisturbed(&folder);
    let last = expected.writes * POINTS;
    let mut moments: Vec<u64> = Vec::new();
    for moment in numbers(2_026).map(|number| 1 + number % last) {
        if moments.len() < 50 && !moments.contains(&moment) {
            moments.push(moment);
        } else if moments.len() == 50 {
            break;
        }
    }
    for kind in 0..POINTS {
        assert!(moments.iter().any(|moment| moment % POINTS == kind), "no moment of the kind {kind}");
    }
    // Two at a time, each on a database of its own.
    std::thread::scope(|scope| {
        for half in moments.chunks(25) {
            let (folder, expected) = (&folder, &expected);
            scope.spawn(move || {
                for point in half {
                    let database = folder.join(format!("{point}.sqlite"));
                    crash(&database, *point);
                    finish(&database, expected, &format!("killed at point {point}"));
                }
            });
        }
    });
}

#[test]
fn killed_again_and_again_on_the_way() {
    let folder = scratch("killed_again");
    let expected = undisturbed(&folder);
    let database: PathBuf = folder.join("again.sqlite");
    // Each run gets a little further: a run passes points only while it writes something new.
    for point in [7, 1, 33, 5, 64, 2, 101, 3, 58, 4] {
        crash(&database, point);
    }
    finish(&database, &expected, "killed ten times");
}

#[test]
fn killed_from_outside() {
    let folder = scratch("killed_outside");
    let expected = undisturbed(&folder);
    let mut killed = 0;
    for (turn, number) in numbers(31).take(8).enumerate() {
        let database = folder.join(format!("{turn}.sqlite"));
        let mut host = month_end();
        let mut child =
            host.arg("--json").arg("--database").arg(&database).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(5 + number % 60));
        child.kill().unwrap();
        killed += u32::from(child.wait().unwrap().signal() == Some(SIGKILL));
        finish(&database, &expected, "killed from outside");
    }
    assert!(killed > 0, "every run was over before it could be killed");
}
