//! What a period comes to: journals balance, balances roll forward, and what is under way is said.

use duebill::wire;
use serde_json::json;

use super::golden::everything;
use super::month::{Host, cents, january};

#[test]
fn every_month_balances_and_is_explained() {
    let host = everything();
    for (from, through) in [
        ("2025-12-01", "2025-12-31"),
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-21"),
        ("2026-02-22", "2026-02-28"),
        ("2026-03-01", "2026-12-31"),
        ("2025-12-01", "2026-12-31"),
    ] {
        host.check_period(from, through);
    }
    // Days that follow each other add up to the whole.
    let revenue = |from: &str, through: &str| -> i64 {
        let pack = host.closing(from, through);
        let lines = pack["sections"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|section| section["journal"].as_array().unwrap());
        lines
            .filter(|line| line["account"] == "revenue")
            .map(|line| cents(&line["credit"]) - cents(&line["debit"]))
            .sum()
    };
    assert_eq!(
        revenue("2026-01-01", "2026-02-15") + revenue("2026-02-16", "2026-12-31"),
        revenue("2026-01-01", "2026-12-31")
    );
    assert_ne!(revenue("2026-01-01", "2026-12-31"), 0);
}

#[test]
fn the_pack_says_which_days_are_closed_and_where_each_log_stands() {
    let mut host = Host::new();
    january(&mut host);
    let close = json!({ "kind": "close_period", "through": "2026-01-31", "how": "hard" });
    let clerk = ("clara", "billing");
    host.deliver(super::month::command("series", "invoices", "close", "2026-02-01", clerk, close)).unwrap();
    let pack = host.closing("2026-01-01", "2026-01-31");
    let series = pack["logs"].as_array().unwrap().iter().find(|log| log["log"]["kind"] == "series").unwrap();
    assert_eq!((&series["hard"], series.get("soft")), (&json!("2026-01-31"), None));
    let stored = host.stored[&super::month::address("series", "invoices").to_string()].last().unwrap();
    assert_eq!(series["head"]["hash"], stored["hash"]);
    let account = pack["logs"].as_array().unwrap().iter().find(|log| log["log"]["id"] == "acme").unwrap();
    assert_eq!(account.get("hard"), None);
}

#[test]
fn days_that_end_before_they_start_are_refused() {
    let host = Host::new();
    let request = json!({ "from": "2026-02-01", "through": "2026-01-31" }).to_string();
    let refusal = wire::closing(&host.rulebook, &[], request.as_bytes()).unwrap_err();
    assert_eq!(refusal.code().name, "period-order");
}
