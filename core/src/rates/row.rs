use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::{Currency, Price};

words! {
    /// What the value of a row is.
    pub enum RateKind {
        /// A unit price.
        Price = "price",
        /// A factor on the unit price; the largest that applies counts.
        Multiplier = "multiplier",
    }
}

words! {
    /// What a unit price is for.
    pub enum RatePer {
        /// An hour, over exact seconds.
        Hour = "hour",
        /// One piece.
        Unit = "unit",
    }
}

shape! {
    /// A row of the rate table; each dimension it names must match, those it leaves out match all.
    pub struct RateRow {
        /// Only for this agent.
        pub agent: Option<Id>,
        /// Only under this agreement.
        pub agreement: Option<Id>,
        /// Only in this band of the calendar.
        pub band: Option<Id>,
        /// Only for this charge code.
        pub code: Option<Id>,
        /// The currency of the price; a multiplier needs none.
        pub currency: Option<Currency>,
        /// Only for this customer.
        pub customer: Option<Id>,
        /// First rate date; open when left out.
        pub from: Option<Date>,
        /// Id of the row, quoted by every receipt.
        pub id: Id,
        /// What the value is.
        pub kind: RateKind = RateKind::Price,
        /// What the price is for.
        pub per: RatePer = RatePer::Hour,
        /// Decides between rows of equal dimensions; the larger wins.
        pub precedence: u32 = 0,
        /// Only at this ticket priority.
        pub priority: Option<Id>,
        /// Only for this role.
        pub role: Option<Id>,
        /// Only at this site.
        pub site: Option<Id>,
        /// Last rate date; open when left out.
        pub to: Option<Date>,
        /// The price or the factor.
        pub value: Price,
        /// Only for this type of work.
        pub work_type: Option<Id>,
    }
}

/// How many dimensions a row may name.
pub(super) const DIMENSIONS: usize = 9;

impl RateRow {
    /// The dimensions in their order of weight.
    pub(super) const fn dimensions(&self) -> [Option<&Id>; DIMENSIONS] {
        [
            self.agreement.as_ref(),
            self.site.as_ref(),
            self.customer.as_ref(),
            self.agent.as_ref(),
            self.role.as_ref(),
            self.code.as_ref(),
            self.work_type.as_ref(),
            self.priority.as_ref(),
            self.band.as_ref(),
        ]
    }

    /// Which dimensions it names, the weightiest as the highest bit.
    pub(super) fn mask(&self) -> u16 {
        self.dimensions().iter().fold(0, |mask, named| mask.wrapping_shl(1) | u16::from(named.is_some()))
    }

    /// Whether it wins over another row that applies too.
    #[must_use]
    pub fn outweighs(&self, other: &Self) -> bool {
        (self.mask(), self.precedence, self.from) > (other.mask(), other.precedence, other.from)
    }
}

/// What is known of a piece of work when its rate is chosen.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// Agreement it falls under.
    pub agreement: Option<&'a Id>,
    /// Site of the ticket.
    pub site: Option<&'a Id>,
    /// Customer of the ticket.
    pub customer: Option<&'a Id>,
    /// Who worked.
    pub agent: Option<&'a Id>,
    /// In which role.
    pub role: Option<&'a Id>,
    /// Its charge code.
    pub code: Option<&'a Id>,
    /// Its type of work.
    pub work_type: Option<&'a Id>,
    /// Priority of the ticket.
    pub priority: Option<&'a Id>,
    /// Band of the calendar.
    pub band: Option<&'a Id>,
    /// The rate date.
    pub date: Date,
    /// The currency of the customer's terms.
    pub currency: Currency,
    /// What a price must be for.
    pub per: RatePer,
}

impl Situation<'_> {
    /// The dimensions in their order of weight.
    pub(super) const fn dimensions(&self) -> [Option<&Id>; DIMENSIONS] {
        [
            self.agreement,
            self.site,
            self.customer,
            self.agent,
            self.role,
            self.code,
            self.work_type,
            self.priority,
            self.band,
        ]
    }
}
