//! Totals of invoices of ten lines at two rates, against a plain loop over integers that checks every
//! step and knows its scales and rates when it is compiled.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints its figures, and stops when something is wrong"
)]

use duebill::canon;
use duebill::money::{Currency, FACTOR_ONE, Per, Price, Rounding, extend};
use duebill::tax::{GroupId, Prices, Tally, TaxRole, TaxRounding, TaxRule, Untallied};

const INVOICES: usize = 100_000;
const RATES: [i64; 2] = [2_000, 700];

/// Quantity in hundredths, price in ten-thousandths, place of the rate.
type Plain = (i64, i64, usize);

fn lines() -> Vec<Plain> {
    let mut state = 7_u64;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) * limit) >> 31
    };
    (0..INVOICES * 10)
        .map(|_| (25 * (1 + below(32) as i64), 500_000 + below(1_500_000) as i64, below(2) as usize))
        .collect()
}

fn rounded(product: i128, whole: i128) -> i64 {
    let half = if product >= 0 { whole / 2 } else { -whole / 2 };
    i64::try_from((product + half) / whole).expect("an amount")
}

/// Sums of nets and of taxes.
fn plain(lines: &[Plain], per_line: bool) -> (i64, i64) {
    let (mut all_net, mut all_tax) = (0_i64, 0_i64);
    for invoice in lines.chunks_exact(10) {
        let (mut nets, mut tax) = ([0_i64; 2], 0_i64);
        for &(quantity, price, rate) in invoice {
            let net = rounded(i128::from(quantity) * i128::from(price), 10_000);
            nets[rate] = nets[rate].checked_add(net).expect("a sum");
            if per_line {
                let own = rounded(i128::from(net) * i128::from(RATES[rate]), 10_000);
                tax = tax.checked_add(own).expect("a sum");
            }
        }
        for (net, rate) in nets.iter().zip(RATES).filter(|_| !per_line) {
            let own = rounded(i128::from(*net) * i128::from(rate), 10_000);
            tax = tax.checked_add(own).expect("a sum");
        }
        all_net += nets[0] + nets[1];
        all_tax += tax;
    }
    (all_net, all_tax)
}

fn library(lines: &[(Price, Price, GroupId)], tally: &Tally) -> (i64, i64) {
    let eur = Currency::new("EUR").unwrap();
    let mut tally = tally.clone();
    let (mut all_net, mut all_tax) = (0, 0);
    for invoice in lines.chunks_exact(10) {
        let nets = invoice.iter().map(|&(price, quantity, group)| {
            let net = extend(price, quantity, FACTOR_ONE, Per::UNIT, eur, Rounding::HalfUp)?;
            Ok::<_, Untallied>((group, net))
        });
        tally.add_all(nets).unwrap();
        let sum = tally.taxes().unwrap();
        all_net += sum.base.units();
        all_tax += sum.tax.units();
        tally.clear();
    }
    (all_net, all_tax)
}

fn main() {
    let lines = lines();
    for (title, rounding) in [("tax per rate", TaxRounding::Group), ("tax per line", TaxRounding::Line)] {
        let mut tally = Tally::new(Prices::Exclusive, rounding);
        let groups =
            [r#"{"category":"s","percent":"20"}"#, r#"{"category":"r","percent":"7"}"#].map(|rule| {
                let rule: TaxRule = canon::from_bytes(rule.as_bytes()).unwrap();
                tally.group(TaxRole::Tax, &rule, rule.percent)
            });
        let ours: Vec<(Price, Price, GroupId)> = lines
            .iter()
            .map(|&(quantity, price, rate)| {
                (Price::of_parts(price, 4).unwrap(), Price::of_parts(quantity, 2).unwrap(), groups[rate])
            })
            .collect();
        let per_line = rounding == TaxRounding::Line;
        let medians = duebill_benches::medians(
            15,
            INVOICES,
            &[("plain checked loop", &|| plain(&lines, per_line)), ("duebill", &|| library(&ours, &tally))],
        )
        .unwrap();
        println!("{title}: {INVOICES} invoices of 10 lines, CPU ns per invoice");
        for (name, median) in medians {
            println!("  {name}: {median}");
        }
    }
}
