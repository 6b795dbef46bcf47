//! What is kept of the words of those who acted on a publication log.

use super::action::PublicationEvent;
use super::state::Publication;
use crate::audit::Chain;
use crate::retention::{KeepsWords, Words, words_events};

impl KeepsWords for Publication {
    fn kept(&self) -> &Words {
        &self.kept
    }

    fn log(&self) -> &Chain {
        self.chain()
    }
}

words_events!(PublicationEvent);
