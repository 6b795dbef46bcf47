//! Terms: instalments, money over them, discounts for paying early.

use crate::calendar::Date;
use crate::canon::shape;
use crate::error_code::Coded;
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{
    DiscountRow, DiscountTax, EarlyDiscount, Instalment, InstalmentTerms, PaymentTerms, spread,
};
use crate::money::{Currency, Minor, Price};

fn because(error: &impl Coded) -> Refusal {
    Refusal::because(error)
}

shape! {
    /// A total to be split into instalments.
    pub struct InstalmentsIn {
        /// The currency of the total.
        pub currency: Currency,
        /// When it was issued.
        pub issued: Date,
        /// How it is split.
        pub terms: InstalmentTerms,
        /// The total.
        pub total: Minor,
    }
}

shape! {
    /// Instalments that add up.
    pub struct InstalmentsOut {
        /// The currency of the amounts.
        pub currency: Currency,
        /// The instalments, in the order they are due.
        pub instalments: Vec<Instalment>,
    }
}

pub(super) fn instalments(asked: InstalmentsIn) -> Result<InstalmentsOut, Refusal> {
    asked.terms.check().map_err(|error| because(&error))?;
    let made = asked.terms.instalments(asked.issued, asked.total, asked.currency);
    made.map(|instalments| InstalmentsOut { currency: asked.currency, instalments })
        .map_err(|error| because(&error))
}

shape! {
    /// Instalments and what fell of the open balance.
    pub struct PaidInstalmentsIn {
        /// The currency of every amount.
        pub currency: Currency,
        /// Payments and credits, in their order.
        pub falls: Vec<Minor>,
        /// The instalments, in the order they are due.
        pub instalments: Vec<Instalment>,
    }
}

shape! {
    /// What stands of one instalment.
    pub struct PaidInstalment {
        /// How much it was.
        pub amount: Minor,
        /// When it is due.
        pub due: Date,
        /// What each payment or credit took of it.
        pub fallen: Vec<Minor>,
        /// What is open.
        pub open: Minor,
    }
}

shape! {
    /// What stands of every instalment.
    pub struct PaidInstalmentsOut {
        /// The currency of every amount.
        pub currency: Currency,
        /// The instalments.
        pub instalments: Vec<PaidInstalment>,
    }
}

pub(super) fn payment_over_instalments(asked: PaidInstalmentsIn) -> Result<PaidInstalmentsOut, Refusal> {
    let standings = spread(&asked.instalments, &asked.falls).into_iter();
    let instalments = standings
        .map(|standing| PaidInstalment {
            amount: standing.amount,
            due: standing.due,
            fallen: standing.fallen,
            open: standing.open,
        })
        .collect();
    Ok(PaidInstalmentsOut { currency: asked.currency, instalments })
}

shape! {
    /// The net of a tax rate.
    pub struct DiscountedNet {
        /// The net before any discount.
        pub net: Minor,
        /// The rate in percent.
        pub percent: Price,
    }
}

shape! {
    /// An invoice that may be paid early.
    pub struct EarlyDiscountIn {
        /// The currency of the nets.
        pub currency: Currency,
        /// The discount.
        pub discount: EarlyDiscount,
        /// When it was issued.
        pub issued: Date,
        /// When it is paid; on the last day of the discount when left out.
        pub paid: Option<Date>,
        /// Its nets by tax rate.
        pub rows: Vec<DiscountedNet>,
    }
}

shape! {
    /// What is to be paid.
    pub struct EarlyDiscountOut {
        /// The currency of every amount.
        pub currency: Currency,
        /// What is left out of the net; nothing after the last day.
        pub discount_net: Minor,
        /// What is left out of the tax; nothing after the last day.
        pub discount_tax: Minor,
        /// What the invoice says.
        pub gross: Minor,
        /// What is to be paid on the day.
        pub pay: Minor,
        /// The tax that the invoice says.
        pub tax: Minor,
        /// What the discount does to the tax.
        pub treatment: DiscountTax,
        /// The last day of the discount.
        pub until: Date,
    }
}

pub(super) fn early_discount(asked: EarlyDiscountIn) -> Result<EarlyDiscountOut, Refusal> {
    let EarlyDiscountIn { currency, discount, issued, .. } = asked;
    discount.check().map_err(|error| because(&error))?;
    let rows: Vec<DiscountRow> = asked
        .rows
        .iter()
        .map(|row| DiscountRow { category: None, net: row.net, percent: row.percent })
        .collect();
    let tax = discount.tax(&rows).map_err(|error| because(&error))?;
    let offer = discount.offer(issued, &rows).map_err(|error| because(&error))?;
    let taken = asked.paid.is_none_or(|paid| paid <= offer.until);
    let of = |amount: Minor| if taken { amount } else { Minor::ZERO };
    let money = |result: Result<Minor, crate::money::MoneyError>| result.map_err(|error| because(&error));
    let gross = money(Minor::sum(rows.iter().map(|row| row.net)))?;
    let gross = money(gross.plus(tax))?;
    Ok(EarlyDiscountOut {
        currency,
        discount_net: of(offer.net),
        discount_tax: of(offer.tax),
        gross,
        pay: money(gross.minus(of(offer.amount)))?,
        tax,
        treatment: discount.tax,
        until: offer.until,
    })
}

shape! {
    /// An issue date and total under terms.
    pub struct ScheduleIn {
        /// The currency of the nets.
        pub currency: Currency,
        /// When it was issued.
        pub issued: Date,
        /// Its nets by tax rate.
        pub rows: Vec<DiscountedNet>,
        /// The terms.
        pub terms: PaymentTerms,
        /// The total.
        pub total: Minor,
    }
}

shape! {
    /// What stands on an invoice from its issue.
    pub struct ScheduleOut {
        /// The currency of every amount.
        pub currency: Currency,
        /// What paying early leaves out.
        pub discount: Option<crate::invoice::DiscountOffer>,
        /// When all of it is due.
        pub due: Date,
        /// Its parts with their dates.
        pub instalments: Vec<Instalment>,
        /// Id of the terms.
        pub terms: Id,
    }
}

pub(super) fn payment_schedule(asked: ScheduleIn) -> Result<ScheduleOut, Refusal> {
    asked.terms.check().map_err(|error| because(&error))?;
    let rows: Vec<DiscountRow> = asked
        .rows
        .iter()
        .map(|row| DiscountRow { category: None, net: row.net, percent: row.percent })
        .collect();
    let schedule = asked.terms.schedule(asked.issued, asked.total, asked.currency, &rows);
    let schedule = schedule.map_err(|error| because(&error))?;
    Ok(ScheduleOut {
        currency: asked.currency,
        discount: schedule.discount,
        due: schedule.due,
        instalments: schedule.instalments,
        terms: asked.terms.id,
    })
}
