//! What the outside world is asked to do: once, in the record of the event that asks for it, whatever is
//! repeated, voided or made again; and what becomes of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::run::{CLERK, Run};
use super::state::Said;
use crate::month::address;

/// A task as the host sees it: what was said of it last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    Nothing,
    Done(u8),
    Failed(u8),
}

/// Every task that was ever asked for.
#[derive(Debug, Default)]
pub struct Outside {
    seen: usize,
    asked: BTreeSet<String>,
    pub tasks: BTreeMap<String, Told>,
}

/// Events with the rules that always ask when they happen, and the field that names what they are about.
const ALWAYS: [(&str, &[&str], &str, &str); 6] = [
    ("issued", &["send-invoice", "archive-invoice"], "invoice_issued", "/invoice"),
    ("credit_issued", &["send-credit-note"], "credit_note_issued", "/credit"),
    ("allocated", &["send-receipt"], "payment_applied", "/reservation/id"),
    ("dispute_opened", &["tell-account-manager"], "dispute_opened", "/dispute"),
    ("dispute_closed", &["answer-dispute"], "dispute_closed", "/dispute"),
    ("voided", &[], "invoice_voided", "/invoice"),
];

impl Run {
    /// Reads what the last records ask for.
    pub fn learn_tasks(&mut self) {
        let stored =
            self.host.stored.get(&address("account", "acme").to_string()).cloned().unwrap_or_default();
        for record in &stored[self.outside.seen..] {
            let events = record["record"]["events"].as_array().unwrap();
            let mut before: Vec<&Value> = Vec::new();
            for event in events {
                if event["kind"] == "task_emitted" {
                    self.learn(event, &before);
                }
                before.push(event);
            }
            for (kind, rules, ..) in ALWAYS {
                let happened = events.iter().filter(|event| event["kind"] == kind).count();
                for rule in rules {
                    let asked = events.iter().filter(|event| event["rule"] == *rule).count();
                    assert_eq!(asked, happened, "{kind} asks for {rule}: {events:#?}");
                }
            }
        }
        self.outside.seen = stored.len();
    }

    /// A task is new, and what asks for it stands before it in its record.
    fn learn(&mut self, task: &Value, before: &[&Value]) {
        let id = task["id"].as_str().unwrap().to_owned();
        let what = format!("{} {} {} {}", task["cause"], task["document"], task["rule"], task["ticket"]);
        assert!(self.outside.asked.insert(what), "asked for twice: {task}");
        assert!(self.outside.tasks.insert(id, Told::Nothing).is_none(), "one id for two: {task}");
        let known = ALWAYS.iter().find(|(.., cause, _)| task["cause"] == *cause);
        if let Some((kind, _, _, at)) = known {
            let asks =
                |event: &&&Value| event["kind"] == *kind && event.pointer(at) == Some(&task["document"]);
            assert!(before.iter().any(|event| asks(&event)), "nothing asks for {task}");
        }
    }

    /// Confirms a task, fails it, or tries it again.
    pub fn task(&mut self, place: u8, step: u8, day: i64) {
        // What failed is tried again; anything else is not.
        let failed = self.outside.tasks.iter().filter(|(_, told)| matches!(told, Told::Failed(_)));
        let failed: Vec<String> = failed.map(|(id, _)| id.clone()).collect();
        let all = || self.outside.tasks.keys().cloned().collect();
        let known: Vec<String> = if step > 3 && !place.is_multiple_of(4) { failed } else { all() };
        let id = known.get(usize::from(place) % (known.len() + 1)).cloned();
        let id = id.unwrap_or_else(|| "no task".to_owned());
        let said = self.model.check_day("account", day).and_then(|()| self.outside.told(&id, step));
        let action = match step {
            0 | 1 => json!({ "kind": "confirm_task", "task": id, "reference": format!("r{step}") }),
            2 | 3 => json!({ "kind": "fail_task", "task": id, "reason": format!("x{step}") }),
            _ => json!({ "kind": "retry_task", "task": id }),
        };
        self.send("account", CLERK, day, action, said);
    }

    /// The core says of every task what the host said of it, but for what needs no doing any more.
    pub fn compare_tasks(&self) {
        let view = self.host.report("account", "acme", json!({ "kind": "tasks", "as_of": "2026-03-31" }));
        let shown = view["tasks"].as_array().unwrap();
        assert_eq!(shown.len(), self.outside.tasks.len());
        for task in shown {
            let word = match self.outside.tasks[task["task"]["id"].as_str().unwrap()] {
                Told::Nothing => "pending",
                Told::Done(_) => "confirmed",
                Told::Failed(_) => "failed",
            };
            let idle = task["status"] == "obsolete" && word != "confirmed";
            assert!(idle || task["status"] == word, "{task}: expected {word}");
        }
    }
}

impl Outside {
    fn told(&mut self, id: &str, step: u8) -> Said {
        let Some(told) = self.tasks.get_mut(id) else { return Err("task-unknown") };
        let next = match (&*told, step) {
            (Told::Done(before), 0 | 1) if *before == step => Told::Done(step),
            (Told::Done(_), _) => return Err("task-confirmed"),
            (Told::Nothing | Told::Failed(_), 0 | 1) => Told::Done(step),
            (Told::Failed(before), 2 | 3) if *before != step => return Err("task-failed-before"),
            (Told::Nothing | Told::Failed(_), 2 | 3) => Told::Failed(step),
            (Told::Failed(_), _) => Told::Nothing,
            (Told::Nothing, _) => return Err("task-waits"),
        };
        *told = next;
        Ok(Vec::new())
    }
}
