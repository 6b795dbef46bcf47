//! How many random cases a property tries.

use proptest::prelude::ProptestConfig;

/// The number of the property, or `PROPTEST_CASES` for all of them: few to look often, many to look long.
/// What fails is printed in full and becomes a test or a history; no file of seeds is kept.
pub fn cases(usual: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok();
    let cases = wanted.map_or(usual, |wanted| wanted.parse().expect("PROPTEST_CASES is a number"));
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}
