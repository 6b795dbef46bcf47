//! Rules with conditions, for approvals and tasks: that they name what is there, and what they are compiled to.

use super::RulebookError;
use super::check::Errors;
use super::document::{PolicyDocument, RulebookDocument, TermsDocument};
use crate::approval::{ApprovalError, ApprovalRule, SubjectKind, When};
use crate::id::Id;
use crate::task::TaskRule;
use crate::work::{CodeMap, WorkError};

/// Checks approval rules, and that codes which rules name are known.
pub(super) fn check(document: &PolicyDocument, errors: &mut Errors) {
    let rules = document.approvals.as_deref().unwrap_or_default();
    errors.unique("/policy/approvals", "id", "approval rule", rules.iter().map(|rule| &rule.id));
    for (place, rule) in rules.iter().enumerate() {
        let path = format!("/policy/approvals/{place}");
        for error in rule.check() {
            errors.add(path.clone(), &error);
        }
        if rule.id.as_str() == ApprovalRule::CONSENT {
            errors.add(format!("{path}/id"), &ApprovalError::RuleReserved { got: rule.id.to_string() });
        }
    }
    let known = |code: &Id| document.codes.iter().any(|known| known.id == *code);
    for (path, when) in conditions(document) {
        let codes = when.leaves().into_iter().filter_map(|leaf| match leaf {
            When::Code(codes) => Some(&codes.any_of),
            When::All(_) | When::Any(_) | When::None(_) | When::Net(_) | When::Fact(_) | When::Payer(_) => {
                None
            }
        });
        for code in codes.flatten().filter(|code| !known(code)) {
            errors.add(path.clone(), &WorkError::CodeUnknown { got: code.to_string() });
        }
    }
}

/// The conditions of approval and task rules, each with its path.
fn conditions(document: &PolicyDocument) -> Vec<(String, &When)> {
    let mut found = Vec::new();
    for (place, rule) in document.approvals.iter().flatten().enumerate() {
        found.extend(rule.when.iter().map(|when| (format!("/policy/approvals/{place}/when"), when)));
    }
    for (place, rule) in document.tasks.iter().enumerate() {
        found.extend(rule.when.iter().map(|when| (format!("/policy/tasks/{place}/when"), when)));
    }
    found
}

/// Checks that whoever is named by rules as payer pays.
pub(super) fn check_payers(document: &RulebookDocument, errors: &mut Errors) {
    let pays = |id: &Id| {
        let own = |terms: &&TermsDocument| terms.parent.is_none() || terms.own_account;
        document.terms.iter().filter(own).any(|terms| terms.customer == *id)
    };
    for (path, when) in conditions(&document.policy) {
        let payers = when.leaves().into_iter().filter_map(|leaf| match leaf {
            When::Payer(payers) => Some(&payers.any_of),
            When::All(_) | When::Any(_) | When::None(_) | When::Net(_) | When::Fact(_) | When::Code(_) => {
                None
            }
        });
        for payer in payers.flatten().filter(|payer| !pays(payer)) {
            let id = payer.to_string();
            errors.add(path.clone(), &RulebookError::ReferenceUnknown { what: "payer", id });
        }
    }
}

/// The rules that decide: those of the library where the policy says nothing, a code for all below it, and those
/// of credit notes for voids where none is for voids.
pub(super) fn approval_rules(document: &PolicyDocument, codes: &CodeMap) -> Vec<ApprovalRule> {
    let mut rules = document.approvals.clone().unwrap_or_else(ApprovalRule::seed);
    let voids = rules.iter().any(|rule| rule.kinds.contains(&SubjectKind::Void));
    for rule in &mut rules {
        rule.when = rule.when.as_ref().map(|when| when.with_codes(&|code| codes.below(code)));
        if !voids && rule.kinds.contains(&SubjectKind::CreditNote) {
            rule.kinds.push(SubjectKind::Void);
        }
    }
    rules
}

/// The rules for tasks, a code for all below it.
pub(super) fn task_rules(document: &PolicyDocument, codes: &CodeMap) -> Vec<TaskRule> {
    let mut rules = document.tasks.clone();
    for rule in &mut rules {
        rule.when = rule.when.as_ref().map(|when| when.with_codes(&|code| codes.below(code)));
    }
    rules
}
