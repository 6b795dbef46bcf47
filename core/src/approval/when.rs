use super::{ApprovalError, ApprovalRule, Earlier, Subject};
use crate::calendar::Date;
use crate::canon::{shape, union, words};
use crate::id::Id;
use crate::money::{Amount, Currency, Minor, MoneyError, Price};

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
        /// Everything the payer was asked in the month.
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
        /// A line has one of these charge codes.
        Code(OneOf) = "code",
        /// The payer is one of these.
        Payer(OneOf) = "payer",
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
    /// Rates that can be used: above zero, between two currencies, one for each pair.
    ///
    /// # Errors
    /// [`ApprovalError::Rate`] for each that cannot, with its place.
    pub fn check(rates: &[Self]) -> Result<(), Vec<(usize, ApprovalError)>> {
        let mut errors = Vec::new();
        for (place, rate) in rates.iter().enumerate() {
            let again = rates.iter().take(place).any(|other| (other.from, other.to) == (rate.from, rate.to));
            if rate.rate <= Price::ZERO || rate.from == rate.to || again {
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

/// What a condition is found to be. Without an exchange rate it may be unknown: then nothing passes.
pub(super) enum Found {
    Holds(Vec<Seen>),
    Fails,
    Unknown(ApprovalError),
}

/// A subject under the eyes of one rule.
pub(super) struct Look<'l> {
    pub(super) rule: &'l ApprovalRule,
    pub(super) subject: &'l Subject,
    pub(super) rates: &'l [ExchangeRate],
}

impl Look<'_> {
    /// Judges the whole rule: `above` and `when`.
    pub(super) fn judge(&self) -> Found {
        let mut parts = Vec::new();
        if let Some(above) = self.rule.above {
            let whole = self.net(&NetAbove { above, of: NetOf::Subject }, "/above");
            let job = match self.rule.split_proof {
                true => self.net(&NetAbove { above, of: NetOf::Job }, "/above"),
                false => Found::Fails,
            };
            parts.push(any([whole, job]));
        }
        if let Some(when) = &self.rule.when {
            parts.push(self.when(when, "/when"));
        }
        all(parts)
    }

    fn when(&self, when: &When, path: &str) -> Found {
        let each = |conditions: &Conditions| -> Vec<Found> {
            let numbered = conditions.of.iter().enumerate();
            numbered.map(|(place, one)| self.when(one, &format!("{path}/of/{place}"))).collect()
        };
        match when {
            When::All(conditions) => all(each(conditions)),
            When::Any(conditions) => any(each(conditions)),
            When::None(conditions) => match any(each(conditions)) {
                Found::Holds(_) => Found::Fails,
                Found::Fails => Found::Holds(Vec::new()),
                Found::Unknown(error) => Found::Unknown(error),
            },
            When::Net(net) => self.net(net, path),
            When::Fact(fact) => self.fact(fact, path),
            When::Code(codes) => {
                let lines = self.subject.lines.iter().filter(|line| codes.any_of.contains(&line.code));
                found(lines.map(|line| Seen {
                    code: Some(line.code.clone()),
                    line: Some(line.id.clone()),
                    ..self.seen(path)
                }))
            }
            When::Payer(payers) => {
                let payer = Some(&self.subject.payer).filter(|payer| payers.any_of.contains(payer));
                found(payer.map(|payer| Seen { value: Some(payer.clone()), ..self.seen(path) }))
            }
        }
    }

    /// A value without content yet.
    fn seen(&self, path: &str) -> Seen {
        Seen {
            above: None,
            code: None,
            currency: self.subject.currency,
            exchange: None,
            fact: None,
            line: None,
            net: None,
            of: None,
            path: path.to_owned(),
            size: None,
            ticket: None,
            value: None,
        }
    }

    fn fact(&self, wanted: &HasFact, path: &str) -> Found {
        let subject = self.subject;
        let own = subject.facts.iter().map(|fact| (None, fact));
        let of_lines =
            subject.lines.iter().flat_map(|line| line.facts.iter().map(|fact| (Some(&line.id), fact)));
        let fitting = own.chain(of_lines).filter(|(_, fact)| {
            let is_one =
                wanted.any_of.is_empty() || fact.value.as_ref().is_some_and(|v| wanted.any_of.contains(v));
            let is_above = wanted.above.is_none_or(|above| fact.amount.is_some_and(|amount| amount > above));
            fact.name == wanted.name && is_one && is_above
        });
        found(fitting.map(|(line, fact)| Seen {
            above: wanted.above,
            fact: Some(fact.name.clone()),
            line: line.cloned(),
            size: fact.amount,
            value: fact.value.clone(),
            ..self.seen(path)
        }))
    }

    fn net(&self, wanted: &NetAbove, path: &str) -> Found {
        let exchange = match self.exchange() {
            Ok(exchange) => exchange,
            Err(error) => return Found::Unknown(error),
        };
        let nets = match self.nets(wanted.of) {
            Ok(nets) => nets,
            // Amounts beyond every limit are above every threshold.
            Err(_) => vec![Seen { net: Some(self.subject.net), ..self.seen(path) }],
        };
        let digits = self.subject.currency.digits();
        let above = nets.into_iter().filter(|seen| {
            seen.net.is_some_and(|net| is_above(net, digits, exchange.map(|rate| rate.rate), wanted.above))
        });
        found(above.map(|seen| Seen {
            above: Some(wanted.above),
            exchange: exchange.cloned(),
            of: Some(wanted.of),
            path: path.to_owned(),
            ..seen
        }))
    }

    /// The nets that a condition looks at, each with what it is of.
    fn nets(&self, of: NetOf) -> Result<Vec<Seen>, MoneyError> {
        let subject = self.subject;
        let mut seen = Vec::new();
        match of {
            NetOf::Subject => seen.push(Seen { net: Some(subject.net), ..self.seen("") }),
            NetOf::Month => {
                let net = subject.month.magnitude().plus(subject.net.magnitude())?;
                seen.push(Seen { net: Some(net), ..self.seen("") });
            }
            NetOf::Line => seen.extend(subject.lines.iter().map(|line| Seen {
                line: Some(line.id.clone()),
                net: Some(line.net),
                ..self.seen("")
            })),
            NetOf::Ticket => {
                let mut tickets: std::collections::BTreeMap<&Id, Minor> = std::collections::BTreeMap::new();
                for line in &subject.lines {
                    if let Some(ticket) = &line.ticket {
                        let sum = tickets.entry(ticket).or_default();
                        *sum = sum.plus(line.net)?;
                    }
                }
                seen.extend(tickets.into_iter().map(|(ticket, net)| Seen {
                    net: Some(net),
                    ticket: Some(ticket.clone()),
                    ..self.seen("")
                }));
            }
            NetOf::Job => {
                for earlier in &subject.earlier {
                    seen.extend(self.job(earlier)?);
                }
            }
        }
        Ok(seen)
    }

    /// What was asked for a job before, with what is asked now; nothing where nothing was.
    fn job(&self, earlier: &Earlier) -> Result<Option<Seen>, MoneyError> {
        let before = earlier.counts_for(&self.rule.id);
        if before.is_zero() {
            return Ok(None);
        }
        let same = |line: &&super::SubjectLine| line.ticket == earlier.ticket && line.code == earlier.code;
        let now = Minor::sum(self.subject.lines.iter().filter(same).map(|line| line.net))?;
        Ok(Some(Seen {
            code: Some(earlier.code.clone()),
            net: Some(before.magnitude().plus(now.magnitude())?),
            ticket: earlier.ticket.clone(),
            ..self.seen("")
        }))
    }

    /// The rate by which nets are compared; none where the rule takes them at face value.
    fn exchange(&self) -> Result<Option<&ExchangeRate>, ApprovalError> {
        let own = self.subject.currency;
        let Some(currency) = self.rule.currency.filter(|currency| *currency != own) else {
            return Ok(None);
        };
        let rate = self.rates.iter().find(|rate| rate.from == own && rate.to == currency);
        rate.map(Some).ok_or_else(|| ApprovalError::NoRate {
            subject: own.to_string(),
            rule: currency.to_string(),
            id: self.rule.id.to_string(),
        })
    }
}

fn found(seen: impl IntoIterator<Item = Seen>) -> Found {
    let seen: Vec<Seen> = seen.into_iter().collect();
    if seen.is_empty() { Found::Fails } else { Found::Holds(seen) }
}

fn all(parts: impl IntoIterator<Item = Found>) -> Found {
    let (mut values, mut unknown) = (Vec::new(), None);
    for part in parts {
        match part {
            Found::Fails => return Found::Fails,
            Found::Holds(mut seen) => values.append(&mut seen),
            Found::Unknown(error) => unknown = unknown.or(Some(error)),
        }
    }
    unknown.map_or(Found::Holds(values), Found::Unknown)
}

fn any(parts: impl IntoIterator<Item = Found>) -> Found {
    let (mut values, mut holds, mut unknown) = (Vec::new(), false, None);
    for part in parts {
        match part {
            Found::Fails => {}
            Found::Holds(mut seen) => {
                holds = true;
                values.append(&mut seen);
            }
            Found::Unknown(error) => unknown = unknown.or(Some(error)),
        }
    }
    match (holds, unknown) {
        (true, _) => Found::Holds(values),
        (false, Some(error)) => Found::Unknown(error),
        (false, None) => Found::Fails,
    }
}

/// Whether an amount, times a rate, is strictly above a threshold: exact, in integers. What would
/// not fit them is above.
fn is_above(net: Minor, digits: u8, rate: Option<Price>, above: Price) -> bool {
    let ten = |digits: u32| 10_i128.checked_pow(digits);
    let one = Price::whole(1).unwrap_or_default();
    let rate = rate.unwrap_or(one);
    let compare = || -> Option<bool> {
        let net = i128::from(net.magnitude().units()).checked_mul(rate.coefficient().into())?;
        let net = net.checked_mul(ten(above.scale().into())?)?;
        let scale = u32::from(digits).checked_add(rate.scale().into())?;
        Some(net > i128::from(above.coefficient()).checked_mul(ten(scale)?)?)
    };
    compare().unwrap_or(true)
}
