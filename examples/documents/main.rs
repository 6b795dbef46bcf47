//! Documents as pages: the render models of a small history, printed by templates in two languages.
//!
//! ```text
//! cargo run --example documents -- target/documents
//! ```
//!
//! The sample is a simulation that any language can run; its answers are the models. The templates hold no text
//! and no rule: labels come from a catalogue, amounts and dates are written as its language writes them.

pub mod page;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use serde_json::{Value, json};

/// What can go wrong here is shown to a person.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// The folder of the sample, the catalogues and the templates.
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/documents");

/// Prints every document of a history as an HTML page.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Write the pages into this folder
    folder: PathBuf,
    /// Print this history: a simulation that asks for documents
    #[arg(long, value_name = "FILE")]
    sample: Option<PathBuf>,
    /// Print in these languages: names of catalogues
    #[arg(long, value_name = "LANGUAGE", default_values = ["en", "de"])]
    language: Vec<String>,
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
    let sample = options.sample.clone().unwrap_or_else(|| Path::new(HERE).join("sample.json"));
    let pages = page::Pages::open(Path::new(HERE), &options.language)?;
    fs::create_dir_all(&options.folder)?;
    let mut printed: Vec<String> = Vec::new();
    for rendered in rendered(&read(&sample)?)? {
        let mut name = kind(&rendered).replace('_', "-");
        printed.push(name.clone());
        let count = printed.iter().filter(|other| **other == name).count();
        if count > 1 {
            name = format!("{name}-{count}");
        }
        fs::write(options.folder.join(format!("{name}.json")), format!("{rendered:#}\n"))?;
        for language in &options.language {
            let path = options.folder.join(format!("{name}.{language}.html"));
            fs::write(&path, pages.print(&rendered, language)?)?;
            anstream::println!("{}", path.display());
        }
    }
    Ok(())
}

fn read(path: &Path) -> Outcome<Value> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?)
}

/// The documents that a history asks for, each with its digest.
fn rendered(sample: &Value) -> Outcome<Vec<Value>> {
    let request = json!({ "in": sample, "kind": "simulation" }).to_string();
    let answer = duebill::wire::calculate(request.as_bytes()).map_err(|refusal| refusal.to_string())?;
    let answer: Value = serde_json::from_slice(&answer)?;
    let refused = answer.pointer("/outcomes").and_then(Value::as_array).into_iter().flatten();
    if let Some(refused) =
        refused.into_iter().find(|outcome| outcome.get("outcome") == Some(&json!("refused")))
    {
        return Err(format!("the sample has a command that is refused: {refused}").into());
    }
    Ok(answer.pointer("/answers").and_then(Value::as_array).cloned().unwrap_or_default())
}

fn kind(rendered: &Value) -> &str {
    rendered.pointer("/model/kind").and_then(Value::as_str).unwrap_or("document")
}
