use super::InvoiceError;
use crate::calendar::{CalendarError, Date};
use crate::canon::shape;
use crate::id::Id;

shape! {
    /// When an invoice falls due.
    pub struct PaymentTerms {
        /// Days after the issue date, or after the end of the month where one is named.
        pub days: u32,
        /// Counts from the end of the issue month plus this many months.
        pub end_of_month: Option<u32>,
        /// Id of the terms.
        pub id: Id,
    }
}

impl PaymentTerms {
    /// Most days or months.
    pub const LIMIT: u32 = 3_650;

    /// Whether the terms are within their limits.
    ///
    /// # Errors
    /// [`InvoiceError::TermsDays`].
    pub fn check(&self) -> Result<(), InvoiceError> {
        let longest = self.days.max(self.end_of_month.unwrap_or(0));
        if longest > Self::LIMIT {
            return Err(InvoiceError::TermsDays { limit: Self::LIMIT, got: longest });
        }
        Ok(())
    }

    /// The due date; never before the issue date.
    ///
    /// # Errors
    /// [`CalendarError::DateRange`].
    ///
    /// ```
    /// use duebill::{calendar::Date, canon, invoice::PaymentTerms};
    /// let terms: PaymentTerms = canon::from_bytes(br#"{"days":10,"end_of_month":0,"id":"eom10"}"#)?;
    /// assert_eq!(terms.due(Date::parse("2026-02-03")?)?.to_string(), "2026-03-10");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn due(&self, issued: Date) -> Result<Date, CalendarError> {
        let from = match self.end_of_month {
            Some(months) => issued.end_of_month(months)?,
            None => issued,
        };
        from.plus_days(self.days)
    }
}
