use crate::canon::words;

words! {
    /// What a role may see or do.
    pub enum Capability {
        /// See documents: numbers, dates, where they stand.
        Documents = "documents",
        /// See what documents come to and what is open of them.
        Totals = "totals",
        /// See every amount: lines, taxes, credits, write-offs.
        Money = "money",
        /// See unit prices, multipliers and the rows they come from.
        Rates = "rates",
        /// See payments and where they went.
        Payments = "payments",
        /// See worked time.
        Time = "time",
        /// See tickets, agreements, blocks and estimates: what was asked for and agreed.
        Scope = "scope",
        /// See what a service level is judged on: priority, status, closing, escalation.
        ServiceLevel = "service_level",
        /// See the words of notes, as far as their class allows.
        Notes = "notes",
        /// See approvals: what is needed, what was decided.
        Approvals = "approvals",
        /// See disputes.
        Disputes = "disputes",
        /// See records, hashes and overrides.
        Audit = "audit",
        /// Approve or reject, where a rule names the person or the role.
        Approve = "approve",
        /// Accept a document.
        Accept = "accept",
        /// Dispute a part of a document.
        Dispute = "dispute",
        /// Promise to pay.
        Promise = "promise",
        /// Move disputes on and end them.
        Settle = "settle",
        /// Void and credit documents, use credit.
        Bill = "bill",
        /// Write off, and owe again what was written off.
        WriteOff = "write_off",
        /// Say how far a document came on its way.
        Deliver = "deliver",
        /// Hold collection, end a hold, speak with the customer.
        Collect = "collect",
        /// Review, remark and label.
        Remark = "remark",
    }
}

words! {
    /// Whose things a role reaches.
    pub enum Reach {
        /// Everything of an account.
        Account = "account",
        /// The documents of the customer who looks.
        OwnDocuments = "own_documents",
        /// The work of the person who looks.
        OwnWork = "own_work",
    }
}

impl Capability {
    /// Every capability.
    pub const ALL: [Self; 22] = [
        Self::Documents,
        Self::Totals,
        Self::Money,
        Self::Rates,
        Self::Payments,
        Self::Time,
        Self::Scope,
        Self::ServiceLevel,
        Self::Notes,
        Self::Approvals,
        Self::Disputes,
        Self::Audit,
        Self::Approve,
        Self::Accept,
        Self::Dispute,
        Self::Promise,
        Self::Settle,
        Self::Bill,
        Self::WriteOff,
        Self::Deliver,
        Self::Collect,
        Self::Remark,
    ];
}
