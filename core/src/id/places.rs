use std::collections::BTreeMap;

use super::Id;

/// What is told apart first by a mark of 32 bits, which equal keys share.
pub(crate) trait Marked: Ord + Clone {
    /// A mix of all its bytes.
    fn mark(&self) -> u32;
}

impl Marked for Id {
    fn mark(&self) -> u32 {
        match self.in_place() {
            Some((bytes, _)) => mix(bytes),
            None => mix(self.as_bytes()),
        }
    }
}

/// Mixes bytes, so that the first bits of what comes out depend on all of them.
#[inline]
fn mix(bytes: &[u8]) -> u32 {
    /// An odd number without order in its bits: the fraction of the golden ratio.
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |mixed: u64, word: u64| {
        let spread = (mixed ^ word).wrapping_mul(SPREAD);
        spread ^ spread.wrapping_shr(32)
    };
    let (words, rest) = bytes.as_chunks();
    let mixed = words.iter().fold(0, |mixed, word| fold(mixed, u64::from_le_bytes(*word)));
    let last = rest.iter().fold(0_u64, |last, byte| last.wrapping_shl(8) | u64::from(*byte));
    let [.., a, b, c, d] = fold(fold(mixed, last), SPREAD).wrapping_mul(SPREAD).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// At which places of a list things stand, found by what they are called: by one look at memory, however long the
/// list is, where an ordered map takes several.
///
/// The first bits of a mark say in which bucket a place is noted; whether what stands there is what was looked for, the
/// list says. What finds its bucket full is noted in an ordered map, so that ids which somebody made to meet in one
/// bucket are found no slower than there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Places<K> {
    /// As many as a power of two.
    buckets: Vec<Bucket>,
    bits: u32,
    /// How many places are noted in buckets.
    noted: usize,
    /// By mark, so that those of a bucket stand together.
    crowded: BTreeMap<u32, BTreeMap<K, usize>>,
}

/// So much as memory hands over at once; free cells stand behind the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
struct Bucket([Cell; 8]);

/// One place of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell {
    mark: u32,
    place: u32,
}

/// The place of a cell that notes none.
const NOWHERE: u32 = u32::MAX;

/// A bucket that notes nothing.
const EMPTY: Bucket = Bucket([Cell { mark: 0, place: NOWHERE }; 8]);

impl<K: Marked> Places<K> {
    pub(crate) const fn new() -> Self {
        Self { buckets: Vec::new(), bits: 0, noted: 0, crowded: BTreeMap::new() }
    }

    /// The place of a key, where `stands` says of a place whether the key stands there.
    pub(crate) fn find(&self, key: &K, stands: impl Fn(usize) -> bool) -> Option<usize> {
        let mark = key.mark();
        let Bucket(cells) = self.buckets.get(bucket(mark, self.bits))?;
        for cell in cells {
            if cell.place == NOWHERE {
                return None;
            }
            let place = usize::try_from(cell.place).ok().filter(|_| cell.mark == mark);
            if let Some(place) = place.filter(|place| stands(*place)) {
                return Some(place);
            }
        }
        self.crowded.get(&mark)?.get(key).copied()
    }

    /// Notes the place of a key that was not found.
    pub(crate) fn add(&mut self, key: &K, place: usize) {
        // Half full on the average: one in a hundred finds no room.
        if self.noted.saturating_mul(2) >= self.buckets.len().saturating_mul(8) {
            self.grow();
        }
        self.note(key.mark(), key, place);
    }

    fn note(&mut self, mark: u32, key: &K, place: usize) {
        let free = self.buckets.get_mut(bucket(mark, self.bits));
        let free = free.and_then(|Bucket(cells)| cells.iter_mut().find(|cell| cell.place == NOWHERE));
        match (free, u32::try_from(place)) {
            (Some(cell), Ok(place)) if place != NOWHERE => {
                *cell = Cell { mark, place };
                self.noted = self.noted.saturating_add(1);
            }
            _ => drop(self.crowded.entry(mark).or_default().insert(key.clone(), place)),
        }
    }

    /// Parts each bucket in two, by one more bit of the marks.
    fn grow(&mut self) {
        let bits = self.bits.saturating_add(u32::from(!self.buckets.is_empty()));
        let mut buckets = vec![EMPTY; self.buckets.len().saturating_mul(2).max(1)];
        for cell in self.buckets.iter().flat_map(|Bucket(cells)| cells).filter(|cell| cell.place != NOWHERE) {
            let free = buckets.get_mut(bucket(cell.mark, bits));
            let free = free.and_then(|Bucket(cells)| cells.iter_mut().find(|cell| cell.place == NOWHERE));
            // All that stood together in one bucket have room in two.
            free.into_iter().for_each(|free| *free = *cell);
        }
        (self.buckets, self.bits) = (buckets, bits);
        for (mark, places) in core::mem::take(&mut self.crowded) {
            places.iter().for_each(|(key, place)| self.note(mark, key, *place));
        }
    }
}

/// The bucket of a mark, where so many first bits tell them apart.
fn bucket(mark: u32, bits: u32) -> usize {
    let first = mark.checked_shr(u32::BITS.saturating_sub(bits)).unwrap_or(0);
    usize::try_from(first).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number whose mark is as bad as a case asks for.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    struct Number<const MARKS: u32>(u32);

    impl<const MARKS: u32> Marked for Number<MARKS> {
        fn mark(&self) -> u32 {
            mix(&self.0.checked_rem(MARKS).unwrap_or(self.0).to_le_bytes())
        }
    }

    fn numbers_are_found<const MARKS: u32>(many: u32) -> Places<Number<MARKS>> {
        let mut places = Places::new();
        let mut list: Vec<Number<MARKS>> = Vec::new();
        for number in 0..many {
            let number = Number(number);
            assert_eq!(places.find(&number, |place| list.get(place) == Some(&number)), None);
            places.add(&number, list.len());
            list.push(number);
        }
        for (place, number) in list.iter().enumerate() {
            assert_eq!(places.find(number, |place| list.get(place) == Some(number)), Some(place));
        }
        let unknown = Number(many);
        assert_eq!(places.find(&unknown, |place| list.get(place) == Some(&unknown)), None);
        places
    }

    fn crowded<K>(places: &Places<K>) -> usize {
        places.crowded.values().map(BTreeMap::len).sum()
    }

    #[test]
    fn each_is_found_at_its_place_and_one_in_a_hundred_finds_its_bucket_full() {
        let places = numbers_are_found::<0>(20_000);
        assert!(crowded(&places) <= 200, "{}", crowded(&places));
        assert_eq!(places.noted.saturating_add(crowded(&places)), 20_000);
    }

    #[test]
    fn those_that_were_made_to_meet_are_found_too() {
        let places = numbers_are_found::<1>(2_000);
        assert_eq!((places.noted, crowded(&places)), (8, 1_992));
        assert_eq!(places.buckets.len(), 4, "what finds no room asks for no more of it");
        numbers_are_found::<3>(2_000);
    }

    #[test]
    fn ids_in_order_and_in_none_are_spread_alike() {
        for text in [
            |number: u64| format!("E{number:07}"),
            |number: u64| format!("{:016x}", number.wrapping_mul(0x2545_f491_4f6c_dd1d)),
            |number: u64| format!("helpdesk.example/tickets/entries/{number}"),
        ] {
            let mut buckets = [0_u32; 256];
            for number in 0..25_600 {
                let place = bucket(Id::new(&text(number)).unwrap().mark(), 8);
                if let Some(count) = buckets.get_mut(place) {
                    *count = count.saturating_add(1);
                }
            }
            assert!(buckets.iter().all(|count| (50..=160).contains(count)), "{buckets:?}");
        }
    }
}
