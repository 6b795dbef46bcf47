//! Whatever happened and whatever is asked, nobody reads a field or a value that is not theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::world::{DAY, Happening, LOOKS, RATE, STATED, World, happening};

/// Everything that can be asked in a role, with the schema of its answer.
pub fn lanes(world: &World, role: &str, viewer: &str) -> Vec<(&'static str, Value)> {
    let mut asked = vec![
        (
            "view",
            json!({ "kind": "view", "as_of": DAY, "role": role, "viewer": viewer, "lines": true, "limit": 1000 }),
        ),
        ("customer_home", json!({ "kind": "customer_home", "as_of": DAY, "role": role, "viewer": viewer })),
        ("desk", json!({ "kind": "desk", "as_of": DAY, "role": role, "viewer": viewer })),
        (
            "timeline",
            json!({ "kind": "timeline", "as_of": DAY, "role": role, "viewer": viewer, "limit": 1000 }),
        ),
        (
            "overrides",
            json!({ "kind": "overrides", "from": "2026-01-01", "through": "2026-12-31", "role": role,
            "viewer": viewer, "limit": 1000 }),
        ),
    ];
    for (id, document) in world.documents() {
        asked.push((
            "actions_view",
            json!({ "kind": "actions", "as_of": DAY, "document": id, "role": role, "viewer": viewer }),
        ));
        for line in document["lines"].as_array().into_iter().flatten().filter(|line| !line["id"].is_null()) {
            asked.push((
                "line_receipt",
                json!({ "kind": "line_receipt", "as_of": DAY, "line": line["id"], "role": role, "viewer": viewer }),
            ));
        }
    }
    asked
}

/// The schema of an answer and what a role sees of each shape.
pub struct Rights {
    schemas: &'static BTreeMap<&'static str, Value>,
    shown: BTreeSet<(String, String)>,
}

impl Rights {
    fn of(world: &World, role: &str) -> Self {
        static SCHEMAS: OnceLock<BTreeMap<&str, Value>> = OnceLock::new();
        let parsed = |(name, text): (&'static str, String)| (name, serde_json::from_str(&text).unwrap());
        let schemas = SCHEMAS.get_or_init(|| duebill::wire::schemas().into_iter().map(parsed).collect());
        let view = world.ask(&json!({ "kind": "fields", "role": role }));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let shapes = view["shapes"].as_array().unwrap().iter();
        let shown = shapes.flat_map(|shape| {
            let fields = shape["fields"].as_array().unwrap().iter().filter(|field| field["shown"] == true);
            fields.map(|field| (text(&shape["name"]), text(&field["name"]))).collect::<Vec<_>>()
        });
        Self { schemas, shown: shown.collect() }
    }

    /// Walks an answer along its schema: every field that is there must be one that the role sees.
    fn check(&self, lane: &str, answer: &Value) {
        let schema = &self.schemas[lane];
        self.walk(schema, schema, answer, "the answer");
    }

    fn walk(&self, root: &Value, schema: &Value, value: &Value, shape: &str) {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            self.walk(root, &root["$defs"][name], value, name.strip_prefix("Seen").unwrap_or(name));
        } else if let Value::Array(items) = value {
            for item in items {
                self.walk(root, &schema["items"], item, shape);
            }
        } else if let Value::Object(fields) = value {
            for (field, inner) in fields {
                let property = &schema["properties"][field];
                assert!(!property.is_null(), "{shape}.{field} stands in no schema");
                assert!(
                    self.shown.contains(&(shape.to_owned(), field.clone())),
                    "{shape}.{field} is shown to a role that has no right to it"
                );
                self.walk(root, property, inner, shape);
            }
        }
    }
}

/// What must stand in no answer to somebody.
fn forbidden(role: &str, viewer: &str) -> Vec<String> {
    let mut words: Vec<String> =
        ["NOTE secret", "IP-203", "REASON of", "PAYER NAME", "CONSENT words", "REMARK"]
            .map(str::to_owned)
            .to_vec();
    let mut no = |more: &[&str]| words.extend(more.iter().map(|word| (*word).to_owned()));
    if role != "auditor" {
        no(&["NOTE health"]);
    }
    match role {
        "engineer" => {
            no(&[RATE, STATED, "the-rate-row", "clerk-clara", "boss-boris", "person-carol"]);
            let others = ["agent-amy", "agent-bob"].into_iter().filter(|agent| *agent != viewer);
            no(&others.collect::<Vec<_>>());
        }
        "support_manager" => no(&[RATE, STATED, "the-rate-row"]),
        "account_manager" => no(&[RATE, STATED, "the-rate-row", "NOTE", "SUBJECT"]),
        "customer" => {
            no(&[
                "agent-amy\"",
                "agent-bob\"",
                "clerk-clara",
                "boss-boris",
                "person-carol",
                "HELD-internal",
                "PRIORITY",
            ]);
            no(&["NOTE internal", "NOTE personal", "SUBJECT", "sync", "REASON-code"]);
            if viewer != "rootco" {
                let sibling = if viewer == "childa" { "childb" } else { "childa" };
                no(&[sibling, "T-rootco", "E-rootco", "N-rootco", "OLD-rootco", "of rootco"]);
            }
        }
        "porter" => {
            no(&[RATE, STATED, "agent-", "NOTE", "clerk-clara", "boss-boris", "0.00\"", "T-rootco\""])
        }
        _ => {}
    }
    words
}

/// Amounts look like nothing else here: two decimals, alone or in a sentence.
fn has_amount(text: &str) -> bool {
    text.as_bytes().windows(5).any(|w| {
        w[0].is_ascii_digit()
            && w[1] == b'.'
            && w[2].is_ascii_digit()
            && w[3].is_ascii_digit()
            && !w[4].is_ascii_digit()
    })
}

fn check_everybody(world: &World) {
    for (role, viewer) in LOOKS {
        let rights = Rights::of(world, role);
        for (lane, question) in lanes(world, role, viewer) {
            // What is refused says nothing but a code.
            let Ok(answer) = world.try_ask(&question) else { continue };
            rights.check(lane, &answer);
            let text = answer.to_string();
            for word in forbidden(role, viewer) {
                assert!(
                    !text.contains(&word),
                    "{role} {viewer} reads `{word}` in {lane}: {question}\n{answer:#}"
                );
            }
            // Who approves sees what is asked for.
            let approves = role == "support_manager" && ["desk", "customer_home"].contains(&lane);
            if ["engineer", "support_manager", "porter"].contains(&role) && !approves {
                assert!(!has_amount(&text), "{role} {viewer} reads an amount in {lane}: {answer:#}");
            }
        }
    }
}

proptest! {
    #![proptest_config(crate::effort::cases(12))]

    #[test]
    fn nobody_reads_what_is_not_theirs(happenings in prop::collection::vec(happening(), 5..45)) {
        let mut world = World::new();
        for happening in &happenings {
            world.happen(happening);
        }
        check_everybody(&world);
    }
}

/// A world in which everything occurs that somebody must not see.
pub fn full() -> World {
    let mut world = World::new();
    for customer in 0..3 {
        for agent in 0..2 {
            for class in 0..5 {
                world.happen(&Happening::Work { customer, agent, class, minutes: 61, onsite: class == 0 });
            }
            world.happen(&Happening::Part { customer, agent, count: 2 });
        }
        world.happen(&Happening::Estimate { customer });
    }
    world.happen(&Happening::Bill);
    for place in 0..6 {
        world.happen(&Happening::Approve { place, yes: true });
        for customer in 0..3 {
            world.happen(&Happening::Consent { place, customer });
        }
    }
    for place in 0..4 {
        world.happen(&Happening::Deliver { place, status: place });
        world.happen(&Happening::Say { place, what: 4 });
        world.happen(&Happening::Dispute { place });
        world.happen(&Happening::Say { place, what: 2 });
        world.happen(&Happening::WriteOff { place });
        world.happen(&Happening::Pay { place, cents: 150 });
    }
    world
}

#[test]
fn nobody_reads_what_is_not_theirs_where_everything_occurs() {
    let world = full();
    check_everybody(&world);
    let all = |role: &str, viewer: &str| -> String {
        let asked = lanes(&world, role, viewer).into_iter();
        asked
            .filter_map(|(_, question)| world.try_ask(&question).ok())
            .map(|answer| answer.to_string())
            .collect()
    };
    // What they have a right to is there: a lens that shows nothing would pass as well.
    let billing = all("billing_specialist", "clerk-clara");
    for word in [RATE, STATED, "the-rate-row", "agent-amy", "NOTE internal", "HELD-internal", "person-carol"]
    {
        assert!(billing.contains(word) || word == "person-carol", "billing reads no {word}");
    }
    assert!(all("auditor", "auditor-otto").contains("NOTE health"));
    assert!(all("support_manager", "boss-boris").contains("PRIORITY-high"));
    let child = all("customer", "childa");
    assert!(child.contains("NOTE public of childa") && child.contains(RATE), "{child}");
    let payer = all("customer", "rootco");
    assert!(payer.contains("NOTE public of childb") && payer.contains("OLD-childb"));
    let engineer = all("engineer", "agent-amy");
    assert!(engineer.contains("NOTE personal of childb by agent-amy") && !engineer.contains("NOTE health"));
    assert!(!all("engineer", "agent-nobody").contains("E-"));
}

#[test]
fn who_looks_and_how_is_checked() {
    let world = full();
    let ask = |more: Value| {
        let mut question = json!({ "kind": "view", "as_of": DAY, "role": "customer", "viewer": "rootco" });
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        world.try_ask(&question)
    };
    assert!(ask(json!({})).is_ok());
    for (more, code) in [
        (json!({ "role": "janitor" }), "role-unknown"),
        (json!({ "viewer": "nobody" }), "viewer-unknown"),
        (json!({ "viewer": "stranger" }), "viewer-unknown"),
        (json!({ "after": "no-such-document" }), "page-token"),
        (json!({ "after": " " }), "page-token"),
        (json!({ "limit": 0 }), "page-limit"),
        (json!({ "limit": 1001 }), "page-limit"),
        (json!({ "viewer": "childa", "after": "OLD-childb" }), "page-token"),
        (json!({ "role": "engineer", "viewer": "agent-amy", "after": "E-childa-agent-bob-7" }), "page-token"),
    ] {
        assert_eq!(ask(more.clone()), Err(code.to_owned()), "{more}");
    }
    let refuses = |question: Value, code: &str| {
        assert_eq!(world.try_ask(&question), Err(code.to_owned()), "{question}")
    };
    let overrides =
        |role: &str| json!({ "kind": "overrides", "from": DAY, "through": DAY, "role": role, "viewer": "x" });
    refuses(overrides("billing_specialist"), "role-capability");
    refuses(
        json!({ "kind": "desk", "as_of": DAY, "role": "engineer", "viewer": "agent-amy" }),
        "role-capability",
    );
    refuses(
        json!({ "kind": "actions", "as_of": DAY, "role": "customer", "viewer": "childa", "document": "OLD-childb" }),
        "document-unknown",
    );
    for after in ["1", "0:1", "1:0", "01:1", "+1:1", "999:1", "1:999", "a:b"] {
        let question =
            json!({ "kind": "timeline", "as_of": DAY, "role": "auditor", "viewer": "a", "after": after });
        refuses(question, "page-token");
    }
}
