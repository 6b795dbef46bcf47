//! Runs one job over made-up data on demand, for a program that measures several contenders in turns.
//!
//! `contender JOB lib N` prepares N rows and prints `{"ready":true,"rss_kb":..}`; each line `go` runs
//! the job and prints `{"s":wall,"c":cpu}` in seconds; `sum` prints `{"sum":[..],"peak_kb":..}`.
#![allow(unreachable_pub, reason = "a program of several files")]

mod totals;

use std::error::Error;
use std::io::{BufRead, Write};
use std::time::Instant;

use cpu_time::ProcessTime;

/// A job with its data prepared.
trait Job {
    /// Runs it.
    fn run(&mut self) -> Result<(), Box<dyn Error>>;
    /// A checksum of what it gave.
    fn sum(&self) -> [i64; 2];
}

/// Kilobytes of resident memory under a name of the kernel's.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, job, _, rows, ..] = arguments.as_slice() else {
        return Err("expected: contender JOB NAME ROWS".into());
    };
    let rows: u64 = rows.parse()?;
    let mut job: Box<dyn Job> = match job.as_str() {
        "totals_doc" => Box::new(totals::Invoices::new(rows, duebill::tax::TaxRounding::Group)?),
        "totals_line" => Box::new(totals::Invoices::new(rows, duebill::tax::TaxRounding::Line)?),
        other => return Err(format!("expected totals_doc or totals_line, got {other}").into()),
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{{\"ready\":true,\"rss_kb\":{}}}", memory("VmRSS:"))?;
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        match line?.as_str() {
            "go" => {
                let (wall, cpu) = (Instant::now(), ProcessTime::now());
                job.run()?;
                let (wall, cpu) = (wall.elapsed(), cpu.elapsed());
                writeln!(out, "{{\"s\":{},\"c\":{}}}", wall.as_secs_f64(), cpu.as_secs_f64())?;
            }
            "sum" => {
                let [first, second] = job.sum();
                writeln!(out, "{{\"sum\":[{first},{second}],\"peak_kb\":{}}}", memory("VmHWM:"))?;
            }
            _ => return Ok(()),
        }
        out.flush()?;
    }
    Ok(())
}
