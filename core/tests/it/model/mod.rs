//! A naive model of an account, its cash book and its numbers, driven beside the core through random
//! commands, valid and not, with what one log tells another delivered late, in any order and twice: the
//! core succeeds exactly when the model does, refuses for the same reason, and says the same of every
//! amount. Whatever happened, the logs replay to the same state and verify.

mod cash;
mod check;
mod grant;
mod moves;
mod outside;
mod owed;
mod pick;
mod run;
mod state;
mod wish;
mod work;

use proptest::prelude::*;

use run::Run;
use wish::{DAYS, Wish, before, wish};

proptest! {
    #![proptest_config(crate::effort::cases(64))]

    #[test]
    fn the_core_does_what_the_model_does(start in 0..3_u8, wishes in prop::collection::vec((wish(), 0..DAYS.len()), 1..120)) {
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
    }
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
