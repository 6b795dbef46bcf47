//! What is kept of the words of those who acted on a number series.

use super::{Series, SeriesEvent};
use crate::audit::Chain;
use crate::retention::{KeepsWords, Words, words_events};

impl KeepsWords for Series {
    fn kept(&self) -> &Words {
        &self.kept
    }

    fn log(&self) -> &Chain {
        self.chain()
    }
}

words_events!(SeriesEvent);
