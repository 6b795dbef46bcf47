use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::Outcome;

/// Why a file is read no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// It ends too early.
    Truncated,
    /// Its bytes are not those that were compressed.
    Corrupt,
    /// A row does not end, as when a quotation mark is never closed.
    Endless,
}

impl Damage {
    /// What an error of the decompression means; none of another error.
    fn of(error: &io::Error) -> Option<Self> {
        let kind = error.kind();
        let is_corrupt = matches!(kind, ErrorKind::InvalidData | ErrorKind::InvalidInput);
        if kind == ErrorKind::UnexpectedEof {
            Some(Self::Truncated)
        } else {
            is_corrupt.then_some(Self::Corrupt)
        }
    }

    /// The code of the finding.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Truncated => "truncated-input",
            Self::Corrupt => "corrupt-input",
            Self::Endless => "endless-row",
        }
    }
}

/// The bytes of a file, decompressed when they begin as gzip does, whatever the file is called.
///
/// They come line by line, so that whoever has read a row knows the line on which it ended. Where the
/// file is damaged they end; [`Source::damage`] says so.
pub struct Source {
    bytes: Box<dyn BufRead>,
    damage: Option<Damage>,
    ended: bool,
    /// The byte that was read last.
    last: u8,
    line: u64,
    /// How many bytes of the row were read.
    row: usize,
}

impl Source {
    /// How many bytes are read at a time.
    const PART: usize = 1 << 16;

    /// Most bytes of a row, so that memory does not grow with a row that does not end.
    const ROW: usize = 1 << 20;

    /// Opens a file.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn open(path: &Path) -> Outcome<Self> {
        let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut file = BufReader::with_capacity(Self::PART, file);
        let head = file.fill_buf().map_err(|error| format!("{}: {error}", path.display()))?;
        let bytes: Box<dyn BufRead> = if head.starts_with(&[0x1f, 0x8b]) {
            Box::new(BufReader::with_capacity(Self::PART, MultiGzDecoder::new(file)))
        } else {
            Box::new(file)
        };
        Ok(Self { bytes, damage: None, ended: false, last: b'\n', line: 0, row: 0 })
    }

    /// Begins a row: the bytes from here on are its.
    pub const fn begin_row(&mut self) {
        self.row = 0;
    }

    /// Why the bytes ended before the file did.
    #[must_use]
    pub const fn damage(&self) -> Option<Damage> {
        self.damage
    }

    /// The line that was read from last, from 1; at the end, the one on which more would stand.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// Whether the bytes end within a row.
    #[must_use]
    pub fn ends_within_a_row(&self) -> bool {
        self.damage == Some(Damage::Endless) || !b"\r\n".contains(&self.last)
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ended {
            return Ok(0);
        }
        let bytes = match self.bytes.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) => {
                self.damage = Some(Damage::of(&error).ok_or(error)?);
                &[]
            }
        };
        let line = bytes.split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default();
        let mut line = line.get(..buffer.len()).unwrap_or(line);
        let is_blank = line.iter().all(|byte| b"\r\n".contains(byte));
        if self.row > 0 || !is_blank {
            self.row = self.row.saturating_add(line.len());
        }
        if self.row > Self::ROW {
            self.damage = Some(Damage::Endless);
            line = &[];
        }
        let count = line.read(buffer)?;
        self.bytes.consume(count);
        self.line = self.line.saturating_add(u64::from(self.last == b'\n'));
        self.ended = count == 0;
        self.last = buffer.get(..count).and_then(<[u8]>::last).copied().unwrap_or(self.last);
        Ok(count)
    }
}
