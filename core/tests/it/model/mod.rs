//! A naive model of an account, its cash book and its numbers, driven beside the core through random
//! commands, valid and not, with what one log tells another delivered late, in any order and twice: the
//! core succeeds exactly when the model does, refuses for the same reason, and says the same of every
//! amount. Whatever happened, the logs replay to the same state and verify. Publishing rules has a model of
//! its own.

mod cash;
pub mod check;
mod grant;
mod moves;
mod outside;
mod owed;
mod pick;
pub mod rules;
pub mod run;
pub mod shares;
mod state;
pub mod wish;
mod work;

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use rules::{RulesRun, rules_wish};
use run::Run;
use shares::Shares;
use wish::{DAYS, Wish, before, wish};

/// What is asked of the account and of its cash book.
const KINDS: [&str; 25] = [
    "advance_dispute",
    "apply_credit",
    "assign",
    "bill",
    "capture",
    "close_dispute",
    "close_period",
    "confirm_task",
    "credit",
    "decide_approval",
    "fail_task",
    "open_dispute",
    "receive",
    "recover",
    "refund",
    "refund_credit",
    "reopen_period",
    "request_number",
    "reserve",
    "retry_task",
    "reverse",
    "sell_block",
    "unapply",
    "void",
    "write_off",
];

#[test]
fn the_core_does_what_the_model_does() {
    let all = Shares::default();
    let wishes = (0..3_u8, prop::collection::vec((wish(), 0..DAYS.len()), 1..120));
    shares::run(64, &wishes, |(start, wishes)| {
        let mut run = Run::new();
        for wish in &before(start) {
            run.grant(wish, DAYS[0]);
        }
        run.compare(DAYS[0]);
        for (wish, day) in &wishes {
            run.grant(wish, DAYS[*day]);
            run.compare(DAYS[*day]);
        }
        run.replay();
        all.absorb(&run.shares);
    });
    all.check(&KINDS);
}

#[test]
fn no_day_closes_over_a_credit_note_whose_number_is_under_way() {
    let mut run = Run::new();
    let credit = Wish::Credit { new: 0, of: 6, scope: 2, amount: Some(100), rebill: false };
    let close = Wish::Close { book: false, hard: true, through: 0 };
    for wish in [credit, close.clone(), Wish::DeliverAll, close] {
        run.grant(&wish, DAYS[0]);
        run.compare(DAYS[0]);
    }
    assert!(run.waiting.is_empty(), "the number came before the days were closed");
    assert!(run.model.account_closed.hard.is_some());
}

#[test]
fn rules_are_published_as_the_model_says() {
    let answers: RefCell<BTreeMap<&'static str, usize>> = RefCell::default();
    let config = Config { cases: 96, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let run = |wishes: Vec<_>| {
        let mut run = RulesRun::new();
        for wish in &wishes {
            run.grant(wish);
            run.compare();
        }
        for (answer, count) in run.answers {
            *answers.borrow_mut().entry(answer).or_default() += count;
        }
        Ok(())
    };
    runner.run(&prop::collection::vec(rules_wish(), 1..50), run).unwrap();
    // An answer that nobody ever gets is not tested.
    let answers = answers.into_inner();
    for answer in [
        "done",
        "id-twice",
        "publication-again",
        "publication-approvals",
        "publication-author",
        "publication-base",
        "publication-digest",
        "publication-empty",
        "publication-required",
        "publication-role",
        "publication-twice",
        "publication-unknown",
        "rulebook-not-in-force",
        "rulebook-unpublished",
    ] {
        assert!(answers.get(answer).is_some_and(|count| *count > 1), "{answer}: {answers:?}");
    }
}
