use super::Node;
use super::node::push_step;
use super::shape;

shape! {
    /// How one document differs from another, by JSON pointers; elements of arrays are compared by place.
    pub struct Difference {
        /// What only the later has.
        pub added: Vec<String>,
        /// What has another value.
        pub changed: Vec<String>,
        /// What only the earlier has.
        pub removed: Vec<String>,
    }
}

impl Difference {
    /// How a document differs from an earlier one; from none, all of it is added.
    #[must_use]
    pub fn between(before: Option<&Node<'_>>, after: &Node<'_>) -> Self {
        let mut found = Self { added: Vec::new(), changed: Vec::new(), removed: Vec::new() };
        found.compare("", before, Some(after));
        found
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    fn compare(&mut self, at: &str, before: Option<&Node<'_>>, after: Option<&Node<'_>>) {
        match (before, after) {
            (None, None) => {}
            (None, Some(_)) => self.added.push(at.to_owned()),
            (Some(_), None) => self.removed.push(at.to_owned()),
            (Some(Node::Object(old)), Some(Node::Object(new))) => {
                for (key, value) in old {
                    let other = new.iter().find(|(name, _)| name == key).map(|(_, value)| value);
                    self.compare(&below(at, key), Some(value), other);
                }
                for (key, value) in new.iter().filter(|(key, _)| !old.iter().any(|(name, _)| name == key)) {
                    self.compare(&below(at, key), None, Some(value));
                }
            }
            (Some(Node::List(old)), Some(Node::List(new))) => {
                for place in 0..old.len().max(new.len()) {
                    self.compare(&below(at, &place.to_string()), old.get(place), new.get(place));
                }
            }
            (Some(old), Some(new)) if old == new => {}
            (Some(_), Some(_)) => self.changed.push(at.to_owned()),
        }
    }
}

fn below(at: &str, step: &str) -> String {
    let mut path = at.to_owned();
    push_step(&mut path, step);
    path
}
