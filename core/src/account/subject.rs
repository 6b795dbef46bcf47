use super::decide::because;
use super::state::Account;
use crate::approval::{ApprovalError, Requirement, Subject, SubjectKind, requirements};
use crate::audit::{Ruling, Stamp};
use crate::canon::Digest;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::money::{Amount, Currency, Minor};
use crate::rulebook::Rulebook;

impl Account {
    /// The approvals that a credit note or write-off needs, with a finding for each.
    #[expect(clippy::too_many_arguments, reason = "a subject has this many sides")]
    pub(super) fn needed(
        &self,
        rulebook: &Rulebook,
        stamp: &Stamp,
        kind: SubjectKind,
        id: &Id,
        digest: Digest,
        currency: Currency,
        net: Minor,
    ) -> Result<Ruling<Requirement>, Refusal> {
        let subject = Subject { kind, id, digest, author: &stamp.actor, payer: self.payer(), currency, net };
        let needed = match requirements(rulebook.policy().approvals(), &subject) {
            Ok(needed) => needed,
            Err(errors) => {
                let findings = errors.iter().map(|error| Finding::block(error).about(id));
                Refusal::unless_empty(findings.collect())?;
                return Err(because(ApprovalError::Unknown { got: id.to_string() }));
            }
        };
        let finding = |requirement: &Requirement| {
            let roles: Vec<&str> = requirement.roles.iter().map(Id::as_str).collect();
            let error = ApprovalError::Needed {
                quorum: requirement.quorum,
                roles: roles.join(", "),
                net: Amount::new(net, currency).to_string(),
                above: requirement.above.to_string(),
            };
            Finding::new(Severity::Info, &error).about(id)
        };
        let findings = needed.iter().map(finding).collect();
        Ok(Ruling { events: needed, findings })
    }
}
