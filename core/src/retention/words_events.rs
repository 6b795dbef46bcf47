/// Gives the events of a log what they say of words, and makes them of it: each log has them among its own, under the
/// same names.
macro_rules! words_events {
    ($event:ident) => {
        impl $event {
            /// What it says of words.
            pub(super) fn of_words(&self) -> Option<$crate::retention::WordsEvent> {
                if let Self::LegalHoldPlaced(placed) = self {
                    Some($crate::retention::WordsEvent::Placed(placed.clone()))
                } else if let Self::LegalHoldLifted(lifted) = self {
                    Some($crate::retention::WordsEvent::Lifted(lifted.clone()))
                } else if let Self::ErasureRequested(requested) = self {
                    Some($crate::retention::WordsEvent::Erased(
                        $crate::retention::RetentionEvent::ErasureRequested(requested.clone()),
                    ))
                } else if let Self::Purged(item) = self {
                    Some($crate::retention::WordsEvent::Erased($crate::retention::RetentionEvent::Purged(
                        item.clone(),
                    )))
                } else if let Self::PurgeRefused(refused) = self {
                    Some($crate::retention::WordsEvent::Erased(
                        $crate::retention::RetentionEvent::PurgeRefused(refused.clone()),
                    ))
                } else {
                    None
                }
            }
        }

        impl From<$crate::retention::WordsEvent> for $event {
            fn from(event: $crate::retention::WordsEvent) -> Self {
                match event {
                    $crate::retention::WordsEvent::Placed(placed) => Self::LegalHoldPlaced(placed),
                    $crate::retention::WordsEvent::Lifted(lifted) => Self::LegalHoldLifted(lifted),
                    // Words have nothing in them that is not personal: they are never less than purged.
                    $crate::retention::WordsEvent::Erased(
                        $crate::retention::RetentionEvent::Anonymised(item)
                        | $crate::retention::RetentionEvent::Purged(item),
                    ) => Self::Purged(item),
                    $crate::retention::WordsEvent::Erased(
                        $crate::retention::RetentionEvent::ErasureRequested(requested),
                    ) => Self::ErasureRequested(requested),
                    $crate::retention::WordsEvent::Erased(
                        $crate::retention::RetentionEvent::PurgeRefused(refused),
                    ) => Self::PurgeRefused(refused),
                }
            }
        }
    };
}
pub(crate) use words_events;
