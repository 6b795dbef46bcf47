//! A naive model of an account, its cash book and its numbers, driven beside the core through random
//! commands, valid and not, with what one log tells another delivered late, in any order and twice: the
//! core succeeds exactly when the model does, refuses for the same reason, and says the same of every
//! amount. Whatever happened, the logs replay to the same state and verify.
//!
//! There are four models, each as small as what it foretells: this one of receivables, cash and approvals in
//! one currency; [`rules`] of their publication; [`crate::wide`] of everything that can be billed, in two; [`moves`] of a customer that goes
//! from one payer to another. A run is the same every time; `PROPTEST_CASES=1000` asks for that many others,
//! and `DUEBILL_SHARES=1` with `--nocapture` prints how often each kind of command was granted and refused.
//!
//! | what always holds | held by |
//! |---|---|
//! | A receipt is what was applied, is left, was paid back and was taken back. | `model`, `money_laws` |
//! | Of an invoice between nothing and its total is open: the total less what was allocated, credited and written off; of a credit note between its total and nothing. | `model::check`, `wide::laws` |
//! | Per customer and currency, open items less money that waits are the control total, on any day. | `model::check`, `wide::ends`, `money_laws` |
//! | On any day each item stands in one column of the aging, and the columns add up. | `wide::ends`, `laws::buckets_follow_their_names` |
//! | Every journal balances and explains its balances. | `wide::ends`, `closing` |
//! | A total is lines, taxes and charges less allowances and deductions. | `wide::laws`, `amounts::rows_add_up_whatever_the_document` |
//! | A split adds up, and each part is within a unit of exact. | `laws::a_split_adds_up_and_every_part_is_within_one_unit` |
//! | Rounded lines differ from a rounded sum by half a unit for each line at most. | `laws::rounded_lines_stay_near_the_rounded_sum` |
//! | A rate between currencies is stated with its source and date, or nothing is judged. | `estimates::a_threshold_in_another_currency_blocks_until_a_rate_is_given` |
//! | What is allocated is open and there; what is paid back is there; what is credited can be. | `model`, `wide::owed`, `amounts::credits_add_up_to_the_document` |
//! | Taking a receipt back opens again all that it paid. | `model`, `money_back` |
//! | A void changes no total after it; the invoice stays readable. | `model::work`, `wide::ends` |
//! | No amount passes its limit, and none is absorbed. | `laws::no_amount_passes_its_limit`, `bad_input` |
//! | No amount has more decimals than its currency. | `laws::an_amount_has_the_decimals_of_its_currency` |
//! | Work, a sale, a day of a fee stands on one live line; after a void it is billed once again. | `model::check`, `wide::laws`, `wide::compare`, `moves` |
//! | What was recorded is unapproved, in progress, billed, covered, not charged or written down, to the second, on any day. | `wide::seconds`, `wide::laws` |
//! | The bank has what its lines say, less what went back past them; what providers keep is the seller's expense. | `model::check` |
//! | Nothing is due before it is issued. | `wide::laws`, `terms` |
//! | Every state answers every command as the table says. | `life::every_state_answers_every_command` |
//! | What is open no more is called by what closed it. | `wide::ends` |
//! | Nothing is issued without the approvals its policy asked for, for exactly that content. | `approvals::nothing_is_issued_without_its_approvals`, `wide::consent` |
//! | Changed content voids an approval; nobody approves their own; one person counts once. | `approvals`, `estimates::an_approval_does_not_outlive_what_was_shown`, `wide::consent` |
//! | A later policy changes no past decision. | `approvals::nothing_is_issued_without_its_approvals` |
//! | A tighter policy lets no more through. | `approvals::a_tighter_policy_never_lets_more_through` |
//! | What has ended takes only what the table lists. | `life::every_state_answers_every_command`, `model`, `wide` |
//! | A dispute changes neither what is open nor the total. | `model::check`, `disputes` |
//! | A command succeeds exactly when a naive model succeeds, and is refused for the same reason. | `model`, `wide`, `moves` |

mod back;
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
const KINDS: [&str; 27] = [
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
    "import_opening",
    "open_dispute",
    "receive",
    "recover",
    "refund",
    "refund_credit",
    "refund_receipt",
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
    let wishes = (0..3_u8, any::<bool>(), prop::collection::vec((wish(), 0..DAYS.len()), 1..120));
    shares::run(64, &wishes, |(start, refunds_approved, wishes)| {
        let mut run = Run::under(refunds_approved);
        for wish in &before(start) {
            run.grant(wish, DAYS[0]);
        }
        run.compare(DAYS[0]);
        for (wish, day) in &wishes {
            run.grant(wish, DAYS[*day]);
            run.compare(DAYS[*day]);
        }
        run.replay();
        run.compare_bank();
        for what in &run.model.reached {
            run.shares.count(what, None);
        }
        all.absorb(&run.shares);
    });
    all.check(&KINDS);
    all.check_reached(&["decline_refund", "pay_back", "pay_out"]);
    all.check_reached(&["chargeback", "provider_refund"]);
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
fn a_payment_provider_settles_what_was_recorded_once() {
    let mut run = Run::new();
    let settle = |line, kind| Wish::Settle {
        line,
        debits: vec![(kind, 0, None, 30)],
        earlier: 0,
        fee: 100,
        right: true,
    };
    for wish in [
        Wish::Receive { receipt: 0, amount: 65_000, earlier: 0, assigned: true, fee: 250 },
        Wish::Refund { new: 0, receipt: 0, amount: Some(1_000), home: false },
        settle(0, 10),
        settle(1, 8),
        Wish::Reverse(0),
        settle(2, 0),
        settle(3, 0),
    ] {
        run.grant(&wish, DAYS[0]);
        run.compare(DAYS[0]);
    }
    assert_eq!(run.model.reached.iter().copied().collect::<Vec<_>>(), ["chargeback settled", "settled"]);
    assert_eq!(run.model.lines.keys().copied().collect::<Vec<_>>(), [0, 2]);
    run.compare_bank();
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
