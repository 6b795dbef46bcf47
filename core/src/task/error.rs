use crate::error_code::errors;

errors! {
    /// Why a task cannot be asked for, confirmed, failed or tried again.
    pub enum TaskError {
        2401 "task-unknown" "expected a task of this account, got `{got}`"
        /// No such task was emitted here.
        Unknown {
            /// The task.
            got: String
        },
        2402 "task-confirmed" "expected a task that waits, `{task}` was confirmed with {reference}"
        /// It was done; what was confirmed stands.
        Confirmed {
            /// The reference it was confirmed with, or `no reference`.
            reference: String,
            /// The task.
            task: String,
        },
        2403 "task-failed-before" "expected a task that waits, `{task}` failed for {reason}; try it again first"
        /// A failure is said once; after another try it can be said again.
        FailedBefore {
            /// Why it failed.
            reason: String,
            /// The task.
            task: String,
        },
        2404 "task-waits" "expected a task that failed or came back, `{task}` waits"
        /// Nothing happened that a second try could repair.
        Waits {
            /// The task.
            task: String
        },
        2405 "task-rule" "expected an action and an audience that fit `{on}`, got {action} for {audience}"
        /// A rule that could never be carried out.
        Rule {
            /// The action.
            action: &'static str,
            /// The audience.
            audience: &'static str,
            /// The event.
            on: &'static str,
        },
        2406 "task-rule-net" "expected the net of the document, a line or a ticket, got that of {got}"
        /// What was asked before is known to approvals only.
        RuleNet {
            /// Which net.
            got: &'static str
        },
        2407 "task-failed" "expected the task to be done, {action} of `{document}` by {channel} failed for {reason}"
        /// A finding: somebody should look why, and try it again.
        Failed {
            /// The action.
            action: &'static str,
            /// The channel.
            channel: String,
            /// What it is about.
            document: String,
            /// Why it failed.
            reason: String,
        },
        2408 "escalation-early" "expected an escalation of `{subject}` that has begun by {at}, it begins {begins}"
        /// There is still time, or nobody to escalate to.
        EscalationEarly {
            /// When it was asked.
            at: String,
            /// When it begins, or `never`.
            begins: String,
            /// What waits.
            subject: String,
        },
        2409 "escalation-twice" "expected a request that was not escalated, `{subject}` was"
        /// An escalation is recorded once.
        EscalationTwice {
            /// What waits.
            subject: String
        },
        2420 "task-rule-unanswered" "expected a condition that `{on}` can answer, one of its facts [{facts}] among them, got {got}"
        /// A rule that would never hold: the event has nothing of what it asks for.
        RuleUnanswered {
            /// The facts of the event.
            facts: String,
            /// What is asked for.
            got: String,
            /// The event.
            on: &'static str,
        },
    }
}
