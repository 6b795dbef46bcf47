//! The aging of a receivables file: what was open at a date, by age and customer.
//!
//! ```text
//! cargo run --release --example aging -- --invoices receivables.csv --as-of 2012-12-31
//! ```
//!
//! The host reads the file and finds what was open; the core ages it in one calculation.

pub mod answer;
pub mod receivables;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use duebill::calendar::Date;
use duebill::canon::from_bytes;
use duebill::wire;
use tables::{Outcome, must_have};

use answer::Answer;
use receivables::Mapping;

/// Ages the invoices of a file as of a date.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// The invoices: CSV, gzip or not, see examples/LOGS.md
    #[arg(long, value_name = "FILE")]
    invoices: PathBuf,
    /// The date asked for
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Date,
    /// From which date an invoice ages
    #[arg(long, value_enum, default_value_t = Basis::Due)]
    basis: Basis,
    /// What the file's columns mean, see examples/LOGS.md [default: mappings/ar_ibm.json]
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Print one line of JSON
    #[arg(long)]
    json: bool,
    /// Write aging.json, which hosts in other languages read, and do nothing else
    #[arg(long, value_name = "DIR")]
    export_documents: Option<PathBuf>,
}

/// From which date an invoice ages.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Basis {
    /// The day it is due.
    Due,
    /// The day it was issued.
    Invoice,
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| error.to_string())
}

fn main() -> ExitCode {
    match age(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even this cannot be written, the exit code still says it.
            drop(writeln!(std::io::stderr(), "aging: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn age(options: &Options) -> Outcome<()> {
    let mapping = Mapping::read(options.mapping.as_deref())?;
    let open = receivables::open(&options.invoices, &mapping, options.as_of)?;
    let basis = match options.basis {
        Basis::Due => "due",
        Basis::Invoice => "invoice",
    };
    let request = open.request(options.as_of, basis);
    if let Some(folder) = &options.export_documents {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("aging.json"), format!("{request}\n"))?;
        return must_have(&open.lacking, &options.invoices);
    }
    let report = from_bytes(&wire::calculate(request.to_string().as_bytes())?)?;
    let answer = Answer { open: &open, report };
    let mut out = anstream::stdout().lock();
    if options.json {
        writeln!(out, "{}", answer.json())?;
    } else {
        answer.print(&mut out)?;
    }
    must_have(&open.lacking, &options.invoices)
}
