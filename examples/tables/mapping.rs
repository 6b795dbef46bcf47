use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::Outcome;

/// Reads a mapping, which says what the columns of a file mean: from a file, or from the text of the
/// one that is used when none is named.
///
/// # Errors
/// A file that cannot be read or is no such mapping.
pub fn read_mapping<T: DeserializeOwned>(path: Option<&Path>, otherwise: &str) -> Outcome<T> {
    let Some(path) = path else {
        return Ok(serde_json::from_str(otherwise)?);
    };
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?)
}

/// Refuses a file that lacks columns without which no row can be read.
///
/// # Errors
/// The columns that it lacks.
pub fn must_have(lacking: &[String], file: &Path) -> Outcome<()> {
    if lacking.is_empty() {
        return Ok(());
    }
    let names = lacking.join("`, `");
    Err(format!("{}: expected the columns of the mapping, found no `{names}` in the header", file.display())
        .into())
}
