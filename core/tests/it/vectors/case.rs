//! One vector on its way through a calculation: what was read of it, what was compared, what is wrong.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::offer;

/// A vector. Reading a field and comparing an answer are remembered, so that nothing is left over.
pub struct Case<'v> {
    kind: &'v str,
    input: &'v Value,
    out: &'v Value,
    read: RefCell<BTreeSet<String>>,
    compared: RefCell<BTreeSet<String>>,
    wrong: RefCell<Vec<String>>,
}

impl<'v> Case<'v> {
    pub fn new(kind: &'v str, input: &'v Value, out: &'v Value) -> Self {
        let (read, compared, wrong) = Default::default();
        Self { kind, input, out, read, compared, wrong }
    }

    /// A field of the input, or null where it is left out.
    pub fn optional(&self, pointer: &str) -> &'v Value {
        self.read.borrow_mut().insert(pointer.to_owned());
        self.input.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// A field of the input that must be there; null is a value.
    pub fn field(&self, pointer: &str) -> &'v Value {
        if self.input.pointer(pointer).is_none() {
            self.fail(format!("{pointer} is missing"));
        }
        self.optional(pointer)
    }

    /// A text of the input.
    pub fn text(&self, pointer: &str) -> &'v str {
        let text = self.field(pointer).as_str();
        text.unwrap_or_else(|| {
            self.fail(format!("{pointer} is no text"));
            ""
        })
    }

    /// A whole number of the input.
    pub fn number(&self, pointer: &str) -> i64 {
        self.field(pointer).as_i64().unwrap_or_else(|| {
            self.fail(format!("{pointer} is no whole number"));
            0
        })
    }

    /// Pointers of the elements of a list of the input; none where it is left out.
    pub fn elements(&self, pointer: &str) -> Vec<String> {
        let count = self.optional(pointer).as_array().map_or(0, Vec::len);
        (0..count).map(|index| format!("{pointer}/{index}")).collect()
    }

    /// Reads an amount that must be zero or left out: the table of what is not offered takes the others.
    pub fn nothing(&self, pointer: &str) {
        let value = self.optional(pointer);
        let zero = value.as_str().and_then(|text| text.parse::<Decimal>().ok()).is_some_and(|d| d.is_zero());
        if !value.is_null() && !zero {
            self.fail(format!("{pointer} is not zero"));
        }
    }

    /// An answer that the vector gives, where it gives one.
    pub fn answer(&self, pointer: &str) -> Option<&'v Value> {
        self.out.pointer(pointer)
    }

    /// Marks an answer as compared.
    pub fn compare(&self, pointer: &str) {
        self.compared.borrow_mut().insert(pointer.to_owned());
    }

    /// Compares an answer that must be there with what was calculated; decimals by value.
    pub fn expect(&self, pointer: &str, got: &Value) {
        self.compare(pointer);
        match self.answer(pointer) {
            Some(expected) if same(expected, got) => {}
            Some(expected) => self.fail(format!("{pointer}: expected {expected}, got {got}")),
            None => self.fail(format!("answer {pointer} is missing")),
        }
    }

    /// Compares two values that are no answer; decimals by value.
    pub fn same(&self, what: &str, expected: &Value, got: &Value) {
        if !same(expected, got) {
            self.fail(format!("{what}: expected {expected}, got {got}"));
        }
    }

    /// Compares an answer where the vector gives it.
    pub fn expect_if_given(&self, pointer: &str, got: &Value) {
        if self.answer(pointer).is_some() {
            self.expect(pointer, got);
        }
    }

    /// Says what is wrong.
    pub fn fail(&self, what: String) {
        self.wrong.borrow_mut().push(what);
    }

    /// Runs a calculation of the library; a refusal is its name under `refused`.
    pub fn try_calculate(&self, kind: &str, input: &Value) -> Value {
        let request = json!({ "in": input, "kind": kind }).to_string();
        match duebill::wire::calculate(request.as_bytes()) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap(),
            Err(refusal) => json!({ "refused": refusal.code().name }),
        }
    }

    /// Runs a calculation of the library that must not be refused.
    pub fn calculate(&self, kind: &str, input: &Value) -> Value {
        let answer = self.try_calculate(kind, input);
        if let Some(code) = answer.get("refused") {
            self.fail(format!("{kind} of {input} was refused: {code}"));
        }
        answer
    }

    /// What is wrong, with every field that was not read and every answer that was not compared.
    pub fn faults(self) -> Vec<String> {
        let mut faults = self.wrong.into_inner();
        let read = self.read.into_inner();
        let unread = leaves(self.input).into_iter().filter(|leaf| !read.contains(leaf));
        faults.extend(
            unread
                .filter(|leaf| !offer::is_label(self.kind, leaf))
                .map(|leaf| format!("unread field {leaf}")),
        );
        let compared = self.compared.into_inner();
        let left = leaves(self.out).into_iter().filter(|leaf| !compared.contains(leaf));
        faults.extend(
            left.filter(|leaf| !offer::is_other_answer(self.kind, leaf))
                .map(|leaf| format!("answer not compared {leaf}")),
        );
        faults
    }
}

/// Whether two answers are the same: decimals by value, everything else as it stands.
fn same(expected: &Value, got: &Value) -> bool {
    let decimal = |value: &Value| value.as_str().and_then(|text| text.parse::<Decimal>().ok());
    match (decimal(expected), decimal(got)) {
        (Some(expected), Some(got)) => expected == got,
        _ => expected == got,
    }
}

/// Pointers of all values that hold no others; an empty list or object is one.
fn leaves(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        Value::Object(fields) => fields.iter().map(|(key, field)| (pointer_step(key), field)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    if children.is_empty() {
        return vec![String::new()];
    }
    children
        .into_iter()
        .flat_map(|(step, child)| leaves(child).into_iter().map(move |leaf| format!("/{step}{leaf}")))
        .collect()
}

fn pointer_step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
