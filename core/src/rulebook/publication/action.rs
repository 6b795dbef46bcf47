use crate::approval::Verdict;
use crate::audit::{Document, Ready, Seal, Sealer, Sender};
use crate::calendar::{Date, Instant};
use crate::canon::{Difference, Digest, sha256, shape, to_bytes, union};
use crate::id::Id;
use crate::retention::{
    EraseSubject, ErasureRequested, LegalHoldLifted, LegalHoldPlaced, LiftLegalHold, PlaceLegalHold,
    PlanItem, Purge, PurgeRefused,
};

shape! {
    /// Who must agree before rules are published; never their author.
    pub struct PublicationRequirement {
        /// How many people.
        pub approvals: u32 = 1,
        /// Roles that may agree; every role when empty.
        pub roles: Vec<Id>,
    }
}

shape! {
    /// A section of the rulebook as it should be.
    pub struct ProposedSection {
        /// The section: the policy, or the terms of one customer.
        pub after: Document,
        /// The section as it is published; left out when it is new.
        pub before: Option<Document>,
        /// The customer of the terms; the section is the policy when left out.
        pub customer: Option<Id>,
    }
}

shape! {
    /// Asks to publish sections of the rulebook.
    pub struct ProposeRules {
        /// The first day on which one may decide under them.
        pub effective_from: Date,
        /// Id of the publication, never used again.
        pub publication: Id,
        /// Who must agree from then on; as before when left out.
        pub requirement: Option<PublicationRequirement>,
        /// The sections.
        pub sections: Vec<ProposedSection>,
    }
}

shape! {
    /// Agrees to rules that were proposed, or rejects them.
    pub struct DecideRules {
        /// Digest of what was proposed.
        pub digest: Digest,
        /// The publication.
        pub publication: Id,
        /// The decision.
        pub verdict: Verdict,
    }
}

union! {
    /// What a host asks of the publication log of a seller.
    pub enum PublicationAction {
        /// Turn publication on: from now on nothing is decided under rules that are not published.
        RequirePublication(PublicationRequirement) = "require_publication",
        /// Propose rules.
        ProposeRules(ProposeRules) = "propose_rules",
        /// Agree to them, or reject them.
        DecideRules(DecideRules) = "decide_rules",
        /// Keep words whatever their rule says.
        PlaceLegalHold(PlaceLegalHold) = "place_legal_hold",
        /// End such a hold.
        LiftLegalHold(LiftLegalHold) = "lift_legal_hold",
        /// Erase what is due.
        Purge(Purge) = "purge",
        /// Erase what is of a person.
        EraseSubject(EraseSubject) = "erase_subject",
    }
}

impl Seal for PublicationAction {
    fn seal(&mut self, sealer: &mut Sealer) {
        if let Self::PlaceLegalHold(place) = self {
            sealer.seal(&mut place.note);
        }
    }
}

impl Ready for PublicationAction {
    /// Rules are published by people.
    fn sender(&self) -> Sender {
        Sender::Person
    }
}

shape! {
    /// A section that changes, by digest and by what is different in it.
    pub struct SectionChange {
        /// Digest of the section that is published; left out when it is new.
        pub before: Option<Digest>,
        /// The customer of the terms; the section is the policy when left out.
        pub customer: Option<Id>,
        /// What is different.
        pub difference: Difference,
        /// Digest of the section: records name it when they were decided under it.
        pub digest: Digest,
    }
}

shape! {
    /// Rules as they were proposed: what approvals are bound to.
    pub struct Proposal {
        /// Who proposes them.
        pub author: Id,
        /// The first day on which one may decide under them.
        pub effective_from: Date,
        /// Id of the publication.
        pub publication: Id,
        /// Who must agree from then on; as before when left out.
        pub requirement: Option<PublicationRequirement>,
        /// The sections.
        pub sections: Vec<SectionChange>,
    }
}

impl Proposal {
    /// The digest that approvals are bound to.
    #[must_use]
    pub fn digest(&self) -> Digest {
        sha256(&to_bytes(self))
    }
}

shape! {
    /// Rules were proposed.
    pub struct RulesProposed {
        /// Digest of the proposal.
        pub digest: Digest,
        /// The proposal.
        pub proposal: Proposal,
    }
}

shape! {
    /// Somebody decided on proposed rules.
    pub struct RulesDecided {
        /// When.
        pub at: Instant,
        /// Who.
        pub by: Id,
        /// The publication.
        pub publication: Id,
        /// In which role.
        pub role: Id,
        /// The decision.
        pub verdict: Verdict,
    }
}

shape! {
    /// Rules are published, with everybody who agreed.
    pub struct RulesPublished {
        /// Who agreed, in order.
        pub approvals: Vec<RulesDecided>,
        /// What was proposed.
        pub proposal: Proposal,
    }
}

union! {
    /// What happened in the publication log of a seller.
    pub enum PublicationEvent {
        /// Publication was turned on.
        PublicationRequired(PublicationRequirement) = "publication_required",
        /// Rules were proposed.
        RulesProposed(RulesProposed) = "rules_proposed",
        /// Somebody agreed or rejected them.
        RulesDecided(RulesDecided) = "rules_decided",
        /// Rules are published.
        RulesPublished(RulesPublished) = "rules_published",
        /// A legal hold was placed.
        LegalHoldPlaced(Box<LegalHoldPlaced>) = "legal_hold_placed",
        /// A legal hold was lifted.
        LegalHoldLifted(LegalHoldLifted) = "legal_hold_lifted",
        /// A person asked for erasure.
        ErasureRequested(ErasureRequested) = "erasure_requested",
        /// Words were erased.
        Purged(Box<PlanItem>) = "purged",
        /// Words could not be erased.
        PurgeRefused(Box<PurgeRefused>) = "purge_refused",
    }
}
