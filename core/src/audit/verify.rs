use super::{AuditError, Head, RECORD_VERSION};
use crate::canon::{Canonical, Digest, Limits, Node, Reader, Writer, sha256};
use crate::finding::{Finding, Refusal};

/// What verification says of an exported log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every record is whole and continues the one before; with a saved head also the very log
    /// that the head was saved from.
    Consistent {
        /// The last record.
        head: Head,
        /// Whether a saved head was given and found.
        anchored: bool,
    },
    /// Something was changed, removed, inserted, reordered or cut off.
    Broken {
        /// The first sequence that does not hold.
        seq: u64,
        /// What is wrong there.
        finding: Box<Finding>,
    },
}

/// Verifies an exported log, one line per record: 64 hexadecimal digits, a blank, the stored bytes.
///
/// Nothing is re-serialised: the bytes are hashed as they stand. Without a saved head, records cut
/// off at the end cannot be seen, and the answer is consistent but not anchored.
#[must_use]
pub fn verify(lines: &[u8], saved: Option<&Head>) -> Verdict {
    let mut head = Head { hash: Digest::ZERO, seq: 0 };
    let mut log = None;
    // A head of an empty log is found at once.
    let mut anchored = saved.is_some_and(|saved| *saved == head);
    if let Some(Head { seq: 0, .. }) = saved.filter(|_| !anchored) {
        let finding = Box::new(Finding::block(&AuditError::HeadMismatch { seq: 0 }));
        return Verdict::Broken { seq: 0, finding };
    }
    for line in lines_of(lines).filter(|line| !line.is_empty()) {
        let seq = head.seq.saturating_add(1);
        let checked = check_line(line, &head, &mut log).and_then(|next| match saved {
            Some(saved) if saved.seq == seq && saved.hash != next.hash => {
                Err(Refusal::because(&AuditError::HeadMismatch { seq }))
            }
            _ => Ok(next),
        });
        match checked {
            Ok(next) => head = next,
            Err(refusal) => {
                return Verdict::Broken { seq, finding: Box::new(refusal.first().clone()) };
            }
        }
        anchored = anchored || saved.is_some_and(|saved| saved.seq == seq);
    }
    match saved {
        Some(saved) if saved.seq > head.seq => {
            let error = AuditError::Truncated { expected: saved.seq, got: head.seq };
            Verdict::Broken { seq: head.seq.saturating_add(1), finding: Box::new(Finding::block(&error)) }
        }
        _ => Verdict::Consistent { head, anchored },
    }
}

/// The parts of a text between its line ends.
fn lines_of(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest.take()?;
        // Whole runs of bytes are passed over together, and only the one with the end in it byte by byte.
        let ends = |run: &&[u8]| !run.iter().fold(false, |found, byte| found | (*byte == b'\n'));
        let passed = text.chunks(64).take_while(ends).map(<[u8]>::len).sum::<usize>();
        let end = text.iter().skip(passed).position(|byte| *byte == b'\n');
        let parts = end.and_then(|end| text.split_at_checked(passed.saturating_add(end)));
        let (line, after) = parts.unwrap_or((text, &[]));
        rest = after.get(1..);
        Some(line)
    })
}

/// Checks one line against the head before it.
fn check_line<'a>(line: &'a [u8], head: &Head, log: &mut Option<Node<'a>>) -> Result<Head, Refusal> {
    let form = || Refusal::because(&AuditError::LineForm);
    let (hash, rest) = line.split_at_checked(64).ok_or_else(form)?;
    let bytes = rest.strip_prefix(b" ").ok_or_else(form)?;
    let text = core::str::from_utf8(hash).map_err(|_| form())?;
    let stored = Digest::parse(text).map_err(|error| Refusal::because(&error))?;
    let got = sha256(bytes);
    if got != stored {
        let error = AuditError::RecordHash { expected: stored.to_string(), got: got.to_string() };
        return Err(Refusal::because(&error));
    }
    let node = Node::parse_fields(bytes, Limits::default(), &["log", "previous", "seq", "version"])?;
    let seq = field::<u64>(&node, "seq")?;
    let previous = field::<Digest>(&node, "previous")?;
    let version = field::<u32>(&node, "version")?;
    let address = node.get("log").ok_or_else(form)?;
    let expected = head.seq.saturating_add(1);
    let known = log.get_or_insert_with(|| address.clone());
    let error = if version > RECORD_VERSION {
        AuditError::RecordVersion { known: RECORD_VERSION, got: version }
    } else if known != address {
        AuditError::LogMismatch { expected: written(known), got: written(address) }
    } else if seq != expected {
        AuditError::SequenceGap { expected, got: seq }
    } else if previous != head.hash {
        AuditError::PreviousHash { expected: head.hash.to_string(), got: previous.to_string() }
    } else {
        return Ok(Head { hash: got, seq });
    };
    Err(Refusal::because(&error))
}

fn written(node: &Node<'_>) -> String {
    let mut writer = Writer::new();
    node.write(&mut writer);
    String::from_utf8_lossy(&writer.into_bytes()).into_owned()
}

/// Reads one field of a record's envelope.
fn field<T: Canonical>(node: &Node<'_>, key: &'static str) -> Result<T, Refusal> {
    let mut reader = Reader::default();
    let value = node.get(key).and_then(|value| reader.step(key, |at| T::read(value, at)));
    match (node.get(key), value) {
        (Some(_), value) => reader.finish(value),
        (None, _) => Err(Refusal::because(&crate::canon::CanonError::MissingField { key: key.to_owned() })),
    }
}
