//! Tasks, what is kept and erased, what auditors are handed, and how rules come to be.

use super::{Table, classed};

pub(super) const TABLE: Table = classed! {
    About {
        [Audit] Internal: id kind;
    }
    Attachment {
        [Audit] Internal: about class hash id media_type size;
        [Audit] Personal: name person;
    }
    AttachmentsRegistered {
        [Audit] Internal: attachments;
    }
    ContactPurpose {
        [Documents] Internal: purpose;
    }
    ContentView {
        [Audit] Internal: about class content id seq state;
        [Audit] Personal: person;
        [Audit Notes] Secret: words;
    }
    DailyHead {
        [Audit] Internal: day logs root seller;
    }
    Deciders {}
    Difference {
        [Audit] Internal: added changed removed;
    }
    ErasureRequested {
        [Audit] Personal: person;
    }
    LegalHoldLifted {
        [Audit] Personal: by;
        [Audit] Internal: effective hold reason_code;
    }
    LegalHoldPlaced {
        [Audit] Internal: about effective hold reason_code;
        [Audit] Personal: by person;
        [Audit Notes] Personal: note;
    }
    LogEvidence {
        [Audit] Internal: proof tip;
    }
    LogHead {
        [Audit] Internal: hash log root seq trails;
    }
    LogProof {
        [Audit] Internal: head path place;
    }
    OpenTask {
        [Documents] Internal: account action document since status task;
    }
    PendingRules {
        [Audit] Personal: agreed;
        [Audit] Internal: digest proposal;
    }
    PlanItem {
        [Audit] Internal: about action because blockers content due hash id name reason rule since;
    }
    Proposal {
        [Audit] Personal: author;
        [Audit] Internal: effective_from publication requirement sections;
    }
    PublicationRequirement {
        [Approvals] Internal: approvals roles;
    }
    PublicationsView {
        [Audit] Internal: approvals pending required roles sections;
    }
    PublishedSection {
        [Audit] Internal: customer digest effective_from;
    }
    PurgeRefused {
        [Audit] Internal: code item name;
    }
    RecordEvidence {
        [Audit] Internal: path;
        [Audit] Secret: record;
    }
    RetentionRule {
        [Audit] Internal: action class days duty months since years;
    }
    RetentionView {
        [Audit] Internal: as_of contents digest holds log plan;
    }
    RuleEvidence {
        [Audit] Internal: sections;
    }
    RulesDecided {
        [Audit] Internal: at publication role verdict;
        [Audit] Personal: by;
    }
    RulesProposed {
        [Audit] Internal: digest proposal;
    }
    RulesPublished {
        [Audit] Internal: approvals proposal;
    }
    SectionChange {
        [Audit] Internal: before customer difference digest;
    }
    Storage {}
    Task {
        [Documents] Internal: action audience cause channel digest document effective id rule template ticket;
        [Approvals] Internal: approval_rule because deciders;
    }
    TaskConfirmed {
        [Documents] Personal: by;
        [Documents] Internal: effective reference task;
    }
    TaskFailed {
        [Documents] Personal: by;
        [Documents] Internal: effective reason retry_after task;
    }
    TaskRetried {
        [Documents] Personal: by;
        [Documents] Internal: effective task;
    }
    TaskRole {
        [Documents] Internal: role;
    }
    TaskView {
        [Documents] Internal: failures reason reference retry_after status task;
    }
    TasksView {
        [Documents] Internal: account as_of tasks;
    }
    TextEvidence {
        [Audit] Internal: commitment;
        [Audit] Secret: salt text;
    }
    TicketSource {}
    TrailElsewhere {
        [Audit] Internal: command log;
    }
    TrailView {
        [Audit] Internal: elsewhere log records;
    }
};
