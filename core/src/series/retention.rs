//! What is kept of the words of those who acted on a number series.

use super::{Series, SeriesEvent};
use crate::audit::Chain;
use crate::retention::{KeepsWords, RetentionEvent, Words, WordsEvent};

impl KeepsWords for Series {
    fn kept(&self) -> &Words {
        &self.kept
    }

    fn log(&self) -> &Chain {
        self.chain()
    }
}

impl SeriesEvent {
    /// What it says of words.
    pub(super) fn of_words(&self) -> Option<WordsEvent> {
        if let Self::LegalHoldPlaced(placed) = self {
            Some(WordsEvent::Placed(placed.clone()))
        } else if let Self::LegalHoldLifted(lifted) = self {
            Some(WordsEvent::Lifted(lifted.clone()))
        } else if let Self::ErasureRequested(requested) = self {
            Some(WordsEvent::Erased(RetentionEvent::ErasureRequested(requested.clone())))
        } else if let Self::Purged(item) = self {
            Some(WordsEvent::Erased(RetentionEvent::Purged(item.clone())))
        } else if let Self::PurgeRefused(refused) = self {
            Some(WordsEvent::Erased(RetentionEvent::PurgeRefused(refused.clone())))
        } else {
            None
        }
    }
}

impl From<WordsEvent> for SeriesEvent {
    fn from(event: WordsEvent) -> Self {
        match event {
            WordsEvent::Placed(placed) => Self::LegalHoldPlaced(placed),
            WordsEvent::Lifted(lifted) => Self::LegalHoldLifted(lifted),
            // Words have nothing in them that is not personal: they are never less than purged.
            WordsEvent::Erased(RetentionEvent::Anonymised(item) | RetentionEvent::Purged(item)) => {
                Self::Purged(item)
            }
            WordsEvent::Erased(RetentionEvent::ErasureRequested(requested)) => {
                Self::ErasureRequested(requested)
            }
            WordsEvent::Erased(RetentionEvent::PurgeRefused(refused)) => Self::PurgeRefused(refused),
        }
    }
}
