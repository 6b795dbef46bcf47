//! A scenario as a host runs it: the rulebook, the accounts with their open items, the cash book with
//! its receipts, and the plans that matching makes of them.

use duebill::wire;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::blessed;
use super::super::month::{Host, command};
use super::super::vectors::case::Case;

const CLERK: (&str, &str) = ("clara", "billing");

/// A scenario run up to its plans.
pub struct History {
    host: Host,
    /// The last of all dates: everything is recorded on it.
    today: String,
    /// Plans by receipt.
    plans: Vec<Value>,
    items: Vec<Item>,
}

/// An open item of a scenario.
struct Item {
    id: String,
    account: String,
    open: Decimal,
}

fn decimal(value: &Value) -> Decimal {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_default()
}

impl History {
    /// Reads and runs a scenario.
    pub fn of(case: &Case<'_>) -> Result<Self, String> {
        let family = case.elements("/payment/family").iter().map(|at| case.text(at)).collect::<Vec<_>>();
        let mut dates = vec![case.text("/payment/date")];
        let mut customers = family.clone();
        let places = case.elements("/open_items");
        for at in &places {
            dates.push(case.text(&format!("{at}/date")));
            let customer = case.text(&format!("{at}/customer"));
            if !customers.contains(&customer) {
                customers.push(customer);
            }
        }
        let more = case.elements("/more_payments");
        dates.extend(more.iter().map(|at| case.text(&format!("{at}/date"))));
        let today = dates.into_iter().max().unwrap_or_default().to_owned();
        let mut host = Host::new();
        host.rulebook = rulebook(case, &customers, &family)?;
        let mut history = Self { host, today, plans: Vec::new(), items: Vec::new() };
        for customer in &customers {
            let account = if family.contains(customer) { family[0] } else { *customer };
            history.move_in(case, &places, customer, account)?;
        }
        history.receive(case, "/payment", 0)?;
        for (index, at) in more.iter().enumerate() {
            history.receive(case, at, index + 1)?;
        }
        history.plans = history.host.matches()["plans"].as_array().cloned().unwrap_or_default();
        Ok(history)
    }

    fn deliver(&mut self, kind: &str, log: &str, id: &str, action: Value) -> Result<(), String> {
        let sent = command(kind, log, id, &self.today, CLERK, action);
        self.host.deliver(sent).map_err(|refusal| format!("{id} is refused: {refusal}"))
    }

    /// Moves a customer's open items into its account.
    fn move_in(
        &mut self,
        case: &Case<'_>,
        places: &[String],
        customer: &str,
        account: &str,
    ) -> Result<(), String> {
        let (mut items, mut paid) = (Vec::new(), Vec::new());
        for at in places.iter().filter(|at| case.text(&format!("{at}/customer")) == customer) {
            let text = |field: &str| case.text(&format!("{at}/{field}"));
            let open = decimal(case.field(&format!("{at}/open")));
            // Only what is open moves in: what is closed was open and has been paid.
            if open.is_zero() {
                paid.push((text("id"), text("amount")));
            }
            items.push(json!({
                "id": text("id"), "number": text("number"), "customer": customer,
                "currency": case.text("/currency"), "issued": text("date"), "due": text("due"),
                "open": if open.is_zero() { text("amount") } else { text("open") }, "total": text("amount"),
            }));
            self.items.push(Item { id: text("id").to_owned(), account: account.to_owned(), open });
        }
        let opening = json!({ "kind": "import_opening", "cutover": self.today, "items": items });
        self.deliver("account", account, &format!("opening-{customer}"), opening)?;
        for (item, amount) in paid {
            self.pay_before(account, item, amount, case.text("/currency"))?;
        }
        Ok(())
    }

    /// Pays an item in full before the payments of the scenario come in.
    fn pay_before(&mut self, account: &str, item: &str, amount: &str, currency: &str) -> Result<(), String> {
        let receipt = format!("before-{item}");
        let entry = json!({
            "id": receipt, "amount": amount, "currency": currency, "value_date": self.today,
            "receipts": [{ "id": receipt, "amount": amount }],
        });
        let receive = json!({ "kind": "receive", "entry": entry });
        self.deliver("cash_book", "bank", &format!("in-{receipt}"), receive)?;
        let allocation = json!({ "item": item, "cash": amount, "currency": currency });
        let reserve =
            json!({ "kind": "reserve", "account": account, "receipt": receipt, "allocations": [allocation] });
        self.deliver("cash_book", "bank", &format!("pay-{receipt}"), reserve)
    }

    /// Receives a payment as the receipt `p0`, `p1` and so on.
    fn receive(&mut self, case: &Case<'_>, at: &str, place: usize) -> Result<(), String> {
        let given = |field: &str| case.optional(&format!("{at}/{field}")).as_str().filter(|t| !t.is_empty());
        let id = format!("p{place}");
        let amount = case.text(&format!("{at}/amount"));
        let mut receipt = json!({ "id": id, "amount": amount });
        for (field, ours) in
            [("payer", "payer_name"), ("payer_account", "payer_account"), ("reference_text", "text")]
        {
            if let Some(text) = given(field) {
                receipt[ours] = json!(text);
            }
        }
        if let Some(transaction) = given("transaction_id") {
            receipt["references"] = json!([transaction]);
        }
        let currency = given("currency").unwrap_or_else(|| case.text("/currency"));
        let entry = json!({
            "id": id, "amount": amount, "currency": currency, "value_date": case.text(&format!("{at}/date")),
            "receipts": [receipt],
        });
        self.deliver("cash_book", "bank", &format!("in-{id}"), json!({ "kind": "receive", "entry": entry }))
    }

    /// How many receipts there are.
    pub fn receipts(&self) -> usize {
        self.plans.len()
    }

    /// The plan of a receipt.
    pub fn plan(&self, place: usize) -> &Value {
        let id = format!("p{place}");
        self.plans.iter().find(|plan| plan["receipt"] == id.as_str()).unwrap_or(&Value::Null)
    }

    /// The items that a receipt could be meant for.
    pub fn candidates(&self, place: usize) -> Vec<String> {
        let candidates = self.plan(place)["candidates"].as_array().into_iter().flatten();
        candidates.filter_map(|one| one["item"].as_str().map(ToOwned::to_owned)).collect()
    }

    fn allocations(&self, place: usize) -> impl Iterator<Item = &Value> {
        self.plan(place)["targets"].as_array().into_iter().flatten().map(|target| &target["allocation"])
    }

    /// What a plan lets fall on each item: cash and everything that goes with it.
    pub fn fallen(&self, place: usize) -> Vec<(String, Value)> {
        self.allocations(place)
            .map(|allocation| {
                let adjustments = allocation["adjustments"].as_array().into_iter().flatten();
                let sum: Decimal = adjustments.map(|adjustment| decimal(&adjustment["amount"])).sum();
                let fall = decimal(&allocation["cash"]) + sum;
                (allocation["item"].as_str().unwrap().to_owned(), json!(fall.to_string()))
            })
            .collect()
    }

    /// What a plan lets fall without cash: as a discount for paying early, or as anything else.
    pub fn adjusted(&self, place: usize, discount: bool) -> Value {
        let adjustments = self.allocations(place).flat_map(|one| one["adjustments"].as_array());
        let sum: Decimal = adjustments
            .flatten()
            .filter(|adjustment| (adjustment["kind"] == "discount") == discount)
            .map(|adjustment| decimal(&adjustment["amount"]))
            .sum();
        json!(sum.to_string())
    }

    /// Applies the plans and says what is wrong with what the accounts then show.
    pub fn apply(mut self) -> Vec<String> {
        let mut expected: Vec<(String, Decimal)> = Vec::new();
        for item in &self.items {
            let falls = (0..self.plans.len()).flat_map(|place| self.fallen(place));
            let fall: Decimal = falls.filter(|(id, _)| *id == item.id).map(|(_, fall)| decimal(&fall)).sum();
            expected.push((item.id.clone(), item.open - fall));
        }
        let plans = Value::Array(self.plans.clone());
        if let Err(fault) =
            self.deliver("cash_book", "bank", "match", json!({ "kind": "match", "plans": plans }))
        {
            return vec![fault];
        }
        let mut faults: Vec<String> =
            self.host.declined.iter().map(|name| format!("an account declined: {name}")).collect();
        for (item, (id, open)) in self.items.iter().zip(expected) {
            let asked = json!({ "kind": "account", "as_of": self.today });
            let view = self.host.report("account", &item.account, asked);
            let shown =
                view["opening_items"].as_array().into_iter().flatten().find(|one| one["id"] == id.as_str());
            let got = decimal(shown.map_or(&Value::Null, |one| &one["open"]));
            if got != open {
                faults.push(format!("expected {open} left open of {id}, got {got}"));
            }
        }
        faults
    }
}

/// The policy of a scenario: everybody pays for themselves, a family is paid for by its first.
fn rulebook(
    case: &Case<'_>,
    customers: &[&str],
    family: &[&str],
) -> Result<duebill::rulebook::Rulebook, String> {
    let golden = std::fs::read(blessed::path("golden/rulebook.json")).unwrap();
    let mut document: Value = serde_json::from_slice(&golden).unwrap();
    let tolerance = match case.optional("/policy/tolerance_abs") {
        Value::Null => "0".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    document["policy"]["matching"] = json!({ "fee_tolerance": tolerance });
    // Read by the table of what is not offered, which lets only our own answer to them pass.
    case.optional("/policy");
    case.optional("/policy/tolerance_pct");
    case.optional("/policy/partial_without_reference");
    let terms = customers.iter().map(|customer| {
        let mut terms = json!({
            "customer": customer, "name": customer, "currency": case.text("/currency"), "calendar": "office",
            "rounding": "quarter", "payment_terms": "net30",
        });
        if family.first().is_some_and(|first| first != customer) && family.contains(customer) {
            terms["parent"] = json!(family[0]);
        }
        terms
    });
    document["terms"] = terms.collect();
    wire::compile(document.to_string().as_bytes())
        .map_err(|refusal| format!("the rulebook is refused: {refusal}"))
}
