//! A naive model of an account, its cash book and its numbers, driven beside the core through random
//! commands, valid and not, with what one log tells another delivered late, in any order and twice: the
//! core succeeds exactly when the model does, refuses for the same reason, and says the same of every
//! amount. Whatever happened, the logs replay to the same state and verify.

mod cash;
mod check;
mod owed;
mod run;
mod state;
mod wish;
mod work;

use proptest::prelude::*;

use run::Run;
use wish::{DAYS, wish};

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_core_does_what_the_model_does(wishes in prop::collection::vec((wish(), 0..DAYS.len()), 1..100)) {
        let mut run = Run::new();
        for (wish, day) in &wishes {
            run.grant(wish, DAYS[*day]);
            run.compare(DAYS[*day]);
        }
        run.replay();
    }
}
