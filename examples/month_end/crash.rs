//! How the tests end a host at any moment of a write: the process kills itself, as a power cut would.

use std::process::Command;

use crate::Outcome;

/// The environment variable that says at which point; writes pass [`Crash::point`] five times each.
const VARIABLE: &str = "DUEBILL_CRASH_AT";

/// Counts the points that writes pass.
#[derive(Debug, Default)]
pub struct Crash {
    at: Option<u64>,
    passed: u64,
}

impl Crash {
    /// Reads the point from the environment; without one nothing ever happens.
    ///
    /// # Errors
    /// A point that is no number.
    pub fn from_environment() -> Outcome<Self> {
        let at = match std::env::var(VARIABLE) {
            Ok(text) => Some(text.parse().map_err(|_| format!("{VARIABLE} is a number, got `{text}`"))?),
            Err(_) => None,
        };
        Ok(Self { at, passed: 0 })
    }

    /// Passes a point, or does not.
    pub fn point(&mut self) {
        self.passed = self.passed.saturating_add(1);
        if self.at != Some(self.passed) {
            return;
        }
        let id = std::process::id().to_string();
        // SIGKILL cannot be caught: no destructor runs, no buffer is flushed, no transaction ends.
        let killed = Command::new("kill").args(["-KILL", &id]).status();
        drop(killed);
        std::process::abort();
    }
}
