//! Which scenarios ask for more than matching promises, decided by a policy or a field of the input
//! alone; and the part of the document that says so.

use serde_json::Value;

use super::super::vectors::offer::When::{self, Given, Is, Negative, Other};
use super::super::vectors::offer::{decimal, found};

/// When a row of the table applies.
enum Where {
    /// By one field.
    Field(When),
    /// By several fields of the input, in words.
    Input(&'static str, fn(&Value) -> bool),
}
use Where::{Field, Input};

/// What is not offered, and why.
const TABLE: &[(Where, &str)] = &[
    (Field(Given("open_items/*/kind")), "vendors' bills are no receivables"),
    (
        Field(Negative("open_items/*/open")),
        "later: credits that a payer takes off; here a credit is applied by hand",
    ),
    (Field(Negative("payment/amount")), "money that goes out is a refund, which somebody decides"),
    (Field(Other("policy/tolerance_pct", &["0"])), "later: tolerances in percent; here one is an amount"),
    (Field(Is("policy/fifo", &["true"])), "later: paying the oldest items where nothing is named"),
    (Field(Given("policy/order")), "later: which receipt goes first where two fit one item; here both wait"),
    (Field(Given("policy/discounts")), "later: discounts tried on every item"),
    (Field(Given("open_items/*/discount_pct")), "later: matching that reckons with early-payment discounts"),
    (Field(Given("policy/rates")), "later: receipts at another exchange rate than their items"),
    (
        Field(Given("open_items/*/transaction_id")),
        "later: items that know the transaction they will be paid in",
    ),
    (Field(Given("open_items/*/status")), "later: matching that passes disputed items over"),
    (
        Input("`payment/reference_text` speaks of tax kept back (TDS, WHT, withholding)", says_withholding),
        "later: matching that reckons with withholding; here it is stated by hand",
    ),
    (
        Input("`payment/reference_text` names a range of numbers, of at most 1000", says_range),
        "later: ranges of numbers",
    ),
    (
        Input("`payment/reference_text` ends with the beginning of a number", ends_cut),
        "later: remittance text that the bank cut",
    ),
    (
        Input(
            "`payment/reference_text` holds a number in another spelling: other or no separators, its last digits, \
             letters for digits, one character off",
            spells_otherwise,
        ),
        "later: references in another spelling, with check digits; here whole numbers are read, capitals or not",
    ),
    (
        Input("`payment/payer` is part of a customer's name, or its initials", resembles),
        "later: names that are alike; here the whole name is compared",
    ),
    (
        Input(
            "nothing is named, no item of the payer has the amount, some are left, and \
             `policy/partial_without_reference` is not `none`",
            is_unexplained,
        ),
        "later: sums of several items, and proposals on the payer alone; here such money waits on account",
    ),
];

/// Fields that change no answer.
const LABELS: &[(&str, &str)] =
    &[("open_items/*/children", "what an item is made of; it is matched as a whole")];

/// Answers that are not compared.
const OTHER_ANSWERS: &[(&str, &str)] = &[(
    "amounts of a proposal",
    "a proposal names the items that could be meant; what it would put where is chosen with the decision",
)];

/// Why a scenario is not offered, where it is not. Its answer is not looked at.
pub fn refused(scenario: &Value) -> Option<&'static str> {
    TABLE.iter().find(|(place, _)| place.holds(scenario)).map(|(_, why)| *why)
}

/// How many rows there are.
pub const fn rows() -> usize {
    TABLE.len()
}

/// The input without the fields that change no answer.
pub fn without_labels(mut input: Value) -> Value {
    for item in input["open_items"].as_array_mut().into_iter().flatten() {
        for (path, _) in LABELS {
            let (_, field) = path.rsplit_once('/').unwrap();
            item.as_object_mut().unwrap().remove(field);
        }
    }
    input
}

impl Where {
    fn holds(&self, scenario: &Value) -> bool {
        match self {
            Field(when) => when.holds(scenario),
            Input(_, test) => test(scenario),
        }
    }

    fn described(&self) -> String {
        match self {
            Field(when) => when.described(),
            Input(words, _) => (*words).to_owned(),
        }
    }
}

fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    found(value, path).first().and_then(|value| value.as_str()).unwrap_or_default()
}

/// Capitals and digits only.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Every number of an open item, bare.
fn numbers(scenario: &Value) -> Vec<String> {
    found(scenario, "open_items/*/number").into_iter().filter_map(Value::as_str).map(bare).collect()
}

/// The words of the remittance text, and whether each is a whole number of an item; a number of
/// several words is one.
fn tokens(scenario: &Value) -> Vec<(String, bool)> {
    let outer = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
    let exact: Vec<String> =
        found(scenario, "open_items/*/number").into_iter().filter_map(Value::as_str).map(outer).collect();
    let text = text(scenario, "payment/reference_text");
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || ",;:".contains(c))
        .filter(|word| !bare(word).is_empty())
        .collect();
    let mut tokens = Vec::new();
    let mut rest = words.as_slice();
    while let Some(word) = rest.first() {
        let number = (1..=rest.len()).rev().find(|&count| exact.contains(&outer(&rest[..count].join(" "))));
        let count = number.unwrap_or(1);
        tokens
            .push(number.map_or_else(|| (bare(word), false), |count| (bare(&rest[..count].concat()), true)));
        rest = &rest[count..];
    }
    tokens
}

fn says_withholding(scenario: &Value) -> bool {
    tokens(scenario).iter().any(|(token, _)| ["TDS", "WHT", "WITHHOLDING"].contains(&token.as_str()))
}

/// The digits at the end of a text.
fn tail(text: &str) -> Option<u64> {
    let digits = text.chars().rev().take_while(char::is_ascii_digit).count();
    text[text.len() - digits..].parse().ok()
}

fn says_range(scenario: &Value) -> bool {
    let text = text(scenario, "payment/reference_text");
    [" to ", "..", " - ", " bis "].iter().filter_map(|word| text.split_once(word)).any(|(from, to)| {
        let to: String = to.chars().take_while(char::is_ascii_digit).collect();
        let ends = tail(from).zip(to.parse::<u64>().ok());
        ends.is_some_and(|(from, to)| from < to && to - from <= 1_000)
    })
}

fn ends_cut(scenario: &Value) -> bool {
    let tokens = tokens(scenario);
    let numbers = numbers(scenario);
    tokens.last().is_some_and(|(token, read)| {
        let is_beginning = |number: &String| number.len() > token.len() && number.starts_with(token.as_str());
        !read && tokens.len() > 1 && token.len() > 3 && numbers.iter().any(is_beginning)
    })
}

/// A text with letters that are read for digits as those digits.
fn digits_for_letters(text: &str) -> String {
    let digit =
        |c: char| "O0I1S5B8Z2G6".chars().collect::<Vec<_>>().chunks(2).find(|p| p[0] == c).map(|p| p[1]);
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

fn one_off(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.chars().zip(b.chars()).filter(|(a, b)| a != b).count() == 1
}

fn spells_otherwise(scenario: &Value) -> bool {
    let tokens = tokens(scenario);
    let numbers = numbers(scenario);
    let runs = (0..tokens.len()).flat_map(|from| (from..tokens.len()).map(move |to| (from, to)));
    runs.map(|(from, to)| &tokens[from..=to]).any(|run| {
        let joined: String = run.iter().map(|(token, _)| token.as_str()).collect();
        let is_read = run.iter().any(|(_, read)| *read);
        let is_tail = |number: &String| {
            joined.len() > 4 && joined.chars().all(|c| c.is_ascii_digit()) && number.ends_with(&joined)
        };
        let is_alike = |number: &String| {
            number.len() > 5
                && (one_off(number, &joined) || digits_for_letters(number) == digits_for_letters(&joined))
        };
        !is_read && numbers.iter().any(|number| *number == joined || is_tail(number) || is_alike(number))
    })
}

/// The customers of a scenario: those of the items, and the family.
fn customers(scenario: &Value) -> Vec<&str> {
    let mut all = found(scenario, "open_items/*/customer");
    all.extend(found(scenario, "payment/family/*"));
    all.into_iter().filter_map(Value::as_str).collect()
}

fn resembles(scenario: &Value) -> bool {
    let payer = bare(text(scenario, "payment/payer"));
    let customers = customers(scenario);
    let initials =
        |name: &str| name.split_whitespace().filter_map(|word| word.chars().next()).collect::<String>();
    !payer.is_empty()
        && !customers.iter().any(|name| bare(name) == payer)
        && customers
            .iter()
            .any(|name| bare(name).contains(&payer) || bare(&initials(name)).starts_with(&payer))
}

fn is_unexplained(scenario: &Value) -> bool {
    let payer = text(scenario, "payment/payer");
    let amount = decimal(text(scenario, "payment/amount"));
    let others: Vec<_> = found(scenario, "more_payments/*/amount")
        .into_iter()
        .map(|amount| amount.as_str().and_then(decimal))
        .collect();
    let family: Vec<&str> =
        found(scenario, "payment/family/*").into_iter().filter_map(Value::as_str).collect();
    let own = |item: &&Value| {
        let customer = item["customer"].as_str().unwrap_or_default();
        customer == payer || family.contains(&payer) && family.contains(&customer)
    };
    let open: Vec<_> = found(scenario, "open_items/*")
        .into_iter()
        .filter(own)
        .map(|item| item["open"].as_str().and_then(decimal))
        .filter(|open| !others.contains(open) && open.is_some_and(|open| !open.is_zero()))
        .collect();
    scenario["policy"]["partial_without_reference"] != "none"
        && !tokens(scenario).iter().any(|(_, read)| *read)
        && !open.is_empty()
        && !open.contains(&amount)
}

/// This part of the committed document.
pub fn document() -> String {
    let mut text = String::from(
        "# What matching does not promise yet\n\
         Generated from the table of the scenario tests (`core/tests/it/scenarios/offer.rs`): a scenario is declined by \
         its policy and its input, never by its id or its answer.\n\n\
         | where | why |\n|---|---|\n",
    );
    for (place, why) in TABLE {
        text.push_str(&format!("| {} | {why} |\n", place.described()));
    }
    text.push_str("\n## Answers that are not compared\n\n| which | why |\n|---|---|\n");
    for (what, why) in OTHER_ANSWERS {
        text.push_str(&format!("| {what} | {why} |\n"));
    }
    text.push_str("\n## Fields that change no answer\n\n| field | what it is |\n|---|---|\n");
    for (field, what) in LABELS {
        text.push_str(&format!("| `{field}` | {what} |\n"));
    }
    text
}
