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
        findings.add(code, "", self.line, &format!("{got} of {expected} fields"));
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

/// The rows of a file below its header, one by one.
pub struct Rows {
    header: ByteRecord,
    reader: Reader<Source>,
    /// The row that was given last, and the one after it, which is read ahead: only then is it
    /// known whether a row is the last of a file that was cut.
    given: ByteRecord,
    ahead: Option<ByteRecord>,
    ended: bool,
}

impl Rows {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn open(path: &Path) -> Outcome<Self> {
        let source = Source::open(path)?;
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(source);
        let header = reader.byte_headers()?.clone();
        Ok(Self { header, reader, given: ByteRecord::new(), ahead: Some(ByteRecord::new()), ended: false })
    }

    /// The place of a column; one that the header lacks is a finding.
    pub fn column(&self, name: &str, findings: &mut Findings) -> Option<usize> {
        let place = self.header.iter().position(|title| title == name.as_bytes());
        if place.is_none() {
            findings.add("missing-column", name, 1, name);
        }
        place
    }

    /// The next row; none at the end. A file that was cut is a finding, and so is a last row that
    /// the cut went through, which is not given.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn next(&mut self, findings: &mut Findings) -> Outcome<Option<Row<'_>>> {
        if self.given.position().is_none() {
            self.read_ahead()?;
        }
        let Some(row) = self.ahead.take() else {
            self.end(None, findings);
            return Ok(None);
        };
        let spare = core::mem::replace(&mut self.given, row);
        self.ahead = Some(spare);
        self.read_ahead()?;
        let line = self.given.position().map_or(0, csv::Position::line);
        let cut = self.ahead.is_none() && self.reader.get_ref().damage().is_some();
        if cut && self.reader.get_ref().ends_within_a_line() {
            self.end(Some(line), findings);
            return Ok(None);
        }
        Ok(Some(Row { fields: &self.given, line, width: self.header.len() }))
    }

    fn read_ahead(&mut self) -> Outcome<()> {
        let mut record = self.ahead.take().unwrap_or_default();
        if self.reader.read_byte_record(&mut record)? {
            self.ahead = Some(record);
        }
        Ok(())
    }

    /// Says once how the file ended.
    fn end(&mut self, within: Option<u64>, findings: &mut Findings) {
        if let Some(damage) = self.reader.get_ref().damage().filter(|_| !self.ended) {
            let (line, place) = match within {
                Some(line) => (line, "within the line"),
                None => (self.reader.position().line(), "between lines"),
            };
            findings.add(damage.code(), "", line, place);
        }
        self.ended = true;
    }
}
