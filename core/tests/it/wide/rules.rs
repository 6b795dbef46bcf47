//! The rules of a run: as a rulebook for the core, and as plain numbers for the model.

use serde_json::{Value, json};

use super::book::Day;

/// What differs from run to run.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    pub number: u8,
}

/// A fee of every agreement by the hour; amounts in cents of a whole period.
#[derive(Debug, Clone, Copy)]
pub struct Fee {
    pub id: &'static str,
    pub code: &'static str,
    pub anchor: Day,
    pub price: i64,
    pub quantity: i64,
    /// Whether it is billed on its last day.
    pub arrears: bool,
    pub lead: i64,
    /// A later price, which cuts the period it falls into.
    pub later: Option<(Day, i64)>,
    pub catch_up: usize,
}

/// The currency of each customer, its agreement by the hour, and its price of an hour by role.
pub const CUSTOMERS: [(&str, &str, &str, i64, i64); 2] =
    [("acme", "EUR", "g-acme", 9_555, 14_000), ("usa", "USD", "g-usa", 11_000, 15_025)];

/// Codes with the percent of their tax, through the last day of the old rate and after it.
pub const CODES: [(&str, Option<(i64, i64)>); 4] =
    [("work", Some((19, 25))), ("book", Some((7, 7))), ("care", None), ("down", Some((19, 25)))];
pub const OLD_RATE: &str = "2026-02-12";
pub const NEW_RATE: &str = "2026-02-13";

/// Nobody needs to ask up to here: an invoice, a credit note, a write-off; a line beyond the estimates.
pub const BIG: i64 = 25_000;
pub const BEYOND: i64 = 3_000;

/// Percent of an invoice that a payer may keep back as tax.
pub const WITHHELD: i64 = 15;

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The days on which an agreement by the hour is in force.
pub fn hourly_in_force(on: Day) -> bool {
    day("2026-01-10") <= on && on <= day("2026-03-25")
}

pub fn fees() -> [Fee; 3] {
    let fee = |id, anchor: &str, price, quantity| Fee {
        id,
        code: "care",
        anchor: day(anchor),
        price,
        quantity,
        arrears: false,
        lead: 0,
        later: None,
        catch_up: 12,
    };
    [
        Fee { lead: 3, ..fee("care", "2026-01-31", 3_000, 1) },
        Fee { catch_up: 1, code: "down", ..fee("seats", "2026-01-15", 700, 3) },
        Fee {
            arrears: true,
            later: Some((day("2026-02-05"), 1_755)),
            ..fee("lease", "2025-12-20", 1_550, 1)
        },
    ]
}

/// A plan by which work is billed without being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// At the end of each month, on days of a zone so many hours ahead of Greenwich.
    Monthly(i64),
    /// Each ticket that is ready.
    Each,
    /// The project of a milestone, whether its tickets are closed or not.
    Stones,
    /// Everything, where it is more than this.
    Much(i64),
}

impl Rules {
    /// Whether time is rounded over all work of a ticket.
    pub const fn by_ticket(self) -> bool {
        self.number == 1
    }

    /// What paying early does to the tax.
    pub const fn discount(self) -> &'static str {
        ["included", "excluded", "mixed", "included"][self.number as usize]
    }

    /// In how many parts an invoice is due, a month apart, the first after ten days; at once where there are none.
    pub const fn instalments(self) -> i64 {
        [0, 3, 0, 2][self.number as usize]
    }

    /// When an invoice of a day is due, and how much of it then: equal parts and the rest with the last.
    pub fn due(self, total: i64, issued: Day) -> Vec<(Day, i64)> {
        let count = self.instalments();
        let Some(part) = total.checked_div(count) else {
            return vec![(issued + chrono::Days::new(30), total)];
        };
        let first = issued + chrono::Days::new(10);
        let due = |number: i64| first + chrono::Months::new(u32::try_from(number).unwrap());
        let amount = |number: i64| if number == count - 1 { total - part * (count - 1) } else { part };
        (0..count).map(|number| (due(number), amount(number))).collect()
    }

    /// Days that work waits after its ticket was closed.
    pub const fn wait(self) -> i64 {
        [0, 0, 5, 0][self.number as usize]
    }

    /// The least net of an invoice.
    pub const fn minimum(self) -> i64 {
        [2_500, 0, 6_000, 1_000][self.number as usize]
    }

    /// Whether prices contain their tax.
    pub const fn is_inclusive(self) -> bool {
        self.number == 3
    }

    /// Whether each project has invoices of its own.
    pub const fn by_project(self) -> bool {
        self.number == 2
    }

    /// Whether somebody is asked about each job of an invoice, whatever its whole comes to.
    pub const fn by_job(self) -> bool {
        self.number == 1
    }

    pub fn plans(self) -> Vec<Plan> {
        match self.number {
            0 | 3 => vec![Plan::Monthly(1)],
            1 => vec![Plan::Each, Plan::Stones, Plan::Monthly(9)],
            _ => vec![Plan::Much(20_000), Plan::Stones],
        }
    }

    pub fn document(self) -> Value {
        let plan = |plan: Plan| match plan {
            Plan::Monthly(1) => {
                json!({ "id": "monthly", "when": { "kind": "schedule", "anchor": "2026-01-31" } })
            }
            Plan::Monthly(_) => {
                json!({ "id": "monthly", "when": { "kind": "schedule", "anchor": "2026-01-31", "zone": "Asia/Tokyo" } })
            }
            Plan::Each => json!({ "id": "each", "when": { "kind": "ticket" } }),
            Plan::Stones => json!({ "id": "stones", "when": { "kind": "milestone" }, "work": "work_done" }),
            Plan::Much(above) => {
                json!({ "id": "much", "when": { "kind": "balance", "above": (above / 100).to_string() } })
            }
        };
        let mut billing =
            json!({ "series": "invoices", "plans": self.plans().into_iter().map(plan).collect::<Vec<_>>() });
        if self.minimum() > 0 {
            billing["minimum"] = json!((self.minimum() / 100).to_string());
        }
        let mut terms_of_payment = json!({ "id": "t", "days": 30,
            "discount": { "days": 20, "percent": "2.5", "tax": self.discount() } });
        if self.instalments() > 0 {
            terms_of_payment["instalments"] = json!({ "kind": "equal", "count": self.instalments(), "first": { "days": 10 },
                "months": 1 });
        }
        if self.by_project() {
            billing["grouping"] = json!(["project"]);
        }
        if self.wait() > 0 {
            (billing["reopen_grace_days"], billing["delay_days"]) = (json!(2), json!(self.wait() - 2));
        }
        let mut big = json!({ "id": "big", "kinds": ["invoice"], "roles": ["manager"] });
        if self.by_job() {
            big["when"] = json!({ "kind": "net", "of": "job", "above": "250.00" });
        } else {
            big["above"] = json!("250.00");
        }
        json!({ "schema": "duebill/rulebook/1",
            "terms": [terms("acme", None), terms("usa", Some("acme"))],
            "policy": {
                "seller": { "id": "northwind", "name": "N" },
                "calendars": [{ "id": "c", "zone": "Europe/Berlin", "otherwise": "day",
                    "bands": [{ "band": "evening", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                        "from": "18:00", "to": "24:00" }] }],
                "rounding": [{ "id": "r", "increment_seconds": 900, "mode": "up",
                    "scope": if self.by_ticket() { "ticket" } else { "entry" } }],
                "codes": [{ "id": "work", "kind": "labour", "name": "Work", "tax_category": "vat" },
                    { "id": "book", "kind": "part", "name": "Book", "tax_category": "reduced" },
                    { "id": "care", "kind": "fee", "name": "Care" },
                    { "id": "down", "kind": "fee", "name": "Ahead", "tax_category": "vat" }],
                "mapping": [{ "code": "work", "kind": "labour" }, { "code": "book", "kind": "part" }],
                "taxes": [{ "category": "vat", "percent": "19", "to": OLD_RATE },
                    { "category": "vat", "percent": "25", "from": NEW_RATE },
                    { "category": "reduced", "percent": "7" }],
                "rates": [{ "id": "e", "currency": "EUR", "value": "95.55" },
                    { "id": "s", "currency": "EUR", "value": "140", "role": "senior" },
                    { "id": "u", "currency": "USD", "value": "110" },
                    { "id": "late", "kind": "multiplier", "value": "1.5", "band": "evening" }],
                "payment_terms": [terms_of_payment],
                "approvals": [
                    big,
                    { "id": "less", "above": "250.00", "kinds": ["credit_note", "write_off"], "roles": ["manager"] },
                    { "id": "voids", "above": "1000000", "kinds": ["void"], "roles": ["manager"] },
                    { "id": "beyond", "when": { "kind": "fact", "name": "beyond_estimate", "above": "30" }, "roles": ["customer"] }],
                "numbering": [{ "series": "invoices", "pattern": "R{counter:4}", "reset": "never" }],
                "amounts": { "prices_include_tax": self.is_inclusive() },
                "adjustments": { "write_off_tolerance": "0.05", "withholding_percent": WITHHELD.to_string() },
                "matching": { "fee_tolerance": "5" },
                "billing": billing } })
    }
}

fn terms(customer: &str, parent: Option<&str>) -> Value {
    let (_, currency, agreement, ..) = CUSTOMERS.iter().find(|(id, ..)| *id == customer).unwrap();
    let amount = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
    let fee = |fee: &Fee| {
        let mut shown = json!({ "id": fee.id, "anchor": fee.anchor.to_string(), "code": fee.code, "price": amount(fee.price),
            "quantity": fee.quantity.to_string(), "lead_days": fee.lead, "catch_up": fee.catch_up,
            "billed": if fee.arrears { "arrears" } else { "advance" } });
        if let Some((from, price)) = fee.later {
            shown["increases"] = json!([{ "from": from.to_string(), "price": amount(price) }]);
            shown["change"] = json!("split");
        }
        shown
    };
    let hourly = json!({ "id": agreement, "kind": "time_and_materials", "from": "2026-01-10", "to": "2026-03-25",
        "fees": fees().iter().map(fee).collect::<Vec<_>>() });
    let mut terms = json!({ "customer": customer, "name": customer, "currency": currency, "calendar": "c",
        "rounding": "r", "payment_terms": "t", "agreements": [hourly] });
    if let Some(parent) = parent {
        terms["parent"] = json!(parent);
        terms["rates"] = json!([{ "id": "own", "currency": "USD", "value": "150.25", "role": "senior" }]);
    } else {
        let block = json!({ "id": "block", "kind": "prepaid_hours", "hours": "2", "price": "180.00", "code": "down",
            "precedence": 1 });
        terms["agreements"].as_array_mut().unwrap().push(block);
    }
    terms
}
