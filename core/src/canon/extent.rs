use super::{CanonError, Limits};

/// How large a document is that was written, by the measures that its reader limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Levels of nesting.
    pub(super) depth: usize,
    /// Elements of its longest array or object.
    pub(super) elements: usize,
    /// Bytes of its longest text.
    pub(super) text: usize,
    /// The first character of it that no reader takes.
    pub(super) control: Option<char>,
}

impl Extent {
    /// Whether a reader takes a document of this extent.
    ///
    /// # Errors
    /// [`CanonError::Depth`], [`CanonError::Size`] or [`CanonError::Control`], as reading it would say.
    pub(super) fn check(&self, bytes: usize, limits: Limits) -> Result<(), CanonError> {
        let size = |limit, what| Err(CanonError::Size { limit, what });
        if bytes > limits.bytes {
            return size(limits.bytes, "bytes");
        }
        if self.depth > limits.depth {
            return Err(CanonError::Depth { limit: limits.depth });
        }
        if self.elements > limits.elements {
            return size(limits.elements, "elements");
        }
        if self.text > limits.text {
            return size(limits.text, "bytes of text");
        }
        self.control.map_or(Ok(()), |control| Err(CanonError::Control { codepoint: control.into() }))
    }

    /// Takes in a document that stands within this one, below some levels of it.
    pub(super) fn hold(&mut self, inner: &Self, depth: usize) {
        self.depth = self.depth.max(depth.saturating_add(inner.depth));
        self.elements = self.elements.max(inner.elements);
        self.text = self.text.max(inner.text);
        self.control = self.control.or(inner.control);
    }
}
