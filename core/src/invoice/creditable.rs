use super::{InvoiceError, Totals, Unassembled};
use crate::money::{Currency, Minor, MoneyError, Price, Rounding, divide, split};
use crate::tax::{LineTax, TaxRole, TaxRow, tax_on, tax_within};

/// What is left to be credited of a document: its sums less those of every credit so far.
///
/// A credit is summed like any document, and cannot take more of a rate than is left of it. Whatever
/// takes the rest takes it as it stands, residue of rounding and all, so that the credits of a
/// document add up to exactly its sums and one full credit is its mirror. Amounts are positive: a
/// credit says what is taken back.
///
/// ```
/// use duebill::{canon, invoice::{Creditable, Falls, Unsummed, AmountPolicy, totals}, money::{Currency, Minor}, tax::{TaxRule, Taxed}};
/// let eur = Currency::new("EUR")?;
/// let vat: TaxRule = canon::from_bytes(br#"{"category":"vat","percent":"19"}"#)?;
/// let billed = totals(&Unsummed {
///     adjustments: Vec::new(), currency: eur, deposits: &[], lines: vec![(Minor::new(28_150)?, Taxed::by(&vat))],
///     prepaid: Minor::ZERO, rule: AmountPolicy::default().rule(eur),
/// })?.totals;
/// let mut left = Creditable::new(eur, &billed);
/// for gross in [8_200, 6_900, 10_200] {
///     let credit = left.of_amount(Minor::new(gross)?)?;
///     assert_eq!(credit.gross.units(), gross);
///     left.take(&credit)?;
/// }
/// assert_eq!(left.rest().gross.units(), 33_499 - 25_300); // 81.99
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creditable {
    currency: Currency,
    left: Totals,
}

impl Creditable {
    /// Everything of a document.
    #[must_use]
    pub fn new(currency: Currency, document: &Totals) -> Self {
        Self { currency, left: document.clone() }
    }

    /// What is left, as the sums of the credit that takes all of it.
    #[must_use]
    pub fn rest(&self) -> Totals {
        let mut rest = self.left.clone();
        let is_empty = |row: &TaxRow| row.base.is_zero() && row.tax.is_zero();
        // A row of nothing stays where the document had only rows of nothing.
        if !rest.taxes.iter().all(is_empty) {
            rest.taxes.retain(|row| !is_empty(row) || row.percent == Price::ZERO);
        }
        self.flagged(rest)
    }

    /// Takes the sums of a credit off.
    ///
    /// # Errors
    /// [`InvoiceError::CreditExceeds`] for more than is left of anything.
    pub fn take(&mut self, credit: &Totals) -> Result<(), Unassembled> {
        let mut left = self.left.clone();
        for row in &credit.taxes {
            let found = left.taxes.iter_mut().find(|other| other.is_of(row));
            let Some(of) = found else { return Err(exceeds(&row.category, Minor::ZERO, row.base)) };
            within(&row.category, of.base, row.base)?;
            within(&row.category, of.tax, row.tax)?;
            (of.base, of.tax) = (of.base.minus(row.base)?, of.tax.minus(row.tax)?);
        }
        within(&"net", left.net, credit.net)?;
        for (of, amount) in [
            (&mut left.allowance, credit.allowance),
            (&mut left.charge, credit.charge),
            (&mut left.gross, credit.gross),
            (&mut left.lines, credit.lines),
            (&mut left.net, credit.net),
            (&mut left.payable, credit.payable),
            (&mut left.prepaid, credit.prepaid),
            (&mut left.rounding, credit.rounding),
            (&mut left.tax, credit.tax),
            (&mut left.withheld, credit.withheld),
        ] {
            *of = of.minus(amount)?;
        }
        self.left = left;
        Ok(())
    }

    /// The credit of parts of lines: for each what is taken back before tax, after the document's own
    /// allowances and charges, with the taxes of its line.
    ///
    /// # Errors
    /// [`InvoiceError::CreditExceeds`] for more than is left of a rate.
    pub fn of_parts(&self, parts: &[(Minor, &[LineTax])]) -> Result<Totals, Unassembled> {
        let (net, rows) = self.rows_of(parts)?;
        self.summed(net, rows)
    }

    /// Net and tax rows of parts of lines.
    fn rows_of(&self, parts: &[(Minor, &[LineTax])]) -> Result<(Minor, Vec<TaxRow>), Unassembled> {
        let mut rows: Vec<TaxRow> = self.empty_rows();
        let (mut net, mut untaxed) = (Minor::ZERO, Minor::ZERO);
        for &(part, taxes) in parts {
            net = net.plus(part)?;
            if !taxes.iter().any(|tax| tax.role == TaxRole::Tax) {
                untaxed = untaxed.plus(part)?;
            }
            for tax in taxes {
                let of = |row: &&mut TaxRow| {
                    (row.role, &row.category, row.percent) == (tax.role, &tax.category, tax.percent)
                };
                let Some(row) = rows.iter_mut().find(of) else {
                    return Err(exceeds(&tax.category, Minor::ZERO, part));
                };
                row.base = row.base.plus(part)?;
            }
        }
        within(&"what is untaxed", self.untaxed()?, untaxed)?;
        for (row, left) in rows.iter_mut().zip(&self.left.taxes) {
            within(&row.category, left.base, row.base)?;
            row.tax = if row.base == left.base {
                left.tax
            } else {
                // What a buyer keeps back knows no discount.
                let discount = self.left.rule.discount.filter(|_| row.role != TaxRole::Withheld);
                clamp(tax_on(row.base, row.percent, discount)?, left.tax)
            };
        }
        Ok((net, rows))
    }

    /// The credit of an amount with its tax, spread over what is taxed alike by what is left of it: what is
    /// taken of each before tax, and the sums. The base of every row is what is taken of those that bear it;
    /// what rounding misses of the amount is made up by a tax that something is left of, or by a net.
    ///
    /// # Errors
    /// [`InvoiceError::CreditExceeds`] for more than is left.
    pub(crate) fn of_cells(
        &self,
        cells: &[(Minor, &[LineTax])],
        gross: Minor,
    ) -> Result<(Vec<Minor>, Totals), Unassembled> {
        within(&"gross", self.left.gross, gross)?;
        let added = |taxes: &[LineTax], net: Minor| {
            let added = taxes.iter().filter(|tax| tax.role != TaxRole::Withheld);
            let added = added.map(|tax| tax_on(net, tax.percent, self.left.rule.discount));
            added.into_iter().try_fold(net, |sum, tax| sum.plus(tax?))
        };
        let mut weights = Vec::with_capacity(cells.len());
        for (left, taxes) in cells {
            weights.push(added(taxes, *left)?.units().max(0));
        }
        let mut nets = Vec::with_capacity(cells.len());
        for (((left, _), share), weight) in cells.iter().zip(split(gross.units(), &weights)?).zip(&weights) {
            let (share, whole) = (Minor::new(share)?, Minor::new(*weight)?);
            nets.push(clamp(proportion(*left, share, whole)?, (*left).max(Minor::ZERO)));
        }
        // Each round leaves less to be made up; more rounds than cells and cents of rounding are never needed.
        for _ in 0..cells.len().saturating_mul(4).saturating_add(16) {
            let parts: Vec<(Minor, &[LineTax])> =
                nets.iter().zip(cells).map(|(net, (_, taxes))| (*net, *taxes)).collect();
            let (net, mut rows) = self.rows_of(&parts)?;
            let missed = self.make_up(net, &mut rows, gross)?;
            if missed.is_zero() {
                return Ok((nets, self.summed(net, rows)?));
            }
            self.shift(cells, &mut nets, missed)?;
        }
        Err(exceeds(&"gross", self.left.gross, gross))
    }

    /// Moves what an amount misses into taxes of which neither nothing nor all is taken; gives what is
    /// missed still.
    fn make_up(&self, net: Minor, rows: &mut [TaxRow], gross: Minor) -> Result<Minor, MoneyError> {
        let added = Minor::sum(rows.iter().filter(|row| row.role != TaxRole::Withheld).map(|row| row.tax))?;
        let mut missed = gross.minus(net)?.minus(added)?;
        for (row, left) in rows.iter_mut().zip(&self.left.taxes) {
            if row.role == TaxRole::Withheld || row.base == left.base {
                continue;
            }
            let tax = clamp(row.tax.plus(missed)?, left.tax);
            missed = missed.minus(tax.minus(row.tax)?)?;
            row.tax = tax;
        }
        Ok(missed)
    }

    /// Takes more or less before tax of the first that has room: as much as is missed of what is untaxed,
    /// a unit of what is taxed.
    fn shift(
        &self,
        cells: &[(Minor, &[LineTax])],
        nets: &mut [Minor],
        missed: Minor,
    ) -> Result<(), Unassembled> {
        let unit = Minor::new(missed.units().signum())?;
        let taxed = |taxes: &[LineTax]| taxes.iter().any(|tax| tax.role != TaxRole::Withheld);
        for untaxed in [true, false] {
            for ((left, taxes), net) in cells.iter().zip(nets.iter_mut()) {
                let step = if taxed(taxes) { unit } else { missed };
                let moved = clamp(net.plus(step)?, (*left).max(Minor::ZERO));
                if taxed(taxes) != untaxed && moved != *net {
                    *net = moved;
                    return Ok(());
                }
            }
        }
        Err(exceeds(&"gross", self.left.gross, missed))
    }

    /// The credit of an amount with its tax, spread over everything that is left by largest remainder.
    ///
    /// # Errors
    /// [`InvoiceError::CreditExceeds`] for more than is left.
    pub fn of_amount(&self, gross: Minor) -> Result<Totals, Unassembled> {
        within(&"gross", self.left.gross, gross)?;
        if gross == self.left.gross {
            return Ok(self.rest());
        }
        let untaxed = self.untaxed()?;
        let mut weights = vec![untaxed.units().max(0)];
        for row in &self.left.taxes {
            let whole = match row.role {
                TaxRole::Tax => row.base.plus(row.tax)?,
                TaxRole::Surcharge => row.tax,
                TaxRole::Withheld => Minor::ZERO,
            };
            weights.push(whole.units().max(0));
        }
        let mut shares = split(gross.units(), &weights)?.into_iter();
        let mut net = Minor::new(shares.next().unwrap_or(0))?;
        let mut rows = self.empty_rows();
        for ((row, left), share) in rows.iter_mut().zip(&self.left.taxes).zip(shares) {
            let share = Minor::new(share)?;
            match row.role {
                TaxRole::Tax => {
                    let tax = clamp(tax_within(share, row.percent, self.left.rule.discount)?, left.tax);
                    row.base = clamp(share.minus(tax)?, left.base);
                    row.tax = share.minus(row.base)?;
                    net = net.plus(row.base)?;
                }
                TaxRole::Surcharge => {
                    row.tax = share;
                    row.base = proportion(left.base, share, left.tax)?;
                }
                TaxRole::Withheld => {
                    row.tax = proportion(left.tax, gross, self.left.gross)?;
                    row.base = proportion(left.base, gross, self.left.gross)?;
                }
            }
        }
        self.summed(net, rows)
    }

    /// What bears no tax.
    fn untaxed(&self) -> Result<Minor, MoneyError> {
        let taxed = self.left.taxes.iter().filter(|row| row.role == TaxRole::Tax);
        self.left.net.minus(Minor::sum(taxed.map(|row| row.base))?)
    }

    fn empty_rows(&self) -> Vec<TaxRow> {
        let empty = |row: &TaxRow| TaxRow { base: Minor::ZERO, tax: Minor::ZERO, ..row.clone() };
        self.left.taxes.iter().map(empty).collect()
    }

    /// The sums of a credit from its net and rows; one that leaves nothing takes the rest.
    fn summed(&self, net: Minor, mut rows: Vec<TaxRow>) -> Result<Totals, Unassembled> {
        let takes_all = |(row, left): (&TaxRow, &TaxRow)| row.base == left.base && row.tax == left.tax;
        if net == self.left.net && rows.iter().zip(&self.left.taxes).all(takes_all) {
            return Ok(self.rest());
        }
        let sum = |rows: &[TaxRow], withheld: bool| {
            let rows = rows.iter().filter(|row| (row.role == TaxRole::Withheld) == withheld);
            Minor::sum(rows.map(|row| row.tax))
        };
        let tax = sum(&rows, false)?;
        // What is kept back is not rounded so low that more would be owed than is left.
        let kept = self.left.gross.minus(self.left.withheld)?;
        let mut over = net.plus(tax)?.minus(sum(&rows, true)?)?.minus(kept)?;
        let of_kept = rows.iter_mut().zip(&self.left.taxes).filter(|(row, _)| row.role == TaxRole::Withheld);
        for (row, left) in of_kept.filter(|_| kept >= Minor::ZERO) {
            let more = over.min(left.tax.minus(row.tax)?).max(Minor::ZERO);
            (row.tax, over) = (row.tax.plus(more)?, over.minus(more)?);
        }
        let withheld = sum(&rows, true)?;
        let gross = net.plus(tax)?;
        Ok(self.flagged(Totals {
            allowance: Minor::ZERO,
            charge: Minor::ZERO,
            en16931: false,
            gross,
            lines: net,
            net,
            payable: gross.minus(withheld)?,
            prepaid: Minor::ZERO,
            rounding: Minor::ZERO,
            rule: self.left.rule.clone(),
            tax,
            taxes: rows.into_iter().filter(|row| !row.base.is_zero() || !row.tax.is_zero()).collect(),
            withheld,
        }))
    }

    fn flagged(&self, mut totals: Totals) -> Totals {
        totals.en16931 = totals.is_broken_down() && totals.violated_alone(self.currency).is_empty();
        totals
    }
}

fn exceeds(what: &impl core::fmt::Display, left: Minor, got: Minor) -> Unassembled {
    let (left, got) = (left.units(), got.units());
    Unassembled::Invoice(InvoiceError::CreditExceeds { left, what: what.to_string(), got })
}

/// Whether an amount lies between nothing and what is left.
fn within(what: &impl core::fmt::Display, left: Minor, got: Minor) -> Result<(), Unassembled> {
    if clamp(got, left) == got { Ok(()) } else { Err(exceeds(what, left, got)) }
}

/// The nearest amount between nothing and a limit of either sign.
fn clamp(amount: Minor, limit: Minor) -> Minor {
    amount.clamp(limit.min(Minor::ZERO), limit.max(Minor::ZERO))
}

/// The part of a whole that a part of another whole stands for; all of it where that is whole.
fn proportion(whole: Minor, part: Minor, of: Minor) -> Result<Minor, MoneyError> {
    let overflow = || MoneyError::Overflow { limit: Minor::LIMIT };
    if of.is_zero() {
        return Ok(Minor::ZERO);
    }
    let sign = i128::from(of.units().signum());
    let product = i128::from(whole.units()).checked_mul(part.units().into()).ok_or_else(overflow)?;
    let units = divide(product.saturating_mul(sign), of.magnitude().units().into(), Rounding::HalfUp);
    units.ok_or_else(overflow).and_then(Minor::from_wide)
}
