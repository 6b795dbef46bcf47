//! What may fall on an open item, by how much and from when on.

use duebill::calendar::{Date, Instant};
use duebill::id::Id;
use duebill::ledger::{
    Adjustment, AdjustmentKind, Allocation, ItemKind, ItemTerms, Ledger, LedgerError, Moment, MovementKind,
};
use duebill::money::{Currency, Minor};

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn minor(units: i64) -> Minor {
    Minor::new(units).unwrap()
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn moment(day: &str) -> Moment {
    Moment { effective: date(day), recorded: Instant::parse("2026-03-01T12:00:00Z").unwrap() }
}

/// An invoice of 100.00 and an unused credit of 50.00.
fn ledger() -> Ledger {
    let mut ledger = Ledger::default();
    for (name, kind, units) in [("A", ItemKind::Invoice, 10_000), ("C", ItemKind::CreditNote, -5_000)] {
        let terms = ItemTerms {
            currency: Currency::new("EUR").unwrap(),
            customer: id("acme"),
            discount: None,
            due: date("2026-01-31"),
            id: id(name),
            instalments: Vec::new(),
            issued: date("2026-01-01"),
            number: id(name),
            open: minor(units),
            payment_reference: None,
            total: minor(units),
        };
        ledger.open(kind, terms, moment("2026-01-01")).unwrap();
    }
    ledger
}

#[test]
fn an_allocation_is_cash_and_lowers_what_is_owed() {
    let ledger = ledger();
    let fall = |item: &str, cash: i64, written_off: i64| {
        let part =
            |amount| Adjustment { amount: minor(amount), kind: AdjustmentKind::WriteOff, reason: None };
        let adjustments = if written_off == 0 { Vec::new() } else { vec![part(written_off)] };
        let currency = Currency::new("EUR").unwrap();
        let allocation = Allocation { adjustments, cash: minor(cash), currency, item: id(item) };
        ledger.check_allocation(&allocation, minor(1_000), date("2026-02-01")).map(Minor::units)
    };
    let sign = |item: &str, got: &str| Err(LedgerError::Sign { item: item.into(), got: got.into() });
    // Of 100.00, 10.00 fall by the same command already.
    assert_eq!(fall("A", 9_000, 0), Ok(9_000));
    assert_eq!(fall("A", 8_999, 1), Ok(9_000));
    assert_eq!(fall("A", 0, 1), Ok(1));
    assert_eq!(fall("A", 2, -1), Ok(1));
    assert_eq!(fall("A", 0, 0), sign("A", "0.00 EUR"));
    assert_eq!(fall("A", 1, -2), sign("A", "-0.01 EUR"));
    assert_eq!(fall("A", -1, 5), sign("A", "0.04 EUR"));
    assert_eq!(fall("C", 1, 0), sign("C", "0.01 EUR"));
    let (item, open, got) = ("A".into(), "100.00 EUR".into(), "100.01 EUR".into());
    assert_eq!(fall("A", 9_001, 0), Err(LedgerError::Over { item, open, got }));
}

#[test]
fn what_may_fall_is_the_least_that_is_open_on_any_later_day() {
    let mut ledger = ledger();
    for (name, amount) in [("A", 4_000), ("C", 2_000)] {
        let cause = id("R");
        ledger
            .lower(&id(name), MovementKind::Allocation, minor(amount), &cause, moment("2026-01-10"))
            .unwrap();
        ledger
            .raise(&id(name), MovementKind::Unapplied, minor(amount), &cause, moment("2026-01-31"))
            .unwrap();
    }
    for (day, invoice, credit) in [
        ("2026-01-05", 6_000, 3_000),
        ("2026-01-10", 6_000, 3_000),
        ("2026-01-30", 6_000, 3_000),
        ("2026-01-31", 10_000, 5_000),
        ("2026-02-01", 10_000, 5_000),
    ] {
        let least = |name: &str| ledger.item(&id(name)).unwrap().available_from(date(day)).units();
        assert_eq!((least("A"), least("C")), (invoice, credit), "{day}");
    }
}

#[test]
fn no_more_rises_than_had_fallen() {
    for (name, fallen) in [("A", 4_000), ("C", 2_000)] {
        let mut ledger = ledger();
        let cause = id("R");
        ledger
            .lower(&id(name), MovementKind::Allocation, minor(fallen), &cause, moment("2026-01-10"))
            .unwrap();
        let before = ledger.clone();
        for (units, got) in
            [(fallen + 1, format!("{}0.01 EUR", fallen / 1_000)), (-1, "-0.01 EUR".to_owned())]
        {
            let (item, fallen) = (name.to_owned(), format!("{}0.00 EUR", fallen / 1_000));
            let refusal = LedgerError::Risen { item, fallen, got };
            let raised =
                ledger.raise(&id(name), MovementKind::Unapplied, minor(units), &cause, moment("2026-01-31"));
            assert_eq!((raised, &ledger), (Err(refusal), &before));
        }
        ledger
            .raise(&id(name), MovementKind::Unapplied, minor(fallen), &cause, moment("2026-01-31"))
            .unwrap();
        let item = ledger.item(&id(name)).unwrap();
        assert_eq!(item.open(), item.terms().total);
    }
}
