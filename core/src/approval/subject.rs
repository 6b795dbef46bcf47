use crate::canon::{Digest, shape, words};
use crate::id::Id;
use crate::money::{Currency, Minor, Price};

words! {
    /// What kind of thing is to be approved.
    pub enum SubjectKind {
        /// An invoice.
        Invoice = "invoice",
        /// A credit note.
        CreditNote = "credit_note",
        /// A write-off.
        WriteOff = "write_off",
        /// The voiding of an issued invoice.
        Void = "void",
        /// An estimate.
        Estimate = "estimate",
        /// Money that goes back: unused credit, or money of a receipt.
        Refund = "refund",
    }
}

shape! {
    /// Something a rule can ask for that is no amount of the document: that work is out of scope, that
    /// a price was overridden, how large a discount is.
    pub struct Fact {
        /// A size, where the fact has one, such as the percentage of a discount.
        pub amount: Option<Price>,
        /// What is the case, such as `rate_override`.
        pub name: Id,
        /// Which one, where the fact names something, such as the agreement.
        pub value: Option<Id>,
    }
}

shape! {
    /// A line of what is to be approved.
    pub struct SubjectLine {
        /// The charge code.
        pub code: Id,
        /// The currency of its net.
        pub currency: Currency,
        /// What is the case with it.
        pub facts: Vec<Fact>,
        /// Id of the line.
        pub id: Id,
        /// Its net before tax.
        pub net: Minor,
        /// The ticket.
        pub ticket: Option<Id>,
    }
}

shape! {
    /// What was asked for one rule's job since the last request that this rule decided.
    pub struct Since {
        /// The currency of the net.
        pub currency: Currency,
        /// Net since then.
        pub net: Minor,
        /// The rule.
        pub rule: Id,
    }
}

shape! {
    /// A job of the subject, with what the same payer was asked for it before: the same ticket and code, or sales
    /// of the same agreement; or what was credited or written off before of the same item.
    pub struct Earlier {
        /// The charge code; the item where that is what it is about.
        pub code: Id,
        /// The currency of the nets.
        pub currency: Currency,
        /// Net of everything live, whoever decided on it; nothing for a job that is new.
        pub net: Minor,
        /// What the subject adds.
        pub now: Minor,
        /// Net since the last decided request, for each rule that decided one.
        pub since: Vec<Since>,
        /// The ticket.
        pub ticket: Option<Id>,
    }
}

impl Earlier {
    /// What counts for a rule: everything since its last decided request.
    #[must_use]
    pub fn counts_for(&self, rule: &Id) -> Minor {
        self.since.iter().find(|since| since.rule == *rule).map_or(self.net, |since| since.net)
    }
}

shape! {
    /// What is to be approved, as any room can describe it.
    pub struct Subject {
        /// Who made it.
        pub author: Id,
        /// Its currency.
        pub currency: Currency,
        /// Digest of exactly the content that is shown.
        pub digest: Digest,
        /// All its jobs, with what was asked for each before; where none is named they are new, its lines by ticket
        /// and code.
        pub earlier: Vec<Earlier>,
        /// What is the case with it as a whole.
        pub facts: Vec<Fact>,
        /// Its id.
        pub id: Id,
        /// What kind of thing it is.
        pub kind: SubjectKind,
        /// Its lines.
        pub lines: Vec<SubjectLine>,
        /// Net of everything else of its kind that the payer was asked in the same month.
        pub month: Minor = Minor::ZERO,
        /// Its net before tax.
        pub net: Minor,
        /// Who will pay.
        pub payer: Id,
    }
}

/// Whether a document is no more than one that was shown before: the amount is not larger, and the
/// content of every line stood there, as often as it stands now.
#[must_use]
pub fn is_within(net: Minor, lines: &[Digest], before: Minor, before_lines: &[Digest]) -> bool {
    let mut left: Vec<&Digest> = before_lines.iter().collect();
    left.sort_unstable();
    let mut lines: Vec<&Digest> = lines.iter().collect();
    lines.sort_unstable();
    let mut left = left.into_iter();
    let is_subset = lines.into_iter().all(|line| left.by_ref().find(|other| *other >= line) == Some(line));
    is_subset && net.magnitude() <= before.magnitude()
}
