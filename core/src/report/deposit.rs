use crate::account::{Account, DownPayment};
use crate::canon::shape;
use crate::id::Id;
use crate::invoice::DocumentState;
use crate::money::{Currency, Minor};

shape! {
    /// What one invoice deducts of a down payment.
    pub struct DeductionView {
        /// How much.
        pub amount: Minor,
        /// The invoice.
        pub invoice: Id,
    }
}

shape! {
    /// A down payment with what is left of it; what is deducted, credited and left adds up to what it billed,
    /// and nothing is left of a voided one.
    pub struct DepositView {
        /// The agreement whose work it is for.
        pub agreement: Option<Id>,
        /// What it billed, with its tax.
        pub amount: Minor,
        /// What credit notes took back, those that wait among them.
        pub credited: Minor,
        /// The currency of every amount.
        pub currency: Currency,
        /// The customer whose work it is for.
        pub customer: Id,
        /// What live invoices deduct.
        pub deductions: Vec<DeductionView>,
        /// The estimate whose work it is for.
        pub estimate: Option<Id>,
        /// The invoice that billed it.
        pub invoice: Id,
        /// What is left to be deducted or credited.
        pub left: Minor,
        /// Whether it is paid in full, so that invoices deduct it.
        pub paid: bool,
        /// The project whose work it is for.
        pub project: Option<Id>,
    }
}

/// A down payment; one whose draft is not there was refused.
pub(super) fn deposit(account: &Account, deposit: &DownPayment) -> Option<DepositView> {
    let asked = &deposit.asked;
    let invoice = account.invoice(&asked.id).ok()?;
    let (draft, void) = (&invoice.draft, invoice.state == DocumentState::Void);
    let room = account.credit_room(draft).ok().filter(|_| !void);
    let left = room.map_or(Minor::ZERO, |room| room.rest().payable);
    let credited = Minor::sum(account.credits_of(&asked.id).map(|credit| credit.note.totals.payable));
    Some(DepositView {
        agreement: asked.agreement.clone(),
        amount: draft.totals.payable,
        credited: credited.unwrap_or_default(),
        currency: asked.currency,
        customer: asked.customer.clone(),
        deductions: account
            .deductions(&asked.id)
            .map(|(invoice, part)| DeductionView { amount: part.amount, invoice: invoice.clone() })
            .collect(),
        estimate: asked.estimate.clone(),
        invoice: asked.id.clone(),
        left,
        paid: account.is_paid_down(&asked.id),
        project: asked.project.clone(),
    })
}
