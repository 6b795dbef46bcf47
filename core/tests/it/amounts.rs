//! Sums of documents against a naive model that knows nothing but decimals, and what holds of them.

use std::collections::BTreeMap;

use duebill::invoice::{
    Adjusting, AdjustmentKind, AdjustmentTerm, AmountRule, CashStep, Creditable, Falls, Totals, Unsummed,
    cash_round, totals,
};
use duebill::money::{Currency, FACTOR_ONE, Minor, Per, Price, Rounding, divide, divide_by_power, extend};
use duebill::tax::{LineTax, TaxRole, TaxRounding, TaxRule, Taxed};
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use duebill::wire;

use super::month::{Host, january};

fn rule(category: &str, percent: &str, surcharge: Option<&str>) -> TaxRule {
    let mut document = serde_json::json!({ "category": category, "percent": percent });
    if let Some(surcharge) = surcharge {
        document["surcharge"] = serde_json::json!(surcharge);
    }
    duebill::canon::from_bytes(document.to_string().as_bytes()).unwrap()
}

/// The rates that documents of these tests draw from; 25 and 25.0 are one.
fn rules() -> Vec<TaxRule> {
    vec![
        rule("vat", "19", Some("5.2")),
        rule("vat", "7", Some("1.4")),
        rule("vat", "25.0", None),
        rule("vat", "25", None),
        rule("zero", "0", None),
        rule("odd", "8.1234", Some("0.5")),
    ]
}

/// A document made up: each line is an amount in minor units with the place of its rule, if any.
#[derive(Debug, Clone)]
struct Made {
    adjustments: Vec<(bool, Result<i64, i64>, Option<usize>)>,
    /// Hundredths of a percent that are not taxed.
    discount: Option<i64>,
    en16931: bool,
    inclusive: bool,
    lines: Vec<(i64, Option<usize>, bool, bool)>,
    per_line: bool,
    prepaid: i64,
    step: Option<i64>,
}

fn made(mixed: bool) -> impl Strategy<Value = Made> {
    let least = if mixed { -50_000_i64 } else { 0 };
    let line = (least..100_000_i64, prop::option::of(0..6_usize), any::<bool>(), any::<bool>());
    let size = prop_oneof![(0..5_000_i64).prop_map(Ok), (0..5_000_i64).prop_map(Err)];
    let adjustment = (any::<bool>(), size, prop::option::of(0..6_usize));
    (
        prop::collection::vec(adjustment, 0..3),
        any::<bool>(),
        any::<bool>(),
        prop::collection::vec(line, 0..12),
        any::<bool>(),
        0..10_000_i64,
        prop::option::of(1..200_i64),
        prop::option::of(1..10_000_i64),
    )
        .prop_map(|(adjustments, en16931, inclusive, lines, per_line, prepaid, step, discount)| Made {
            adjustments,
            discount: discount.filter(|_| !inclusive),
            en16931: en16931 && !per_line,
            inclusive,
            lines,
            per_line,
            prepaid,
            step,
        })
}

fn minor(units: i64) -> Minor {
    Minor::new(units).unwrap()
}

/// Whether anything is positive that an adjustment can be spread over.
fn bears(made: &Made) -> bool {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for line in &made.lines {
        *sums.entry(format!("{:?}", taxed_key(line))).or_default() += line.0;
    }
    sums.values().any(|&sum| sum > 0)
}

fn taxed_key(line: &(i64, Option<usize>, bool, bool)) -> Option<(usize, bool, bool)> {
    let rules = rules();
    line.1.map(|place| {
        let same = if place == 3 { 2 } else { place };
        (same, line.2 && rules[place].surcharge.is_some(), line.3)
    })
}

/// Whether something is taxed, and nothing is left that is not.
fn has_categories(made: &Made, summed: &Summed) -> bool {
    let shares =
        || summed.adjustments.iter().flat_map(|one| one.shares.iter().map(move |share| (one.kind, share)));
    let untaxed =
        made.lines.iter().zip(&summed.nets).filter(|(line, _)| line.1.is_none()).map(|(_, net)| *net);
    let loose =
        shares().filter(|(_, share)| share.taxes.is_empty()).map(|(kind, share)| kind.signed(share.net));
    let taxed =
        made.lines.iter().any(|line| line.1.is_some()) || shares().any(|(_, share)| !share.taxes.is_empty());
    taxed && Minor::sum(untaxed.chain(loose)).unwrap().is_zero()
}

struct Summed {
    adjustments: Vec<duebill::invoice::PriceAdjustment>,
    nets: Vec<Minor>,
    totals: Totals,
}

/// Sums a document with the library; `None` where an adjustment finds nothing to fall on.
fn sum(made: &Made) -> Option<Summed> {
    let eur = Currency::new("EUR").unwrap();
    let (rules, withholding) = (rules(), rule("irpf", "15", None));
    let terms: Vec<AdjustmentTerm> = made
        .adjustments
        .iter()
        .map(|(charge, size, _)| AdjustmentTerm {
            amount: size.ok().map(minor),
            codes: Vec::new(),
            from: None,
            kind: if *charge { AdjustmentKind::Charge } else { AdjustmentKind::Allowance },
            percent: size.err().map(|percent| Price::of_parts(percent, 2).unwrap()),
            reason: "agreed".to_owned(),
            reason_code: None,
            tax_category: None,
            to: None,
        })
        .collect();
    let taxed = |place: Option<usize>, surcharged: bool, withheld: bool| Taxed {
        rule: place.map(|place| &rules[place]),
        surcharged,
        withholding: place.filter(|_| withheld).map(|_| &withholding),
    };
    let falls =
        |on: Option<usize>| on.map_or(Falls::Spread, |place| Falls::On(taxed(Some(place), false, false)));
    let summed = totals(&Unsummed {
        adjustments: terms
            .iter()
            .zip(&made.adjustments)
            .map(|(term, (_, _, on))| Adjusting { falls: falls(*on), lines: None, one_off: false, term })
            .collect(),
        currency: eur,
        deposits: &[],
        lines: made.lines.iter().map(|line| (minor(line.0), taxed(line.1, line.2, line.3))).collect(),
        prepaid: minor(made.prepaid),
        rule: AmountRule {
            cash_rounding: Rounding::HalfUp,
            cash_step: made.step.map(minor),
            discount: made.discount.map(|percent| Price::of_parts(percent, 2).unwrap()),
            en16931: made.en16931,
            prices_include_tax: made.inclusive,
            tax_rounding: if made.per_line { TaxRounding::Line } else { TaxRounding::Group },
        },
    });
    match summed {
        Ok(summed) => {
            Some(Summed { adjustments: summed.adjustments, nets: summed.nets, totals: summed.totals })
        }
        Err(error) => {
            assert_eq!(duebill::error_code::Coded::code(&error).name, "split-weights", "{made:?}");
            assert!(!bears(made), "{made:?}");
            None
        }
    }
}

fn cents(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

/// Base and tax of an amount at a rate, by the words of the rule alone.
fn taken_apart(amount: Decimal, percent: Decimal, made: &Made) -> (Decimal, Decimal) {
    let rate = percent / Decimal::ONE_HUNDRED;
    if !made.inclusive {
        let left_out = cents(amount * Decimal::new(made.discount.unwrap_or(0), 4));
        return (amount, cents((amount - left_out) * rate));
    }
    if made.en16931 {
        let base = cents(amount / (Decimal::ONE + rate));
        return (base, cents(base * rate));
    }
    // A quotient that decimals cut off could look like a tie: the tie itself is told by multiplying back.
    let exact = amount * percent / (Decimal::ONE_HUNDRED + percent);
    let tax = cents(exact);
    (amount - tax, tax)
}

/// Base and tax by category and rate.
type Rows = BTreeMap<(String, Decimal), (Decimal, Decimal)>;

/// Tax by category and rate of a document without adjustments, by decimals.
fn naive(made: &Made) -> (Rows, Decimal) {
    let rules = rules();
    let mut groups: BTreeMap<(String, Decimal), Vec<Decimal>> = BTreeMap::new();
    let mut untaxed = Decimal::ZERO;
    for (amount, place, ..) in &made.lines {
        match place.map(|place| &rules[place]) {
            Some(rule) => {
                let key = (rule.category.to_string(), rule.percent.to_decimal().normalize());
                groups.entry(key).or_default().push(Decimal::from(*amount));
            }
            None => untaxed += Decimal::from(*amount),
        }
    }
    let taxed = groups.into_iter().map(|(key, amounts)| {
        let parts = if made.per_line { amounts } else { vec![amounts.into_iter().sum()] };
        let mut sum = (Decimal::ZERO, Decimal::ZERO);
        for part in parts {
            let (base, tax) = taken_apart(part, key.1, made);
            sum = (sum.0 + base, sum.1 + tax);
        }
        (key, sum)
    });
    (taxed.collect(), untaxed)
}

fn units(value: Minor) -> Decimal {
    Decimal::from(value.units())
}

proptest! {
    #![proptest_config(crate::effort::cases(400))]

    #[test]
    fn rows_add_up_whatever_the_document(made in made(true)) {
        let Some(summed) = sum(&made) else { return Ok(()) };
        let totals = &summed.totals;
        prop_assert!(totals.follow(&summed.nets, &summed.adjustments));
        let primary = totals.taxes.iter().filter(|row| row.role == TaxRole::Tax);
        let of_line = |line: &(i64, Option<usize>, bool, bool), net: &Minor| line.1.is_none().then_some(*net);
        let untaxed = made.lines.iter().zip(&summed.nets).filter_map(|(line, net)| of_line(line, net));
        let shares = summed.adjustments.iter().flat_map(|one| one.shares.iter().map(move |share| (one.kind, share)));
        let loose = shares.filter(|(_, share)| share.taxes.is_empty()).map(|(kind, share)| kind.signed(share.net));
        let bases = Minor::sum(primary.map(|row| row.base).chain(untaxed).chain(loose)).unwrap();
        prop_assert_eq!(bases, totals.net);
        for adjustment in &summed.adjustments {
            let parts = Minor::sum(adjustment.shares.iter().map(|share| share.amount)).unwrap();
            prop_assert_eq!(parts, adjustment.amount);
        }
        let promised = Minor::sum(made.lines.iter().map(|line| minor(line.0))).unwrap();
        if made.inclusive && made.step.is_none() && made.adjustments.is_empty() {
            let added = totals.taxes.iter().filter(|row| row.role == TaxRole::Surcharge).map(|row| row.tax);
            let paid = Minor::sum(added.chain([promised])).unwrap();
            let due = paid.minus(totals.withheld).unwrap().minus(totals.prepaid).unwrap();
            prop_assert_eq!(totals.payable, due);
        }
        if let Some(step) = made.step {
            prop_assert_eq!(totals.payable.units() % step, 0);
        }
    }

    #[test]
    fn exclusive_prices_taxed_per_group_always_keep_en_16931(made in made(true)) {
        let plain = Made {
            discount: None, inclusive: false, per_line: false, en16931: false,
            lines: made.lines.iter().map(|&(amount, rule, ..)| (amount, rule, false, false)).collect(), ..made
        };
        let Some(summed) = sum(&plain) else { return Ok(()) };
        prop_assert_eq!(summed.totals.en16931, has_categories(&plain, &summed));
        let eur = Currency::new("EUR").unwrap();
        prop_assert_eq!(summed.totals.violated(eur, &summed.nets, &summed.adjustments), []);
    }

    #[test]
    fn the_flag_is_the_rules_and_withholding_never_has_it(made in made(true)) {
        let Some(summed) = sum(&made) else { return Ok(()) };
        let eur = Currency::new("EUR").unwrap();
        let violated = summed.totals.violated(eur, &summed.nets, &summed.adjustments);
        prop_assert_eq!(summed.totals.en16931, violated.is_empty() && has_categories(&made, &summed));
        prop_assert!(summed.totals.withheld.is_zero() || !summed.totals.en16931);
        // Taken apart by base, a document keeps the rules although its prices contain their tax.
        if made.en16931 && made.discount.is_none() && summed.totals.withheld.is_zero() {
            prop_assert_eq!(violated, []);
        }
    }

    #[test]
    fn the_naive_model_agrees(made in made(true)) {
        let made = Made { adjustments: Vec::new(), ..made };
        let summed = sum(&made).unwrap();
        let (expected, untaxed) = naive(&made);
        let mut got = BTreeMap::new();
        for row in summed.totals.taxes.iter().filter(|row| row.role == TaxRole::Tax) {
            let key = (row.category.to_string(), row.percent.to_decimal().normalize());
            prop_assert!(got.insert(key, (units(row.base), units(row.tax))).is_none(), "one row per rate");
        }
        prop_assert_eq!(&got, &expected);
        let net = expected.values().map(|(base, _)| *base).sum::<Decimal>() + untaxed;
        prop_assert_eq!(units(summed.totals.net), net);
    }

    #[test]
    fn the_order_of_lines_changes_no_sum(made in made(true), seed in any::<u64>()) {
        let mut made = Made { adjustments: Vec::new(), ..made };
        // Of prices that contain their tax, the odd cent of a base goes to the earlier of equal lines, and
        // what is taxed beside the base follows it.
        for line in made.lines.iter_mut().filter(|_| made.inclusive) {
            (line.2, line.3) = (false, false);
        }
        let mut turned = made.clone();
        let by = usize::try_from(seed % 7).unwrap() % made.lines.len().max(1);
        turned.lines.rotate_left(by);
        turned.lines.reverse();
        prop_assert_eq!(sum(&made).unwrap().totals, sum(&turned).unwrap().totals);
    }

    #[test]
    fn the_mirrored_document_has_the_mirrored_sums(made in made(true)) {
        let made = Made { adjustments: Vec::new(), prepaid: 0, ..made };
        let mirrored =
            Made { lines: made.lines.iter().map(|&(a, b, c, d)| (-a, b, c, d)).collect(), ..made.clone() };
        let (one, other) = (sum(&made).unwrap(), sum(&mirrored).unwrap());
        prop_assert_eq!(one.totals.payable, other.totals.payable.negated());
        prop_assert_eq!(one.totals.tax, other.totals.tax.negated());
        let nets: Vec<Minor> = other.nets.iter().map(|net| net.negated()).collect();
        prop_assert_eq!(one.nets.iter().map(|net| net.units()).sum::<i64>(), nets.iter().map(|net| net.units()).sum::<i64>());
    }

    #[test]
    fn credits_add_up_to_the_document(made in made(false), cuts in prop::collection::vec(0..60_000_i64, 0..6)) {
        let Some(summed) = sum(&made) else { return Ok(()) };
        let document = summed.totals;
        prop_assume!(document.taxes.iter().all(|row| row.base >= Minor::ZERO) && document.gross >= Minor::ZERO);
        let mut left = Creditable::new(Currency::new("EUR").unwrap(), &document);
        prop_assert_eq!(&left.rest(), &document);
        let mut credits = Vec::new();
        for cut in cuts {
            match left.of_amount(minor(cut)) {
                Ok(credit) => {
                    prop_assert_eq!(credit.gross, minor(cut));
                    left.take(&credit).unwrap();
                    credits.push(credit);
                }
                Err(error) => {
                    prop_assert_eq!(duebill::error_code::Coded::code(&error).name, "credit-exceeds");
                    prop_assert!(left.rest().gross < minor(cut));
                }
            }
        }
        let last = left.rest();
        left.take(&last).unwrap();
        credits.push(last);
        prop_assert!(left.rest().taxes.iter().all(|row| row.base.is_zero() && row.tax.is_zero()));
        for of in [|t: &Totals| t.net, |t: &Totals| t.tax, |t: &Totals| t.gross, |t: &Totals| t.payable, |t: &Totals| t.withheld] {
            prop_assert_eq!(Minor::sum(credits.iter().map(of)).unwrap(), of(&document));
        }
        for row in &document.taxes {
            let same = credits.iter().flat_map(|credit| &credit.taxes).filter(|other| other.is_of(row));
            let (mut base, mut tax) = (Minor::ZERO, Minor::ZERO);
            for part in same {
                base = base.plus(part.base).unwrap();
                tax = tax.plus(part.tax).unwrap();
            }
            prop_assert_eq!((base, tax), (row.base, row.tax));
        }
    }

    #[test]
    fn lines_credited_one_by_one_take_the_residue_of_their_rate(nets in prop::collection::vec(1..5_000_i64, 1..10)) {
        let vat = rule("vat", "19", None);
        let eur = Currency::new("EUR").unwrap();
        let rule = AmountRule {
            cash_rounding: Rounding::HalfUp, cash_step: None, discount: None, en16931: false, prices_include_tax: false,
            tax_rounding: TaxRounding::Group,
        };
        let document = totals(&Unsummed {
            adjustments: Vec::new(), currency: eur, deposits: &[], prepaid: Minor::ZERO, rule,
            lines: nets.iter().map(|&net| (minor(net), Taxed::by(&vat))).collect(),
        }).unwrap().totals;
        let taxes = [LineTax { category: vat.category.clone(), percent: vat.percent, role: TaxRole::Tax }];
        let mut left = Creditable::new(eur, &document);
        let mut tax = Minor::ZERO;
        for &net in &nets {
            let credit = left.of_parts(&[(minor(net), &taxes[..])]).unwrap();
            tax = tax.plus(credit.tax).unwrap();
            left.take(&credit).unwrap();
        }
        prop_assert_eq!(tax, document.tax);
        prop_assert!(left.of_parts(&[(minor(1), &taxes[..])]).is_err());
    }

    #[test]
    fn the_quick_division_is_the_wide_one(n in any::<i64>(), digits in 0..19_u8, shrink in 0..63_u32) {
        let n = n >> shrink;
        let modes = [Rounding::HalfUp, Rounding::HalfEven, Rounding::Up, Rounding::Down, Rounding::Ceiling, Rounding::Floor];
        for mode in modes {
            let wide = divide(n.into(), 10_i128.pow(digits.into()), mode).and_then(|q| i64::try_from(q).ok());
            prop_assert_eq!(divide_by_power(n, digits, mode), wide);
        }
    }

    #[test]
    fn a_product_is_the_decimal_product(
        price in -10_000_000_000_i64..10_000_000_000, scale in 0..9_u8, quantity in -10_000_000_i64..10_000_000,
        places in 0..9_u8, code in prop::sample::select(vec!["JPY", "EUR", "KWD", "CLF"]),
    ) {
        let currency = Currency::new(code).unwrap();
        let (price, quantity) = (Price::of_parts(price, scale).unwrap(), Price::of_parts(quantity, places).unwrap());
        let digits = u32::from(currency.digits());
        let exact = price.to_decimal() * quantity.to_decimal();
        let expected = exact.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero) * Decimal::from(10_i64.pow(digits));
        match extend(price, quantity, FACTOR_ONE, Per::UNIT, currency, Rounding::HalfUp) {
            Ok(got) => prop_assert_eq!(units(got), expected.normalize()),
            Err(_) => prop_assert!(expected.abs() > Decimal::from(Minor::LIMIT)),
        }
    }
}

#[test]
fn a_step_of_each_currency_is_a_policy() {
    let policy: duebill::invoice::AmountPolicy = duebill::canon::from_bytes(
        br#"{"cash":[{"currency":"CHF","step":"0.05"},{"currency":"SEK","step":"1.00","rounding":"half_even"}]}"#,
    )
    .unwrap();
    let step = |code: &str| policy.rule(Currency::new(code).unwrap()).cash_step;
    assert_eq!((step("CHF"), step("SEK"), step("EUR")), (Some(minor(5)), Some(minor(100)), None));
    assert_eq!(policy.check(), []);
    let twice =
        CashStep { currency: Currency::new("CHF").unwrap(), rounding: Rounding::HalfUp, step: minor(10) };
    let mut double = policy.clone();
    double.cash.push(twice);
    assert_eq!(double.check().len(), 1);
    assert!(cash_round(minor(1), minor(0), Rounding::HalfUp).is_err());
    assert!(cash_round(minor(1), minor(-5), Rounding::HalfUp).is_err());
}

/// January under a changed rulebook: the drafted invoice of an account.
fn drafted(account: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    change(&mut document);
    let mut host = Host::new();
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    january(&mut host);
    let view = host.report("account", account, json!({ "kind": "account", "as_of": "2026-02-01" }));
    view["invoices"][0].clone()
}

#[test]
fn terms_and_policy_reach_the_invoice() {
    let plain = drafted("acme", |_| {});
    assert_eq!(
        (&plain["net"], &plain["gross"], &plain["payable"]),
        (&json!("452.30"), &json!("538.24"), &json!("538.24"))
    );
    let changed = drafted("acme", |document| {
        document["policy"]["amounts"] = json!({ "cash": [{ "currency": "EUR", "step": "0.05" }] });
        document["policy"]["taxes"][0]["surcharge"] = json!("5.2");
        document["policy"]["withholdings"] = json!([{ "category": "irpf", "percent": "15" }]);
        document["terms"][0]["surcharged"] = json!(true);
        document["terms"][0]["withholding"] = json!("irpf");
        document["terms"][0]["adjustments"] = json!([
            { "kind": "allowance", "percent": "10", "reason": "Loyalty", "reason_code": "95" },
            { "kind": "charge", "amount": "7.00", "reason": "Travel", "tax_category": "standard" },
            { "kind": "allowance", "percent": "50", "reason": "Hardware at cost", "codes": ["hardware"] },
            { "kind": "allowance", "percent": "99", "reason": "Over", "to": "2025-12-31" }
        ]);
    });
    let money = |field: &str| changed[field].as_str().unwrap().parse::<Decimal>().unwrap();
    let lines: Decimal = changed["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["net"].as_str().unwrap().parse::<Decimal>().unwrap())
        .sum();
    let loyalty =
        (lines * Decimal::new(1, 1)).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    assert!(lines < Decimal::new(45_230, 2), "the hardware is cheaper");
    assert_eq!(money("net"), lines - loyalty + Decimal::from(7));
    let roles: Vec<&Value> = changed["taxes"].as_array().unwrap().iter().map(|row| &row["role"]).collect();
    assert_eq!(roles, ["tax", "surcharge", "withheld"]);
    assert_eq!(money("payable"), money("gross") - money("withheld") + money("rounding"));
    assert_eq!(money("payable") % Decimal::new(5, 2), Decimal::ZERO);
    assert_eq!(changed["en16931"], false);
    assert_eq!(changed["adjustments"][0]["shares"][0]["taxes"][0]["category"], "standard");
}

#[test]
fn a_buyer_in_another_state_owes_the_tax_itself() {
    let invoice = drafted("acme", |document| {
        let rule = json!({ "category": "abroad", "percent": "0", "treatment": "reverse_charge",
            "exemption": "Reverse charge", "exemption_code": "VATEX-EU-AE" });
        document["policy"]["taxes"].as_array_mut().unwrap().push(rule);
        document["terms"][0]["tax_category"] = json!("abroad");
    });
    assert_eq!((&invoice["gross"], &invoice["net"]), (&json!("452.30"), &json!("452.30")));
    let row = &invoice["taxes"][0];
    assert_eq!(
        (&row["treatment"], &row["exemption_code"]),
        (&json!("reverse_charge"), &json!("VATEX-EU-AE"))
    );
    assert_eq!(invoice["en16931"], true);
}

#[test]
fn amounts_of_a_rulebook_name_their_faults() {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["policy"]["amounts"] = json!({
        "cash": [{ "currency": "CHF", "step": "0.05" }, { "currency": "CHF", "step": "0.10" }],
        "en16931": true, "tax_rounding": "line",
    });
    document["policy"]["withholdings"] = json!([{ "category": "irpf", "percent": "150" }]);
    document["policy"]["taxes"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "category": "abroad", "percent": "0", "treatment": "reverse_charge" }));
    let faults = |document: &Value| -> Vec<String> {
        let refusal = wire::compile(document.to_string().as_bytes()).unwrap_err();
        refusal.findings().map(|finding| format!("{} {}", finding.code.name, finding.path)).collect()
    };
    assert_eq!(
        faults(&document),
        [
            "tax-rounding /policy/amounts/tax_rounding",
            "cash-step /policy/amounts/cash/1",
            "exemption-missing /policy/taxes/1",
            "tax-percent /policy/withholdings/0",
        ]
    );
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["terms"][0]["tax_category"] = json!("nowhere");
    document["terms"][0]["withholding"] = json!("none");
    document["terms"][0]["adjustments"] = json!([
        { "kind": "allowance", "reason": "", "percent": "101" },
        { "kind": "charge", "reason": "", "codes": ["nothing"], "amount": "1.00" },
        { "kind": "charge", "reason": "", "amount": "1.00", "tax_category": "other" },
    ]);
    assert_eq!(
        faults(&document),
        [
            "tax-category-unknown /terms/0/tax_category",
            "tax-category-unknown /terms/0/withholding",
            "adjustment-range /terms/0/adjustments/0",
            "code-unknown /terms/0/adjustments/1/codes",
            "tax-category-unknown /terms/0/adjustments/2/tax_category",
        ]
    );
}
