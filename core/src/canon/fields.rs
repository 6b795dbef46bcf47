use core::cmp::Ordering;
use std::borrow::Cow;

use super::name::{Opening, TAG};
use super::reader::{Reader, Source, Step};
use super::written::Ahead;
use super::{CanonError, Canonical, Name, Node, name};

/// How the tag begins, which mostly comes first.
const OF_TAG: Opening = Opening::of(b"kind");
/// The field that says what a document is.
const SCHEMA: Name = name!("schema");

/// Reads the fields of one object.
pub struct FieldReader<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
    pub(super) members: Members<'a>,
}

/// The fields of an object that is being read.
pub(super) enum Members<'a> {
    /// They come one after another; one of them may have been read ahead.
    Written(Option<Ahead>),
    /// They come so, and this `kind` among them: the first of them said it already.
    Foreseen(&'static str),
    /// They stand in the tree.
    Parsed(Parsed<'a>),
}

/// The fields of an object of a tree.
pub(super) struct Parsed<'a> {
    pub(super) node: &'a Node<'a>,
    /// Ascending by key.
    pub(super) fields: &'a [(Cow<'a, str>, Node<'a>)],
    /// Where its keys start among those that are known.
    pub(super) first: usize,
    /// The place after the field that was met last.
    pub(super) next: usize,
    /// The places of the fields that were met, of the first 64.
    pub(super) met: u64,
    pub(super) judged: bool,
}

impl<'a> Parsed<'a> {
    /// The value of a key. Fields are mostly asked for in the order in which they stand, so the next one is looked
    /// at before all are searched.
    fn find(&mut self, key: &str) -> Option<&'a Node<'a>> {
        let named = |place: usize| self.fields.get(place).map(|(name, _)| name.as_ref().cmp(key));
        let place = match named(self.next) {
            Some(Ordering::Equal) => self.next,
            None | Some(Ordering::Greater)
                if self.next.checked_sub(1).is_none_or(|last| named(last) == Some(Ordering::Less)) =>
            {
                return None;
            }
            None | Some(Ordering::Greater | Ordering::Less) => {
                self.fields.binary_search_by(|(name, _)| name.as_ref().cmp(key)).ok()?
            }
        };
        self.next = place.saturating_add(1);
        self.met |= u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or(0);
        self.fields.get(place).map(|(_, node)| node)
    }

    /// Brings a reader to the value of a field, if it is there.
    fn meet(&mut self, reader: &mut Reader<'a>, name: Name) -> bool {
        reader.known.push(name.key());
        let Some(node) = self.find(name.key()) else { return false };
        reader.source = Source::Parsed(node);
        reader.path.push(Step::Key(name.key()));
        true
    }
}

impl<'a> FieldReader<'_, 'a> {
    /// Whether fields may be asked for in any order; canonical bytes are gone over once, in theirs.
    pub(crate) const fn in_any_order(&self) -> bool {
        matches!(self.members, Members::Parsed(_))
    }

    /// Reads a field; one that may be absent gives its absent value.
    #[inline]
    pub(crate) fn field<T: Canonical>(&mut self, name: Name) -> Option<T> {
        self.field_or(name, T::absent)
    }

    /// Reads a field, or takes the value given for its absence, which canonical bytes have to leave out too.
    #[inline(always)]
    pub(crate) fn field_or<T: Canonical>(
        &mut self,
        name: Name,
        absent: impl FnOnce() -> Option<T>,
    ) -> Option<T> {
        // Behind the turn of a foreseen `kind` no field may stand before it.
        let waits = name.is_after_tag() && matches!(self.members, Members::Foreseen(_));
        if let Source::Written(written) = &mut self.reader.source
            && !waits
            && written.begins(name)
        {
            return self.written_value();
        }
        self.otherwise(name, absent)
    }

    /// Reads the value of a field of canonical bytes.
    fn written_value<T: Canonical>(&mut self) -> Option<T> {
        let value = T::read(self.reader);
        if let Source::Written(written) = &mut self.reader.source {
            written.end_field();
        }
        value
    }

    /// Reads a field that is not the next one of canonical bytes.
    #[inline(never)]
    fn otherwise<T: Canonical>(&mut self, name: Name, absent: impl FnOnce() -> Option<T>) -> Option<T> {
        match (&mut self.members, &mut self.reader.source) {
            (Members::Written(ahead), Source::Written(written)) => {
                if written.begins_after(name, ahead) {
                    return self.written_value();
                }
                absent().filter(T::is_absent).or_else(|| self.missing(name))
            }
            (Members::Foreseen(kind), Source::Written(written)) => {
                if name.is_after_tag() {
                    written.pass_tag(kind);
                    self.members = Members::Written(None);
                    return self.field_or(name, absent);
                }
                absent().filter(T::is_absent).or_else(|| self.missing(name))
            }
            (Members::Parsed(parsed), _) => {
                if !parsed.meet(self.reader, name) {
                    return absent().or_else(|| self.missing(name));
                }
                let value = T::read(self.reader);
                self.leave();
                value
            }
            (Members::Written(_) | Members::Foreseen(_), Source::Parsed(_)) => None,
        }
    }

    /// Leaves the value of a field of a tree.
    fn leave(&mut self) {
        if let Members::Parsed(parsed) = &self.members {
            self.reader.source = Source::Parsed(parsed.node);
            self.reader.path.pop();
        }
    }

    fn missing<T>(&mut self, name: Name) -> Option<T> {
        self.reader.fail(&CanonError::MissingField { key: name.key().to_owned() })
    }

    /// The reader, for faults that concern several fields.
    pub const fn reader(&mut self) -> &mut Reader<'a> {
        self.reader
    }

    /// Reads a field before its turn, because it says how the others are read; `None` where it is missing.
    fn ahead<T>(&mut self, name: Name, read: impl FnOnce(&mut Reader<'a>) -> T) -> Option<T> {
        match (&mut self.members, &mut self.reader.source) {
            (Members::Written(_), Source::Written(written)) => {
                let (start, back) = written.go_ahead(name)?;
                let value = read(self.reader);
                if let Source::Written(written) = &mut self.reader.source {
                    self.members = Members::Written(written.go_back(name, start, back));
                }
                Some(value)
            }
            (Members::Parsed(parsed), _) => {
                if !parsed.meet(self.reader, name) {
                    return None;
                }
                let value = read(self.reader);
                self.leave();
                Some(value)
            }
            (Members::Written(_), Source::Parsed(_)) | (Members::Foreseen(_), _) => None,
        }
    }

    /// Reads the `kind` of a union of which the first field mostly says which shape it is; the `kind` is seen to be that
    /// one when its turn comes, so that nobody has to look for it.
    pub(crate) fn variant<T: Copy>(
        &mut self,
        known: &[(&'static str, T)],
        openings: &[Opening],
    ) -> Option<T> {
        if let Source::Written(written) = &self.reader.source
            && let Some(bytes) = written.opening()
            && !OF_TAG.begins(bytes)
            && let Some((_, (kind, meant))) =
                openings.iter().zip(known).find(|(opening, _)| opening.begins(bytes))
        {
            self.members = Members::Foreseen(kind);
            return Some(*meant);
        }
        self.tag(known)
    }

    /// Reads the `kind` of a union; gives what the list says it stands for.
    pub fn tag<T: Copy>(&mut self, known: &[(&'static str, T)]) -> Option<T> {
        let read = match self.ahead(TAG, |reader| reader.word(known)) {
            Some(read) => read,
            None => self.missing(TAG),
        };
        if let (None, Members::Parsed(parsed)) = (&read, &mut self.members) {
            // The other fields cannot be judged without their kind.
            parsed.judged = false;
        }
        read
    }

    /// Reads the `schema` of a document, which must be the one this library reads here.
    pub fn schema(&mut self, known: &'static str) -> Option<()> {
        let read = self.ahead(SCHEMA, |reader| {
            let text = reader.text();
            if text == Some(known) {
                return Some(());
            }
            let kind = match &reader.source {
                Source::Parsed(node) => node.kind(),
                Source::Written(_) => "other bytes",
            };
            let got = text.unwrap_or(kind).chars().take(60).collect();
            reader.fail(&CanonError::SchemaVersion { known, got })
        });
        read.unwrap_or_else(|| self.missing(SCHEMA))
    }

    /// Reads the currency of an object that names one before the amounts that stand under it.
    pub(crate) fn foresee_currency(&mut self) {
        if let Source::Written(written) = &mut self.reader.source
            && let Some(currency) = written.currency()
        {
            self.reader.currency = Some(currency);
        }
    }

    /// Ends the object, of which nothing may be left over.
    pub(super) fn close(self) {
        match (self.members, &mut self.reader.source) {
            (Members::Written(ahead), Source::Written(written)) => written.close_object(ahead),
            (Members::Foreseen(kind), Source::Written(written)) => {
                written.pass_tag(kind);
                written.close_object(None);
            }
            (Members::Parsed(parsed), _) => self.reader.find_unknown(&parsed),
            (Members::Written(_) | Members::Foreseen(_), Source::Parsed(_)) => {}
        }
    }
}

/// Whether a field names the currency of the amounts beside it.
pub(crate) const fn is_currency(key: &str) -> bool {
    matches!(key.as_bytes(), b"currency")
}
