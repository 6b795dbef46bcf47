use serde_json::{Value, json};

use super::plan::BillingPlan;
use crate::agreement::Agreement;
use crate::approval::{ApprovalRule, Delegation, Signer};
use crate::calendar::Date;
use crate::canon::{Canonical, Reader, Shapes, Writer, name, shape, words};
use crate::id::Id;
use crate::invoice::{
    AdjustmentTerm, AmountPolicy, Collapse, DisputeClock, GroupKey, HostLabel, Party, PaymentMeans,
    PaymentTerms, ReferenceRule, Wording,
};
use crate::money::{Currency, Price};
use crate::payment::{AdjustmentPolicy, MatchPolicy};
use crate::rates::RateRow;
use crate::rating::TimeRounding;
use crate::receivables::{AgeBasis, AgingPolicy};
use crate::retention::RetentionPolicy;
use crate::role::Role;
use crate::series::Numbering;
use crate::task::TaskRule;
use crate::tax::TaxRule;
use crate::work::{ChargeCode, MappingRule};

/// The schema name that every rulebook document carries.
pub const RULEBOOK_SCHEMA: &str = "duebill/rulebook/1";

words! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Mon = "mon",
        /// Tuesday.
        Tue = "tue",
        /// Wednesday.
        Wed = "wed",
        /// Thursday.
        Thu = "thu",
        /// Friday.
        Fri = "fri",
        /// Saturday.
        Sat = "sat",
        /// Sunday.
        Sun = "sun",
    }
}

shape! {
    /// Hours of the week that belong to a band.
    pub struct BandDocument {
        /// The band.
        pub band: Id,
        /// The days.
        pub days: Vec<Weekday>,
        /// First minute, as HH:MM local time.
        pub from: String,
        /// The minute after the last, as HH:MM; 24:00 is midnight.
        pub to: String,
    }
}

shape! {
    /// A day that belongs to a band as a whole.
    pub struct Holiday {
        /// The band.
        pub band: Id,
        /// The day.
        pub date: Date,
    }
}

shape! {
    /// A working calendar.
    pub struct CalendarDocument {
        /// Hours of the week.
        pub bands: Vec<BandDocument>,
        /// Days of the week that are no business days.
        pub days_off: Vec<Weekday> = vec![Weekday::Sat, Weekday::Sun],
        /// Days off.
        pub holidays: Vec<Holiday>,
        /// Id of the calendar.
        pub id: Id,
        /// The band of all other time.
        pub otherwise: Id,
        /// IANA time zone.
        pub zone: String,
    }
}

words! {
    /// When work becomes billable.
    pub enum Trigger {
        /// When its ticket is closed, or has one of the policy's statuses; work without a ticket at once.
        TicketClosed = "ticket_closed",
        /// When it is done.
        WorkDone = "work_done",
    }
}

shape! {
    /// How work is gathered into invoices.
    pub struct BillingPolicy {
        /// How charges are gathered into lines.
        pub collapse: Collapse = Collapse::TicketRate,
        /// The number series of credit notes; the invoices' when left out.
        pub credit_series: Option<Id>,
        /// Days that work waits after its ticket became billable and the grace is over.
        pub delay_days: u32 = 0,
        /// What tells invoices apart besides payer and currency.
        pub grouping: Vec<GroupKey>,
        /// The least net of an invoice, in its own currency at face value; less is carried forward.
        pub minimum: Option<Price>,
        /// How payment references are made of the numbers of a series; payers quote the number where there is none.
        pub payment_references: Vec<ReferenceRule>,
        /// What bills by itself; an account can always be billed by hand.
        pub plans: Vec<BillingPlan>,
        /// Days after a ticket became billable in which it may be reopened without having been billed.
        pub reopen_grace_days: u32 = 0,
        /// The number series of invoices.
        pub series: Id,
        /// Ticket statuses that make work billable; empty means the closing of the ticket.
        pub statuses: Vec<Id>,
        /// When work becomes billable.
        pub trigger: Trigger = Trigger::TicketClosed,
    }
}

shape! {
    /// What disputes do to due dates.
    pub struct DisputePolicy {
        /// What became of the clock, for what is owed again when a dispute ends.
        pub clock: DisputeClock = DisputeClock::Running,
    }
}

shape! {
    /// Who may reopen days that were closed.
    pub struct ClosingPolicy {
        /// Roles that may ask for it and agree to it, two people together; nobody may when left out.
        pub reopen_roles: Vec<Id>,
    }
}

shape! {
    /// Who sells.
    pub struct Seller {
        /// Id of the seller; its logs carry it.
        pub id: Id,
        /// Its name.
        pub name: String,
        /// Words that stand on all its documents.
        pub notes: Vec<String>,
        /// Who it is in law, and where.
        pub party: Party = Party::UNKNOWN,
        /// How it is paid.
        pub payment_means: Vec<PaymentMeans>,
    }
}

shape! {
    /// The rules shared by all customers of a seller.
    pub struct PolicyDocument {
        /// How far a payment may close an item with less cash than was open.
        pub adjustments: AdjustmentPolicy = AdjustmentPolicy {
            withholding_percent: crate::money::Price::ZERO, write_off_tolerance: crate::money::Price::ZERO,
        },
        /// Buckets of receivables.
        pub aging: AgingPolicy = AgingPolicy { basis: AgeBasis::Due, day_zero_in_first: None, limits: vec![30, 60, 90] },
        /// How the sums of documents are made.
        pub amounts: AmountPolicy = AmountPolicy::default(),
        /// Who must agree, and when; nobody where it is empty, and a manager above 250.00 where it is left out.
        pub approvals: Option<Vec<ApprovalRule>>,
        /// How work is gathered into invoices.
        pub billing: BillingPolicy,
        /// Working calendars.
        pub calendars: Vec<CalendarDocument>,
        /// Who may reopen days that were closed.
        pub closing: ClosingPolicy = ClosingPolicy { reopen_roles: Vec::new() },
        /// Charge codes.
        pub codes: Vec<ChargeCode>,
        /// Who decides for whom, and when.
        pub delegations: Vec<Delegation>,
        /// What disputes do to due dates.
        pub disputes: DisputePolicy = DisputePolicy { clock: DisputeClock::Running },
        /// For how many days a rate between currencies is good for judging an amount; 7 when left out.
        pub exchange_rate_days: Option<u16>,
        /// Labels of the host's own, each under a state of documents.
        pub labels: Vec<HostLabel>,
        /// Which work falls under which code.
        pub mapping: Vec<MappingRule>,
        /// How far payment matching may go on its own.
        pub matching: MatchPolicy = MatchPolicy { fee_tolerance: crate::money::Price::ZERO },
        /// Number series.
        pub numbering: Vec<Numbering>,
        /// When invoices fall due.
        pub payment_terms: Vec<PaymentTerms>,
        /// Prices and multipliers for all customers.
        pub rates: Vec<RateRow>,
        /// How long attachments and personal words are kept.
        pub retention: RetentionPolicy = RetentionPolicy::default(),
        /// Who may see and do what, besides the roles that stand by themselves.
        pub roles: Vec<Role>,
        /// How time is rounded.
        pub rounding: Vec<TimeRounding>,
        /// Who sells.
        pub seller: Seller,
        /// Keys with which people sign decisions.
        pub signers: Vec<Signer>,
        /// Which events ask whom to do what.
        pub tasks: Vec<TaskRule>,
        /// Tax rates.
        pub taxes: Vec<TaxRule>,
        /// Taxes that buyers keep back.
        pub withholdings: Vec<TaxRule>,
        /// What documents say instead of codes.
        pub wording: Option<Wording>,
    }
}

shape! {
    /// The terms of one customer.
    pub struct TermsDocument {
        /// Allowances and charges that its invoices get.
        pub adjustments: Vec<AdjustmentTerm>,
        /// Its agreements.
        pub agreements: Vec<Agreement>,
        /// Bank accounts it pays from.
        pub bank_accounts: Vec<Id>,
        /// What it asked to have on its documents.
        pub buyer_reference: Option<String>,
        /// Its working calendar.
        pub calendar: Id,
        /// The contract it is billed under.
        pub contract: Option<String>,
        /// Its currency.
        pub currency: Currency,
        /// The customer.
        pub customer: Id,
        /// Its name, as on a bank statement.
        pub name: String,
        /// Words that stand on its documents.
        pub notes: Vec<String>,
        /// Whether it is billed itself although it has a parent.
        pub own_account: bool = false,
        /// The customer above it, which is billed for it.
        pub parent: Option<Id>,
        /// Who it is in law, and where.
        pub party: Party = Party::UNKNOWN,
        /// When its invoices fall due.
        pub payment_terms: Id,
        /// The plans that bill it when it pays for itself; all of the policy when empty.
        pub plans: Vec<Id>,
        /// The purchase order it is billed under.
        pub purchase_order: Option<Id>,
        /// Prices and multipliers of its own.
        pub rates: Vec<RateRow>,
        /// How its time is rounded.
        pub rounding: Id,
        /// Whether it bears the surcharges of tax rules.
        pub surcharged: bool = false,
        /// The tax category of everything it is billed, whatever the charge code says; such as the one
        /// under which the buyer owes the tax.
        pub tax_category: Option<Id>,
        /// How it is taxed, where that keeps its lines off the invoices of others.
        pub tax_scheme: Option<Id>,
        /// The tax that it keeps back.
        pub withholding: Option<Id>,
    }
}

/// A whole rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulebookDocument {
    /// The rules shared by all customers.
    pub policy: PolicyDocument,
    /// A section per customer.
    pub terms: Vec<TermsDocument>,
}

impl Canonical for RulebookDocument {
    fn write(&self, out: &mut Writer) {
        out.object(|fields| {
            fields.field("policy", &self.policy);
            fields.with("schema".into(), |writer| writer.text(RULEBOOK_SCHEMA));
            fields.field("terms", &self.terms);
        });
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        at.object(|fields| {
            let schema = fields.schema(RULEBOOK_SCHEMA);
            let policy = fields.field(name!("policy"));
            let terms = fields.field(name!("terms"));
            schema?;
            Some(Self { policy: policy?, terms: terms? })
        })
    }

    fn schema(shapes: &mut Shapes) -> Value {
        shapes.named("Rulebook", |shapes| {
            let mut policy = PolicyDocument::schema(shapes);
            if let Some(reference) = policy.as_object_mut() {
                reference.insert("description".into(), "The rules shared by all customers.".into());
            }
            json!({
                "description": "A rulebook: the policy shared by all customers, and a section of terms per customer.",
                "type": "object",
                "additionalProperties": false,
                "required": ["policy", "schema"],
                "properties": {
                    "policy": policy,
                    "schema": { "const": RULEBOOK_SCHEMA },
                    "terms": {
                        "description": "A section per customer.",
                        "type": "array",
                        "items": TermsDocument::schema(shapes),
                    },
                },
            })
        })
    }
}
