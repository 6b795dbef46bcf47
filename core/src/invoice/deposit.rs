use super::{InvoiceError, Totals, Unassembled};
use crate::canon::shape;
use crate::id::Id;
use crate::money::{Minor, MoneyError};
use crate::tax::{TaxRole, TaxRow};

shape! {
    /// A down payment that an earlier document billed and taxed, to be deducted from the final one.
    pub struct Deposit {
        /// What is deducted from what is to be paid.
        pub amount: Minor,
        /// The document that billed it.
        pub document: Id,
        /// Its number.
        pub number: Option<Id>,
        /// What of it was taxed, by category and rate: what the final document taxes less of.
        pub taxes: Vec<TaxRow>,
    }
}

impl Deposit {
    /// Whether the taxes of all deposits stay within those of the final document.
    ///
    /// # Errors
    /// [`InvoiceError::DepositTax`] for a rate that the final document does not have or has less of.
    pub fn check(&self, taxes: &[TaxRow], deposits: &[Self]) -> Result<(), Unassembled> {
        for row in &self.taxes {
            let billed = deposits.iter().flat_map(|deposit| &deposit.taxes).filter(|other| other.is_of(row));
            let billed: Vec<&TaxRow> = billed.collect();
            let base = Minor::sum(billed.iter().map(|row| row.base))?;
            let tax = Minor::sum(billed.iter().map(|row| row.tax))?;
            let within = |whole: &TaxRow| base <= whole.base && tax <= whole.tax;
            if !taxes.iter().any(|whole| whole.is_of(row) && within(whole)) {
                return Err(Unassembled::Invoice(InvoiceError::DepositTax {
                    document: self.document.to_string(),
                    category: row.category.to_string(),
                    percent: row.percent.to_string(),
                }));
            }
        }
        let added = self.taxes.iter().filter(|row| row.role != TaxRole::Withheld);
        let tax = Minor::sum(added.map(|row| row.tax))?;
        if tax > self.amount {
            return Err(Unassembled::Invoice(InvoiceError::DepositTax {
                document: self.document.to_string(),
                category: "all".to_owned(),
                percent: "100".to_owned(),
            }));
        }
        Ok(())
    }

    /// What a document deducts of a down payment: of each tax rate what both have left, and never more than
    /// the document comes to. Whatever takes the last of its rates takes its rounding too.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn between(
        document: &Id,
        number: Option<&Id>,
        left: &Totals,
        room: &Totals,
    ) -> Result<Option<Self>, MoneyError> {
        let share = |row: &TaxRow| {
            let other = room.taxes.iter().find(|other| other.is_of(row))?;
            let (base, tax) = (both(row.base, other.base), both(row.tax, other.tax));
            (base.is_positive() || tax.is_positive()).then(|| TaxRow { base, tax, ..row.clone() })
        };
        let taxes: Vec<TaxRow> = left.taxes.iter().filter_map(share).collect();
        let untaxed = both(untaxed(left)?, untaxed(room)?);
        let (net, tax, withheld) = sums(&taxes)?;
        let exact = net.plus(untaxed)?.plus(tax)?.minus(withheld)?;
        // Nothing is left of its rates, so neither is its rounding.
        let last = exact == left.gross.minus(left.withheld)?;
        let amount = if last { left.payable } else { exact }.min(room.payable);
        if !amount.is_positive() || amount < tax {
            return Ok(None);
        }
        Ok(Some(Self { amount, document: document.clone(), number: number.cloned(), taxes }))
    }

    /// The deduction as sums that are taken off what is left of the down payment, or of the document.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn taken(&self, left: &Totals) -> Result<Totals, MoneyError> {
        let (net, tax, withheld) = sums(&self.taxes)?;
        let taxed = net.plus(tax)?.minus(withheld)?;
        let net = net.plus(both(untaxed(left)?, self.amount.minus(taxed)?))?;
        let gross = net.plus(tax)?;
        Ok(Totals {
            allowance: Minor::ZERO,
            charge: Minor::ZERO,
            en16931: false,
            gross,
            lines: net,
            net,
            payable: self.amount,
            prepaid: Minor::ZERO,
            rounding: self.amount.plus(withheld)?.minus(gross)?,
            rule: left.rule.clone(),
            tax,
            taxes: self.taxes.clone(),
            withheld,
        })
    }

    /// What of it is tax that was added, less what the buyer kept back.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn tax(&self) -> Result<(Minor, Minor), MoneyError> {
        sums(&self.taxes).map(|(_, tax, withheld)| (tax, withheld))
    }
}

/// The part that two amounts share.
fn both(one: Minor, other: Minor) -> Minor {
    one.min(other).max(Minor::ZERO)
}

/// What of a document bears no tax.
fn untaxed(totals: &Totals) -> Result<Minor, MoneyError> {
    totals.net.minus(sums(&totals.taxes)?.0)
}

/// Net that is taxed, taxes that are added, taxes that are kept back.
fn sums(rows: &[TaxRow]) -> Result<(Minor, Minor, Minor), MoneyError> {
    let of = |role: TaxRole| rows.iter().filter(move |row| row.role == role);
    let net = Minor::sum(of(TaxRole::Tax).map(|row| row.base))?;
    let tax = Minor::sum(of(TaxRole::Tax).chain(of(TaxRole::Surcharge)).map(|row| row.tax))?;
    Ok((net, tax, Minor::sum(of(TaxRole::Withheld).map(|row| row.tax))?))
}
