use std::collections::BTreeSet;

use super::Selection;
use crate::account::asking::work_key;
use crate::account::decide::because;
use crate::account::state::Account;
use crate::agreement::{Agreement, AgreementError, DueFee, RecurringFee};
use crate::audit::derived_id;
use crate::calendar::Date;
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::money::{Amount, Currency, FACTOR_ONE, Minor, MoneyError, Price};
use crate::rating::{Charge, ChargeSource, Unit};
use crate::rulebook::{Rulebook, Terms};

/// Names the days of a fee among everything that is charged.
#[must_use]
pub fn fee_entry(agreement: &Id, fee: &Id, from: Date) -> Id {
    derived_id(&["fee", agreement.as_str(), fee.as_str(), &from.to_string()])
}

/// The charge of a part of a fee.
fn charge(
    agreement: &Agreement,
    fee: &RecurringFee,
    due: DueFee,
    currency: Currency,
) -> Result<Charge, MoneyError> {
    let mut charge = Charge {
        agreement: Some(agreement.id.clone()),
        agent: None,
        article: None,
        band: None,
        code: fee.code.clone(),
        coverage: None,
        date: due.part.from,
        end: None,
        entry: fee_entry(&agreement.id, &fee.id, due.part.from),
        factor: FACTOR_ONE,
        fee: Some(due.part),
        multiplier: None,
        net: Minor::ZERO,
        no_charge: false,
        price: Price::from_decimal(Amount::new(due.price, currency).to_decimal())?,
        quantity: fee.quantity,
        rate: None,
        raw_seconds: 0,
        rounding: None,
        source: ChargeSource::Fee,
        start: None,
        ticket: None,
        unit: Unit::Unit,
    };
    charge.net = charge.recompute(currency)?;
    Ok(charge)
}

impl Account {
    /// Days of a fee that are billed or skipped, in order.
    pub(super) fn days_taken(&self, agreement: &Id, fee: &Id) -> Vec<(Date, Date)> {
        self.fee_days(agreement, fee).map(|(from, days)| (from, days.to)).collect()
    }

    /// The parts of a fee that are due at the end of a day.
    pub(super) fn fee_due(
        &self,
        terms: &Terms,
        agreement: &Agreement,
        fee: &RecurringFee,
        by: Date,
    ) -> Result<Vec<DueFee>, crate::agreement::FeeFault> {
        fee.due(agreement, &self.days_taken(&agreement.id, &fee.id), terms.calendar(), by)
    }

    /// The charges of every fee of the family that is due. One that cannot be billed is found and blocks
    /// no other.
    pub(super) fn fee_charges(
        &self,
        rulebook: &Rulebook,
        selection: &Selection<'_>,
        findings: &mut Vec<Finding>,
    ) -> Result<Vec<(Currency, Id, Charge)>, Refusal> {
        let mut charges = Vec::new();
        for customer in self.customers_here(rulebook).map_err(because)? {
            let terms = rulebook.terms(customer).map_err(because)?;
            for (agreement, fee) in all_fees(terms) {
                let subject = derived_id(&[agreement.id.as_str(), fee.id.as_str()]);
                let due = match self.fee_due(terms, agreement, fee, selection.period.to) {
                    Ok(due) => due,
                    Err(error) => {
                        findings.push(Finding::block(&error).about(&subject));
                        continue;
                    }
                };
                if let Err(error) = check_catch_up(fee, &due, selection) {
                    findings.push(Finding::block(&error).about(&subject));
                    continue;
                }
                for one in due {
                    match charge(agreement, fee, one, terms.currency()) {
                        Ok(charge)
                            if selection.taken.contains(&charge.entry)
                                || self.is_withheld(&work_key(&charge)) => {}
                        Ok(mut charge) => {
                            self.cover(&mut charge);
                            charges.push((terms.currency(), customer.clone(), charge));
                        }
                        Err(error) => findings.push(Finding::block(&error).about(&subject)),
                    }
                }
            }
        }
        Ok(charges)
    }
}

/// Every fee of a customer with its agreement.
pub(super) fn all_fees(terms: &Terms) -> impl Iterator<Item = (&Agreement, &RecurringFee)> {
    terms.agreements().iter().flat_map(|agreement| agreement.fees.iter().map(move |fee| (agreement, fee)))
}

/// Periods that should have been billed before this one are few, unless more are asked for.
fn check_catch_up(
    fee: &RecurringFee,
    due: &[DueFee],
    selection: &Selection<'_>,
) -> Result<(), AgreementError> {
    let late = due.iter().filter(|due| due.bill_on < selection.period.from).map(|due| due.period);
    let got = late.collect::<BTreeSet<Date>>().len();
    let limit = usize::try_from(selection.catch_up.unwrap_or(fee.catch_up)).unwrap_or(usize::MAX);
    if got <= limit {
        return Ok(());
    }
    Err(AgreementError::FeeCatchUp { fee: fee.id.to_string(), limit, got })
}
