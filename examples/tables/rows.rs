use std::borrow::Cow;
use std::path::Path;

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::{Findings, Outcome, Source};

/// A row as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    /// Its fields.
    pub fields: &'r ByteRecord,
    /// Its first line, from 1 for the header.
    pub line: u64,
    /// How many fields the header has.
    width: usize,
}

impl<'r> Row<'r> {
    /// Whether the row has as many fields as the header; one that has not is a finding.
    pub fn is_whole(&self, findings: &mut Findings) -> bool {
        let (got, expected) = (self.fields.len(), self.width);
        let code = match got.cmp(&expected) {
            core::cmp::Ordering::Less => "short-row",
            core::cmp::Ordering::Equal => return true,
            core::cmp::Ordering::Greater => "long-row",
        };
        let lines = match line_ends(self.fields) {
            0 => String::new(),
            more => format!(" on {} lines", more.saturating_add(1)),
        };
        findings.add(code, "", self.line, &format!("{got} of {expected} fields{lines}"));
        false
    }

    /// The text of a field, if it is one.
    #[must_use]
    pub fn text(&self, place: usize) -> Option<&'r str> {
        core::str::from_utf8(self.fields.get(place)?).ok()
    }

    /// A field as it can be shown, whatever its bytes are.
    #[must_use]
    pub fn shown(&self, place: usize) -> Cow<'r, str> {
        String::from_utf8_lossy(self.fields.get(place).unwrap_or_default())
    }
}

/// A row and its first line.
#[derive(Debug, Default)]
struct Numbered {
    fields: ByteRecord,
    line: u64,
}

/// The rows of a file below its header, one by one.
pub struct Rows {
    header: ByteRecord,
    header_line: u64,
    reader: Reader<Source>,
    /// The row that was given last, at first the header.
    given: Numbered,
    /// The row after it, which is read ahead: only then is it known whether a row is the last of a
    /// file that was cut.
    ahead: Option<Numbered>,
    ended: bool,
}

impl Rows {
    /// Opens a file and reads its header; none of one that was cut before is a finding.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn open(path: &Path, findings: &mut Findings) -> Outcome<Self> {
        let source = Source::open(path)?;
        let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(source);
        let given =
            read(&mut reader, Numbered::default())?.unwrap_or(Numbered { line: 1, ..Numbered::default() });
        let ahead = read(&mut reader, Numbered::default())?;
        let (header, header_line) = (given.fields.clone(), given.line);
        let mut rows = Self { header, header_line, reader, given, ahead, ended: false };
        if rows.ahead.is_none() {
            rows.end(findings);
        }
        Ok(rows)
    }

    /// The place of a column; one that the header lacks is a finding that shows the header.
    pub fn column(&self, name: &str, findings: &mut Findings) -> Option<usize> {
        let place = self.header.iter().position(|title| title == name.as_bytes());
        if place.is_none() {
            let titles: Vec<_> = self.header.iter().map(String::from_utf8_lossy).collect();
            findings.add("missing-column", name, self.header_line, &titles.join(","));
        }
        place
    }

    /// The next row; none at the end. A file that was cut is a finding, and so is a last row that
    /// the cut went through, which is not given.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn next(&mut self, findings: &mut Findings) -> Outcome<Option<Row<'_>>> {
        let Some(row) = self.ahead.take() else {
            self.end(findings);
            return Ok(None);
        };
        let spare = core::mem::replace(&mut self.given, row);
        self.ahead = read(&mut self.reader, spare)?;
        let source = self.reader.get_ref();
        if self.ahead.is_none() && source.damage().is_some() && source.ends_within_a_row() {
            self.end(findings);
            return Ok(None);
        }
        Ok(Some(Row { fields: &self.given.fields, line: self.given.line, width: self.header.len() }))
    }

    /// Says once how a damaged file ended.
    fn end(&mut self, findings: &mut Findings) {
        let source = self.reader.get_ref();
        if let Some(damage) = source.damage().filter(|_| !self.ended) {
            let (line, place) = if source.ends_within_a_row() {
                (self.given.line, "within the line")
            } else {
                (source.line(), "between lines")
            };
            findings.add(damage.code(), "", line, place);
        }
        self.ended = true;
    }
}

/// Reads the next row into a spare one. It began as many lines above its last as its fields hold
/// ends of lines.
fn read(reader: &mut Reader<Source>, mut row: Numbered) -> Outcome<Option<Numbered>> {
    reader.get_mut().begin_row();
    if !reader.read_byte_record(&mut row.fields)? {
        return Ok(None);
    }
    row.line = reader.get_ref().line().saturating_sub(line_ends(&row.fields));
    Ok(Some(row))
}

/// How many ends of lines stand within quoted fields.
fn line_ends(fields: &ByteRecord) -> u64 {
    fields.as_slice().iter().map(|&byte| u64::from(byte == b'\n')).sum()
}
