//! Any bytes as one pure calculation.
#![no_main]

use duebill::wire;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|request: &[u8]| {
    duebill_fuzz::answered(|| wire::calculate(request));
});
