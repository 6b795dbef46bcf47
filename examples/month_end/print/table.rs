//! Columns of text for a plain terminal; colour only where the terminal has it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use duebill::money::{Amount, Currency, Minor, Price};
use duebill::report::Tone;

/// Headings.
pub const BOLD: Style = Style::new().bold();
/// Receipts of lines, and what is only for reference.
pub const DIM: Style = Style::new().dimmed();

/// The colour of a tone.
pub const fn tone(tone: Tone) -> Style {
    let colour = match tone {
        Tone::Good => AnsiColor::Green,
        Tone::Attention => AnsiColor::Yellow,
        Tone::Bad => AnsiColor::Red,
        Tone::Neutral => return Style::new(),
    };
    Style::new().fg_color(Some(anstyle::Color::Ansi(colour)))
}

/// One text of a row.
pub struct Cell {
    text: String,
    right: bool,
    style: Style,
}

/// A text that begins at the left of its column.
pub fn left(text: impl ToString) -> Cell {
    Cell { text: text.to_string(), right: false, style: Style::new() }
}

/// A text that ends at the right of its column, as numbers do.
pub fn right(text: impl ToString) -> Cell {
    Cell { right: true, ..left(text) }
}

impl Cell {
    /// The same text in a style.
    pub fn styled(self, style: Style) -> Self {
        Self { style, ..self }
    }
}

/// Rows of equal columns.
#[derive(Default)]
pub struct Table {
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Adds a row.
    pub fn row<const N: usize>(&mut self, cells: [Cell; N]) {
        self.rows.push(cells.into());
    }

    /// Adds a row of as many cells as there are.
    pub fn add(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Adds a row in one style.
    pub fn styled<const N: usize>(&mut self, style: Style, cells: [Cell; N]) {
        self.rows.push(cells.into_iter().map(|cell| cell.styled(style)).collect());
    }

    /// Writes the rows, each column as wide as its widest text; an empty column takes no room,
    /// and nothing trails at the end of a line.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn write(&self, out: &mut dyn Write, indent: usize) -> io::Result<()> {
        let mut widths: Vec<usize> = Vec::new();
        for row in &self.rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.text.chars().count());
            }
        }
        for row in &self.rows {
            let mut gap = indent;
            for (Cell { text, right, style }, &width) in
                row.iter().zip(&widths).filter(|(_, width)| **width > 0)
            {
                let room = width.saturating_sub(text.chars().count());
                let (before, after) = if *right { (room, 0) } else { (0, room) };
                if !text.is_empty() {
                    write!(out, "{:1$}{style}{text}{style:#}", "", gap.saturating_add(before))?;
                    gap = 0;
                }
                gap = gap.saturating_add(if text.is_empty() { width } else { after }).saturating_add(2);
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

/// A heading with a rule below it.
///
/// # Errors
/// Whatever the terminal refuses.
pub fn heading(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let rule = "─".repeat(text.chars().count());
    writeln!(out, "\n{BOLD}{text}{BOLD:#}\n{DIM}{rule}{DIM:#}")
}

/// An amount with its thousands apart, such as `1,047.20`.
pub fn money(minor: Minor, currency: Currency) -> String {
    grouped(&Amount::new(minor, currency).plain())
}

/// An amount, or nothing where it is zero.
pub fn some_money(minor: Minor, currency: Currency) -> String {
    if minor.is_zero() { String::new() } else { money(minor, currency) }
}

/// A unit price with the currency's decimals, or as it stands where it is finer.
pub fn unit_price(price: Price, currency: Currency) -> String {
    match Amount::from_decimal(price.to_decimal(), currency) {
        Ok(amount) => grouped(&amount.plain()),
        Err(_) => price.to_string(),
    }
}

fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let thousands: Vec<&[u8]> = whole.as_bytes().rchunks(3).rev().collect();
    let joined = thousands.join(&b',');
    let whole = String::from_utf8_lossy(&joined);
    match fraction {
        Some(fraction) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{whole}"),
    }
}

/// Hours and minutes, and seconds where there are any.
pub fn clock(seconds: u64) -> String {
    let part = |divisor: u64| seconds.checked_div(divisor).unwrap_or(0);
    let sixtieth = |count: u64| count.checked_rem(60).unwrap_or(0);
    let (hours, minutes, rest) = (part(3_600), sixtieth(part(60)), sixtieth(seconds));
    if rest == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{rest:02}") }
}
