use crate::error_code::errors;

errors! {
    /// Why a command or a record does not fit its log.
    pub enum AuditError {
        501 "log-mismatch" "expected the log {expected}, got {got}"
        /// A command or record of another log, or of another seller.
        LogMismatch {
            /// The log it was given to.
            expected: String,
            /// The log it names.
            got: String,
        },
        502 "sequence-gap" "expected sequence {expected}, got {got}"
        /// A record is missing, repeated or out of order.
        SequenceGap {
            /// The next sequence of the log.
            expected: u64,
            /// The sequence that came.
            got: u64,
        },
        503 "previous-hash" "expected a record that continues {expected}, got one that continues {got}"
        /// The record quotes another predecessor.
        PreviousHash {
            /// Hash of the record before.
            expected: String,
            /// Hash that the record quotes.
            got: String,
        },
        504 "record-hash" "expected bytes with the hash {expected}, got bytes with {got}"
        /// The stored bytes are not those that were hashed.
        RecordHash {
            /// The stored hash.
            expected: String,
            /// The hash of the bytes.
            got: String,
        },
        505 "record-version" "expected a record of version {known} or older, got {got}"
        /// The record was written by a newer library.
        RecordVersion {
            /// The newest version this library reads.
            known: u32,
            /// The version that came.
            got: u32,
        },
        506 "command-conflict" "expected the command `{id}` as it was recorded at sequence {seq}, got other content"
        /// A command id was used again for something else.
        CommandConflict {
            /// The command id.
            id: String,
            /// Where it was recorded.
            seq: u64,
        },
        507 "head-conflict" "expected the head at sequence {expected}, the log is at {actual}"
        /// Somebody else wrote in between; read the log again and decide again.
        HeadConflict {
            /// The head that the command expected.
            expected: u64,
            /// The head of the log.
            actual: u64,
        },
        508 "salt-missing" "expected a salt of at least 32 hexadecimal digits beside personal text, got {got} characters"
        /// Personal text is kept under a salted commitment; the host brings the salt.
        SaltMissing {
            /// Characters that came.
            got: usize
        },
        509 "note-sealed" "expected the text itself in a command, got a commitment"
        /// A command carries a commitment where the text belongs.
        NoteSealed,
        510 "detached-mismatch" "expected the text that was committed to, got another under `{commitment}`"
        /// A detached text or its salt was changed.
        DetachedMismatch {
            /// The commitment in the record.
            commitment: String
        },
        511 "log-truncated" "expected at least {expected} records up to the saved head, found {got}"
        /// Records up to a saved head are missing at the end.
        Truncated {
            /// Sequence of the saved head.
            expected: u64,
            /// Records that came.
            got: u64,
        },
        512 "head-mismatch" "expected the hash of the saved head at sequence {seq}, found another"
        /// The log was rewritten since the head was saved.
        HeadMismatch {
            /// Sequence of the saved head.
            seq: u64
        },
        513 "line-form" "expected a line of 64 hexadecimal digits, a blank and a record"
        /// An exported log line of another shape.
        LineForm,
        514 "state-mismatch" "expected a record that fits the state, got one about {what} `{id}`, which {reason}"
        /// The record's events do not fit what the log holds; it was not written by deciding.
        StateMismatch {
            /// What it is about.
            what: &'static str,
            /// Its id.
            id: String,
            /// What is wrong with it.
            reason: &'static str,
        },
        515 "record-kind" "expected an event kind that this library knows, got `{got}`"
        /// A record holds an event of a newer library; it is named, never skipped.
        RecordKind {
            /// The kind.
            got: String
        },
        516 "period-closed" "expected an effective date after {through}, the last day that is closed ({how}), got {got}"
        /// The books of this day are closed; what comes late takes effect later and says its own date.
        PeriodClosed {
            /// The last closed day.
            through: String,
            /// How firmly.
            how: &'static str,
            /// The date that came.
            got: String,
        },
        517 "closing-order" "expected a {how} close of days after {through}, which are closed, got {got}"
        /// Days are closed already; closing goes forward.
        PeriodOrder {
            /// The last closed day.
            through: String,
            /// The day that came.
            got: String,
            /// How firmly it came.
            how: &'static str,
        },
        518 "period-open" "expected closed days after {got}, found none"
        /// Nothing is there to reopen.
        PeriodOpen {
            /// The last day that would stay closed, or `all`.
            got: String
        },
        519 "reopen-role" "expected one of the roles [{roles}] to reopen days, got `{got}`"
        /// The policy gives this role no right to reopen.
        ReopenRole {
            /// Roles that may.
            roles: String,
            /// The role that came.
            got: String,
        },
        520 "reopen-reason" "expected a reason beside a request to reopen days, got none"
        /// Closed days are not reopened without a word.
        ReopenReason,
        521 "reopen-twice" "expected somebody else than `{actor}`, who asked, to agree"
        /// The same person asked and would agree.
        ReopenTwice {
            /// The person.
            actor: String
        },
        522 "period-under-way" "expected nothing under way up to {through}, found {what} `{id}`"
        /// Something would still take effect in the days to be closed.
        PeriodUnderWay {
            /// The last day to be closed.
            through: String,
            /// What it is.
            what: &'static str,
            /// Its id.
            id: String,
        },
        523 "clock-behind" "expected a time not before {head}, when the log was last written, but for {tolerance} seconds between two clocks, got {got}"
        /// A command or a record says an earlier time than the log has reached.
        ClockBehind {
            /// When the last record was written.
            head: String,
            /// How far the clocks of two hosts may lie apart, in seconds.
            tolerance: i64,
            /// What came.
            got: String,
        },
        524 "period-ahead" "expected to close days up to {last}, which may have begun somewhere, got {got}"
        /// What is closed has happened.
        PeriodAhead {
            /// The day after the time of the command.
            last: String,
            /// What came.
            got: String,
        },
        530 "daily-seller" "expected heads of the seller `{expected}`, got one of the log {got}"
        /// A daily head is of one seller.
        DailySeller {
            /// The seller.
            expected: String,
            /// The log of another.
            got: String,
        },
        531 "daily-twice" "expected each log once, got {log} again"
        /// A log would stand under a daily head twice.
        DailyTwice {
            /// The log.
            log: String
        },
        532 "daily-root" "expected log heads that give the root {expected}, got some that give {got}"
        /// The logs beside a daily head are not those it was made of.
        DailyRoot {
            /// The root that is stated.
            expected: String,
            /// The root that they give.
            got: String,
        },
        533 "daily-unknown" "expected a log under the daily head, got {log}"
        /// The daily head says nothing of this log.
        DailyUnknown {
            /// The log.
            log: String
        },
        534 "daily-order" "expected two daily heads of one seller in the order of their days, got {earlier} and {later}"
        /// These cannot be compared.
        DailyOrder {
            /// The one given as the earlier.
            earlier: String,
            /// The one given as the later.
            later: String,
        },
        535 "inclusion-broken" "expected a proof that leads from {what} to the root {root}, got one that does not"
        /// Something was changed, or never stood there.
        InclusionBroken {
            /// What is to be proved.
            what: String,
            /// The root.
            root: String,
        },
        536 "log-vanished" "expected the log {log}, which stood at sequence {seq}, found none"
        /// A log of an earlier daily head is under no later one.
        LogVanished {
            /// The log.
            log: String,
            /// Where it stood.
            seq: u64,
        },
        537 "log-went-back" "expected the log {log} at sequence {from} or later, found it at {to}"
        /// Records of a log were removed.
        LogWentBack {
            /// The log.
            log: String,
            /// Where it stood.
            from: u64,
            /// Where it stands.
            to: u64,
        },
        538 "log-rewritten" "expected the log {log} to hold what it held up to sequence {seq}, found other records"
        /// A log was changed below its earlier head.
        LogRewritten {
            /// The log.
            log: String,
            /// The earlier head.
            seq: u64,
        },
        539 "extension-missing" "expected a proof that the log {log} only grew from sequence {from} to {to}, found none"
        /// A log grew, and nothing shows that it was not rewritten.
        ExtensionMissing {
            /// The log.
            log: String,
            /// Where it stood.
            from: u64,
            /// Where it stands.
            to: u64,
        },
        540 "sequence-unknown" "expected a sequence from {least} to {last}, the last of the log, got {got}"
        /// The log has no such record.
        SequenceUnknown {
            /// The least that can be asked for.
            least: u64,
            /// The last record.
            last: u64,
            /// What came.
            got: u64,
        },
        541 "evidence-unknown" "expected a document that a record of the account is about, got `{id}`"
        /// Nothing is recorded of it.
        EvidenceUnknown {
            /// The document.
            id: String
        },
        542 "evidence-missing" "expected the record {seq} of the log {log} beside the others, found none"
        /// A record that belongs to the documents was not handed in.
        EvidenceMissing {
            /// The log.
            log: String,
            /// The sequence.
            seq: u64,
        },
        543 "evidence-form" "expected an evidence package in canonical form, got other bytes of the same meaning"
        /// The package was written by somebody else, or changed.
        EvidenceForm,
        544 "evidence-broken" "expected evidence that follows from the daily head, got {what} {of}"
        /// Something in the package was changed, or is of another day.
        EvidenceBroken {
            /// What is wrong.
            what: &'static str,
            /// With what.
            of: String,
        },
        545 "ready-reserved" "expected an id that does not begin with `ready:`, which ready commands have, got `{id}` of `{actor}` as `{role}`"
        /// The ids of ready commands are kept for them.
        ReadyReserved {
            /// The id.
            id: String,
            /// Who gave the command.
            actor: String,
            /// In which role.
            role: String,
        },
        546 "ready-command" "expected {expected} under the stamp of the system, got `{got}`"
        /// Something else than a ready command says that it is of the system.
        ReadyCommand {
            /// What a ready command would have.
            expected: String,
            /// The id that came.
            got: String,
        },
        547 "ready-only" "expected the ready command `{id}` of another log, got one of `{actor}` as `{role}`"
        /// Only a ready command does this.
        ReadyOnly {
            /// The id of the ready command.
            id: String,
            /// Who gave the command.
            actor: String,
            /// In which role.
            role: String,
        },
        548 "note-open" "expected the commitment to a personal text in a record, got the text itself"
        /// A record holds words that belong beside it.
        NoteOpen,
        591 "evidence-words" "expected the words that {records} commit to under {commitment}, found none: {why}"
        /// A finding: what somebody wrote is not shown.
        EvidenceWords {
            /// The commitment.
            commitment: String,
            /// The records that hold it.
            records: String,
            /// Why they may be missing.
            why: String,
        },
        592 "evidence-rules" "expected the {what} {digest} that {records} were decided under, found none: it is held back or lost"
        /// A finding: rules are known by their digest alone.
        EvidenceRules {
            /// The digest.
            digest: String,
            /// The records that name it.
            records: String,
            /// `policy` or `terms`.
            what: &'static str,
        },
        593 "evidence-number" "expected the record in which {series} answers {records} with a number for `{document}`, found none: {why}"
        /// A finding: where a number came from is not shown.
        EvidenceNumber {
            /// The document.
            document: String,
            /// The records that asked for it.
            records: String,
            /// The series.
            series: String,
            /// Why it may be missing.
            why: String,
        },
        594 "record-form" "expected a record in canonical form, got other bytes of the same meaning"
        /// A record was written by somebody else: of one meaning there is one form, and one hash.
        RecordForm
    }
}
