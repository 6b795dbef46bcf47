use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::daily::{Checked, CompareRequest, DailyAnswer, DailyRequest, InclusionRequest};
use super::evidence::{EvidenceRequest, TrailView};
use super::overview::{AgingRequest, ClosingRequest, Plans};
use super::plans::{PlanRun, PlanRunRequest};
use super::pricing::{RatedDocument, WorkDocument};
use super::question::{NumbersView, PublicationsView, Question};
use super::seller_close::{CloseRun, CloseRunRequest};
use super::stored::StoredRows;
use crate::account::{AccountAction, AccountEvent};
use crate::audit::{Command, Detached, EvidencePackage, Extension, Head, Intent, LogAddress, Record};
use crate::canon::{Canonical, Digest, Shapes};
use crate::finding::Finding;
use crate::payment::{BookAction, BookEvent};
use crate::receivables::AgingReport;
use crate::report::{
    AccountView, ActionsView, ApprovalExplanation, CashBookView, ClosingPack, CustomerHome, Desk,
    Explanation, FieldsView, LineReceipt, LogOverrides, Overrides, PlansView, Reconciliation, Rendered,
    RetentionView, Row, ShadowRequest, ShadowRun, Summary, TasksView, Timeline, UnapprovedPayments, View,
    Worklist,
};
use crate::rulebook::{PublicationAction, PublicationEvent, RulebookDocument, TermsDocument};
use crate::series::{SeriesAction, SeriesEvent};

/// The JSON Schema of every document, by file name; pretty, ready to be committed.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    vec![
        of::<AccountView>("account_view", "An account as of a date"),
        seen::<ActionsView>("actions_view", "What somebody may do with a document"),
        of::<AgingReport>("aging", "What is owed as of a date, by age"),
        of::<AgingRequest>("aging_request", "Asks for an aging"),
        of::<ApprovalExplanation>("approval_explanation", "Why something needs approval"),
        of::<CashBookView>("cash_book_view", "A cash book as of a date"),
        of::<Checked>("checked", "What a check found"),
        of::<Command<AccountAction>>("command_account", "A command for an account"),
        of::<Command<BookAction>>("command_cash_book", "A command for a cash book"),
        of::<Command<PublicationAction>>("command_rulebook", "A command for the publication of a rulebook"),
        of::<Command<SeriesAction>>("command_series", "A command for a number series"),
        seen::<CustomerHome>("customer_home", "The page on which a customer begins"),
        of::<CompareRequest>("daily_compare", "Two daily heads to be compared"),
        of::<DailyAnswer>("daily_head", "A daily head over the logs of a seller"),
        of::<DailyRequest>("daily_request", "Asks for a daily head"),
        of::<InclusionRequest>("daily_inclusion", "A proof under a daily head"),
        written("decided", "The answer to a command", decided),
        seen::<Desk>("desk", "What waits for somebody"),
        of::<Explanation>("explanation", "Why a line is what it is"),
        of::<FieldsView>("fields", "What a role sees of every shape"),
        of::<EvidencePackage>("evidence", "What a stranger needs to check how documents came about"),
        of::<EvidenceRequest>("evidence_request", "Asks for the evidence of documents"),
        of::<Extension>("extension", "Proves that a log only grew"),
        of::<Head>("head", "The last record of a log"),
        seen::<LineReceipt>("line_receipt", "A line with everything its amount was made from"),
        of::<LogAddress>("log_address", "Names one log"),
        of::<NumbersView>("numbers", "The numbers that a series has given out"),
        seen::<Overrides>("overrides", "What left the ordinary way"),
        seen::<LogOverrides>("log_overrides", "What left the ordinary way in a cash book or a number series"),
        of::<Plans>("plans", "What matching says of every receipt"),
        of::<PlanRun>("plan_run", "What is due of many accounts"),
        of::<PlanRunRequest>("plan_run_request", "Asks what is due of many accounts"),
        of::<PlansView>("plans_view", "What is due of an account, and what waits"),
        of::<PublicationsView>("publications", "What a seller has published of its rules"),
        of::<Question>("question", "A question about one log"),
        of::<Reconciliation>("reconciliation", "What is under way between logs"),
        of::<RatedDocument>("rated", "Priced work"),
        of::<Record<AccountEvent>>("record_account", "A record of an account"),
        of::<Record<BookEvent>>("record_cash_book", "A record of a cash book"),
        of::<Record<PublicationEvent>>("record_rulebook", "A record of the publication of a rulebook"),
        of::<Record<SeriesEvent>>("record_series", "A record of a number series"),
        written("refusal", "Why something was not done", refusal),
        of::<Rendered>("rendered", "A document as data that a template prints"),
        of::<RulebookDocument>("rulebook", "A rulebook"),
        of::<CloseRun>("close_run", "What closes a period of a seller"),
        of::<CloseRunRequest>("close_run_request", "Asks what closes a period of a seller"),
        of::<ClosingRequest>("closing_request", "Asks what some days come to"),
        of::<ClosingPack>("closing_pack", "What a period comes to"),
        of::<Summary>("summary", "How much work became how many invoices"),
        of::<TermsDocument>("terms", "The terms of one customer"),
        seen::<Timeline>("timeline", "What happened in an account"),
        of::<ShadowRun>(
            "shadow_run",
            "How what would be billed compares with the invoices of another system",
        ),
        of::<ShadowRequest>(
            "shadow_run_request",
            "Asks for a comparison with the invoices of another system",
        ),
        of::<StoredRows>("stored_rows", "What stored records come to"),
        of::<RetentionView>("retention_view", "What a log keeps, and what is due to be erased"),
        of::<TasksView>("tasks_view", "What the outside world should do"),
        of::<TrailView>("trail", "The records that made and changed documents"),
        of::<UnapprovedPayments>("unapproved_payments", "What was paid without an approval that stood"),
        written("verdict", "What verification says of a log", verdict),
        seen::<View>("view", "A page of what a role sees of an account"),
        of::<WorkDocument>("work", "Work to be priced"),
        of::<Worklist>("worklist", "What waits for approval"),
    ]
}

fn of<T: Canonical>(name: &'static str, title: &str) -> (&'static str, String) {
    written(name, title, T::schema)
}

/// The schema of an answer that a role sees a part of: what is not shown to it is left out.
fn seen<T: Canonical>(name: &'static str, title: &str) -> (&'static str, String) {
    let mut shapes = Shapes::default();
    let root = T::schema(&mut shapes);
    let mut schema = shapes.document(&address(name), title, &root);
    for shape in schema.get_mut("$defs").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut)
    {
        match shape.get_mut("oneOf").and_then(Value::as_array_mut) {
            Some(choices) => choices.iter_mut().for_each(|choice| require(choice, json!(["kind"]))),
            None => require(shape, json!([])),
        }
    }
    let root = root.get("$ref").and_then(Value::as_str).unwrap_or_default().to_owned();
    rename(&mut schema, &root);
    (name, format!("{schema:#}\n"))
}

/// What a role sees of a shape has a name of its own: nothing of it need be there.
fn rename(schema: &mut Value, root: &str) {
    let partial = |shape: &Value| shape.get("properties").is_some() || shape.get("oneOf").is_some();
    let shapes = schema.get("$defs").and_then(Value::as_object).into_iter().flatten();
    let names: BTreeSet<String> = shapes
        .filter(|(name, shape)| partial(shape) && format!("{SHAPES}{name}") != root)
        .map(|(name, _)| name.clone())
        .collect();
    if let Some(shapes) = schema.get_mut("$defs").and_then(Value::as_object_mut) {
        for name in &names {
            if let Some(shape) = shapes.remove(name) {
                shapes.insert(format!("Seen{name}"), shape);
            }
        }
    }
    point(schema, &names);
}

/// Follows renamed shapes.
fn point(value: &mut Value, names: &BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match field.as_str().and_then(|text| text.strip_prefix(SHAPES)) {
                    Some(name) if key == "$ref" && names.contains(name) => {
                        *field = Value::String(format!("{SHAPES}Seen{name}"));
                    }
                    _ => point(field, names),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| point(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Where the shapes of a schema stand.
const SHAPES: &str = "#/$defs/";

/// Says which fields of an object are always there.
fn require(object: &mut Value, fields: Value) {
    if let Some(required) = object.get_mut("required") {
        *required = fields;
    }
}

fn address(name: &str) -> String {
    format!("https://duebill.dev/schemas/{name}.json")
}

fn written(name: &'static str, title: &str, describe: fn(&mut Shapes) -> Value) -> (&'static str, String) {
    let mut shapes = Shapes::default();
    let root = describe(&mut shapes);
    let schema = shapes.document(&address(name), title, &root);
    (name, format!("{schema:#}\n"))
}

fn decided(shapes: &mut Shapes) -> Value {
    json!({
        "oneOf": [
            {
                "type": "object",
                "additionalProperties": false,
                "required": ["detached", "findings", "hash", "intents", "outcome", "record", "rows", "rows_version", "seq"],
                "properties": {
                    "detached": Detached::schema(shapes),
                    "findings": { "type": "array", "items": Finding::schema(shapes) },
                    "hash": Digest::schema(shapes),
                    "intents": { "type": "array", "items": Intent::schema(shapes) },
                    "outcome": { "const": "recorded" },
                    "record": { "type": "object" },
                    "rows": { "type": "array", "items": Row::schema(shapes) },
                    "rows_version": u32::schema(shapes),
                    "seq": u64::schema(shapes),
                },
            },
            {
                "type": "object",
                "additionalProperties": false,
                "required": ["hash", "outcome", "seq"],
                "properties": {
                    "hash": Digest::schema(shapes),
                    "outcome": { "const": "repeated" },
                    "seq": u64::schema(shapes),
                },
            },
        ],
    })
}

fn refusal(shapes: &mut Shapes) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["code", "findings", "name"],
        "properties": {
            "code": { "type": "integer" },
            "findings": { "type": "array", "items": Finding::schema(shapes) },
            "name": { "type": "string" },
        },
    })
}

fn verdict(shapes: &mut Shapes) -> Value {
    json!({
        "oneOf": [
            {
                "type": "object",
                "additionalProperties": false,
                "required": ["anchored", "head", "verdict"],
                "properties": {
                    "anchored": { "type": "boolean" },
                    "head": Head::schema(shapes),
                    "verdict": { "const": "consistent" },
                },
            },
            {
                "type": "object",
                "additionalProperties": false,
                "required": ["finding", "seq", "verdict"],
                "properties": {
                    "finding": Finding::schema(shapes),
                    "seq": u64::schema(shapes),
                    "verdict": { "const": "broken" },
                },
            },
        ],
    })
}
