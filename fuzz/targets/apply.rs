//! A line of bytes as a stored record, the rest as its detached text: applied whole, or not at all.
#![no_main]

use duebill::account::AccountEvent;
use duebill::audit::Record;
use duebill::payment::BookEvent;
use duebill::series::SeriesEvent;
use duebill::wire;
use duebill_fuzz::{logs, read_alike, refused};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|stored: &[u8]| {
    let mut parts = stored.splitn(2, |byte| *byte == b'\n');
    let record = parts.next().unwrap_or_default();
    let detached = parts.next().unwrap_or_default();
    read_alike::<Record<AccountEvent>>(record);
    read_alike::<Record<BookEvent>>(record);
    read_alike::<Record<SeriesEvent>>(record);
    let hash = duebill_fuzz::hash(record);
    for mut log in logs() {
        let before = wire::head(&log);
        let other = duebill_fuzz::hash(hash.as_bytes());
        match wire::apply(&mut log, record, other.as_bytes(), detached) {
            Ok(()) => panic!("applied under a hash that is not its own"),
            Err(refusal) => refused(&refusal),
        }
        assert_eq!(wire::head(&log), before, "refused, but the log moved");
        match wire::apply(&mut log, record, hash.as_bytes(), detached) {
            Ok(()) => {
                let after = wire::head(&log);
                assert_ne!(after, before, "applied, but the log did not move");
                assert!(wire::apply(&mut log, record, hash.as_bytes(), detached).is_err(), "applied twice");
                assert_eq!(wire::head(&log), after, "refused, but the log moved");
            }
            Err(refusal) => {
                refused(&refusal);
                assert_eq!(wire::head(&log), before, "refused, but the log moved");
            }
        }
    }
});
