//! Random wishes; small numbers choose among few things so that wishes meet.

use proptest::prelude::*;

use super::state::Work;

/// An amount in cents, or what is open of the thing it is about.
pub type Cents = Option<i64>;

#[derive(Debug, Clone)]
pub enum Wish {
    Capture {
        entry: u8,
        work: Work,
        revision: u8,
    },
    CloseTicket(u8),
    Sell(u8),
    Bill,
    Decide {
        subject: u8,
        who: (u8, u8),
        right: bool,
        approve: bool,
    },
    Void(u8),
    RequestNumber(u8),
    Credit {
        new: u8,
        of: u8,
        scope: u8,
        amount: Cents,
        rebill: bool,
    },
    ApplyCredit {
        from: u8,
        to: u8,
        amount: Cents,
    },
    RefundCredit {
        new: u8,
        from: u8,
        amount: Cents,
    },
    WriteOff {
        new: u8,
        item: u8,
        amount: Cents,
    },
    Recover {
        written: u8,
        amount: Cents,
    },
    OpenDispute {
        new: u8,
        item: u8,
        line: Option<u8>,
        amount: Cents,
    },
    AdvanceDispute {
        dispute: u8,
        to: u8,
    },
    CloseDispute {
        dispute: u8,
        accept: bool,
        remedy: Option<u8>,
    },
    Receive {
        receipt: u8,
        amount: i64,
        earlier: i64,
        assigned: bool,
        fee: i64,
    },
    Import {
        item: u8,
        amount: i64,
        cash: Option<u8>,
    },
    /// A line of a payment provider: what it took back, each of something and with a fee, its own fee, and whether it adds up.
    Settle {
        line: u8,
        debits: Vec<(u8, u8, Cents, i64)>,
        earlier: i64,
        fee: i64,
        right: bool,
    },
    Assign {
        receipt: u8,
        other: bool,
    },
    Reserve {
        receipt: u8,
        item: u8,
        amount: Cents,
        more: Option<(u8, i64)>,
    },
    Unapply {
        receipt: u8,
        count: u8,
    },
    RefundReceipt {
        new: u8,
        receipt: u8,
        amount: Cents,
        whose: u8,
    },
    Refund {
        new: u8,
        receipt: u8,
        amount: Cents,
        home: bool,
    },
    Reverse(u8),
    Close {
        book: bool,
        hard: bool,
        through: u8,
    },
    Reopen {
        book: bool,
        to: Option<u8>,
        who: u8,
        controller: bool,
        reason: bool,
    },
    Deliver(u8),
    DeliverAll,
    DeliverAgain(u8),
    Say(u8),
    Repeat {
        back: u8,
        changed: bool,
    },
    Task {
        place: u8,
        step: u8,
    },
    MoveIn {
        new: u8,
        paid: bool,
    },
}

/// Days on which things are done.
pub const DAYS: [i64; 6] = [31, 36, 41, 46, 51, 56];

fn worked() -> impl Strategy<Value = Wish> {
    let work = (0..4_u8, 5..10_u8, 8..14_u8, prop_oneof![Just(0_i16), -5..180_i16]);
    prop_oneof![
        8 => (0..9_u8, work, 1..3_u8).prop_map(|(entry, work, revision)| Wish::Capture { entry, work, revision }),
        3 => (0..3_u8).prop_map(Wish::CloseTicket),
        1 => (0..2_u8).prop_map(Wish::Sell),
        5 => Just(Wish::Bill),
        6 => (0..20_u8, (0..3_u8, prop_oneof![4 => Just(0_u8), 1 => Just(1)]), prop::bool::weighted(0.8), prop::bool::weighted(0.8))
            .prop_map(|(subject, who, right, approve)| Wish::Decide { subject, who, right, approve }),
        2 => (0..15_u8).prop_map(Wish::Void),
        3 => (0..15_u8).prop_map(Wish::RequestNumber),
        8 => (0..8_u8).prop_map(Wish::Deliver),
        4 => (0..40_u8, 0..5_u8).prop_map(|(place, step)| Wish::Task { place, step }),
        2 => Just(Wish::DeliverAll),
        1 => (0..40_u8).prop_map(Wish::DeliverAgain),
        1 => (0..40_u8).prop_map(Wish::Say),
        2 => (0..20_u8, any::<bool>()).prop_map(|(back, changed)| Wish::Repeat { back, changed }),
    ]
}

fn cents() -> impl Strategy<Value = Cents> {
    prop_oneof![
        3 => Just(None),
        3 => (1..9_000_i64).prop_map(Some),
        2 => (-5..90_000_i64).prop_map(Some),
        1 => Just(Some(25_000)),
        1 => Just(Some(0)),
    ]
}

fn owed() -> impl Strategy<Value = Wish> {
    let (n, item) = (|| 0..6_u8, || 0..15_u8);
    prop_oneof![
        6 => (n(), item(), 0..4_u8, cents(), any::<bool>())
            .prop_map(|(new, of, scope, amount, rebill)| Wish::Credit { new, of, scope, amount, rebill }),
        3 => (0..20_u8, item(), cents()).prop_map(|(from, to, amount)| Wish::ApplyCredit { from, to, amount }),
        2 => (n(), 0..20_u8, cents()).prop_map(|(new, from, amount)| Wish::RefundCredit { new, from, amount }),
        4 => (n(), item(), cents()).prop_map(|(new, item, amount)| Wish::WriteOff { new, item, amount }),
        3 => (n(), cents()).prop_map(|(written, amount)| Wish::Recover { written, amount }),
        3 => (n(), item(), prop::option::weighted(0.3, n()), cents())
            .prop_map(|(new, item, line, amount)| Wish::OpenDispute { new, item, line, amount }),
        2 => (n(), 0..3_u8).prop_map(|(dispute, to)| Wish::AdvanceDispute { dispute, to }),
        3 => (n(), any::<bool>(), prop::option::of(0..8_u8))
            .prop_map(|(dispute, accept, remedy)| Wish::CloseDispute { dispute, accept, remedy }),
    ]
}

fn money() -> impl Strategy<Value = Wish> {
    let (n, item) = (|| 0..4_u8, || 0..15_u8);
    prop_oneof![
        5 => (n(), prop_oneof![Just(0_i64), Just(2_975), Just(40_000), Just(65_000), -5..90_000_i64], 0..12_i64, any::<bool>(), prop_oneof![3 => Just(0_i64), 3 => 1..400_i64, 1 => Just(-50_i64)])
            .prop_map(|(receipt, amount, earlier, assigned, fee)| Wish::Receive { receipt, amount, earlier, assigned, fee }),
        4 => (0..6_u8, prop::collection::vec((0..12_u8, 0..8_u8, cents(), -30..300_i64), 0..3), 0..12_i64, 0..200_i64, prop::bool::weighted(0.9))
            .prop_map(|(line, debits, earlier, fee, right)| Wish::Settle { line, debits, earlier, fee, right }),
        1 => (n(), any::<bool>()).prop_map(|(receipt, other)| Wish::Assign { receipt, other }),
        8 => (n(), item(), cents(), prop::option::weighted(0.3, (item(), 0..3_000_i64)))
            .prop_map(|(receipt, item, amount, more)| Wish::Reserve { receipt, item, amount, more }),
        4 => (n(), 0..8_u8).prop_map(|(receipt, count)| Wish::Unapply { receipt, count }),
        2 => (n(), n(), cents(), any::<bool>())
            .prop_map(|(new, receipt, amount, home)| Wish::Refund { new, receipt, amount, home }),
        4 => (0..8_u8, n(), cents(), 0..9_u8)
            .prop_map(|(new, receipt, amount, whose)| Wish::RefundReceipt { new, receipt, amount, whose }),
        1 => n().prop_map(Wish::Reverse),
        1 => (3..6_u8, prop_oneof![4 => Just(2_500_i64), 2 => Just(-1_500_i64), 1 => Just(0_i64)], prop::option::of(100..103_u8))
            .prop_map(|(item, amount, cash)| Wish::Import { item, amount, cash }),
    ]
}

fn closing() -> impl Strategy<Value = Wish> {
    let day = 0..5_u8;
    prop_oneof![
        2 => (any::<bool>(), any::<bool>(), day.clone()).prop_map(|(book, hard, through)| Wish::Close { book, hard, through }),
        3 => (any::<bool>(), prop::option::of(0..2_u8), 0..2_u8, prop::bool::weighted(0.9), prop::bool::weighted(0.9)).prop_map(
            |(book, to, who, controller, reason)| Wish::Reopen { book, to, who, controller, reason }
        ),
        2 => (0..4_u8, any::<bool>()).prop_map(|(new, paid)| Wish::MoveIn { new, paid }),
    ]
}

pub fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![12 => worked(), 8 => owed(), 8 => money(), 1 => closing()]
}

/// What was done before a run: nothing, one invoice for all work, or one for each ticket; and money came.
pub fn before(start: u8) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for entry in 0..if start == 0 { 0 } else { 6_u8 } {
        let work = (entry % 3, 5 + entry % 5, 8 + entry, i16::from(entry) * 25 + 30);
        wishes.push(Wish::Capture { entry, work, revision: 1 });
    }
    for ticket in 0..if start == 0 { 0 } else { 3 } {
        wishes.push(Wish::CloseTicket(ticket));
        if start == 2 || ticket == 2 {
            wishes.extend([Wish::Bill, Wish::Decide { subject: 0, who: (1, 0), right: true, approve: true }]);
            wishes.extend([Wish::Sell(ticket), Wish::DeliverAll]);
        }
        let amount = 20_000 + 17_550 * i64::from(ticket);
        wishes.push(Wish::Receive { receipt: ticket, amount, earlier: 3, assigned: ticket == 0, fee: 250 });
    }
    wishes
}
