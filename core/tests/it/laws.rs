//! Laws of the pure calculators, over random inputs.

use std::collections::BTreeMap;

use duebill::calendar::{Calendar, Instant, WeekRule, Zone};
use duebill::canon;
use duebill::id::Id;
use duebill::money::{Amount, Currency, Minor, Per, Price, Rounding, decimal, divide, extend, split};
use duebill::payment::{Candidate, MatchDecision, MatchPolicy, MatchReceipt, Payers, Plan, match_receipts};
use duebill::rating::{Scope, TimeMode, TimeRounding};
use duebill::receivables::{bucket, bucket_names};
use duebill::wire;
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn mode() -> impl Strategy<Value = (Rounding, RoundingStrategy)> {
    prop_oneof![
        Just((Rounding::HalfUp, RoundingStrategy::MidpointAwayFromZero)),
        Just((Rounding::HalfEven, RoundingStrategy::MidpointNearestEven)),
        Just((Rounding::Up, RoundingStrategy::AwayFromZero)),
        Just((Rounding::Down, RoundingStrategy::ToZero)),
        Just((Rounding::Ceiling, RoundingStrategy::ToPositiveInfinity)),
        Just((Rounding::Floor, RoundingStrategy::ToNegativeInfinity)),
    ]
}

fn time_mode() -> impl Strategy<Value = TimeMode> {
    prop_oneof![
        Just(TimeMode::Up),
        Just(TimeMode::Down),
        Just(TimeMode::Nearest),
        Just(TimeMode::NearestHalfEven),
        Just(TimeMode::None),
    ]
}

proptest! {
    #![proptest_config(crate::effort::cases(256))]

    /// A second opinion for every rounding: the decimal crate's own.
    #[test]
    fn rounding_is_what_a_decimal_library_says(units in -10_000_000_i64..10_000_000, (ours, theirs) in mode()) {
        let expected = Decimal::new(units, 3).round_dp_with_strategy(1, theirs);
        let got = divide(units.into(), 100, ours).unwrap();
        prop_assert_eq!(Decimal::new(i64::try_from(got).unwrap(), 1), expected);
    }

    #[test]
    fn extending_is_what_a_decimal_library_says(
        price in -1_000_000_i64..1_000_000, scale in 0..5_u32, seconds in 0..400_000_i64,
        factor in 0..50_000_u32, (ours, theirs) in mode(),
    ) {
        let currency = Currency::new("EUR").unwrap();
        let price = Decimal::new(price, scale);
        let exact = price * Decimal::from(seconds) * Decimal::from(factor);
        let whole = exact / Decimal::from(36_000_000);
        // A quotient that does not end is compared only where the library's own rounding cannot matter.
        prop_assume!(whole * Decimal::from(36_000_000) == exact);
        let got = extend(
            Price::from_decimal(price).unwrap(), Price::whole(seconds).unwrap(), factor, Per::HOUR, currency, ours,
        ).unwrap();
        prop_assert_eq!(Amount::new(got, currency).to_decimal(), whole.round_dp_with_strategy(2, theirs));
    }

    #[test]
    fn a_split_adds_up_and_every_part_is_within_one_unit(
        whole in -1_000_000_i64..1_000_000, weights in prop::collection::vec(0..10_000_i64, 1..20),
    ) {
        let sum: i64 = weights.iter().sum();
        prop_assume!(sum > 0);
        let parts = split(whole, &weights).unwrap();
        prop_assert_eq!(parts.iter().sum::<i64>(), whole);
        for (part, weight) in parts.iter().zip(&weights) {
            prop_assert!((part * sum - whole * weight).abs() < sum);
        }
        // Equal weights never differ by more than a unit, and the earlier is never the smaller.
        for (a, b) in (0..weights.len()).flat_map(|a| (a + 1..weights.len()).map(move |b| (a, b))) {
            if weights[a] == weights[b] {
                prop_assert!((0..=1).contains(&((parts[a] - parts[b]) * whole.signum().max(-1))) || whole == 0);
            }
        }
    }

    /// Lines of time at one price, each rounded, against all of it rounded once.
    #[test]
    fn rounded_lines_stay_near_the_rounded_sum(price in 1..1_000_000_i64, lines in prop::collection::vec(0..40_000_i64, 1..30)) {
        let (currency, price) = (Currency::new("EUR").unwrap(), Price::from_decimal(Decimal::new(price, 3)).unwrap());
        let cost = |seconds: i64| {
            let quantity = Price::whole(seconds).unwrap();
            extend(price, quantity, 10_000, Per::HOUR, currency, Rounding::HalfUp).unwrap().units()
        };
        let apart: i64 = lines.iter().map(|seconds| cost(*seconds)).sum();
        let count = i64::try_from(lines.len()).unwrap();
        prop_assert!(2 * (apart - cost(lines.iter().sum())).abs() <= count);
    }

    /// What leaves the limit is refused, whatever made it; what stays is exact.
    #[test]
    fn no_amount_passes_its_limit(a in -3 * Minor::LIMIT..3 * Minor::LIMIT, b in -3 * Minor::LIMIT..3 * Minor::LIMIT) {
        let within = |units: i64| units.abs() <= Minor::LIMIT;
        prop_assert_eq!(Minor::new(a).is_ok(), within(a));
        let half = |units: i64| Minor::new(units / 4).unwrap();
        let (a, b) = (half(a), half(b));
        for (got, exact) in [
            (a.plus(b), a.units() + b.units()),
            (a.minus(b), a.units() - b.units()),
            (Minor::sum([a, b, a]), 2 * a.units() + b.units()),
        ] {
            // A sum may pass the limit on its way only where it is refused.
            prop_assert!(got.as_ref().map_or(!within(exact) || !within(a.units() + b.units()), |sum| sum.units() == exact));
        }
    }

    #[test]
    fn an_amount_has_the_decimals_of_its_currency(units in -10_000_000_i64..10_000_000, scale in 0..7_u32) {
        for (code, digits) in [("JPY", 0_u32), ("EUR", 2), ("KWD", 3), ("CLF", 4)] {
            let (currency, value) = (Currency::new(code).unwrap(), Decimal::new(units, scale));
            let parsed = Amount::parse(&value.to_string(), currency);
            prop_assert_eq!(parsed.is_ok(), value.normalize().scale() <= digits, "{} {}", value, code);
            if let Ok(amount) = parsed {
                let shown = amount.plain();
                let decimals = shown.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                prop_assert_eq!((decimals, amount.to_decimal()), (digits as usize, value));
            }
        }
    }

    #[test]
    fn rounded_time_is_monotone_idempotent_and_near(
        a in 0..200_000_u64, b in 0..200_000_u64, increment in 1..7_200_u32, mode in time_mode(),
    ) {
        let rule = TimeRounding {
            grace_seconds: 0, id: id("r"), increment_seconds: increment, maximum_seconds: None, minimum_seconds: 0,
            mode, scope: Scope::Entry,
        };
        let (low, high) = (a.min(b), a.max(b));
        prop_assert!(rule.round(low) <= rule.round(high));
        prop_assert_eq!(rule.round(rule.round(a)), rule.round(a));
        prop_assert!(rule.round(a).abs_diff(a) < u64::from(increment));
        if mode == TimeMode::Up {
            prop_assert!(rule.round(a) >= a);
        }
        prop_assert_eq!(rule.round(0), 0);
    }

    #[test]
    fn cutting_keeps_elapsed_time(
        start in 1_700_000_000_i64..1_800_000_000, seconds in 0..300_000_i64, zone in 0..5_usize,
        from in 0..720_u16, length in 1..720_u16,
    ) {
        let names = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
        let zone = Zone::new(names[zone]).unwrap();
        let rules: Vec<WeekRule> = (1..=5)
            .map(|day| WeekRule { band: id("normal"), day, from, to: from + length })
            .collect();
        let calendar = Calendar::new(zone, id("other"), &rules, &[]).unwrap();
        let begin = Instant::from_micros(start * 1_000_000).unwrap();
        let end = begin.plus_seconds(seconds).unwrap();
        let pieces = calendar.cut(begin, end).unwrap();
        prop_assert_eq!(pieces.iter().map(|piece| i64::from(piece.seconds)).sum::<i64>(), seconds);
        let mut at = begin;
        for piece in &pieces {
            prop_assert_eq!(piece.start, at);
            prop_assert_eq!(zone.date(piece.start).unwrap(), piece.date);
            prop_assert!(piece.end > piece.start);
            at = piece.end;
        }
        prop_assert!(pieces.is_empty() || at == end);
    }

    #[test]
    fn buckets_follow_their_names(days in -400..400_i64) {
        let limits = [30, 60, 90];
        let names = bucket_names(&limits);
        let name = &names[bucket(&limits, days)];
        let inside = match name.as_str() {
            "not_due" => days <= 0,
            "over_90" => days > 90,
            range => {
                let (from, to) = range.split_once('-').unwrap();
                (from.parse().unwrap()..=to.parse().unwrap()).contains(&days)
            }
        };
        prop_assert!(inside, "{} days in {}", days, name);
    }

    #[test]
    fn a_decimal_is_read_exactly_or_refused(text in "-?[0-9]{0,16}(\\.[0-9]{0,14})?([eE+_ ]?[0-9]?)?") {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let body = text.strip_prefix('-').unwrap_or(&text);
        let plain = match body.split_once('.') {
            Some((whole, fraction)) => digits(whole) && digits(fraction),
            None => digits(body),
        };
        match decimal::parse(&text) {
            Ok(value) => {
                prop_assert!(plain);
                let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
                let trimmed = whole.trim_start_matches('0');
                let whole = if trimmed.is_empty() { "0" } else { trimmed };
                let point = if fraction.is_empty() { "" } else { "." };
                let zero = value.is_zero() || !text.starts_with('-');
                let expected = format!("{}{whole}{point}{fraction}", if zero { "" } else { "-" });
                // Zero has no sign here, whatever stood before it.
                let shown = value.abs().to_string();
                let shown = if zero { shown } else { format!("-{shown}") };
                prop_assert_eq!(shown, expected);
            }
            Err(error) => prop_assert!(!plain || error.code().name == "number-range", "{}: {}", text, error),
        }
    }

    #[test]
    fn amounts_and_prices_come_back_as_they_went(units in -1_000_000_000_i64..1_000_000_000, scale in 0..9_u32) {
        let price = Price::from_decimal(Decimal::new(units, scale)).unwrap();
        prop_assert_eq!(canon::from_bytes::<Price>(&canon::to_bytes(&price)).unwrap(), price);
        for currency in [Currency::new("JPY").unwrap(), Currency::new("EUR").unwrap(), Currency::new("KWD").unwrap()] {
            let amount = Amount::new(Minor::new(units).unwrap(), currency);
            prop_assert_eq!(Amount::parse(&amount.plain(), currency).unwrap(), amount);
        }
    }

    /// Bytes never panic, whatever they are, and an error says where.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(refusal) = wire::compile(&bytes) {
            prop_assert!(!refusal.first().message.is_empty());
        }
        let _ = wire::calculate(&bytes);
        let _ = wire::verify(&bytes, None).unwrap();
    }

    /// A document with anything put in place of anything is read or refused at a pointer that is in it.
    #[test]
    fn any_change_of_a_rulebook_is_read_or_refused(at in 0..400_usize, with in 0..8_usize) {
        let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
        let values = [json!(null), json!(true), json!(-1), json!(1.5), json!("x"), json!([]), json!({}), json!("9".repeat(40))];
        replace(&mut document, &mut (at as isize), &values[with]);
        if let Err(refusal) = wire::compile(document.to_string().as_bytes()) {
            for finding in refusal.findings() {
                let mut pointer = finding.path.as_str();
                // A field that is missing is named by its object, a reference by the list it stands in.
                while document.pointer(pointer).is_none() {
                    pointer = pointer.rsplit_once('/').map_or("", |(above, _)| above);
                }
                prop_assert!(!finding.message.is_empty());
            }
        }
    }
}

/// Puts a value in place of the n-th value of a document.
fn replace(value: &mut Value, left: &mut isize, with: &Value) {
    *left -= 1;
    if *left == 0 {
        *value = with.clone();
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, left, with)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, left, with)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn payers() -> Payers {
    let customers = ["a", "b", "b-child"].map(id);
    Payers {
        accounts: customers
            .iter()
            .map(|customer| (id(&format!("IBAN-{customer}")), customer.clone()))
            .collect(),
        names: BTreeMap::new(),
        billed_to: [("a", "a"), ("b", "b"), ("b-child", "b")]
            .map(|(child, payer)| (id(child), id(payer)))
            .into(),
    }
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (0..3_usize, 0..6_usize, prop_oneof![Just(10_000_i64), Just(20_000), 1..30_000_i64]);
    prop::collection::vec(one, 0..8).prop_map(|rows| {
        let rows = rows.into_iter().enumerate();
        rows.map(|(place, (customer, number, open))| Candidate {
            account: id(["a", "b", "b"][customer]),
            customer: id(["a", "b", "b-child"][customer]),
            item: id(&format!("I{place}")),
            number: id(&format!("INV-{number}")),
            currency: Currency::new("EUR").unwrap(),
            open: Minor::new(open).unwrap(),
            fees: Minor::ZERO,
        })
        .collect()
    })
}

fn receipts() -> impl Strategy<Value = Vec<MatchReceipt>> {
    let one =
        (0..4_usize, prop::option::of(0..7_usize), prop_oneof![Just(10_000_i64), Just(9_600), 1..40_000_i64]);
    prop::collection::vec(one, 0..6).prop_map(|rows| {
        let rows = rows.into_iter().enumerate();
        rows.map(|(place, (payer, number, amount))| MatchReceipt {
            id: id(&format!("R{place}")),
            currency: Currency::new("EUR").unwrap(),
            amount: Minor::new(amount).unwrap(),
            customer: None,
            payer_account: Some(id(["IBAN-a", "IBAN-b", "IBAN-b-child", "IBAN-x"][payer])),
            payer_name: None,
            references: number.map(|number| format!("pays inv-{number}")).into_iter().collect(),
        })
        .collect()
    })
}

fn matched(items: &[Candidate], receipts: &[MatchReceipt]) -> Vec<Plan> {
    let policy = MatchPolicy { fee_tolerance: Price::parse("5").unwrap() };
    match_receipts(&policy, &payers(), items, receipts)
}

proptest! {
    #![proptest_config(crate::effort::cases(256))]

    #[test]
    fn matching_spends_nothing_twice_and_adds_up(items in candidates(), receipts in receipts()) {
        let plans = matched(&items, &receipts);
        prop_assert_eq!(plans.len(), receipts.len());
        let mut fallen: BTreeMap<&Id, i64> = BTreeMap::new();
        for (plan, receipt) in plans.iter().zip(&receipts) {
            let cash: i64 = plan.targets.iter().map(|target| target.allocation.cash.units()).sum();
            prop_assert_eq!(cash + plan.residual.units(), receipt.amount.units());
            prop_assert!(plan.residual >= Minor::ZERO);
            prop_assert_eq!(plan.targets.is_empty(), plan.decision != MatchDecision::Auto);
            for target in &plan.targets {
                *fallen.entry(&target.allocation.item).or_default() += target.allocation.fall().unwrap().units();
            }
        }
        for item in &items {
            prop_assert!(fallen.get(&item.item).is_none_or(|fallen| *fallen <= item.open.units()));
        }
    }

    #[test]
    fn matching_does_not_depend_on_order(
        (items, shuffled) in candidates().prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle())),
        (receipts, mixed) in receipts().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        prop_assert_eq!(matched(&items, &receipts), matched(&shuffled, &mixed));
    }

    #[test]
    fn matching_one_customer_never_changes_another(items in candidates(), receipts in receipts()) {
        let of_a = |plans: Vec<Plan>| -> Vec<Plan> {
            plans.into_iter().filter(|plan| plan.customer == Some(id("a"))).collect()
        };
        // Receipts of A that name nobody else's number see only what is A's.
        let own: Vec<Candidate> = items.iter().filter(|item| item.account == id("a")).cloned().collect();
        let silent: Vec<MatchReceipt> =
            receipts.into_iter().map(|receipt| MatchReceipt { references: Vec::new(), ..receipt }).collect();
        prop_assert_eq!(of_a(matched(&items, &silent)), of_a(matched(&own, &silent)));
    }
}
