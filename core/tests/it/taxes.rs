//! Rates of tax: the days they hold, their limits, and sums over them.

use duebill::calendar::Date;
use duebill::canon;
use duebill::id::Id;
use duebill::money::{Minor, Price};
use duebill::tax::{self, Prices, Tally, TaxRole, TaxRounding, TaxRule, Treatment, Untallied};
use serde_json::{Value, json};

fn rule(document: &Value) -> TaxRule {
    canon::from_bytes(document.to_string().as_bytes()).unwrap()
}

fn minor(units: i64) -> Minor {
    Minor::new(units).unwrap()
}

#[test]
fn a_rate_holds_from_its_first_day_through_its_last() {
    let rules = [
        rule(&json!({ "category": "vat", "percent": "19", "to": "2020-06-30" })),
        rule(&json!({ "category": "vat", "percent": "16", "from": "2020-07-01", "to": "2020-12-31" })),
        rule(&json!({ "category": "books", "percent": "7", "from": "2020-07-01" })),
    ];
    let on = |category: &str, date: &str| {
        let found = tax::rule_on(&rules, &Id::new(category).unwrap(), Date::parse(date).unwrap());
        found.ok().map(|rule| rule.percent.to_string())
    };
    for (category, date, percent) in [
        ("vat", "2020-06-30", Some("19")),
        ("vat", "2020-07-01", Some("16")),
        ("vat", "2020-12-31", Some("16")),
        ("vat", "2021-01-01", None),
        ("books", "2020-06-30", None),
        ("books", "2020-07-01", Some("7")),
        ("books", "2030-01-01", Some("7")),
        ("wine", "2020-07-01", None),
    ] {
        assert_eq!(on(category, date).as_deref(), percent, "{category} on {date}");
    }
}

#[test]
fn a_percentage_is_between_nothing_and_all() {
    for (percent, is_one) in [("0", true), ("100", true), ("100.01", false), ("-0.01", false)] {
        for field in ["percent", "surcharge"] {
            let mut document = json!({ "category": "vat", "percent": "19" });
            document[field] = json!(percent);
            let names: Vec<_> =
                tax::check(&[rule(&document)]).iter().map(|(_, error)| error.code().name).collect();
            let expected: &[&str] = if is_one { &[] } else { &["tax-percent"] };
            assert_eq!(names, expected, "{field} {percent}");
        }
    }
}

/// The codes of UNCL 5305 that EN 16931 takes.
#[test]
fn a_treatment_has_the_code_of_the_norm() {
    for (treatment, code) in [
        (Treatment::Standard, "S"),
        (Treatment::Zero, "Z"),
        (Treatment::Exempt, "E"),
        (Treatment::ReverseCharge, "AE"),
        (Treatment::IntraCommunity, "K"),
        (Treatment::Export, "G"),
        (Treatment::OutsideScope, "O"),
    ] {
        assert_eq!(treatment.code(), code);
    }
}

/// Two lines of 3.33 at 20 %: the tax of 6.66 is 1.33, that of each line 0.67; 2 % off for paying early, it is
/// that of 6.53, and of 3.26 twice; within 3.33 are 0.56 twice, within 6.66 are 1.11.
#[test]
fn lines_added_at_once_are_lines_added_one_by_one() {
    let vat = rule(&json!({ "category": "vat", "percent": "20" }));
    for (prices, rounding, discount, base, tax) in [
        (Prices::Exclusive, TaxRounding::Group, None, 666, 133),
        (Prices::Exclusive, TaxRounding::Line, None, 666, 134),
        (Prices::Exclusive, TaxRounding::Group, Some("2"), 666, 131),
        (Prices::Exclusive, TaxRounding::Line, Some("2"), 666, 130),
        (Prices::Inclusive, TaxRounding::Group, None, 555, 111),
        (Prices::Inclusive, TaxRounding::Line, None, 554, 112),
    ] {
        let mut tally =
            Tally::new(prices, rounding).discounted(discount.map(|percent| Price::parse(percent).unwrap()));
        let group = tally.group(TaxRole::Tax, &vat, vat.percent);
        let lines = || [333, 333].into_iter().map(|net| Ok::<_, Untallied>((group, minor(net))));
        tally.add_all(lines()).unwrap();
        let shown = |tally: &Tally| {
            let sum = tally.taxes().unwrap();
            (sum.base.units(), sum.tax.units())
        };
        let title = format!("{prices:?} {rounding:?} {discount:?}");
        assert_eq!(shown(&tally), (base, tax), "{title}");
        let rows = tally.rows().unwrap();
        assert_eq!((rows[0].base.units(), rows[0].tax.units()), (base, tax), "{title}");
        // What is used again has forgotten the amounts and kept the groups.
        tally.clear();
        assert_eq!((shown(&tally), tally.rows().unwrap().len()), ((0, 0), 0), "{title}");
        for line in lines() {
            let (group, net) = line.unwrap();
            tally.add(group, net).unwrap();
        }
        assert_eq!(shown(&tally), (base, tax), "one by one: {title}");
    }
    let rows = tax::rows([(&vat, minor(333)), (&vat, minor(333))]).unwrap();
    assert_eq!(rows.iter().map(|row| (row.base.units(), row.tax.units())).collect::<Vec<_>>(), [(666, 133)]);
}

/// 10.00 at 20 %, of which the buyer keeps 15 % back and may leave out 2 %: the tax is that of 9.80, what is kept
/// back that of 10.00.
#[test]
fn what_is_kept_back_is_of_the_whole_whatever_may_be_left_out() {
    let vat = rule(&json!({ "category": "vat", "percent": "20" }));
    let kept = rule(&json!({ "category": "irpf", "percent": "15" }));
    for rounding in [TaxRounding::Group, TaxRounding::Line] {
        let discount = Some(Price::parse("2").unwrap());
        let mut tally = Tally::new(Prices::Exclusive, rounding).discounted(discount);
        for (role, rule) in [(TaxRole::Tax, &vat), (TaxRole::Withheld, &kept)] {
            let group = tally.group(role, rule, rule.percent);
            tally.add(group, minor(1000)).unwrap();
        }
        let rows = tally.rows().unwrap();
        let taxes: Vec<_> = rows.iter().map(|row| (row.role, row.tax.units())).collect();
        assert_eq!(taxes, [(TaxRole::Tax, 196), (TaxRole::Withheld, 150)], "{rounding:?}");
    }
}

/// Two prices of 1.03 that contain 19 % come to 1.73 without it: the cent that is left goes to the first, whether
/// they are owed or given back.
#[test]
fn prices_given_back_have_the_bases_of_the_prices_charged() {
    let vat = rule(&json!({ "category": "vat", "percent": "19" }));
    for sign in [1, -1] {
        let mut tally = Tally::new(Prices::Inclusive, TaxRounding::Group);
        let group = tally.group(TaxRole::Tax, &vat, vat.percent);
        let prices = [minor(103 * sign), minor(103 * sign)];
        for price in prices {
            tally.add(group, price).unwrap();
        }
        assert_eq!(tally.bases(group, &prices).unwrap(), [minor(87 * sign), minor(86 * sign)]);
    }
}

/// Of the rules of a category the one that lasts longest counts, not the one that began last.
#[test]
fn a_rate_that_begins_before_an_earlier_one_ends_is_found() {
    let overlapping = |days: [(&str, Option<&str>); 3]| {
        let rules = days.map(|(from, to)| {
            let mut document = json!({ "category": "vat", "percent": "19", "from": from });
            if let Some(to) = to {
                document["to"] = json!(to);
            }
            rule(&document)
        });
        tax::check(&rules).iter().map(|(place, error)| (*place, error.code().name)).collect::<Vec<_>>()
    };
    let (one, two) = ((1, "tax-rules-overlap"), (2, "tax-rules-overlap"));
    let (short, long) = (Some("2020-03-31"), Some("2020-12-31"));
    assert_eq!(overlapping([("2020-01-01", long), ("2020-02-01", short), ("2020-06-01", None)]), [one, two]);
    assert_eq!(overlapping([("2020-01-01", short), ("2020-02-01", long), ("2020-06-01", None)]), [one, two]);
    assert_eq!(overlapping([("2020-01-01", short), ("2020-04-01", long), ("2021-01-01", None)]), []);
    // Of two that end together it is the one that began first.
    assert_eq!(overlapping([("2020-02-01", long), ("2020-03-01", long), ("2020-01-01", long)]), [two, two]);
}

#[test]
fn what_cannot_be_added_up_says_why() {
    let error = tax::TaxError::Percent { got: "101".to_owned() };
    assert_eq!(Untallied::Tax(error.clone()).to_string(), error.to_string());
    let error = duebill::money::MoneyError::Overflow { limit: Minor::LIMIT };
    assert_eq!(Untallied::Money(error.clone()).to_string(), error.to_string());
}
