use super::{
    DiscountOffer, DiscountRow, DiscountTax, DueRule, EarlyDiscount, Instalment, InstalmentTerms,
    InvoiceError, OnDay, Unscheduled,
};
use crate::calendar::{CalendarError, Date};
use crate::canon::shape;
use crate::id::Id;
use crate::money::{Currency, Minor, Price};

shape! {
    /// When an invoice falls due, in how many parts, and what paying early leaves out.
    pub struct PaymentTerms {
        /// Days after the issue date, or after the end of the month where one is named.
        pub days: u32 = 0,
        /// What paying early leaves out.
        pub discount: Option<EarlyDiscount>,
        /// Counts from the end of the issue month plus this many months.
        pub end_of_month: Option<u32>,
        /// Id of the terms.
        pub id: Id,
        /// Parts that are due one after the other; the invoice is then due with the last.
        pub instalments: Option<InstalmentTerms>,
        /// Moves the due date to a fixed day of the month.
        pub on_day: Option<OnDay>,
        /// Weeks, counted with the days.
        pub weeks: u32 = 0,
    }
}

impl PaymentTerms {
    /// Most days or months.
    pub const LIMIT: u32 = DueRule::LIMIT;

    /// Terms of so many days, after the issue date or after the end of a month.
    #[must_use]
    pub const fn net(id: Id, days: u32, end_of_month: Option<u32>) -> Self {
        Self { days, discount: None, end_of_month, id, instalments: None, on_day: None, weeks: 0 }
    }

    fn rule(&self) -> DueRule {
        DueRule {
            days: self.days,
            end_of_month: self.end_of_month,
            on_day: self.on_day.clone(),
            weeks: self.weeks,
        }
    }

    /// Whether the terms are within their limits.
    ///
    /// # Errors
    /// [`InvoiceError::TermsDays`], [`InvoiceError::TermsDayOfMonth`], what [`InstalmentTerms::check`] and
    /// [`EarlyDiscount::check`] refuse.
    pub fn check(&self) -> Result<(), InvoiceError> {
        self.rule().check()?;
        self.instalments.as_ref().map_or(Ok(()), InstalmentTerms::check)?;
        self.discount.as_ref().map_or(Ok(()), EarlyDiscount::check)
    }

    /// The due date of an invoice that is due in one sum; never before the issue date.
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
        self.rule().date(issued)
    }

    /// The percentage of a discount that is mixed: tax is computed on what it leaves, whether or not it is taken.
    #[must_use]
    pub fn untaxed_discount(&self) -> Option<Price> {
        let mixed = self.discount.as_ref().filter(|discount| discount.tax == DiscountTax::Mixed);
        mixed.map(|discount| discount.percent)
    }

    /// The dates and amounts of an invoice, as they stand on it from its issue.
    ///
    /// # Errors
    /// [`Unscheduled`].
    pub fn schedule(
        &self,
        issued: Date,
        total: Minor,
        currency: Currency,
        rows: &[DiscountRow],
    ) -> Result<PaymentSchedule, Unscheduled> {
        let instalments = match &self.instalments {
            Some(terms) => terms.instalments(issued, total, currency)?,
            None => Vec::new(),
        };
        let due = match instalments.last() {
            Some(last) => last.due,
            None => self.due(issued)?,
        };
        let discount = match &self.discount {
            Some(discount) if total.is_positive() => Some(discount.offer(issued, rows)?),
            Some(_) | None => None,
        };
        Ok(PaymentSchedule { discount, due, instalments })
    }
}

shape! {
    /// What the terms of an invoice made of its issue date and total.
    pub struct PaymentSchedule {
        /// What paying early leaves out.
        pub discount: Option<DiscountOffer>,
        /// When all of it is due.
        pub due: Date,
        /// Its parts with their dates, which add up; empty when it is due in one sum.
        pub instalments: Vec<Instalment>,
    }
}
