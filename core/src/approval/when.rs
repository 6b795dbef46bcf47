use rust_decimal::Decimal;

use super::ApprovalError;
use crate::calendar::Date;
use crate::canon::{shape, union, words};
use crate::id::Id;
use crate::money::{Amount, Currency, Minor, Price};

words! {
    /// Which net a condition looks at.
    pub enum NetOf {
        /// The whole document.
        Subject = "subject",
        /// Each line alone.
        Line = "line",
        /// The lines of each ticket together.
        Ticket = "ticket",
        /// Ticket and code, with everything asked for them since the rule last decided.
        Job = "job",
        /// Everything of its kind that the payer was asked in the month.
        Month = "month",
    }
}

shape! {
    /// Some net is strictly above a threshold.
    pub struct NetAbove {
        /// The threshold.
        pub above: Price,
        /// Which net.
        pub of: NetOf = NetOf::Subject,
    }
}

shape! {
    /// The document or one of its lines has a fact.
    pub struct HasFact {
        /// Strictly above this size, when given.
        pub above: Option<Price>,
        /// One of these values; any when empty.
        pub any_of: Vec<Id>,
        /// The fact.
        pub name: Id,
    }
}

shape! {
    /// One of several ids.
    pub struct OneOf {
        /// The ids.
        pub any_of: Vec<Id>,
    }
}

shape! {
    /// Several conditions.
    pub struct Conditions {
        /// The conditions.
        pub of: Vec<When>,
    }
}

union! {
    /// When a rule asks for approval.
    pub enum When {
        /// All of several conditions; always, when there are none.
        All(Conditions) = "all",
        /// At least one of several conditions.
        Any(Conditions) = "any",
        /// None of several conditions.
        None(Conditions) = "none",
        /// Some net is above a threshold.
        Net(NetAbove) = "net",
        /// The document or a line has a fact.
        Fact(HasFact) = "fact",
        /// A line has one of these charge codes, or one below them.
        Code(OneOf) = "code",
        /// The payer is one of these.
        Payer(OneOf) = "payer",
    }
}

impl When {
    /// How deep conditions may stand in each other: records quote them deeper than rulebooks do.
    pub const DEEPEST: usize = 8;

    /// How deep conditions stand in each other.
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::All(all) | Self::Any(all) | Self::None(all) => {
                all.of.iter().map(Self::depth).max().unwrap_or(0).saturating_add(1)
            }
            Self::Net(_) | Self::Fact(_) | Self::Code(_) | Self::Payer(_) => 1,
        }
    }
}

shape! {
    /// What one unit of a currency is in another, from a source on a date.
    pub struct ExchangeRate {
        /// The date.
        pub date: Date,
        /// From this currency.
        pub from: Currency,
        /// What one unit of it is in the other.
        pub rate: Price,
        /// Who says so.
        pub source: Id,
        /// To this currency.
        pub to: Currency,
    }
}

impl ExchangeRate {
    /// What a rate and the one the other way multiply to, at the least and at the most: the spread
    /// between buying and selling lies within, two rates of one direction do not.
    const ROUND_TRIP: [Decimal; 2] =
        [Decimal::from_parts(95, 0, 0, false, 2), Decimal::from_parts(105, 0, 0, false, 2)];

    fn agrees_with(&self, back: &Self) -> bool {
        let [least, most] = Self::ROUND_TRIP;
        let product = self.rate.to_decimal().checked_mul(back.rate.to_decimal());
        product.is_some_and(|product| product >= least && product <= most)
    }

    /// Whether the rate is of a day on which an amount is judged, or of one of so many days before.
    ///
    /// # Errors
    /// [`ApprovalError::RateDate`].
    pub fn check_date(&self, day: Date, days: u16) -> Result<(), ApprovalError> {
        let first = day.minus_days(days.into()).unwrap_or(day);
        if (first..=day).contains(&self.date) {
            return Ok(());
        }
        Err(ApprovalError::RateDate {
            from: first.to_string(),
            to: day.to_string(),
            pair: format!("{} to {}", self.from, self.to),
            got: self.date.to_string(),
        })
    }

    /// Rates that can be used: above zero, between two currencies, one for each pair, and within 5
    /// percent of the rate the other way where that is given too.
    ///
    /// # Errors
    /// [`ApprovalError::Rate`] for each that cannot, with its place.
    pub fn check(rates: &[Self]) -> Result<(), Vec<(usize, ApprovalError)>> {
        let mut errors = Vec::new();
        for (place, rate) in rates.iter().enumerate() {
            let again = rates.iter().take(place).any(|other| (other.from, other.to) == (rate.from, rate.to));
            let back = rates.iter().take(place).find(|other| (other.to, other.from) == (rate.from, rate.to));
            let at_odds = back.is_some_and(|back| !rate.agrees_with(back));
            if rate.rate <= Price::ZERO || rate.from == rate.to || again || at_odds {
                let (from, to) = (rate.from.to_string(), rate.to.to_string());
                errors.push((place, ApprovalError::Rate { from, to, got: rate.rate.to_string() }));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

shape! {
    /// A value that made a condition hold.
    pub struct Seen {
        /// The threshold that was passed.
        pub above: Option<Price>,
        /// The charge code.
        pub code: Option<Id>,
        /// The currency of the net.
        pub currency: Currency,
        /// The rate by which the net was compared.
        pub exchange: Option<ExchangeRate>,
        /// The fact.
        pub fact: Option<Id>,
        /// The line.
        pub line: Option<Id>,
        /// The net that was above, in the document's own currency.
        pub net: Option<Minor>,
        /// Which net.
        pub of: Option<NetOf>,
        /// The condition, as a JSON pointer into the rule.
        pub path: String,
        /// The size of the fact.
        pub size: Option<Price>,
        /// The ticket.
        pub ticket: Option<Id>,
        /// The value of the fact.
        pub value: Option<Id>,
    }
}

impl Seen {
    /// A fact of a size, seen by the condition that a rule consists of.
    pub(crate) fn of_fact(name: &str, currency: Currency, size: Option<Price>, line: Option<Id>) -> Self {
        Self {
            above: None,
            code: None,
            currency,
            exchange: None,
            fact: Some(Id::of_digits(name)),
            line,
            net: None,
            of: None,
            path: "/when".to_owned(),
            size,
            ticket: None,
            value: None,
        }
    }
}

impl core::fmt::Display for Seen {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if let (Some(of), Some(net), Some(above)) = (self.of, self.net, self.above) {
            let net = Amount::new(net, self.currency);
            match of {
                NetOf::Subject => write!(f, "the net of {net}")?,
                NetOf::Line => write!(f, "the net of {net} of a line")?,
                NetOf::Ticket => write!(f, "the net of {net} of a ticket")?,
                NetOf::Job => write!(f, "the net of {net} since the last decision on the same job")?,
                NetOf::Month => write!(f, "the net of {net} of the month")?,
            }
            write!(f, " is above {above}")?;
        } else if let Some(fact) = &self.fact {
            write!(f, "{fact}")?;
            if let Some(value) = &self.value {
                write!(f, " {value}")?;
            }
            if let Some(size) = self.size {
                write!(f, " {size}")?;
            }
        } else if let Some(code) = &self.code {
            write!(f, "the charge code {code}")?;
        } else if let Some(value) = &self.value {
            write!(f, "{value} pays")?;
        }
        if let Some(rate) = &self.exchange {
            write!(f, " {} at {} of {} by {}", rate.to, rate.rate, rate.date, rate.source)?;
        }
        if let Some(line) = &self.line {
            write!(f, " on {line}")?;
        }
        if let Some(ticket) = &self.ticket {
            write!(f, " for {ticket}")?;
        }
        Ok(())
    }
}
