//! The month end of a support company, whole: from the helpdesk's tables and the bank's lines to
//! numbered invoices, applied payments and aged receivables, kept in SQLite.
//!
//! ```text
//! cargo run --release --example month_end
//! ```
//!
//! The core decides and never stores; this host stores and never decides. Run it again and nothing
//! changes; kill it anywhere, run it again, and it ends the same.

pub mod answer;
pub mod crash;
pub mod events;
pub mod host;
pub mod print;
pub mod sample;
pub mod scenario;
pub mod steps;
pub mod storage;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{ProgressBar, ProgressDrawTarget};

use answer::Answer;
use host::Host;
use sample::Sample;
use steps::Step;
use storage::Storage;

/// What can go wrong here is shown to a person.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// Runs the month end of the sample company, or of a helpdesk's event log, and shows what came of it.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Print the answers of the core as one line of JSON
    #[arg(long)]
    json: bool,
    /// Report as of this date instead of the scenario's
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Explain a line, such as LH-2026-0006/2, down to the last cent
    #[arg(long, value_name = "LINE")]
    explain: Option<String>,
    /// Write the documents that drive hosts in other languages, and do nothing else
    #[arg(long, value_name = "DIR")]
    export_documents: Option<PathBuf>,
    /// Read the sample from this folder
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/sample"))]
    sample: PathBuf,
    /// Keep everything in this file [default: target/month_end.sqlite, or target/events.sqlite]
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,
    /// Start with an empty database
    #[arg(long)]
    fresh: bool,
    #[command(flatten)]
    events: events::LogOptions,
}

impl Options {
    /// The database, in the folder of build products unless it is named.
    fn database(&self, name: &str) -> PathBuf {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../target");
        self.database.clone().unwrap_or_else(|| PathBuf::from(folder).join(name))
    }
}

fn main() -> ExitCode {
    match month_end(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even this cannot be written, the exit code still says it.
            drop(writeln!(std::io::stderr(), "month_end: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn month_end(options: &Options) -> Outcome<()> {
    let started = Instant::now();
    if let Some(file) = &options.events.events {
        return events::run(options, file, started);
    }
    let database = options.database("month_end.sqlite");
    let documents = scenario::documents(&Sample::read(&options.sample)?)?;
    if let Some(folder) = &options.export_documents {
        return documents.export(folder);
    }
    if options.fresh {
        Storage::remove(&database)?;
    }
    let storage = Storage::open(&database)?;
    let mut host = Host::start(&documents.rulebook, &documents.setting, storage)?;
    run(&mut host, &documents.steps)?;
    let as_of = options.as_of.as_deref().unwrap_or(&documents.setting.as_of);
    let mut out = anstream::stdout().lock();
    match &options.explain {
        Some(line) => print::explain::explain(&mut out, &host, line),
        None if options.json => {
            let answer = Answer::gather(&host, as_of)?;
            Ok(writeln!(out, "{}", answer.json(&host, started)?)?)
        }
        None => print::month(&mut out, &host, as_of),
    }
}

/// Does every step; whoever waits longer than a second at a terminal sees how far it is.
fn run(host: &mut Host, steps: &[Step]) -> Outcome<()> {
    let bar = ProgressBar::with_draw_target(Some(u64::try_from(steps.len())?), ProgressDrawTarget::hidden());
    for step in steps {
        host.step(step)?;
        advance(&bar);
    }
    bar.finish_and_clear();
    Ok(())
}

/// One step further.
fn advance(bar: &ProgressBar) {
    bar.inc(1);
    if bar.is_hidden() && bar.elapsed() > Duration::from_secs(1) {
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
}
