//! Foreign billing histories, replayed: what other systems did, through our commands, by a published map
//! from their activities to our commands.
//!
//! ```text
//! cargo run --release --example paths -- --log declarations.csv.gz --mapping examples/mappings/declarations.json
//! cargo run --release --example paths -- --log declarations.csv.gz --mapping examples/mappings/declarations.json --history
//! ```
//!
//! A replay asks what our rules say of each step; with `--history` the same facts move in as they are
//! said to have happened, and are audited.

pub mod answer;
pub mod history;
pub mod host;
pub mod mapping;
pub mod reader;
pub mod replay;
pub mod tally;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use duebill::id::Id;
use tables::{Outcome, must_have};

use answer::{Answer, Came};
use host::Host;
use mapping::Mapping;

/// Replays a log of billing, or moves it in as history.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// The log: CSV, gzip or not, see examples/PATHS.md
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/sample/paths.csv"))]
    log: PathBuf,
    /// What its columns mean and what its activities become [default: mappings/paths_sample.json]
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Move it in as it is said to have happened instead, and audit what was paid
    #[arg(long)]
    history: bool,
    /// Print one line of JSON
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even this cannot be written, the exit code still says it.
            drop(writeln!(std::io::stderr(), "paths: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Outcome<()> {
    let started = Instant::now();
    let mapping = Mapping::read(options.mapping.as_deref())?;
    let mut history = reader::read(&options.log, &mapping)?;
    let findings = core::mem::take(&mut history.findings).into_list();
    let (host, came) = if options.history {
        // Nobody is asked again, so the ways in which somebody was are no rules here.
        let routes = history.routes.get(..1).unwrap_or_default();
        let mut host = Host::start(&mapping::rulebook(&mapping, routes, [history::ACCOUNT].into_iter()))?;
        let imported = history::import(&mapping, &history, &mut host)?;
        (host, Came::Imported(imported))
    } else {
        let customers = history.cases.iter().map(Id::as_str);
        let host = Host::start(&mapping::rulebook(&mapping, &history.routes, customers))?;
        let (host, tally) = replay::replay(&mapping, &history, host)?;
        (host, Came::Replayed(Box::new(tally)))
    };
    let answer = Answer { came, findings: &findings, history: &history, host: &host, mapping: &mapping };
    let mut out = anstream::stdout().lock();
    if options.json {
        writeln!(out, "{}", answer.json(started.elapsed())?)?;
    } else {
        answer.print(&mut out, &options.log.display().to_string(), started.elapsed())?;
    }
    must_have(&history.lacking, &options.log)
}
