use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::Outcome;

/// How a compressed file is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// It ends too early.
    Truncated,
    /// Its bytes are not those that were compressed.
    Corrupt,
}

impl Damage {
    /// The code of the finding.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Truncated => "truncated-input",
            Self::Corrupt => "corrupt-input",
        }
    }
}

/// The bytes of a file, decompressed when they begin as gzip does, whatever the file is called.
///
/// Where a compressed file is damaged it ends; [`Source::damage`] says so.
pub struct Source {
    bytes: Box<dyn Read>,
    damage: Option<Damage>,
    last: u8,
}

impl Source {
    /// Opens a file.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn open(path: &Path) -> Outcome<Self> {
        let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut file = BufReader::with_capacity(1 << 16, file);
        let head = file.fill_buf().map_err(|error| format!("{}: {error}", path.display()))?;
        let bytes: Box<dyn Read> = if head.starts_with(&[0x1f, 0x8b]) {
            Box::new(MultiGzDecoder::new(file))
        } else {
            Box::new(file)
        };
        Ok(Self { bytes, damage: None, last: b'\n' })
    }

    /// What is wrong with the compressed bytes, once they were read.
    #[must_use]
    pub const fn damage(&self) -> Option<Damage> {
        self.damage
    }

    /// Whether the bytes end within a line.
    #[must_use]
    pub const fn ends_within_a_line(&self) -> bool {
        self.last != b'\n'
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.damage.is_some() {
            return Ok(0);
        }
        match self.bytes.read(buffer) {
            Ok(count) => {
                let read = buffer.get(..count).unwrap_or_default();
                self.last = read.last().copied().unwrap_or(self.last);
                Ok(count)
            }
            Err(error) => {
                let kind = error.kind();
                if !matches!(
                    kind,
                    ErrorKind::UnexpectedEof | ErrorKind::InvalidData | ErrorKind::InvalidInput
                ) {
                    return Err(error);
                }
                let truncated = kind == ErrorKind::UnexpectedEof;
                self.damage = Some(if truncated { Damage::Truncated } else { Damage::Corrupt });
                Ok(0)
            }
        }
    }
}
