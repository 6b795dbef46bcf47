//! Any bytes as a rulebook: compiled, or refused with reasons.
#![no_main]

use duebill::wire;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &[u8]| {
    match wire::compile(document) {
        Ok(rulebook) => {
            // Whatever compiles can be asked.
            duebill_fuzz::answered(|| wire::rate(&rulebook, document));
        }
        Err(refusal) => duebill_fuzz::refused(&refusal),
    }
});
