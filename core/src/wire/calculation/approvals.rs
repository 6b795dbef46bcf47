//! Who must approve what, and what becomes of their decisions.

use crate::approval::{
    ApprovalRule, ApprovalStatus, Asked, Decision, ExchangeRate, OpenStep, Request, Seen, Signature, Signer,
    Statement, Subject, SubjectKind, requirements,
};
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, sha256, shape};
use crate::error_code::Coded;
use crate::finding::{Finding, Refusal};
use crate::id::Id;

shape! {
    /// A subject to be judged by rules.
    pub struct NeededIn {
        /// Exchange rates for rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// The rules.
        pub rules: Vec<ApprovalRule>,
        /// The subject.
        pub subject: Subject,
    }
}

shape! {
    /// A rule that asks for approval.
    pub struct NeededRule {
        /// The rule.
        pub rule: Id,
        /// The values that made its conditions hold.
        pub seen: Vec<Seen>,
        /// Who must approve, for people to read.
        pub who: String,
        /// Why, for people to read.
        pub why: String,
    }
}

shape! {
    /// The approvals that are needed.
    pub struct NeededOut {
        /// In the order of the rules.
        pub needed: Vec<NeededRule>,
    }
}

shape! {
    /// A request and decisions on it.
    pub struct StatusIn {
        /// The request as it was made.
        pub asked: Asked,
        /// As of when.
        pub at: Instant,
        /// Decisions, in order.
        pub decisions: Vec<Decision>,
        /// What it is about.
        pub kind: SubjectKind = SubjectKind::Invoice,
    }
}

shape! {
    /// Where a request stands.
    pub struct StatusOut {
        /// When an escalation of what is open begins.
        pub escalates: Option<Instant>,
        /// When it is over unless somebody decides.
        pub expires: Option<Instant>,
        /// Steps that could be decided as of the instant.
        pub open: Vec<OpenStep>,
        /// What became of each decision: `recorded`, or the name of the code that refused it.
        pub outcomes: Vec<String>,
        /// Where it stands.
        pub status: ApprovalStatus,
    }
}

shape! {
    /// The bytes that a signer of a decision signs.
    pub struct StatementOut {
        /// Their digest.
        pub digest: Digest,
        /// The bytes, as text.
        pub text: String,
    }
}

shape! {
    /// A signature to be verified.
    pub struct SignatureIn {
        /// The day of the decision.
        pub on: Date,
        /// The signature: 128 hexadecimal digits.
        pub signature: String,
        /// Keys.
        pub signers: Vec<Signer>,
        /// What was signed.
        pub statement: Statement,
    }
}

fn because<E: Coded>(error: E) -> Refusal {
    Refusal::because(&error)
}

fn check<'r>(rules: impl Iterator<Item = &'r ApprovalRule>, path: &str) -> Vec<Finding> {
    let numbered = rules.enumerate();
    let errors = numbered.flat_map(|(place, rule)| rule.check().into_iter().map(move |error| (place, error)));
    errors.map(|(place, error)| Finding::block(&error).at(format!("{path}/{place}"))).collect()
}

/// Judges a subject by rules.
pub(super) fn needed(asked: NeededIn) -> Result<NeededOut, Refusal> {
    let mut findings = check(asked.rules.iter(), "/rules");
    for (place, error) in ExchangeRate::check(&asked.exchange).err().into_iter().flatten() {
        findings.push(Finding::block(&error).at(format!("/exchange/{place}")));
    }
    Refusal::unless_empty(findings)?;
    let blocked = |errors: Vec<_>| errors.iter().map(Finding::block).collect();
    let needed = match requirements(&asked.rules, &asked.subject, &asked.exchange) {
        Ok(needed) => needed,
        Err(errors) => {
            Refusal::unless_empty(blocked(errors))?;
            Vec::new()
        }
    };
    let out = needed.into_iter().map(|one| NeededRule {
        rule: one.rule.id.clone(),
        who: one.rule.who(),
        why: one.why(),
        seen: one.seen,
    });
    Ok(NeededOut { needed: out.collect() })
}

/// Adds decisions to a request one by one; what is refused changes nothing.
pub(super) fn status(asked: StatusIn) -> Result<StatusOut, Refusal> {
    Refusal::unless_empty(check(asked.asked.needed.iter().map(|one| &one.rule), "/asked/needed"))?;
    let day = asked.asked.date;
    let mut request = Request::open(asked.kind, asked.asked).map_err(because)?;
    let mut outcomes = Vec::with_capacity(asked.decisions.len());
    for decision in asked.decisions {
        let outcome = request.add(decision, day).map_or_else(|error| error.code().name, |()| "recorded");
        outcomes.push(outcome.to_owned());
    }
    Ok(StatusOut {
        escalates: request.escalates(),
        expires: request.expires().map(|(over, _, _)| over),
        open: request.open_steps(asked.at),
        outcomes,
        status: request.status(),
    })
}

/// The bytes of a statement.
pub(super) fn statement(asked: Statement) -> Result<StatementOut, Refusal> {
    let bytes = asked.bytes();
    Ok(StatementOut { digest: sha256(&bytes), text: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Verifies the signature of a statement.
pub(super) fn signature(asked: SignatureIn) -> Result<Signature, Refusal> {
    for (place, signer) in asked.signers.iter().enumerate() {
        signer.check().map_err(|error| because(error).below(&format!("/signers/{place}/key")))?;
    }
    asked.statement.verify(&asked.signature, &asked.signers, asked.on).map_err(because)
}
