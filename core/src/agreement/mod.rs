//! Agreements: the terms under which work is billed, and the standing of what was bought ahead.
//!
//! Terms come from the rulebook, the standing from the account; the functions here take both and
//! know neither. Work draws on a block in the order it was done, never in the order it arrived.

mod cadence;
mod fee;

pub use cadence::{Cadence, PeriodUnit};
pub use fee::{DueFee, FeeFault, FeePart, FeePrice, FeeTiming, PriceChange, Proration, RecurringFee};

use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::error_code::errors;
use crate::id::Id;
use crate::money::{Minor, Price};

errors! {
    /// What can be wrong with an agreement.
    pub enum AgreementError {
        901 "agreement-hours" "expected more than 0 and at most 100000 hours in whole seconds, got {got}"
        /// A block without hours, or hours that are not whole seconds.
        Hours {
            /// The hours.
            got: String
        },
        902 "agreement-block-incomplete" "expected hours, a price and a charge code on a prepaid block, found no {missing}"
        /// A prepaid block lacks what it is sold for.
        BlockIncomplete {
            /// The missing field.
            missing: &'static str
        },
        903 "agreement-unknown" "expected an agreement of the customer or its parents, got `{got}`"
        /// A ticket, rate row or command names an agreement that is not there.
        Unknown {
            /// The agreement.
            got: String
        },
        904 "agreement-not-sold" "expected a prepaid block, got the agreement `{got}`"
        /// Only prepaid blocks are sold.
        NotSold {
            /// The agreement.
            got: String
        },
        905 "agreement-id-twice" "expected each agreement id once, got `{got}` again"
        /// Two agreements share an id.
        IdTwice {
            /// The id.
            got: String
        },
        906 "agreement-not-in-force" "expected an agreement in force on {date}, `{id}` is not"
        /// The ticket names an agreement outside its time; the next best is used.
        NotInForce {
            /// The agreement.
            id: String,
            /// The date of the work.
            date: String,
        },
        907 "block-overdrawn" "expected to draw at most what is left of the block `{id}`"
        /// A block balance would fall below zero.
        Overdrawn {
            /// The agreement.
            id: String
        },
        908 "agreement-price" "expected a block price of at least 0, got {got} minor units"
        /// A block that would lower the invoice.
        Price {
            /// The price in minor units.
            got: i64
        },
        909 "period-interval" "expected an interval of 1 to {limit}, got {got}"
        /// Periods of no length, or of one beyond reason.
        Interval {
            /// The longest.
            limit: u32,
            /// What came.
            got: u32,
        },
        910 "period-ends-early" "expected a period that ends after it begins, got {from} to {to}"
        /// A period that ended before it began.
        PeriodOrder {
            /// Where it begins.
            from: String,
            /// Where it ends.
            to: String,
        },
        911 "fee-prices" "expected prices of at least 0 of the fee `{fee}`, each from a later date than the one before"
        /// Prices out of order, or below nothing.
        FeePrices {
            /// The fee.
            fee: String
        },
        912 "fee-catch-up" "expected at most {limit} late periods of the fee `{fee}`, found {got}"
        /// More periods are late than one run bills without being told to.
        FeeCatchUp {
            /// The fee.
            fee: String,
            /// Periods allowed.
            limit: usize,
            /// Periods that are late.
            got: usize,
        },
        913 "fee-id-twice" "expected each fee id once in its agreement, got `{got}` again"
        /// Two fees of an agreement share an id.
        FeeIdTwice {
            /// The id.
            got: String
        },
        914 "fee-unknown" "expected a fee of the agreement `{agreement}`, got `{got}`"
        /// No such fee.
        FeeUnknown {
            /// The agreement.
            agreement: String,
            /// The fee.
            got: String,
        },
        915 "fee-period" "expected the first day of a period of the fee `{fee}` with days that are neither billed nor skipped, got {got}"
        /// No period begins there, or nothing of it is left.
        FeePeriod {
            /// The fee.
            fee: String,
            /// The day.
            got: String,
        },
        916 "fee-quantity" "expected a quantity above 0, got {got}"
        /// A fee for nothing.
        FeeQuantity {
            /// The quantity.
            got: String
        },
    }
}

words! {
    /// How an agreement bills.
    pub enum AgreementKind {
        /// All work by the hour.
        TimeAndMaterials = "time_and_materials",
        /// Hours bought ahead; the excess is billed at the standard rate.
        PrepaidHours = "prepaid_hours",
    }
}

shape! {
    /// The terms of an agreement.
    pub struct Agreement {
        /// Charge code under which a block is sold.
        pub code: Option<Id>,
        /// Charge codes it covers; all labour when empty.
        pub covers: Vec<Id>,
        /// Fees for every period.
        pub fees: Vec<RecurringFee>,
        /// First day; open when left out.
        pub from: Option<Date>,
        /// Hours of a block.
        pub hours: Option<Price>,
        /// Id of the agreement.
        pub id: Id,
        /// How it bills.
        pub kind: AgreementKind,
        /// Decides between agreements in force together; the larger wins.
        pub precedence: u32 = 0,
        /// Price of a block, before tax.
        pub price: Option<Minor>,
        /// Last day; open when left out.
        pub to: Option<Date>,
    }
}

impl Agreement {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// Whether it covers labour under a charge code.
    #[must_use]
    pub fn covers(&self, code: &Id) -> bool {
        self.kind == AgreementKind::PrepaidHours && (self.covers.is_empty() || self.covers.contains(code))
    }

    /// Seconds of a block.
    ///
    /// # Errors
    /// [`AgreementError::Hours`].
    pub fn seconds(&self) -> Result<u64, AgreementError> {
        let hours = self.hours.unwrap_or_default();
        let wrong = || AgreementError::Hours { got: hours.to_string() };
        let whole = 10_i64.checked_pow(hours.scale().into()).ok_or_else(wrong)?;
        let scaled = hours.coefficient().checked_mul(3_600).ok_or_else(wrong)?;
        match (scaled.checked_div(whole), scaled.checked_rem(whole)) {
            (Some(seconds), Some(0)) if (1..=360_000_000).contains(&seconds) => {
                u64::try_from(seconds).map_err(|_| wrong())
            }
            _ => Err(wrong()),
        }
    }

    /// What is missing or wrong.
    #[must_use]
    pub fn check(&self) -> Vec<AgreementError> {
        let mut errors: Vec<AgreementError> = self.fees.iter().flat_map(RecurringFee::check).collect();
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            errors.push(AgreementError::PeriodOrder { from: from.to_string(), to: to.to_string() });
        }
        for (place, fee) in self.fees.iter().enumerate() {
            if self.fees.iter().take(place).any(|other| other.id == fee.id) {
                errors.push(AgreementError::FeeIdTwice { got: fee.id.to_string() });
            }
        }
        if self.kind == AgreementKind::TimeAndMaterials {
            return errors;
        }
        let missing = |missing| AgreementError::BlockIncomplete { missing };
        match self.hours {
            None => errors.push(missing("hours")),
            Some(_) => errors.extend(self.seconds().err()),
        }
        match self.price {
            None => errors.push(missing("price")),
            Some(price) if price < Minor::ZERO => errors.push(AgreementError::Price { got: price.units() }),
            Some(_) => {}
        }
        if self.code.is_none() {
            errors.push(missing("code"));
        }
        errors
    }
}

/// The agreement of a piece of work: the one its ticket names, else the one in force with the
/// largest precedence, then the earliest end, then the smallest id. Own agreements come before
/// those of a parent: `candidates` lists one generation after the other.
///
/// # Errors
/// [`AgreementError::Unknown`] or [`AgreementError::NotInForce`] for one that a ticket names.
pub fn choose<'a>(
    named: Option<&Id>,
    candidates: &[&'a [Agreement]],
    date: Date,
) -> Result<Option<&'a Agreement>, AgreementError> {
    if let Some(id) = named {
        let found = candidates.iter().copied().flatten().find(|agreement| agreement.id == *id);
        let agreement = found.ok_or_else(|| AgreementError::Unknown { got: id.to_string() })?;
        if !agreement.in_force(date) {
            return Err(AgreementError::NotInForce { id: id.to_string(), date: date.to_string() });
        }
        return Ok(Some(agreement));
    }
    let rank = |agreement: &&'a Agreement| {
        let end = (agreement.to.is_none(), agreement.to);
        (core::cmp::Reverse(agreement.precedence), end, agreement.id.clone())
    };
    let best = |generation: &&'a [Agreement]| {
        generation.iter().filter(|agreement| agreement.in_force(date)).min_by_key(rank)
    };
    Ok(candidates.iter().find_map(best))
}

/// What was bought and used of a block, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Seconds bought.
    pub purchased: u64,
    /// Seconds drawn by live lines.
    pub drawn: u64,
}

impl Standing {
    /// Seconds left.
    #[must_use]
    pub const fn left(self) -> u64 {
        self.purchased.saturating_sub(self.drawn)
    }

    /// Draws what is left, up to the seconds asked for; returns how many are covered.
    ///
    /// ```
    /// use duebill::agreement::Standing;
    /// let mut block = Standing { purchased: 7_200, drawn: 0 };
    /// assert_eq!(block.draw(18_000), 7_200); // two hours left of five cover two
    /// assert_eq!(block.left(), 0);
    /// ```
    pub fn draw(&mut self, seconds: u64) -> u64 {
        let covered = seconds.min(self.left());
        self.drawn = self.drawn.saturating_add(covered);
        covered
    }
}
