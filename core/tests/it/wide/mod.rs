//! Thousands of random commands over everything an account can bill: time and parts of several rates and two
//! currencies, fees, blocks, plans of every kind, agreed amounts, estimates, down payments, discounts. A naive
//! model stands beside the core: a command succeeds exactly when the model does, is refused for the same
//! reason, and every line, tax, deduction, draw, day of a fee and open amount is what the model says. What
//! must hold of whatever was decided is counted again from the records.

mod ahead;
mod book;
mod compare;
mod consent;
mod draft;
mod fees;
mod laws;
mod owed;
mod plans;
mod rules;
mod run;
mod work;

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use run::{KINDS, WEIGHTS};
pub use run::{Step, Wide};

fn kind() -> impl Strategy<Value = u8> {
    let bag: Vec<u8> = (0_u8..).zip(WEIGHTS).flat_map(|(kind, weight)| vec![kind; weight.into()]).collect();
    prop::sample::select(bag)
}

/// One wish of any kind.
pub fn step() -> impl Strategy<Value = Step> {
    let number = || 0..200_u8;
    (kind(), number(), number(), number(), number())
}

#[test]
fn whatever_is_billed_in_whatever_order_adds_up() {
    let done: RefCell<BTreeMap<(&'static str, &'static str), usize>> = RefCell::default();
    let steps = prop::collection::vec(step(), 1..130);
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(40);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let run = |(policy, steps): (u8, Vec<Step>)| {
        let mut wide = Wide::new(policy);
        for step in steps {
            wide.take(step);
            wide.check();
        }
        wide.replay();
        for (kind, count) in wide.done {
            *done.borrow_mut().entry(kind).or_default() += count;
        }
        Ok(())
    };
    runner.run(&(0..3_u8, steps), run).unwrap();
    let done = done.into_inner();
    if std::env::var_os("DUEBILL_SHARES").is_some() {
        for ((kind, answer), count) in &done {
            println!("{kind:16} {answer:26} {count}");
        }
    }
    // A wish that nothing ever grants, or that nothing ever refuses, tests half of it.
    for kind in KINDS {
        let count = |accepted: bool| -> usize {
            let own =
                done.iter().filter(|((own, answer), _)| *own == kind && (*answer == "accepted") == accepted);
            own.map(|(_, count)| count).sum()
        };
        assert!(count(true) > 0 && count(false) > 0, "{kind}: {done:?}");
    }
}
