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
pub mod shares;
mod state;
mod wish;
mod work;

use proptest::prelude::*;

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
