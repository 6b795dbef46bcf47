//! Steps: the documents that drive every host, in whatever language it is written.
//!
//! A folder holds `rulebook.json`, `steps.jsonl` (one step per line) and `host.json`. The sample's
//! tables are turned into such steps, and `--export-documents` writes them down.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Outcome;

/// What somebody does, in order.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// Deliver a command as it stands.
    Deliver {
        /// The command document.
        command: Value,
    },
    /// Decide on invoices that wait for an approval.
    Approve(Box<Approve>),
    /// Match the receipts of a cash book, and deliver the command with the plans put in.
    Match {
        /// The command document, its list of plans empty.
        command: Value,
    },
}

/// One person's decision on open approvals: the digest is asked for when it is made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Approve {
    /// The account.
    pub account: String,
    /// Who decides.
    pub actor: String,
    /// When, as an instant.
    pub at: String,
    /// The date it takes effect.
    pub effective: String,
    /// The id of each command is this one, a colon and the invoice.
    pub id: String,
    /// The invoices that were looked at; others stay as they are, however often the step runs.
    pub invoices: Vec<String>,
    /// Why, where somebody says no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// In which role.
    pub role: String,
    /// The salt that seals the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// `approve` or `reject`.
    pub verdict: String,
}

/// Which logs a host has besides accounts, which are made when first addressed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Setting {
    /// The date of the reports.
    pub as_of: String,
    /// Cash books.
    pub books: Vec<String>,
    /// The seller.
    pub seller: String,
    /// Number series.
    pub series: Vec<String>,
}

/// Everything that drives a host.
#[derive(Debug, Clone)]
pub struct Documents {
    /// The rulebook document.
    pub rulebook: Vec<u8>,
    /// The logs.
    pub setting: Setting,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

impl Documents {
    /// Writes the folder that hosts in other languages read.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn export(&self, folder: &Path) -> Outcome<()> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("rulebook.json"), &self.rulebook)?;
        fs::write(folder.join("host.json"), line(&self.setting)?)?;
        let lines: Vec<String> = self.steps.iter().map(line).collect::<Outcome<_>>()?;
        fs::write(folder.join("steps.jsonl"), lines.concat())?;
        Ok(())
    }
}

/// One line of JSON with its keys in order.
///
/// # Errors
/// None for values that documents are made of.
pub fn line(value: &impl Serialize) -> Outcome<String> {
    let sorted = serde_json::to_value(value)?;
    Ok(format!("{sorted}\n"))
}
