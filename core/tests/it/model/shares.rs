//! How often what is wished for is granted and refused: a model that refuses everything would agree on that
//! with a core that does, so every kind of command must be both.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::Strategy;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use crate::effort::cases;

/// Answers counted by kind of command.
#[derive(Debug, Default)]
pub struct Shares(RefCell<BTreeMap<String, BTreeMap<String, usize>>>);

impl Shares {
    /// An answer: the name of the refusal, or none where it was granted.
    pub fn count(&self, kind: &str, refusal: Option<&str>) {
        let mut all = self.0.borrow_mut();
        let answers = all.entry(kind.to_owned()).or_default();
        *answers.entry(refusal.unwrap_or("accepted").to_owned()).or_default() += 1;
    }

    /// Adds the answers of a run.
    pub fn absorb(&self, other: &Self) {
        for (kind, answers) in other.0.borrow().iter() {
            let mut all = self.0.borrow_mut();
            for (answer, count) in answers {
                *all.entry(kind.clone()).or_default().entry(answer.clone()).or_default() += count;
            }
        }
    }

    /// Each of these was reached: a state that nothing ever reaches is not tested.
    pub fn check_reached(&self, states: &[&str]) {
        let all = self.0.borrow();
        for state in states.iter().filter(|_| is_usual()) {
            let count = all.get(*state).and_then(|answers| answers.get("accepted")).copied().unwrap_or(0);
            assert!(count > 0, "{state} was never reached");
        }
    }

    /// Every one of these kinds was granted and refused. The shares are printed where `DUEBILL_SHARES` is set.
    #[expect(clippy::print_stdout, reason = "whoever asks for the shares reads them")]
    pub fn check(&self, kinds: &[&str]) {
        let all = self.0.borrow();
        if std::env::var_os("DUEBILL_SHARES").is_some() {
            for (kind, answers) in all.iter() {
                let whole: usize = answers.values().sum();
                let accepted = answers.get("accepted").copied().unwrap_or(0);
                println!("{kind:18} {:3} % of {whole:5} accepted  {answers:?}", 100 * accepted / whole);
            }
        }
        for kind in kinds.iter().filter(|_| is_usual()) {
            let none = BTreeMap::new();
            let answers = all.get(*kind).unwrap_or(&none);
            let is_both = answers.contains_key("accepted") && answers.len() > 1;
            assert!(is_both, "{kind} was never granted, or never refused: {answers:?}");
        }
    }
}

/// Runs cases: as many as usual from a fixed seed, or as `PROPTEST_CASES` says from one of its own.
pub fn run<S: Strategy>(usual: u32, strategy: &S, test: impl Fn(S::Value)) {
    let config = cases(usual);
    let mut runner = if config.cases == usual {
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
    } else {
        TestRunner::new(config)
    };
    let test = |value| {
        test(value);
        Ok(())
    };
    runner.run(strategy, test).unwrap();
}

/// Whether this run is the one whose shares are known: it is as long as usual.
fn is_usual() -> bool {
    std::env::var_os("PROPTEST_CASES").is_none()
}
