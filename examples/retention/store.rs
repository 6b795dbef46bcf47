//! Files: a record and the words beside it in one each, attachments under the hash of their bytes.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use duebill::canon::{sha256, to_bytes};
use duebill::wire::AnyRecorded;
use serde_json::Value;

use crate::Outcome;
use crate::crash::Crash;

/// A record as it is stored.
pub struct Stored {
    /// Its canonical bytes.
    pub bytes: Vec<u8>,
    /// Their hash.
    pub hash: String,
    /// The words beside it that were not erased.
    pub words: Vec<u8>,
}

/// A folder of a host.
pub struct Store {
    folder: PathBuf,
    crash: Crash,
}

impl Store {
    /// Opens a folder, or makes it.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn open(folder: &Path) -> Outcome<Self> {
        fs::create_dir_all(folder.join("files"))?;
        Ok(Self { folder: folder.to_owned(), crash: Crash::from_environment()? })
    }

    /// The records of a log, in order.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn records(&self, log: &str) -> Outcome<Vec<Stored>> {
        let mut stored = Vec::new();
        for seq in 1_u64.. {
            let line = match fs::read(self.record(log, seq)) {
                Err(error) if error.kind() == ErrorKind::NotFound => break,
                other => other?,
            };
            let (hash, bytes) = line.split_at_checked(65).ok_or("a record is cut short")?;
            let hash = String::from_utf8(hash.trim_ascii().to_vec())?;
            stored.push(Stored { bytes: bytes.to_vec(), hash, words: fs::read(self.words(log, seq))? });
        }
        Ok(stored)
    }

    /// Stores a record: the words first, so that a record that is there has them.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn append(&mut self, log: &str, recorded: &AnyRecorded) -> Outcome<()> {
        let (stored, seq) = (recorded.stored(), recorded.seq());
        fs::create_dir_all(self.folder.join(log))?;
        self.write(&self.words(log, seq), &to_bytes(&stored.detached))?;
        let line = [stored.hash.to_string().as_bytes(), b" ", stored.bytes.as_slice()].concat();
        self.write(&self.record(log, seq), &line)
    }

    /// Keeps the bytes of an attachment; gives their hash.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn keep(&mut self, bytes: &[u8]) -> Outcome<String> {
        let hash = sha256(bytes).to_string();
        self.write(&self.folder.join("files").join(&hash), bytes)?;
        Ok(hash)
    }

    /// Deletes the bytes of an attachment; those that are gone are deleted.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn delete(&mut self, hash: &str) -> Outcome<()> {
        self.crash.point();
        match fs::remove_file(self.folder.join("files").join(hash)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        self.crash.point();
        Ok(())
    }

    /// Erases words beside a record; the record stays as it is. Words that are gone are erased.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn forget(&mut self, log: &str, seq: u64, commitment: &str) -> Outcome<()> {
        let path = self.words(log, seq);
        let mut words: Value = serde_json::from_slice(&fs::read(&path)?)?;
        match words.as_object_mut().ok_or("words are an object")?.remove(commitment) {
            Some(_) => self.write(&path, words.to_string().as_bytes()),
            None => Ok(()),
        }
    }

    /// Writes a file wholly or not at all, and to the disk.
    fn write(&mut self, path: &Path, bytes: &[u8]) -> Outcome<()> {
        let folder = path.parent().ok_or("a file stands in a folder")?;
        let beside = folder.join("new");
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.crash.point();
        fs::rename(beside, path)?;
        File::open(folder)?.sync_all()?;
        self.crash.point();
        Ok(())
    }

    fn record(&self, log: &str, seq: u64) -> PathBuf {
        self.folder.join(log).join(format!("{seq:06}.record"))
    }

    fn words(&self, log: &str, seq: u64) -> PathBuf {
        self.folder.join(log).join(format!("{seq:06}.words"))
    }
}
