use std::collections::BTreeMap;
use std::sync::Arc;

use crate::audit::Kept;
use crate::id::{Id, Places};

/// Values by id, of which a change sets one and takes it back.
pub(super) trait Shelf {
    /// What stands there.
    type Value;

    /// Sets or takes out the value of an id; gives the one before.
    fn set(&mut self, id: &Id, value: Option<Self::Value>) -> Option<Self::Value>;
}

impl<V> Shelf for BTreeMap<Id, V> {
    type Value = V;

    fn set(&mut self, id: &Id, value: Option<V>) -> Option<V> {
        match value {
            Some(value) => self.insert(id.clone(), value),
            None => self.remove(id),
        }
    }
}

impl<V> Shelf for Register<V> {
    type Value = V;

    fn set(&mut self, id: &Id, value: Option<V>) -> Option<V> {
        match value {
            Some(value) => self.insert(id, value),
            None => self.remove(id),
        }
    }
}

/// Values by id that come and go all day and are only now and then read in order: one is found by one look at memory,
/// and their order is made when somebody asks for it.
#[derive(Debug, Clone)]
pub(super) struct Register<V> {
    places: Places<Id>,
    /// In the order in which their ids first came; an id whose value was taken out keeps its place for a while.
    slots: Vec<(Id, Option<V>)>,
    /// How many of them have a value.
    held: usize,
    order: Kept<Order>,
}

/// The places of the first slots in order of their ids.
type Order = Arc<Vec<usize>>;

/// So few places are not worth clearing.
const FEW: usize = 64;

impl<V> Register<V> {
    pub(super) fn new() -> Self {
        Self { places: Places::new(), slots: Vec::new(), held: 0, order: Kept::default() }
    }

    fn place(&self, id: &Id) -> Option<usize> {
        self.places.find(id, |place| self.id_at(place) == Some(id))
    }

    fn id_at(&self, place: usize) -> Option<&Id> {
        self.slots.get(place).map(|(id, _)| id)
    }

    /// The value of an id.
    pub(super) fn get(&self, id: &Id) -> Option<&V> {
        self.slots.get(self.place(id)?)?.1.as_ref()
    }

    /// Whether an id has a value.
    pub(super) fn contains_key(&self, id: &Id) -> bool {
        self.get(id).is_some()
    }

    /// Sets the value of an id; gives the one before.
    pub(super) fn insert(&mut self, id: &Id, value: V) -> Option<V> {
        let slot = self.place(id).and_then(|place| self.slots.get_mut(place));
        let before = if let Some((_, slot)) = slot {
            slot.replace(value)
        } else {
            self.places.add(id, self.slots.len());
            self.slots.push((id.clone(), Some(value)));
            None
        };
        self.held = self.held.saturating_add(usize::from(before.is_none()));
        before
    }

    /// Takes the value of an id out.
    pub(super) fn remove(&mut self, id: &Id) -> Option<V> {
        let place = self.place(id)?;
        let value = self.slots.get_mut(place)?.1.take()?;
        self.held = self.held.saturating_sub(1);
        if self.slots.len() > self.held.saturating_mul(2).saturating_add(FEW) {
            self.clear();
        }
        Some(value)
    }

    /// Forgets the ids without a value.
    fn clear(&mut self) {
        let slots = core::mem::replace(self, Self::new()).slots;
        for (id, value) in slots {
            if let Some(value) = value {
                self.insert(&id, value);
            }
        }
    }

    /// Every value, by id.
    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.after(None).map(|(_, value)| value)
    }

    /// Values with an id after another, by id; all of them after none.
    pub(super) fn after<'a>(
        &'a self,
        after: Option<&Id>,
    ) -> impl Iterator<Item = (&'a Id, &'a V)> + use<'a, V> {
        let order = self.in_order();
        let start = after.map_or(0, |after| order.partition_point(|place| self.id_at(*place) <= Some(after)));
        (start..order.len()).filter_map(move |turn| {
            let (id, value) = self.slots.get(*order.get(turn)?)?;
            value.as_ref().map(|value| (id, value))
        })
    }

    /// The order of all; ids that came since somebody last asked are sorted in.
    fn in_order(&self) -> Order {
        self.order.with(|order| {
            if order.len() < self.slots.len() {
                let mut fresh: Vec<usize> = (order.len()..self.slots.len()).collect();
                fresh.sort_unstable_by_key(|place| self.id_at(*place));
                *order = Arc::new(self.merged(order, &fresh));
            }
            Arc::clone(order)
        })
    }

    /// Two orders made one: what lies between two of the second is copied at once.
    fn merged(&self, mut order: &[usize], fresh: &[usize]) -> Vec<usize> {
        let mut merged = Vec::with_capacity(order.len().saturating_add(fresh.len()));
        for place in fresh {
            let id = self.id_at(*place);
            let before = order.partition_point(|other| self.id_at(*other) < id);
            let (first, rest) = order.split_at_checked(before).unwrap_or((order, &[]));
            merged.extend_from_slice(first);
            merged.push(*place);
            order = rest;
        }
        merged.extend_from_slice(order);
        merged
    }
}

impl<V: PartialEq> PartialEq for Register<V> {
    /// The same values under the same ids, in whichever order they came.
    fn eq(&self, other: &Self) -> bool {
        self.held == other.held && self.after(None).eq(other.after(None))
    }
}

impl<V: Eq> Eq for Register<V> {}

#[cfg(test)]
mod tests {
    use std::ops::Bound;

    use proptest::prelude::*;

    use super::*;

    fn id(number: u16) -> Id {
        Id::new(&format!("E{number}")).unwrap()
    }

    #[derive(Debug, Clone)]
    enum Step {
        Insert(u16, u8),
        Remove(u16),
        Read(u16),
    }

    fn step(ids: u16) -> impl Strategy<Value = Step> {
        prop_oneof![
            (0..ids, any::<u8>()).prop_map(|(number, value)| Step::Insert(number, value)),
            (0..ids).prop_map(Step::Remove),
            (0..ids).prop_map(Step::Read),
        ]
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        // Few ids come again and again; of many most places are cleared.
        prop_oneof![Just(8_u16), Just(1_000)].prop_flat_map(|ids| prop::collection::vec(step(ids), 0..400))
    }

    proptest! {
        #[test]
        fn it_is_an_ordered_map(steps in steps()) {
            let (mut register, mut map) = (Register::new(), BTreeMap::new());
            for step in steps {
                match step {
                    Step::Insert(number, value) => {
                        prop_assert_eq!(register.insert(&id(number), value), map.insert(id(number), value));
                    }
                    Step::Remove(number) => {
                        prop_assert_eq!(register.remove(&id(number)), map.remove(&id(number)));
                    }
                    Step::Read(number) => {
                        let after = id(number);
                        prop_assert_eq!(register.get(&after), map.get(&after));
                        prop_assert_eq!(register.contains_key(&after), map.contains_key(&after));
                        let range = map.range::<Id, _>((Bound::Excluded(&after), Bound::Unbounded));
                        prop_assert!(register.after(Some(&after)).eq(range));
                        prop_assert!(register.values().eq(map.values()));
                    }
                }
            }
            prop_assert!(register.after(None).eq(&map));
            let mut other = Register::new();
            for (id, value) in map.iter().rev() {
                other.insert(id, *value);
            }
            prop_assert_eq!(&register, &other);
            if let Some(first) = map.keys().next() {
                other.remove(first);
                prop_assert_ne!(&register, &other);
            }
        }
    }

    #[test]
    fn places_of_what_was_taken_out_are_cleared() {
        let mut register = Register::new();
        for number in 0..1_000 {
            register.insert(&id(number), number);
        }
        for number in 0..990 {
            register.remove(&id(number));
        }
        assert!(register.slots.len() <= 100, "{}", register.slots.len());
        assert!(register.values().eq((990..1_000).collect::<Vec<_>>().iter()));
    }
}
