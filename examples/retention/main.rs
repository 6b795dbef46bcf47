//! A retention plan carried out on real files: plan, purge, delete, confirm.
//!
//! ```text
//! cargo run --release --example retention -- target/retention --as-of 2026-06-01
//! cargo run --release --example retention -- target/retention --as-of 2026-06-01 --erase anna
//! ```
//!
//! The first run makes a small sample in the folder: records, the words beside them, and attachments under
//! the hash of their bytes. Each run then erases what is due. Kill it between any two steps and run it again:
//! what was recorded is not recorded twice, what was deleted is not missed, and what was not confirmed is
//! done again.

pub mod host;
#[path = "../month_end/crash.rs"]
pub mod crash;
pub mod sample;
pub mod store;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use serde_json::{Value, json};

use host::Host;
use sample::{ACCOUNT, BOOK, CLERK};

/// What can go wrong here is shown to a person.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// Erases what is due of a small support company's attachments, bank lines and personal words.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Keep everything in this folder
    folder: PathBuf,
    /// Erase what is due on this day
    #[arg(long, value_name = "DATE", default_value = "2026-06-01")]
    as_of: String,
    /// Erase what is of this person, but for what must be kept
    #[arg(long, value_name = "PERSON")]
    erase: Option<String>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Outcome<()> {
    let mut host = Host::start(&options.folder)?;
    sample::make(&mut host)?;
    // What an earlier run recorded and did not finish comes first.
    carry_out(&mut host, &options.as_of)?;
    if let Some(person) = &options.erase {
        let action = json!({ "kind": "erase_subject", "person": person });
        host.ask(ACCOUNT, &format!("erase-{person}"), &options.as_of, CLERK, action)?;
    }
    purge(&mut host, ACCOUNT, &options.as_of)?;
    purge(&mut host, BOOK, &options.as_of)?;
    carry_out(&mut host, &options.as_of)
}

/// Shows what becomes of all content of a log, and records that what is due is erased.
fn purge(host: &mut Host, log: &str, as_of: &str) -> Outcome<()> {
    let plan = host.question(log, json!({ "kind": "retention", "as_of": as_of }))?;
    for item in list(at(&plan, "/plan")) {
        anstream::println!(
            "{:10} {:12.12} {}",
            text(at(item, "/action")),
            text(at(item, "/id")),
            text(at(item, "/reason"))
        );
    }
    if list(at(&plan, "/plan")).any(|item| at(item, "/action") != "keep") {
        // The digest binds the purge to what was just shown; it names the command, so a second run repeats it.
        let digest = text(at(&plan, "/digest"));
        let action = json!({ "kind": "purge", "digest": digest });
        host.ask(log, &format!("purge-{digest}"), as_of, CLERK, action)?;
    }
    Ok(())
}

/// Does what the core asks of the storage, and says so: first the deed, then the word. A crash between leaves a
/// task that is done again, which finds nothing to delete. A cash book has no tasks: words that it erased are
/// deleted wherever they still are.
fn carry_out(host: &mut Host, as_of: &str) -> Outcome<()> {
    let erased = host.question(BOOK, json!({ "kind": "retention", "as_of": as_of }))?;
    for content in list(at(&erased, "/contents")).filter(|content| at(content, "/state") == "erased") {
        let seq = at(content, "/seq").as_u64().ok_or("words stand beside a record")?;
        host.store().forget(BOOK, seq, text(at(content, "/id")))?;
    }
    let tasks = host.question(ACCOUNT, json!({ "kind": "tasks", "as_of": as_of }))?;
    let contents = host.question(ACCOUNT, json!({ "kind": "retention", "as_of": as_of }))?;
    for one in list(at(&tasks, "/tasks")) {
        let (task, status) = (at(one, "/task"), text(at(one, "/status")));
        if at(task, "/channel") != "storage" || !["pending", "failed"].contains(&status) {
            continue;
        }
        let id = text(at(task, "/id"));
        let content =
            list(at(&contents, "/contents")).find(|content| at(content, "/id") == at(task, "/document"));
        let erased = match content.and_then(|content| at(content, "/seq").as_u64()) {
            Some(seq) => host.store().forget(ACCOUNT, seq, text(at(task, "/document"))),
            None => host.store().delete(text(at(task, "/digest"))),
        };
        let action = match &erased {
            Ok(()) => json!({ "kind": "confirm_task", "task": id }),
            Err(_) if status == "failed" => continue,
            Err(_) => json!({ "kind": "fail_task", "task": id, "reason": "storage" }),
        };
        // The word of a deed is given once; a failure can be told again after another try.
        let word = if erased.is_ok() { "done" } else { "failed" };
        host.ask(ACCOUNT, &format!("{word}-{id}"), as_of, CLERK, action)?;
        anstream::println!("{word:10} {:12.12} {}", text(at(task, "/document")), text(at(task, "/action")));
    }
    Ok(())
}

/// What stands at a pointer; null where nothing does.
pub fn at<'v>(value: &'v Value, pointer: &str) -> &'v Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
