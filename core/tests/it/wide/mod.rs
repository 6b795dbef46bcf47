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
mod ends;
mod fees;
mod grant;
mod laws;
mod owed;
mod plans;
mod rules;
mod run;
mod seconds;
mod work;

use proptest::prelude::*;

use crate::model::shares::{self, Shares};
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
fn whatever_is_billed_in_whatever_order_is_foretold_and_adds_up() {
    let all = Shares::default();
    let steps = prop::collection::vec(step(), 1..110);
    shares::run(80, &(0..4_u8, 0..3_u8, steps), |(policy, start, steps)| {
        let mut wide = Wide::new(policy);
        wide.before(start);
        for step in steps {
            wide.take(step);
            wide.check();
        }
        wide.replay();
        wide.end();
        wide.note_reached();
        all.absorb(&wide.shares);
    });
    all.check(&KINDS);
    all.check_reached(&[
        "discount",
        "deducted",
        "drawn",
        "carried",
        "held",
        "rebilled",
        "evening",
        "covered",
        "dollars",
        "two rates",
        "instalments",
        "inclusive",
        "withheld",
        "drawn within",
    ]);
}

#[test]
fn what_an_estimate_gave_to_a_line_that_is_billed_again_is_there_again() {
    let mut wide = Wide::new(0);
    wide.before(1);
    let drawn = |wide: &Wide| ["Q0", "Q1", "Q2"].map(|id| wide.model.drawn(id)).iter().sum::<i64>();
    // Billed on 2026-02-10; the manager and the customer agree to both currencies.
    wide.take((4, 0, 1, 1, 12));
    assert!(drawn(&wide) > 0);
    for who in [9, 3, 3, 9, 3] {
        wide.take((12, 0, who, 1, 12));
        wide.take((12, 1, who, 1, 12));
    }
    // All of the invoice is credited, to be billed again.
    wide.take((14, 2, 4, 3, 12));
    wide.take((12, 0, 9, 1, 12));
    assert!(wide.model.credits.iter().any(|(_, credit)| credit.rebill && credit.state == "issued"));
    wide.check();
    assert_eq!(drawn(&wide), 0);
}
