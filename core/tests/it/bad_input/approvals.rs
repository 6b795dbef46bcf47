//! Decisions on something else than what was shown.

use serde_json::{Value, json};

use super::super::month::{Host, command};
use super::trial::{Run, Trial, account, billed, worked};

/// Titles and their checks.
pub const CHECKS: &[(&str, Run)] = &[("approval replayed on edited invoice", replayed)];

const BOSS: (&str, &str) = ("boris", "manager");

fn open(host: &Host) -> Value {
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-02-28" }));
    let open = view["approvals"].as_array().unwrap().iter().find(|approval| approval["open"] == true);
    open.unwrap().clone()
}

/// An invoice is edited by voiding its draft and billing again: the decision on the first stays with it.
fn replayed(trial: &Trial) {
    let mut host = billed();
    let first = open(&host);
    let void = json!({ "kind": "void", "invoice": first["subject"], "reason": "wrong" });
    host.deliver(account("void", "2026-02-02", void)).unwrap();
    host.deliver(worked("more", "2026-01-30T09:00:00Z", "2026-01-30T10:00:00Z")).unwrap();
    let period = json!({ "from": "2026-01-01", "to": "2026-01-31" });
    let bill = json!({ "kind": "bill", "run": "edited", "period": period });
    host.deliver(account("again", "2026-02-06", bill)).unwrap();
    let second = open(&host);
    trial.holds("the edited invoice shows the same digest", first["digest"] != second["digest"]);
    let decide = |digest: &Value| {
        let action = json!({ "kind": "decide_approval", "subject": second["subject"], "digest": digest, "verdict": "approve" });
        command("account", "acme", "decide", "2026-02-07", BOSS, action)
    };
    trial.refuses_command(&mut host, decide(&first["digest"]), "approval-content");
    trial.holds("the right digest is refused", host.deliver(decide(&second["digest"])).is_ok());
}
