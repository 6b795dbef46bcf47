//! Pure calculations by name: the inputs and answers that case files hold in every language.

use rust_decimal::Decimal;

use super::WireError;
use super::answer::document;
use crate::calendar::{Date, Gap, Instant, Overlap, Zone};
use crate::canon::{CanonError, Canonical, Limits, Node, from_node, shape, words};
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::invoice::PaymentTerms;
use crate::money::{
    Currency, FACTOR_ONE, Minor, MoneyError, Per, Price, Rounding, decimal, extend, extend_to, split,
};
use crate::rates::RatePer;
use crate::rating::TimeRounding;
use crate::receivables::{AgeBasis, AgedItem, AgingPolicy, AgingReport, aging};
use crate::rulebook::CalendarDocument;
use crate::series::Numbering;
use crate::tax::{TaxError, TaxRow, TaxRule, rows};
use crate::work::Time;

words!(impl Gap { Refuse = "refuse", ShiftForward = "shift_forward" });
words!(impl Overlap { Earlier = "earlier", Later = "later" });

shape! {
    /// Digits of a currency.
    pub struct CurrencyIn {
        /// The code.
        pub code: Currency,
    }
}

shape! {
    /// Digits of a currency.
    pub struct CurrencyOut {
        /// Decimals of its minor unit.
        pub exponent: u8,
    }
}

shape! {
    /// A decimal to be rounded.
    pub struct RoundIn {
        /// The currency; may be left out where digits are said.
        pub currency: Option<Currency>,
        /// Decimals to round to; the currency's when left out.
        pub digits: Option<u8>,
        /// How.
        pub rounding: Rounding = Rounding::HalfUp,
        /// The decimal.
        pub value: Decimal,
    }
}

shape! {
    /// A rounded amount.
    pub struct AmountOut {
        /// The amount, with exactly the decimals it was rounded to.
        pub amount: String,
        /// Its currency, where one was said.
        pub currency: Option<Currency>,
    }
}

shape! {
    /// Worked seconds to be rounded.
    pub struct TimeIn {
        /// The rule.
        pub rounding: TimeRounding,
        /// Worked seconds of each slice, in the order of work.
        pub seconds: Vec<u32>,
    }
}

shape! {
    /// Billed seconds.
    pub struct TimeOut {
        /// Of the whole scope.
        pub billed: u64,
        /// Of each slice, by largest remainder.
        pub shares: Vec<i64>,
    }
}

shape! {
    /// A price to be extended by a quantity.
    pub struct LineIn {
        /// The currency; may be left out where digits are said.
        pub currency: Option<Currency>,
        /// Decimals to round to; the currency's when left out.
        pub digits: Option<u8>,
        /// The multiplier in ten-thousandths.
        pub factor: u32 = FACTOR_ONE,
        /// What the price is for; an hour takes the quantity in seconds.
        pub per: RatePer = RatePer::Unit,
        /// The unit price.
        pub price: Price,
        /// The quantity.
        pub quantity: Price,
        /// How.
        pub rounding: Rounding = Rounding::HalfUp,
    }
}

shape! {
    /// A whole to be split by weights.
    pub struct SplitIn {
        /// The weights.
        pub weights: Vec<i64>,
        /// The whole.
        pub whole: i64,
    }
}

shape! {
    /// Parts that add up.
    pub struct SplitOut {
        /// The parts.
        pub parts: Vec<i64>,
    }
}

shape! {
    /// One line to be taxed.
    pub struct TaxLine {
        /// Its tax rule.
        pub rule: TaxRule,
        /// Its net.
        pub net: Minor,
    }
}

shape! {
    /// Lines to be taxed.
    pub struct TaxIn {
        /// The currency of the nets.
        pub currency: Currency,
        /// The lines.
        pub lines: Vec<TaxLine>,
    }
}

shape! {
    /// Tax rows with their sum.
    pub struct TaxOut {
        /// The currency.
        pub currency: Currency,
        /// The rows.
        pub rows: Vec<TaxRow>,
        /// Sum of the rows' taxes.
        pub tax: Minor,
    }
}

shape! {
    /// One line of a document, priced and taxed.
    pub struct TotalsLine {
        /// The multiplier in ten-thousandths.
        pub factor: u32 = FACTOR_ONE,
        /// What the price is for; an hour takes the quantity in seconds.
        pub per: RatePer = RatePer::Unit,
        /// The unit price.
        pub price: Price,
        /// The quantity.
        pub quantity: Price,
        /// Its tax rule; untaxed when left out.
        pub rule: Option<TaxRule>,
    }
}

shape! {
    /// A document to be summed.
    pub struct TotalsIn {
        /// The currency of the prices.
        pub currency: Currency,
        /// The lines.
        pub lines: Vec<TotalsLine>,
        /// How lines are rounded.
        pub rounding: Rounding = Rounding::HalfUp,
    }
}

shape! {
    /// The sums of a document.
    pub struct TotalsOut {
        /// The currency.
        pub currency: Currency,
        /// What is to be paid: net and tax.
        pub gross: Minor,
        /// Sum of the lines before tax.
        pub net: Minor,
        /// The net of each line.
        pub nets: Vec<Minor>,
        /// Tax by category and rate.
        pub rows: Vec<TaxRow>,
        /// Sum of the rows' taxes.
        pub tax: Minor,
    }
}

shape! {
    /// An issue date with terms.
    pub struct DueIn {
        /// When it was issued.
        pub issued: Date,
        /// The terms.
        pub terms: PaymentTerms,
    }
}

shape! {
    /// A due date.
    pub struct DueOut {
        /// When it is due.
        pub due: Date,
    }
}

shape! {
    /// A date to be aged.
    pub struct BucketIn {
        /// The date asked for.
        pub as_of: Date,
        /// Which date it ages from.
        pub basis: AgeBasis = AgeBasis::Due,
        /// The date it ages from.
        pub date: Date,
        /// Whether day 0 past the due date stands in the first bucket.
        pub day_zero_in_first: Option<bool>,
        /// Last day of each bucket.
        pub limits: Vec<u32> = vec![30, 60, 90],
    }
}

shape! {
    /// A bucket.
    pub struct BucketOut {
        /// Its name.
        pub bucket: String,
        /// Days past the date; negative before it.
        pub days: i64,
    }
}

shape! {
    /// An open item to be aged.
    pub struct AgingItem {
        /// Its currency.
        pub currency: Currency,
        /// The customer.
        pub customer: Id,
        /// What of it is disputed.
        pub disputed: Minor = Minor::ZERO,
        /// When it is due.
        pub due: Date,
        /// When it was issued.
        pub issued: Date,
        /// What is open.
        pub open: Minor,
    }
}

shape! {
    /// Open items to be aged.
    pub struct AgingIn {
        /// The date.
        pub as_of: Date,
        /// From which date items age.
        pub basis: AgeBasis = AgeBasis::Due,
        /// Whether day 0 past the due date stands in the first bucket.
        pub day_zero_in_first: Option<bool>,
        /// The items.
        pub items: Vec<AgingItem>,
        /// Last day of each bucket.
        pub limits: Vec<u32> = vec![30, 60, 90],
    }
}

shape! {
    /// Two wall times in a zone.
    pub struct ElapsedIn {
        /// The first, as YYYY-MM-DDTHH:MM.
        pub begin: String,
        /// The second.
        pub end: String,
        /// What to do with times that the clocks skipped.
        pub gap: Gap = Gap::Refuse,
        /// Which of two instants a repeated time means.
        pub overlap: Overlap = Overlap::Earlier,
        /// The IANA zone.
        pub zone: String,
    }
}

shape! {
    /// Elapsed time.
    pub struct ElapsedOut {
        /// The first instant.
        pub begin: Instant,
        /// The second.
        pub end: Instant,
        /// Seconds between them.
        pub seconds: i64,
    }
}

shape! {
    /// Work to be cut.
    pub struct CutIn {
        /// The calendar to cut with.
        pub calendar: CalendarDocument,
        /// The instant after the last.
        pub end: Instant,
        /// The first instant.
        pub start: Instant,
    }
}

shape! {
    /// A piece of work in one band of one local day.
    pub struct CutPiece {
        /// Its band.
        pub band: Id,
        /// Its local day.
        pub date: Date,
        /// The instant after its last.
        pub end: Instant,
        /// Its seconds.
        pub seconds: u32,
        /// Its first instant.
        pub start: Instant,
    }
}

shape! {
    /// Pieces that add up.
    pub struct CutOut {
        /// The pieces, in order.
        pub pieces: Vec<CutPiece>,
    }
}

shape! {
    /// A counter of a series.
    pub struct NumberIn {
        /// The counter.
        pub counter: u32,
        /// The date.
        pub date: Date,
        /// How the numbers look.
        pub numbering: Numbering,
    }
}

shape! {
    /// A number.
    pub struct NumberOut {
        /// The number.
        pub number: Id,
        /// The period in which the counter counts.
        pub period: String,
    }
}

/// What can be calculated.
const KINDS: [&str; 13] = [
    "aging",
    "aging_bucket",
    "currency_minor_units",
    "cut",
    "document_totals",
    "due_date",
    "elapsed_local",
    "line_amount",
    "number",
    "round_amount",
    "split",
    "tax_rows",
    "time_round",
];

/// Runs one pure calculation: `{"in": {...}, "kind": "..."}`. What case files run in every language.
///
/// # Errors
/// Every shape error, [`WireError::CalculationUnknown`], and what the calculation refuses.
pub fn calculate(request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let node = Node::parse(request, Limits::default())?;
    let missing = |key: &str| Refusal::because(&CanonError::MissingField { key: key.to_owned() });
    let kind = node.get("kind").and_then(Node::text).ok_or_else(|| missing("kind"))?;
    let input = node.get("in").ok_or_else(|| missing("in"))?;
    let answer = match kind {
        "aging" => run(input, aged),
        "aging_bucket" => run(input, aging_bucket),
        "currency_minor_units" => {
            run(input, |asked: CurrencyIn| Ok(CurrencyOut { exponent: asked.code.digits() }))
        }
        "cut" => run(input, cut),
        "document_totals" => run(input, document_totals),
        "due_date" => run(input, |asked: DueIn| {
            asked.terms.check().map_err(|error| Refusal::because(&error))?;
            asked.terms.due(asked.issued).map(|due| DueOut { due }).map_err(|error| Refusal::because(&error))
        }),
        "elapsed_local" => run(input, elapsed_local),
        "line_amount" => run(input, line_amount),
        "number" => run(input, number),
        "round_amount" => run(input, |asked: RoundIn| {
            rounded(asked.currency, asked.digits, |digits| {
                decimal::round(asked.value, digits, asked.rounding)
            })
        }),
        "split" => run(input, |asked: SplitIn| {
            split(asked.whole, &asked.weights)
                .map(|parts| SplitOut { parts })
                .map_err(|error| Refusal::because(&error))
        }),
        "tax_rows" => run(input, tax_rows),
        "time_round" => run(input, time_round),
        got => {
            let (known, got) = (KINDS.join(", "), got.chars().take(60).collect());
            Err(Refusal::because(&WireError::CalculationUnknown { known, got }))
        }
    };
    answer.map_err(|refusal| refusal.below("/in"))
}

fn run<I: Canonical, O: Canonical>(
    input: &Node<'_>,
    calculation: impl FnOnce(I) -> Result<O, Refusal>,
) -> Result<Vec<u8>, Refusal> {
    calculation(from_node(input)?).map(|answer| document(&answer))
}

fn aging_bucket(asked: BucketIn) -> Result<BucketOut, Refusal> {
    let BucketIn { basis, day_zero_in_first, limits, .. } = asked;
    let policy = AgingPolicy { basis, day_zero_in_first, limits };
    policy.check().map_err(|error| Refusal::because(&error))?;
    let days = asked.as_of.days_since(asked.date);
    let name = policy.bucket_names().into_iter().nth(policy.bucket(days));
    Ok(BucketOut { bucket: name.unwrap_or_default(), days })
}

fn aged(asked: AgingIn) -> Result<AgingReport, Refusal> {
    let AgingIn { basis, day_zero_in_first, limits, .. } = asked;
    let policy = AgingPolicy { basis, day_zero_in_first, limits };
    policy.check().map_err(|error| Refusal::because(&error))?;
    let items = asked.items.iter().map(|item| AgedItem {
        customer: &item.customer,
        currency: item.currency,
        issued: item.issued,
        due: item.due,
        open: item.open,
        disputed: item.disputed,
    });
    aging(&policy, asked.as_of, items, []).map_err(|error| Refusal::because(&error))
}

fn elapsed_local(asked: ElapsedIn) -> Result<ElapsedOut, Refusal> {
    let zone = Zone::new(&asked.zone).map_err(|error| Refusal::because(&error))?;
    let at =
        |wall: &str| zone.resolve(wall, asked.gap, asked.overlap).map_err(|error| Refusal::because(&error));
    let (begin, end) = (at(&asked.begin)?, at(&asked.end)?);
    Ok(ElapsedOut { begin, end, seconds: end.seconds_since(begin) })
}

/// Cuts at band borders and local midnights, within the limits of an entry.
fn cut(asked: CutIn) -> Result<CutOut, Refusal> {
    let calendar = asked.calendar.compile().map_err(|refusal| refusal.below("/calendar"))?;
    let time = Time { end: asked.end, start: asked.start };
    time.check().map_err(|error| Refusal::because(&error))?;
    let pieces = calendar.cut(time.start, time.end).map_err(|error| Refusal::because(&error))?;
    let named = pieces.into_iter().filter_map(|piece| {
        let band = calendar.band_name(piece.band)?.clone();
        Some(CutPiece { band, date: piece.date, end: piece.end, seconds: piece.seconds, start: piece.start })
    });
    Ok(CutOut { pieces: named.collect() })
}

/// Sums a document as an invoice is summed: lines rounded one by one, taxes once per category and rate.
fn document_totals(asked: TotalsIn) -> Result<TotalsOut, Refusal> {
    check_percents(asked.lines.iter().filter_map(|line| line.rule.as_ref()))?;
    let because = |error: MoneyError| Refusal::because(&error);
    let net_of = |line: &TotalsLine| {
        extend(line.price, line.quantity, line.factor, per(line.per), asked.currency, asked.rounding)
    };
    let nets: Vec<Minor> = asked.lines.iter().map(net_of).collect::<Result<_, _>>().map_err(because)?;
    let taxed = asked.lines.iter().zip(&nets).filter_map(|(line, &net)| Some((line.rule.as_ref()?, net)));
    let rows = rows(taxed).map_err(because)?;
    let net = Minor::sum(nets.iter().copied()).map_err(because)?;
    let tax = Minor::sum(rows.iter().map(|row| row.tax)).map_err(because)?;
    let gross = net.plus(tax).map_err(because)?;
    Ok(TotalsOut { currency: asked.currency, gross, net, nets, rows, tax })
}

const fn per(per: RatePer) -> Per {
    match per {
        RatePer::Hour => Per::HOUR,
        RatePer::Unit => Per::UNIT,
    }
}

fn line_amount(asked: LineIn) -> Result<AmountOut, Refusal> {
    rounded(asked.currency, asked.digits, |digits| {
        extend_to(asked.price, asked.quantity, asked.factor, per(asked.per), digits, asked.rounding)
    })
}

/// Rounds to the digits that are said, or to those of the currency.
fn rounded(
    currency: Option<Currency>,
    digits: Option<u8>,
    round: impl FnOnce(u8) -> Result<Minor, MoneyError>,
) -> Result<AmountOut, Refusal> {
    let missing = || Refusal::because(&CanonError::MissingField { key: "currency".to_owned() });
    let digits = digits.or(currency.map(|currency| currency.digits())).ok_or_else(missing)?;
    if digits > Price::MAX_SCALE {
        let error = MoneyError::Precision { digits: Price::MAX_SCALE, got: digits.to_string() };
        return Err(Refusal::because(&error).below("/digits"));
    }
    let units = round(digits).map_err(|error| Refusal::because(&error))?.units();
    Ok(AmountOut {
        amount: decimal::Plain { coefficient: units.into(), scale: digits }.to_string(),
        currency,
    })
}

fn number(asked: NumberIn) -> Result<NumberOut, Refusal> {
    asked.numbering.check().map_err(|error| Refusal::because(&error))?;
    let number =
        asked.numbering.number(asked.counter, asked.date).map_err(|error| Refusal::because(&error))?;
    Ok(NumberOut { number, period: asked.numbering.period(asked.date) })
}

fn tax_rows(asked: TaxIn) -> Result<TaxOut, Refusal> {
    check_percents(asked.lines.iter().map(|line| &line.rule))?;
    let lines = asked.lines.iter().map(|line| (&line.rule, line.net));
    let rows = rows(lines).map_err(|error| Refusal::because(&error))?;
    let tax = Minor::sum(rows.iter().map(|row| row.tax)).map_err(|error| Refusal::because(&error))?;
    Ok(TaxOut { currency: asked.currency, rows, tax })
}

/// Rules of different lines may overlap here; each must still be a percentage.
fn check_percents<'r>(rules: impl Iterator<Item = &'r TaxRule>) -> Result<(), Refusal> {
    let is_percent_error = |error: &TaxError| matches!(error, TaxError::Percent { .. });
    let errors = rules.flat_map(|rule| crate::tax::check(core::slice::from_ref(rule)));
    let findings = errors
        .filter(|(_, error)| is_percent_error(error))
        .map(|(_, error)| Finding::block(&error))
        .collect();
    Refusal::unless_empty(findings)
}

fn time_round(asked: TimeIn) -> Result<TimeOut, Refusal> {
    let errors = asked.rounding.check();
    let findings = errors.iter().map(|error| Finding::block(error).at("/rounding")).collect();
    Refusal::unless_empty(findings)?;
    let sum = asked.seconds.iter().fold(0_u64, |sum, &seconds| sum.saturating_add(seconds.into()));
    let billed = asked.rounding.round(sum);
    let weights: Vec<i64> = asked.seconds.iter().map(|&seconds| seconds.into()).collect();
    let whole = i64::try_from(billed).unwrap_or(i64::MAX);
    let shares = split(whole, &weights).map_err(|error| Refusal::because(&error))?;
    Ok(TimeOut { billed, shares })
}
