use super::{InvoiceError, Unassembled};
use crate::canon::shape;
use crate::id::Id;
use crate::money::Minor;
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
}
