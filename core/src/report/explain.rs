use super::ReportError;
use crate::account::Account;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::invoice::PriceAdjustment;
use crate::money::{Amount, Currency, Minor};
use crate::rating::{Charge, Unit};

words! {
    /// Which rule a step of an explanation applied.
    pub enum Because {
        /// Where the work came from.
        Work = "work",
        /// How time was rounded.
        Rounding = "rounding",
        /// What a prepaid block took over.
        Coverage = "coverage",
        /// Which days of a period a fee is for.
        Period = "period",
        /// Shown at no charge.
        NoCharge = "no_charge",
        /// The unit price.
        Rate = "rate",
        /// The multiplier.
        Multiplier = "multiplier",
        /// The amount.
        Amount = "amount",
    }
}

shape! {
    /// One step of an explanation.
    pub struct Step {
        /// Which rule.
        pub because: Because,
        /// The rule's row or id.
        pub row: Option<Id>,
        /// What it saw and what it gave, for people.
        pub text: String,
    }
}

shape! {
    /// Why a charge is what it is.
    pub struct ChargeExplanation {
        /// The charge with all its facts.
        pub charge: Charge,
        /// The amount recomputed from these facts alone.
        pub recomputed: Minor,
        /// The steps.
        pub steps: Vec<Step>,
    }
}

shape! {
    /// An allowance or charge of a line, or what of one of the whole document falls on it.
    pub struct AdjustmentExplanation {
        /// The allowance or charge with all its facts.
        pub adjustment: PriceAdjustment,
        /// What of it falls on the line: as prices are stated for one of the line, before tax for one of the document;
        /// below 0 for an allowance.
        pub falls: Minor,
        /// What it saw and what it gave, for people.
        pub text: String,
    }
}

shape! {
    /// Why a line is what it is: every charge, every step, recomputed.
    pub struct Explanation {
        /// Its own allowances and charges, and those of the document that fall on it.
        pub adjustments: Vec<AdjustmentExplanation>,
        /// The charges.
        pub charges: Vec<ChargeExplanation>,
        /// The currency.
        pub currency: Currency,
        /// What the line is called.
        pub description: String,
        /// The invoice.
        pub invoice: Id,
        /// The line.
        pub line: Id,
        /// The stated amount.
        pub net: Minor,
        /// The number of the invoice, once issued.
        pub number: Option<Id>,
    }
}

/// Explains a line of an invoice from its own charges: no rulebook is needed, none could change it.
///
/// # Errors
/// [`ReportError::LineUnknown`].
pub fn explain(account: &Account, line: &Id) -> Result<Explanation, ReportError> {
    let lines =
        account.invoices().flat_map(|invoice| invoice.draft.lines.iter().map(move |line| (invoice, line)));
    let found = lines.into_iter().find(|(_, candidate)| candidate.id == *line);
    let (invoice, line) = found.ok_or_else(|| ReportError::LineUnknown { got: line.to_string() })?;
    let currency = invoice.draft.currency;
    let charges = line.charges.iter().map(|charge| ChargeExplanation {
        charge: charge.clone(),
        // Checked when the record was applied; a charge that did not follow would not be here.
        recomputed: charge.recompute(currency).unwrap_or(Minor::ZERO),
        steps: steps(charge, currency),
    });
    let portions = invoice.draft.portions().unwrap_or_default().into_iter();
    let falls = portions.filter(|portion| portion.id == line.id).flat_map(|portion| portion.falls);
    let own = line.adjustments.iter().map(|one| (one, one.kind.signed(one.amount), "this line"));
    let adjustments = own.chain(falls.map(|(one, net)| (one, net, "the document")));
    let adjustments =
        adjustments.map(|(adjustment, falls, of)| explain_adjustment(adjustment, falls, of, currency));
    Ok(Explanation {
        adjustments: adjustments.collect(),
        charges: charges.collect(),
        currency,
        description: line.description.clone(),
        invoice: invoice.draft.id.clone(),
        line: line.id.clone(),
        net: line.net,
        number: invoice.number.clone(),
    })
}

fn explain_adjustment(
    adjustment: &PriceAdjustment,
    falls: Minor,
    of: &str,
    currency: Currency,
) -> AdjustmentExplanation {
    let shown = |amount| Amount::new(amount, currency);
    let size = match (adjustment.percent, adjustment.base) {
        (Some(percent), Some(base)) => {
            format!("{percent} percent of {}, {}", shown(base), shown(adjustment.amount))
        }
        _ => shown(adjustment.amount).to_string(),
    };
    let source = if adjustment.one_off { "given on this bill alone" } else { "agreed in terms" };
    let text = format!(
        "{} of {of}, {source}, for `{}`: {size}; {} of it falls here",
        adjustment.kind.word(),
        adjustment.reason,
        shown(falls)
    );
    AdjustmentExplanation { adjustment: adjustment.clone(), falls, text }
}

/// Hours, minutes and seconds of a time.
fn clock(seconds: u64) -> String {
    let part = |divisor: u64| seconds.checked_div(divisor).unwrap_or(0);
    let (hours, minutes) = (part(3_600), part(60).checked_rem(60).unwrap_or(0));
    format!("{hours}:{minutes:02}:{:02}", seconds.checked_rem(60).unwrap_or(0))
}

pub(super) fn steps(charge: &Charge, currency: Currency) -> Vec<Step> {
    let step = |because, row: Option<&Id>, text| Step { because, row: row.cloned(), text };
    let mut steps = Vec::new();
    let by = charge.agent.as_ref().map(|agent| format!(" by {agent}")).unwrap_or_default();
    steps.push(match (&charge.start, &charge.end) {
        (Some(start), Some(end)) => {
            let band = charge.band.as_ref().map(|band| format!(" in the band {band}")).unwrap_or_default();
            let worked = clock(charge.raw_seconds.into());
            step(
                Because::Work,
                Some(&charge.entry),
                format!("worked{by} from {start} to {end}, {worked}{band}"),
            )
        }
        _ => step(
            Because::Work,
            Some(&charge.entry),
            format!("{} delivered on {}{by}", charge.quantity, charge.date),
        ),
    });
    if let Some(rounded) = &charge.rounding {
        let rule = &rounded.rule;
        let text = format!(
            "per {}: {} worked, {} to steps of {} s, makes {} now; the share of this piece is {}",
            rule.scope.word(),
            clock(rounded.raw),
            rule.mode.word(),
            rule.increment_seconds,
            clock(rounded.due),
            clock(charge.billed_seconds())
        );
        steps.push(step(Because::Rounding, Some(&rule.id), text));
    }
    if let Some(part) = &charge.fee {
        let (from, to, of) = (part.from, part.to, part.of);
        let days = part.end.saturating_sub(part.start);
        let text = format!(
            "for {from} to {to}, {days} of {of} days of the period, after {} of them; the price up to the last \
             less the price up to the first",
            part.start
        );
        steps.push(step(Because::Period, Some(&part.fee), text));
    }
    if charge.no_charge {
        steps.push(step(Because::NoCharge, Some(&charge.code), "shown at no charge".to_owned()));
    } else if let Some(coverage) = &charge.coverage {
        let (before, after) = (clock(coverage.before), clock(coverage.after));
        let text = format!("covered by prepaid hours: {before} before, {after} after");
        steps.push(step(Because::Coverage, Some(&coverage.agreement), text));
    } else {
        let unit = match charge.unit {
            Unit::Hour => "an hour",
            Unit::Unit => "each",
        };
        let text = format!("{} {currency} {unit}", charge.price);
        steps.push(step(Because::Rate, charge.rate.as_ref(), text));
        if charge.is_multiplied() {
            let text = format!("times {} ten-thousandths", charge.factor);
            steps.push(step(Because::Multiplier, charge.multiplier.as_ref(), text));
        }
    }
    let text = format!("{}, rounded half up once", Amount::new(charge.net, currency));
    steps.push(step(Because::Amount, None, text));
    steps
}
