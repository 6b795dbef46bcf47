//! Totals of invoices of ten lines at two rates.

use std::error::Error;

use duebill::canon;
use duebill::money::{Currency, FACTOR_ONE, Per, Price, Rounding, extend};
use duebill::tax::{GroupId, Prices, Tally, TaxRole, TaxRounding, TaxRule, Untallied};

use crate::Job;

const LINES: usize = 10;

/// A line as a host holds it.
struct Line {
    price: Price,
    quantity: Price,
    group: GroupId,
}

/// Invoices to be summed, and their nets and taxes.
pub struct Invoices {
    currency: Currency,
    lines: Vec<Line>,
    sums: Vec<[i64; 2]>,
    tally: Tally,
}

/// Well-spread numbers that are a function of their place alone.
fn mixed(stream: u64, place: u64) -> u64 {
    let mut z = (stream << 40).wrapping_add(place).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = z.wrapping_add(0x01D5_C0DE_2026);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn below(limit: u64, stream: u64, place: u64) -> Result<i64, Box<dyn Error>> {
    Ok(i64::try_from((mixed(stream, place) >> 32).wrapping_mul(limit) >> 32)?)
}

impl Invoices {
    /// Quarter hours of a quarter to eight hours, at 50 to 200 with four decimals, at 20 or 7 percent.
    pub fn new(count: u64, rounding: TaxRounding) -> Result<Self, Box<dyn Error>> {
        let mut tally = Tally::new(Prices::Exclusive, rounding);
        let mut groups = Vec::new();
        for rule in [r#"{"category":"standard","percent":"20"}"#, r#"{"category":"reduced","percent":"7"}"#] {
            let rule: TaxRule =
                canon::from_bytes(rule.as_bytes()).map_err(|refusal| format!("{refusal:?}"))?;
            groups.push(tally.group(TaxRole::Tax, &rule, rule.percent));
        }
        let mut lines = Vec::new();
        for place in 0..count.saturating_mul(10) {
            let quarters = below(32, 60, place)?.saturating_add(1);
            let price = below(1_500_000, 61, place)?.saturating_add(500_000);
            let rate = usize::try_from(below(2, 62, place)?)?;
            lines.push(Line {
                price: Price::of_parts(price, 4)?,
                quantity: Price::of_parts(quarters.saturating_mul(25), 2)?,
                group: *groups.get(rate).ok_or("a rate")?,
            });
        }
        Ok(Self { currency: Currency::new("EUR")?, lines, sums: Vec::new(), tally })
    }
}

impl Job for Invoices {
    fn run(&mut self) -> Result<(), Box<dyn Error>> {
        let mut sums = Vec::with_capacity(self.lines.len() / LINES);
        for invoice in self.lines.chunks_exact(LINES) {
            self.tally.add_all(invoice.iter().map(|line| {
                let net = extend(
                    line.price,
                    line.quantity,
                    FACTOR_ONE,
                    Per::UNIT,
                    self.currency,
                    Rounding::HalfUp,
                )?;
                Ok::<_, Untallied>((line.group, net))
            }))?;
            let sum = self.tally.taxes()?;
            sums.push([sum.base.units(), sum.tax.units()]);
            self.tally.clear();
        }
        self.sums = sums;
        Ok(())
    }

    fn sum(&self) -> [i64; 2] {
        self.sums.iter().fold([0, 0], |[net, tax], sum| [net.wrapping_add(sum[0]), tax.wrapping_add(sum[1])])
    }
}
