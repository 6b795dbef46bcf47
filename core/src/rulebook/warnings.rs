use super::Rulebook;
use crate::finding::{Finding, Severity};
use crate::id::{Id, IdError, look_alikes};
use crate::tax::TaxError;

impl Rulebook {
    /// What somebody should look at although it compiles: charge codes without a tax category, and names of customers,
    /// codes or roles of which a person takes one for the other.
    #[must_use]
    pub fn warnings(&self) -> Vec<Finding> {
        let missing = |code: &Id| {
            let error = TaxError::CategoryMissing { code: code.to_string() };
            Finding::new(Severity::Warn, &error).about(code).at("/policy/codes")
        };
        let policy = self.policy();
        let mut findings: Vec<Finding> = policy.untaxed_codes().map(missing).collect();
        let customers = self.terms.values().flat_map(|terms| {
            let id = terms.customer();
            [(id, id.as_str()), (id, terms.name())]
        });
        findings.extend(alike("/terms", customers));
        findings
            .extend(alike("/policy/codes", policy.codes().codes().map(|code| (&code.id, code.id.as_str()))));
        findings.extend(alike("/policy/roles", policy.roles.keys().map(|role| (role, role.as_str()))));
        findings
    }
}

/// Names that look alike, by whom they belong to.
fn alike<'n>(path: &str, names: impl Iterator<Item = (&'n Id, &'n str)>) -> Vec<Finding> {
    let names: Vec<(&Id, &str)> = names.collect();
    let said = |place: usize| names.get(place).copied();
    let finding = |(first, second): (usize, usize)| {
        let ((_, other), (owner, got)) = (said(first)?, said(second)?);
        let [got, other] = [got, other].map(|name| name.escape_default().to_string());
        let error = IdError::LookAlike { got, other };
        Some(Finding::new(Severity::Warn, &error).about(owner).at(path))
    };
    look_alikes(names.iter().copied()).into_iter().filter_map(finding).collect()
}
