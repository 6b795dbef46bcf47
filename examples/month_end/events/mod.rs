//! The month end on the event log of a helpdesk: from rows of states to invoices.
//!
//! ```text
//! cargo run --release --example month_end -- --events incident_event_log.csv.gz --json
//! ```
//!
//! A log is billed whole: the run begins with an empty database, and doing it again gives the same.

pub mod answer;
pub mod mapping;
pub mod reader;
pub mod steps;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use duebill::money::Currency;
use indicatif::{ProgressBar, ProgressDrawTarget};
use serde_json::json;
use tables::must_have;

use crate::host::Host;
use crate::storage::Storage;
use crate::{Outcome, advance};
use answer::Answer;
use mapping::{Mapping, Rounding};
use reader::Events;

/// Where work comes from a helpdesk's log.
#[derive(Debug, Args)]
#[command(next_help_heading = "The event log of a helpdesk")]
pub struct LogOptions {
    /// Bill the work in this log instead: CSV, gzip or not, see examples/LOGS.md
    #[arg(long, value_name = "FILE", conflicts_with_all = ["as_of", "explain"])]
    pub events: Option<PathBuf>,
    /// What the log's columns mean, see examples/LOGS.md [default: mappings/servicenow.json]
    #[arg(long, value_name = "FILE", requires = "events")]
    mapping: Option<PathBuf>,
    /// Round time otherwise than the mapping does, such as up:15:ticket
    #[arg(long, value_name = "MODE:MINUTES:SCOPE", requires = "events")]
    round: Option<Rounding>,
}

/// Bills a log and says what came of it.
///
/// # Errors
/// Files that cannot be read or written; what is wrong with the log's rows is told with the answer.
pub(crate) fn run(options: &crate::Options, file: &Path, started: Instant) -> Outcome<()> {
    let mut mapping = Mapping::read(options.events.mapping.as_deref())?;
    if let Some(rounding) = &options.events.round {
        mapping.rounding = rounding.clone();
    }
    let mut events = reader::read(file, &mapping)?;
    let findings = core::mem::take(&mut events.findings).into_list();
    if let Some(folder) = &options.export_documents {
        let held = json!({ "events": events.rows, "findings": findings, "tickets": events.tickets });
        steps::export(&mapping, &events, &held, folder)?;
        return must_have(&events.lacking, file);
    }
    let mut host = start(options, &mapping, &events)?;
    bill(&mut host, &events)?;
    host.storage().settle()?;
    let answer = Answer {
        currency: Currency::new(&mapping.currency)?,
        found: answer::found(&host),
        findings: &findings,
        rows: events.rows,
        summary: answer::summary(&host)?,
        tickets: events.tickets,
    };
    let mut out = anstream::stdout().lock();
    if options.json {
        use std::io::Write;
        writeln!(out, "{}", answer.json(host.core(), started.elapsed()))?;
    } else {
        answer.print(&mut out, &file.display().to_string())?;
    }
    must_have(&events.lacking, file)
}

/// A host with an empty database. One that the user named is emptied only when asked to.
fn start(options: &crate::Options, mapping: &Mapping, events: &Events) -> Outcome<Host> {
    let database = options.database("events.sqlite");
    if options.database.is_some() && !options.fresh && database.exists() {
        let message = "a log is billed into an empty database; --fresh empties this one";
        return Err(format!("{}: {message}", database.display()).into());
    }
    Storage::remove(&database)?;
    let storage = Storage::open(&database)?;
    storage.hurry()?;
    let rulebook = steps::rulebook(mapping, events).to_string();
    Host::start(rulebook.as_bytes(), &steps::setting(events)?, storage)
}

/// Delivers the commands of every customer.
fn bill(host: &mut Host, events: &Events) -> Outcome<()> {
    let count = u64::try_from(events.accounts.len())?;
    let bar = ProgressBar::with_draw_target(Some(count), ProgressDrawTarget::hidden());
    let at = steps::setting(events)?.as_of;
    for (customer, work) in &events.accounts {
        for command in steps::commands(customer, work, &at)? {
            host.deliver(&command.to_string())?;
        }
        advance(&bar);
    }
    bar.finish_and_clear();
    Ok(())
}
