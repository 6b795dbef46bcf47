use std::collections::BTreeMap;

use super::draft::Portion;
use super::{Creditable, Deposit, Draft, Header, InvoiceError, Line, Totals, Unassembled, UnitCode};
use crate::calendar::Date;
use crate::canon::{Digest, sha256, shape, to_bytes, union, words};
use crate::id::Id;
use crate::money::{Amount, Currency, Minor, MoneyError, Price, Rounding, decimal, divide, split};
use crate::tax::{LineTax, TaxRow};

words! {
    /// What becomes of the work that is credited.
    pub enum CreditEffect {
        /// It is billable again, once.
        Rebill = "rebill",
        /// It is never billed again.
        Forgive = "forgive",
    }
}

shape! {
    /// Everything that is left.
    pub struct CreditWhole {}
}

shape! {
    /// Everything that is left of some lines.
    pub struct CreditLines {
        /// The lines.
        pub lines: Vec<Id>,
    }
}

shape! {
    /// A quantity of a line.
    pub struct LineQuantity {
        /// The line.
        pub line: Id,
        /// How much of what the line counts.
        pub quantity: Price,
    }
}

shape! {
    /// Quantities of some lines.
    pub struct CreditQuantities {
        /// Line by line.
        pub quantities: Vec<LineQuantity>,
    }
}

shape! {
    /// An amount of a line before tax.
    pub struct LineAmount {
        /// The line.
        pub line: Id,
        /// How much, before tax.
        pub net: Minor,
    }
}

shape! {
    /// Amounts of some lines before tax.
    pub struct CreditAmounts {
        /// Line by line.
        pub amounts: Vec<LineAmount>,
        /// The currency.
        pub currency: Currency,
    }
}

shape! {
    /// An amount with its tax, spread over what is left of every line.
    pub struct CreditGross {
        /// How much, with tax.
        pub amount: Minor,
        /// The currency.
        pub currency: Currency,
        /// Its tax, where the item has no lines here; rows that add up to the amount.
        pub taxes: Vec<TaxRow>,
    }
}

union! {
    /// How much of an invoice is credited.
    pub enum CreditScope {
        /// All that is left.
        Whole(CreditWhole) = "whole",
        /// Whole lines.
        Lines(CreditLines) = "lines",
        /// Quantities.
        Quantities(CreditQuantities) = "quantities",
        /// Amounts before tax.
        Amounts(CreditAmounts) = "amounts",
        /// One amount with tax.
        Gross(CreditGross) = "gross",
    }
}

shape! {
    /// One line of a credit note: what it takes back of a line of its invoice.
    pub struct CreditLine {
        /// Name of what was charged, as on the invoice.
        pub description: String,
        /// The line of the invoice.
        pub line: Id,
        /// The amount before tax.
        pub net: Minor,
        /// The quantity, where whole quantities are credited.
        pub quantity: Option<Price>,
        /// The taxes it bears, as on the invoice.
        pub taxes: Vec<LineTax>,
        /// What is priced, as on the invoice.
        pub unit_code: UnitCode,
        /// Whether nothing of the line is left.
        pub whole: bool,
    }
}

shape! {
    /// A credit note as it is approved and issued; amounts are above 0 where they are owed to the customer.
    pub struct CreditNote {
        /// The currency of every amount.
        pub currency: Currency,
        /// What becomes of the work.
        pub effect: CreditEffect,
        /// What it says besides lines and sums.
        pub header: Box<Header>,
        /// Id of the credit note, unique in its account.
        pub id: Id,
        /// The invoice or opening item that it takes back.
        pub invoice: Id,
        /// Whether hours of a block that is forgiven stay with the customer, as a gift.
        pub keeps_hours: bool = false,
        /// What it takes back, line by line; none for an item that moved in.
        pub lines: Vec<CreditLine>,
        /// Who is credited.
        pub payer: Id,
        /// Number of the invoice.
        pub preceding: Id,
        /// When the invoice was issued.
        pub preceding_issued: Date,
        /// Why: a code of the host.
        pub reason: Id,
        /// The number series it will draw from.
        pub series: Id,
        /// The sums.
        pub totals: Totals,
    }
}

impl CreditNote {
    /// The digest of exactly this content: what approvals are bound to.
    #[must_use]
    pub fn digest(&self) -> Digest {
        sha256(&to_bytes(self))
    }
}

/// What is left of a line, a tax group and an invoice after other credit notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditRoom<'d> {
    draft: &'d Draft,
    /// In the order of the lines, then what no line bears.
    lefts: Vec<Left<'d>>,
    sums: Creditable,
}

/// What is left of a portion of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Left<'d> {
    portion: Portion<'d>,
    net: Minor,
    quantity: Price,
    used: bool,
}

impl Left<'_> {
    fn is_fresh(&self) -> bool {
        (self.net, self.quantity, self.used) == (self.portion.net, self.portion.quantity, false)
    }
}

/// What of one portion is credited: net and quantity.
type Taken = BTreeMap<usize, (Minor, Option<Price>)>;

/// The lines of a credit and its sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditSums {
    /// Its lines.
    pub lines: Vec<CreditLine>,
    /// Its sums.
    pub totals: Totals,
}

impl<'d> CreditRoom<'d> {
    /// What credit notes that stand or wait leave of an invoice.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`], and [`InvoiceError::CreditExceeds`] where the notes take more than there is.
    pub fn new<'n>(
        draft: &'d Draft,
        notes: impl IntoIterator<Item = &'n CreditNote>,
    ) -> Result<Self, Unassembled> {
        let left = |portion: Portion<'d>| Left {
            net: portion.net,
            quantity: portion.quantity,
            used: false,
            portion,
        };
        let lefts = draft.portions()?.into_iter().map(left).collect();
        let mut left = Self { draft, lefts, sums: Creditable::new(draft.currency, &draft.totals) };
        for note in notes {
            left.take(note)?;
        }
        Ok(left)
    }

    fn take(&mut self, note: &CreditNote) -> Result<(), Unassembled> {
        for credited in &note.lines {
            let own = self.lefts.iter_mut().find(|left| left.portion.id == credited.line);
            if let Some(left) = own {
                left.net = left.net.minus(credited.net)?;
                left.used |= credited.whole;
                if let Some(taken) = credited.quantity {
                    left.quantity = difference(left.quantity, taken)?;
                }
            }
        }
        self.sums.take(&note.totals)
    }

    /// Takes off what another document deducts of this one, which is a down payment: that is not credited.
    ///
    /// # Errors
    /// [`InvoiceError::CreditExceeds`] for more than is left.
    pub fn deduct(&mut self, deposit: &Deposit) -> Result<(), Unassembled> {
        let left = self.sums.rest();
        if deposit.amount > left.payable {
            let (what, left, got) =
                (deposit.document.to_string(), left.payable.units(), deposit.amount.units());
            return Err(Unassembled::Invoice(InvoiceError::CreditExceeds { left, what, got }));
        }
        let taken = deposit.taken(&left)?;
        // What its rates leave out would else pass as rounding.
        if taken.rounding > left.rounding.max(Minor::ZERO) {
            let (what, left, got) =
                (deposit.document.to_string(), left.rounding.units(), taken.rounding.units());
            return Err(Unassembled::Invoice(InvoiceError::CreditExceeds { left, what, got }));
        }
        // A down payment has one line.
        for left in &mut self.lefts {
            left.net = left.net.minus(taken.net)?;
            left.used |= left.net.is_zero();
        }
        self.sums.take(&taken)
    }

    /// What can still be credited: the sums of the credit that takes the rest.
    #[must_use]
    pub fn rest(&self) -> Totals {
        self.sums.rest()
    }

    /// The sums of a credit. What takes the last of a tax group takes its residue too, so that a full
    /// credit, however it was cut, mirrors its invoice to the last minor unit.
    ///
    /// # Errors
    /// [`InvoiceError`] for what cannot be credited.
    pub fn sums(&self, scope: &CreditScope, effect: CreditEffect) -> Result<CreditSums, InvoiceError> {
        let (taken, totals) = match scope {
            CreditScope::Gross(gross) => self.gross_taken(gross)?,
            CreditScope::Whole(_)
            | CreditScope::Lines(_)
            | CreditScope::Quantities(_)
            | CreditScope::Amounts(_) => {
                let taken = self.lines_taken(scope)?;
                let totals = self.sums.of_parts(&self.parts(&taken)).map_err(|error| self.unsummed(error))?;
                (taken, totals)
            }
        };
        let mut lines = Vec::with_capacity(taken.len());
        for (place, (net, quantity)) in &taken {
            let Some(left) = self.lefts.get(*place) else { continue };
            let portion = &left.portion;
            // Amounts leave the quantity; a line is used up when neither is left to be credited.
            let whole = *net == left.net && quantity.is_none_or(|quantity| quantity == left.quantity);
            if effect == CreditEffect::Rebill && !(whole && left.is_fresh()) {
                return Err(InvoiceError::CreditRebillPart { line: portion.id.to_string() });
            }
            lines.push(CreditLine {
                description: portion.description.to_owned(),
                line: portion.id.clone(),
                net: *net,
                quantity: if whole { Some(left.quantity) } else { *quantity },
                taxes: portion.taxes.clone(),
                unit_code: portion.unit_code,
                whole,
            });
        }
        if effect == CreditEffect::Rebill {
            self.check_entries(&lines)?;
        }
        if lines.is_empty() {
            return Err(InvoiceError::CreditNothing { invoice: self.draft.id.to_string() });
        }
        Ok(CreditSums { lines, totals })
    }

    /// What is taken, with its taxes.
    fn parts(&self, taken: &Taken) -> Vec<(Minor, &[LineTax])> {
        let part = |(place, (net, _)): (&usize, &(Minor, Option<Price>))| {
            Some((*net, self.lefts.get(*place)?.portion.taxes.as_slice()))
        };
        taken.iter().filter_map(part).collect()
    }

    /// Why a credit could not be summed, in the words of the invoice.
    fn unsummed(&self, error: Unassembled) -> InvoiceError {
        let left = self.rest().gross;
        match error {
            Unassembled::Invoice(InvoiceError::CreditExceeds { left, what, got }) => {
                let minor = |units| Minor::new(units).unwrap_or(Minor::ZERO);
                InvoiceError::CreditOver {
                    line: what,
                    left: self.shown(minor(left)),
                    got: self.shown(minor(got)),
                }
            }
            Unassembled::Invoice(error) => error,
            other @ (Unassembled::Money(_) | Unassembled::Tax(_)) => {
                self.over(&self.draft.id, left, other.to_string())
            }
        }
    }

    fn shown(&self, amount: Minor) -> String {
        Amount::new(amount, self.draft.currency).to_string()
    }

    fn over(&self, line: &Id, left: Minor, got: String) -> InvoiceError {
        InvoiceError::CreditOver { line: line.to_string(), left: self.shown(left), got }
    }

    fn place(&self, id: &Id) -> Result<usize, InvoiceError> {
        let found = self.lefts.iter().position(|left| left.portion.id == *id);
        found.ok_or_else(|| InvoiceError::CreditLine { got: id.to_string() })
    }

    /// Everything left of a line; a line is used up once.
    fn line_rest(&self, place: usize, taken: &mut Taken) -> Result<(), InvoiceError> {
        let Some(left) = self.lefts.get(place) else { return Ok(()) };
        if left.used || taken.insert(place, (left.net, Some(left.quantity))).is_some() {
            return Err(self.over(&left.portion.id, Minor::ZERO, self.shown(left.net)));
        }
        Ok(())
    }

    fn lines_taken(&self, scope: &CreditScope) -> Result<Taken, InvoiceError> {
        let mut taken = Taken::new();
        match scope {
            CreditScope::Whole(_) | CreditScope::Gross(_) => {
                for (place, left) in self.lefts.iter().enumerate() {
                    if !left.used {
                        self.line_rest(place, &mut taken)?;
                    }
                }
            }
            CreditScope::Lines(lines) => {
                for id in &lines.lines {
                    self.line_rest(self.place(id)?, &mut taken)?;
                }
            }
            CreditScope::Quantities(quantities) => {
                for one in &quantities.quantities {
                    self.quantity(one, &mut taken)?;
                }
            }
            CreditScope::Amounts(amounts) => {
                if amounts.currency != self.draft.currency {
                    return Err(self.currency(amounts.currency));
                }
                for one in &amounts.amounts {
                    self.amount(one, &mut taken)?;
                }
            }
        }
        Ok(taken)
    }

    fn quantity(&self, asked: &LineQuantity, taken: &mut Taken) -> Result<(), InvoiceError> {
        let place = self.place(&asked.line)?;
        let Some(Left { portion, net, quantity, used }) = self.lefts.get(place) else { return Ok(()) };
        let positive = asked.quantity > Price::ZERO;
        if *used || !positive || asked.quantity > *quantity || taken.contains_key(&place) {
            let (line, left, got) =
                (portion.id.to_string(), quantity.to_string(), asked.quantity.to_string());
            return Err(InvoiceError::CreditOver { line, left, got });
        }
        if asked.quantity == *quantity {
            return self.line_rest(place, taken);
        }
        let share = share_of(*net, asked.quantity, *quantity);
        let share = share.map_err(|error| self.over(&portion.id, *net, error.to_string()))?;
        taken.insert(place, (share, Some(asked.quantity)));
        Ok(())
    }

    fn amount(&self, asked: &LineAmount, taken: &mut Taken) -> Result<(), InvoiceError> {
        let place = self.place(&asked.line)?;
        let Some(Left { portion, net, .. }) = self.lefts.get(place) else { return Ok(()) };
        let same_way = asked.net.units().signum() == net.units().signum() && !asked.net.is_zero();
        if !same_way || asked.net.magnitude() > net.magnitude() || taken.contains_key(&place) {
            return Err(self.over(&portion.id, *net, self.shown(asked.net)));
        }
        taken.insert(place, (asked.net, None));
        Ok(())
    }

    /// An amount with tax, spread over what is taxed alike by what is left of it, then over its lines.
    fn gross_taken(&self, asked: &CreditGross) -> Result<(Taken, Totals), InvoiceError> {
        if asked.currency != self.draft.currency {
            return Err(self.currency(asked.currency));
        }
        let rest = self.rest();
        if asked.amount == rest.gross {
            return Ok((self.lines_taken(&CreditScope::Whole(CreditWhole {}))?, rest));
        }
        let over = || self.over(&self.draft.id, rest.gross, self.shown(asked.amount));
        if !asked.amount.is_positive() || asked.amount > rest.gross || !asked.taxes.is_empty() {
            return Err(over());
        }
        let mut cells: Vec<GrossCell<'_>> = Vec::new();
        for (place, left) in self.lefts.iter().enumerate().filter(|(_, left)| !left.used) {
            let taxes = left.portion.taxes.as_slice();
            let found = cells.iter().position(|cell| cell.taxes == taxes);
            let cell = found.unwrap_or_else(|| {
                cells.push(GrossCell { taxes, left: Minor::ZERO, places: Vec::new() });
                cells.len().saturating_sub(1)
            });
            if let Some(cell) = cells.get_mut(cell) {
                cell.left = cell.left.plus(left.net).map_err(|_| over())?;
                cell.places.push(place);
            }
        }
        let lefts: Vec<(Minor, &[LineTax])> = cells.iter().map(|cell| (cell.left, cell.taxes)).collect();
        let (nets, totals) =
            self.sums.of_cells(&lefts, asked.amount).map_err(|error| self.unsummed(error))?;
        let mut taken = Taken::new();
        for (cell, net) in cells.iter().zip(nets) {
            let weight = |place: &usize| self.lefts.get(*place).map_or(0, |left| left.net.units().max(0));
            let weights: Vec<i64> = cell.places.iter().map(weight).collect();
            let parts = split(net.units(), &weights).map_err(|_| over())?;
            for (place, part) in cell.places.iter().zip(parts).filter(|(_, part)| *part != 0) {
                taken.insert(*place, (Minor::new(part).map_err(|_| over())?, None));
            }
        }
        // Where only tax is left to be taken, it is taken of the first line that bears some.
        if let (true, Some(place)) = (taken.is_empty(), cells.first().and_then(|cell| cell.places.first())) {
            taken.insert(*place, (Minor::ZERO, None));
        }
        Ok((taken, totals))
    }

    fn currency(&self, got: Currency) -> InvoiceError {
        let (expected, got) = (self.draft.currency.to_string(), got.to_string());
        InvoiceError::CreditCurrency { invoice: self.draft.id.to_string(), expected, got }
    }

    /// Work that stands on several lines is released by all of them or none.
    fn check_entries(&self, lines: &[CreditLine]) -> Result<(), InvoiceError> {
        let credited = |line: &&Line| lines.iter().any(|credited| credited.line == line.id);
        let (ours, others): (Vec<&Line>, Vec<&Line>) = self.draft.lines.iter().partition(credited);
        // Also of lines that another credit used up: what it forgave is never billed again.
        for line in others {
            for charge in &line.charges {
                let mut own = ours.iter().flat_map(|own| &own.charges);
                if own.any(|one| one.entry == charge.entry && one.source == charge.source) {
                    let (entry, line) = (charge.entry.to_string(), line.id.to_string());
                    return Err(InvoiceError::CreditSplitsEntry { entry, line });
                }
            }
        }
        Ok(())
    }
}

/// What is taxed alike, with what is left of it.
struct GrossCell<'l> {
    taxes: &'l [LineTax],
    left: Minor,
    places: Vec<usize>,
}

/// The part of a net that falls on a part of a quantity, rounded half up.
///
/// # Errors
/// [`MoneyError::Overflow`].
pub fn share_of(net: Minor, quantity: Price, of: Price) -> Result<Minor, MoneyError> {
    let overflow = || MoneyError::Overflow { limit: Minor::LIMIT };
    let product = i128::from(net.units())
        .checked_mul(quantity.coefficient().into())
        .and_then(|product| product.checked_mul(decimal::power(of.scale())));
    let whole = i128::from(of.coefficient()).checked_mul(decimal::power(quantity.scale()));
    match (product, whole) {
        (Some(product), Some(whole)) => {
            divide(product, whole, Rounding::HalfUp).ok_or_else(overflow).and_then(Minor::from_wide)
        }
        _ => Err(overflow()),
    }
}

fn difference(a: Price, b: Price) -> Result<Price, MoneyError> {
    let overflow = MoneyError::Overflow { limit: Price::LIMIT };
    Price::from_decimal(a.to_decimal().checked_sub(b.to_decimal()).ok_or(overflow)?)
}
