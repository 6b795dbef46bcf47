//! Any bytes as every question that leaves a log as it was.
#![no_main]

use duebill::wire::{self, Log};
use duebill_fuzz::{answered, logs, refused, rulebook};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &[u8]| {
    let logs = logs();
    let every: Vec<&Log> = logs.iter().collect();
    let [account, book, _series] = &logs;
    for log in &logs {
        answered(|| wire::report(log, rulebook(), document));
    }
    answered(|| wire::rate(rulebook(), document));
    answered(|| wire::match_receipts(rulebook(), book, &[account], document));
    answered(|| wire::aging(rulebook(), &every, document));
    answered(|| wire::verify(document, None));
    answered(|| wire::verify(document, Some(document)));
    if let Err(refusal) = wire::open(document) {
        refused(&refusal);
    }
    if let Err(refusal) = wire::add_terms(rulebook(), document) {
        refused(&refusal);
    }
});
