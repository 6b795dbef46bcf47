use std::collections::BTreeMap;

use super::when::{Conditions, ExchangeRate, HasFact, NetAbove, NetOf, Seen, When};
use super::{ApprovalError, ApprovalRule, Earlier, Subject, SubjectKind};
use crate::id::Id;
use crate::money::{Minor, MoneyError, Price};

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
                true => self.split(above),
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

    /// What was asked for the same jobs before, with what is asked now.
    fn split(&self, above: Price) -> Found {
        let again = |earlier: &&Earlier| !earlier.counts_for(&self.rule.id).is_zero();
        let jobs = self.subject.earlier.iter().filter(again).map(|earlier| self.job(earlier)).collect();
        self.above(&NetAbove { above, of: NetOf::Job }, jobs, "/above")
    }

    fn net(&self, wanted: &NetAbove, path: &str) -> Found {
        self.above(wanted, self.nets(wanted.of), path)
    }

    fn above(&self, wanted: &NetAbove, nets: Result<Vec<Seen>, MoneyError>, path: &str) -> Found {
        let exchange = match self.exchange() {
            Ok(exchange) => exchange,
            Err(error) => return Found::Unknown(error),
        };
        let nets = match nets {
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
            // What has no lines is one, and is asked for one job.
            NetOf::Line | NetOf::Ticket if subject.lines.is_empty() => {
                seen.push(Seen { net: Some(subject.net), ..self.seen("") });
            }
            NetOf::Line => seen.extend(subject.lines.iter().map(|line| Seen {
                line: Some(line.id.clone()),
                net: Some(line.net),
                ..self.seen("")
            })),
            NetOf::Ticket => {
                let mut tickets: BTreeMap<&Id, Minor> = BTreeMap::new();
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
            NetOf::Job if subject.earlier.is_empty() => seen = self.unnamed_jobs()?,
            NetOf::Job => {
                for earlier in &subject.earlier {
                    seen.push(self.job(earlier)?);
                }
            }
        }
        Ok(seen)
    }

    /// What was asked for a job before, with what is asked now.
    fn job(&self, earlier: &Earlier) -> Result<Seen, MoneyError> {
        let before = earlier.counts_for(&self.rule.id);
        Ok(Seen {
            code: Some(earlier.code.clone()),
            net: Some(before.magnitude().plus(earlier.now.magnitude())?),
            ticket: earlier.ticket.clone(),
            ..self.seen("")
        })
    }

    /// The jobs of a subject that names none: lines of an invoice by ticket and code, anything else as a whole.
    fn unnamed_jobs(&self) -> Result<Vec<Seen>, MoneyError> {
        let subject = self.subject;
        if subject.kind != SubjectKind::Invoice || subject.lines.is_empty() {
            return Ok(vec![Seen { net: Some(subject.net), ..self.seen("") }]);
        }
        let mut jobs: BTreeMap<(Option<&Id>, &Id), Minor> = BTreeMap::new();
        for line in &subject.lines {
            let sum = jobs.entry((line.ticket.as_ref(), &line.code)).or_default();
            *sum = sum.plus(line.net)?;
        }
        let seen = jobs.into_iter().map(|((ticket, code), net)| Seen {
            code: Some(code.clone()),
            net: Some(net),
            ticket: ticket.cloned(),
            ..self.seen("")
        });
        Ok(seen.collect())
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
