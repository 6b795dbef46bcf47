//! Pure calculations by name: the inputs and answers that case files hold in every language.
//!
//! A calculation is a kind of the list below: its name, its input and what answers it stand in the
//! file of its topic.

mod approvals;
mod canonical;
mod dates;
mod documents;
mod logs;
mod money;
mod numbers;
mod periods;
mod receivables;
mod rules;
mod simulation;
mod terms;
mod time;

pub use approvals::{NeededIn, NeededOut, NeededRule, SignatureIn, StatementOut, StatusIn, StatusOut};
pub use canonical::{CanonicalIn, CanonicalOut};
pub use dates::{DueIn, DueOut};
pub use documents::{
    CashIn, CashOut, CreditPart, CreditStep, CreditsIn, CreditsOut, SumsIn, SumsOut, TaxIn, TaxLine, TaxOut,
    TotalsAdjustment, TotalsIn, TotalsLine, TotalsOut, TotalsTaxed,
};
pub use logs::{CheckEvidenceIn, LoadLogIn, LoadLogOut, RowsIn, VerifyLogIn};
pub use money::{AmountOut, CurrencyIn, CurrencyOut, LineIn, RoundIn, SplitIn, SplitOut};
pub use numbers::{NumberAuditIn, NumberIn, NumberOut, PaymentReferenceIn, PaymentReferenceOut};
pub use periods::{
    AdvanceIn, AdvanceOut, FeeDue, FeeIn, FeeOut, ProrationIn, ProrationOut, WholePeriodsIn, WholePeriodsOut,
};
pub use receivables::{AgingIn, AgingItem, BucketIn, BucketOut};
pub use rules::{WarningsIn, WarningsOut};
pub use simulation::{Overview, SimulatedQuestion, SimulationIn};
pub use terms::{
    DiscountedNet, EarlyDiscountIn, EarlyDiscountOut, InstalmentsIn, InstalmentsOut, PaidInstalment,
    PaidInstalmentsIn, PaidInstalmentsOut, ScheduleIn, ScheduleOut,
};
pub use time::{CutIn, CutOut, CutPiece, ElapsedIn, ElapsedOut, TimeIn, TimeOut};

use super::WireError;
use super::answer::document;
use crate::canon::{CanonError, Canonical, Limits, Node, from_node};
use crate::finding::Refusal;

/// One calculation: reads its input and writes its answer.
type Run = fn(&Node<'_>) -> Result<Vec<u8>, Refusal>;

/// What can be calculated, ascending by name.
const KINDS: &[(&str, Run)] = &[
    ("aging", |input| run(input, receivables::aged)),
    ("aging_bucket", |input| run(input, receivables::aging_bucket)),
    ("approval_needed", |input| run(input, approvals::needed)),
    ("approval_status", |input| run(input, approvals::status)),
    ("canonical", |input| run(input, canonical::canonical)),
    ("cash_round", |input| run(input, documents::cash)),
    ("check_evidence", logs::checked_evidence),
    ("credits", |input| run(input, documents::credits)),
    ("currency_minor_units", |input| run(input, money::currency_minor_units)),
    ("cut", |input| run(input, time::cut)),
    ("decision_signature", |input| run(input, approvals::signature)),
    ("decision_statement", |input| run(input, approvals::statement)),
    ("document_sums", |input| run(input, documents::document_sums)),
    ("document_totals", |input| run(input, documents::document_totals)),
    ("due_date", |input| run(input, dates::due_date)),
    ("early_discount", |input| run(input, terms::early_discount)),
    ("elapsed_local", |input| run(input, time::elapsed_local)),
    ("fee_due", |input| run(input, periods::fee_due)),
    ("instalments", |input| run(input, terms::instalments)),
    ("line_amount", |input| run(input, money::line_amount)),
    ("load_log", |input| run(input, logs::load_log)),
    ("number", |input| run(input, numbers::number)),
    ("number_audit", |input| run(input, numbers::number_audit)),
    ("payment_over_instalments", |input| run(input, terms::payment_over_instalments)),
    ("payment_reference", |input| run(input, numbers::payment_reference)),
    ("payment_schedule", |input| run(input, terms::payment_schedule)),
    ("period_advance", |input| run(input, periods::period_advance)),
    ("proration", |input| run(input, periods::proration)),
    ("round_amount", |input| run(input, money::round_amount)),
    ("rulebook_warnings", |input| run(input, rules::warnings)),
    ("simulation", simulation::simulate),
    ("split", |input| run(input, money::split_whole)),
    ("stored_rows", logs::stored_rows),
    ("tax_rows", |input| run(input, documents::tax_rows)),
    ("time_round", |input| run(input, time::time_round)),
    ("verify_log", logs::verify_log),
    ("whole_periods", |input| run(input, periods::whole_periods)),
];

/// Runs one pure calculation: `{"in": {...}, "kind": "..."}`. What case files run in every language.
///
/// # Errors
/// Every shape error, [`WireError::CalculationUnknown`], and what the calculation refuses.
pub fn calculate(request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let node = Node::parse(request, Limits::default())?;
    let missing = |key: &str| Refusal::because(&CanonError::MissingField { key: key.to_owned() });
    let kind = node.get("kind").and_then(Node::text).ok_or_else(|| missing("kind"))?;
    let input = node.get("in").ok_or_else(|| missing("in"))?;
    let Some((_, calculation)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        let known: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        let (known, got) = (known.join(", "), kind.chars().take(60).collect());
        return Err(Refusal::because(&WireError::CalculationUnknown { known, got }).below("/in"));
    };
    calculation(input).map_err(|refusal| refusal.below("/in"))
}

fn run<I: Canonical, O: Canonical>(
    input: &Node<'_>,
    calculation: impl FnOnce(I) -> Result<O, Refusal>,
) -> Result<Vec<u8>, Refusal> {
    calculation(from_node(input)?).map(|answer| document(&answer))
}
