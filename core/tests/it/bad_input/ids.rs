//! Ids that look like others or like nothing.

use duebill::wire;
use serde_json::json;

use super::trial::{Run, Trial, billed, worked};

/// Titles and their checks.
pub const CHECKS: &[(&str, Run)] = &[("bidi override in name", bidi)];

/// Refused in ids, and shown escaped by the refusal itself.
fn bidi(trial: &Trial) {
    let mut host = billed();
    for hidden in
        ['\u{202e}', '\u{202d}', '\u{2066}', '\u{2069}', '\u{200f}', '\u{61c}', '\u{200b}', '\u{feff}']
    {
        let mut sent = worked("bidi", "2026-02-05T09:00:00Z", "2026-02-05T10:00:00Z");
        sent["action"]["entries"][0]["id"] = json!(format!("ACME{hidden}gpj.exe"));
        trial.refuses_command(&mut host, sent, "id-character");
        let address =
            json!({ "id": format!("ACME{hidden}gpj.exe"), "kind": "account", "seller": "northwind" });
        let answer = wire::open(address.to_string().as_bytes());
        let said = answer.as_ref().err().map(ToString::to_string).unwrap_or_default();
        trial.holds("the refusal shows the character itself", !said.contains(hidden) && !said.is_empty());
        trial.refuses("an address", answer, "id-character");
    }
}
