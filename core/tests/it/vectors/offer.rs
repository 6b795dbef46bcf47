//! What of other engines' policies is not offered, decided by the kind of a vector and a field of its
//! input alone; and the document that says so.

use rust_decimal::Decimal;
use serde_json::Value;

/// When a row of the table applies. Paths are fields with `*` for every element of a list.
pub enum When {
    /// To every vector of the kind.
    Always,
    /// Where the field has one of these values.
    Is(&'static str, &'static [&'static str]),
    /// Where the field has any value but these.
    Other(&'static str, &'static [&'static str]),
    /// Where the field is there, not null and not empty.
    Given(&'static str),
    /// Where the field is a number below zero.
    Negative(&'static str),
}
use When::{Always, Given, Is, Negative, Other};

/// A policy that is not offered.
struct Row {
    kind: &'static str,
    when: When,
    why: &'static str,
}

const fn row(kind: &'static str, when: When, why: &'static str) -> Row {
    Row { kind, when, why }
}

const NOTHING: &[&str] = &["0", "null"];
const INTEREST: &str = "later: late fees and interest";
const RESIDUE: &str =
    "a whole is split by largest remainder only, so every part is within one unit of its exact share";
const WALL_CLOCK: &str = "later: rounding begin and end on the wall clock; here a duration is rounded, and begin and end stay as they were recorded";

/// Every policy that is not offered.
const TABLE: &[Row] = &[
    row("allocate_first_gets_remainder", Always, RESIDUE),
    row(
        "allocate_largest_remainder",
        Negative("minor"),
        "a negative whole is split as the mirror of the positive one, so that a credit mirrors its invoice; \
         that engine rounds every share down first",
    ),
    row("day_count_30_360", Always, INTEREST),
    row("day_count_act_act", Always, INTEREST),
    row("dso", Always, "later: days sales outstanding"),
    row("dso_countback", Always, "later: days sales outstanding"),
    row("early_discount", Other("fixed_tax", NOTHING), "no tax is a fixed amount"),
    row(
        "gobl_amount",
        Is("op", &["div"]),
        "no calculation divides an amount by a number; shares come from a split",
    ),
    row("gobl_split", Always, RESIDUE),
    row("late_interest", Always, INTEREST),
    row(
        "round_mode",
        Other("mode", &["half_away_from_zero", "half_even", "half_up", "up", "down", "ceiling", "floor"]),
        "ties go away from zero or to the even unit, and nowhere else",
    ),
    row(
        "tax_document_two_modes",
        Given("taxes"),
        "a tax bears no other tax: every tax of a line is taken of its net",
    ),
    row(
        "tax_line",
        Other("currency_step", &["1", "0.01", "0.001", "0.0001"]),
        "a tax is rounded to the minor unit of its currency, never left unrounded and never to a coarser step",
    ),
    row("tax_line", Other("mode", &["round_per_line"]), "the unrounded tax of a line is not stated"),
    row("time_round", Other("begin_step_min", NOTHING), WALL_CLOCK),
    row("time_round", Other("end_step_min", NOTHING), WALL_CLOCK),
    row("time_round", Given("rules"), "one rounding rule applies to a scope, not several in a row"),
    row(
        "time_round_duration_from_start",
        Is("round_up", &["false"]),
        "that engine makes nothing of exactly one step when it rounds down; here an exact multiple stays as it is",
    ),
    row(
        "time_round_utc_grid",
        Always,
        "rounding on the grid of UTC misses the local clock in zones off the full hour",
    ),
];

/// Answers under a policy that is not offered, which a vector gives beside the one that is.
const OTHER_ANSWERS: &[(&str, &str, &str)] = &[
    (
        "einvoice_totals_tolerated",
        "stated_tax",
        "the tax that a tolerant validator lets pass; here tax is exact to the minor unit",
    ),
    (
        "invoice_totals_gobl",
        "other_rule",
        "totals under two rules: `currency` rounds lines before they are summed, `precise` the sums alone. Here a \
         line is rounded to its currency, so that printed lines add up, and so is the tax of a rate; where one rate \
         is contained in the prices, that is what `precise` gives, elsewhere what `currency` gives",
    ),
    ("tax_inclusive_line", "net_first", "the unrounded base of a line, which is not stated"),
    (
        "tax_total_two_modes",
        "sum_then_round",
        "the sum of unrounded taxes, which differs from the sum of the rows; here rows add up",
    ),
];

/// Fields that name an input once more and change no answer.
const LABELS: &[(&str, &str, &str)] =
    &[("currency_minor_units", "numeric", "the same currency as a number; documents use the three letters")];

/// Why a vector's policy is not offered, where it is not.
pub fn refused(kind: &str, input: &Value) -> Option<&'static str> {
    TABLE.iter().find(|row| row.kind == kind && row.when.holds(input)).map(|row| row.why)
}

/// Whether no vector of the kind is calculated.
pub fn whole(kind: &str) -> bool {
    TABLE.iter().any(|row| row.kind == kind && matches!(row.when, Always))
}

/// Whether a field at a pointer only names an input once more.
pub fn is_label(kind: &str, pointer: &str) -> bool {
    LABELS.iter().any(|(of, field, _)| *of == kind && pointer == format!("/{field}"))
}

/// Whether an answer at a pointer belongs to a policy that is not offered.
pub fn is_other_answer(kind: &str, pointer: &str) -> bool {
    let below = |field: &str| pointer == format!("/{field}") || pointer.starts_with(&format!("/{field}/"));
    OTHER_ANSWERS.iter().any(|(of, field, _)| *of == kind && below(field))
}

impl When {
    pub fn holds(&self, input: &Value) -> bool {
        let any = |path: &str, test: &dyn Fn(&Value) -> bool| found(input, path).into_iter().any(test);
        match self {
            Always => true,
            Is(path, words) => any(path, &|value| words.iter().any(|word| says(value, word))),
            Other(path, words) => any(path, &|value| !words.iter().any(|word| says(value, word))),
            Given(path) => {
                any(path, &|value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty()))
            }
            Negative(path) => any(path, &|value| decimal(&shown(value)).is_some_and(|d| d < Decimal::ZERO)),
        }
    }

    pub fn described(&self) -> String {
        let list =
            |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        match self {
            Always => "all".to_owned(),
            Is(path, words) => format!("`{path}` is {}", list(words)),
            Other(path, words) => format!("`{path}` is anything but {}", list(words)),
            Given(path) => format!("`{path}` is given"),
            Negative(path) => format!("`{path}` is negative"),
        }
    }
}

/// The values at a path; none where it leads nowhere.
pub fn found<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    let (step, rest) = path.split_once('/').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let next: Vec<&Value> = match (value, step) {
        (Value::Array(items), "*") => items.iter().collect(),
        (Value::Array(items), index) => {
            index.parse().ok().and_then(|i: usize| items.get(i)).into_iter().collect()
        }
        (other, key) => other.get(key).into_iter().collect(),
    };
    match rest {
        Some(rest) => next.into_iter().flat_map(|value| found(value, rest)).collect(),
        None => next,
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

pub fn decimal(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

/// Whether a value is the word, or the same number.
fn says(value: &Value, word: &str) -> bool {
    let shown = shown(value);
    shown == word || decimal(&shown).is_some_and(|number| Some(number) == decimal(word))
}

/// The committed document.
pub fn document() -> String {
    let mut text = String::from(
        "# What of other engines' rules is not offered\n\
         Generated from the table of the vector tests (`core/tests/it/vectors/offer.rs`): a vector is declined by its \
         kind and a field of its input, never by its id or its answer. Where a reason starts with \"later\", the rule is \
         planned.\n\n\
         | kind | where | why |\n|---|---|---|\n",
    );
    for row in TABLE {
        text.push_str(&format!("| {} | {} | {} |\n", row.kind, row.when.described(), row.why));
    }
    let lists = [
        ("Answers of another policy, given beside the one that is compared", OTHER_ANSWERS),
        ("Fields that name an input once more and change no answer", LABELS),
    ];
    for (title, list) in lists {
        text.push_str(&format!("\n## {title}\n\n| kind | field | what it is |\n|---|---|---|\n"));
        for (kind, field, why) in list {
            text.push_str(&format!("| {kind} | `{field}` | {why} |\n"));
        }
    }
    text
}
