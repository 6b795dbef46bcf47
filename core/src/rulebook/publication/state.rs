use std::collections::{BTreeMap, BTreeSet};

use super::action::{
    DecideRules, Proposal, ProposeRules, ProposedSection, PublicationAction, PublicationEvent,
    PublicationRequirement, RulesDecided, RulesProposed, RulesPublished, SectionChange,
};
use crate::approval::Verdict;
use crate::audit::{
    AuditError, Basis, Chain, Command, Decided, LogAddress, LogKind, Recorded, Ruling, Sender, Stamp, decide,
};
use crate::calendar::Date;
use crate::canon::{Difference, Digest, Limits, Node, from_bytes, sha256, to_bytes};
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::retention::{Gather, KeepsWords, RetentionPolicy, Words, WordsAction, WordsEvent};
use crate::rulebook::{PolicyDocument, RulebookError, TermsDocument};

/// Most people that can be asked to agree.
const MOST_APPROVALS: u32 = 20;

/// Proposed rules with who agreed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Digest of the proposal.
    pub digest: Digest,
    /// The proposal.
    pub proposal: Proposal,
    /// Who agreed.
    pub approvals: Vec<RulesDecided>,
}

/// The publication log of a seller: which sections of its rulebook were published, by whom, from when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    chain: Chain,
    required: bool,
    requirement: PublicationRequirement,
    pending: BTreeMap<Id, Pending>,
    /// Every id that was used.
    known: BTreeSet<Id>,
    /// Sections by customer, the policy under none.
    current: BTreeMap<Option<Id>, Digest>,
    effective: BTreeMap<Digest, Date>,
    /// What was published of each section, with its first day, in the order of publication.
    published: BTreeMap<Option<Id>, Vec<(Date, Digest)>>,
    pub(super) kept: Words,
}

impl Publication {
    /// An empty publication log of a seller.
    #[must_use]
    pub fn new(seller: Id, id: Id) -> Self {
        Self {
            chain: Chain::new(LogAddress { id, kind: LogKind::Rulebook, seller }),
            required: false,
            requirement: PublicationRequirement { approvals: 1, roles: Vec::new() },
            pending: BTreeMap::new(),
            known: BTreeSet::new(),
            current: BTreeMap::new(),
            effective: BTreeMap::new(),
            published: BTreeMap::new(),
            kept: Words::default(),
        }
    }

    /// The log.
    #[must_use]
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Whether nothing may be decided under rules that are not published.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.required
    }

    /// Who must agree.
    #[must_use]
    pub const fn requirement(&self) -> &PublicationRequirement {
        &self.requirement
    }

    /// Proposed rules that wait for somebody to agree, by publication.
    pub fn pending(&self) -> impl Iterator<Item = &Pending> {
        self.pending.values()
    }

    /// The sections as published last, by customer; the policy stands under none.
    pub fn current(&self) -> impl Iterator<Item = (Option<&Id>, Digest)> {
        self.current.iter().map(|(customer, digest)| (customer.as_ref(), *digest))
    }

    /// Every section that was published, with the first day on which one may decide under it.
    #[must_use]
    pub const fn effective(&self) -> &BTreeMap<Digest, Date> {
        &self.effective
    }

    /// What was published of the policy (none) or of a customer's terms, with its first day, in the order of
    /// publication: on a day the last one that had begun by then is in force.
    pub fn published(&self, customer: Option<&Id>) -> &[(Date, Digest)] {
        self.published.get(&customer.cloned()).map_or(&[], Vec::as_slice)
    }

    /// Decides a command; `retention` says how long words are kept.
    ///
    /// # Errors
    /// [`RulebookError`] and what [`decide`] refuses.
    pub fn decide(
        &self,
        retention: &RetentionPolicy,
        basis: Basis,
        command: &Command<PublicationAction>,
    ) -> Result<Decided<PublicationEvent>, Refusal> {
        decide(
            &self.chain,
            command,
            || Ok(basis),
            |command| {
                let words = |action| {
                    let Ruling { events, findings } = self.decide_words(retention, action, &command.stamp)?;
                    Ok(Ruling { events: events.into_iter().map(PublicationEvent::from).collect(), findings })
                };
                let events = match &command.action {
                    PublicationAction::PlaceLegalHold(place) => return words(WordsAction::Place(place)),
                    PublicationAction::LiftLegalHold(lift) => return words(WordsAction::Lift(lift)),
                    PublicationAction::Purge(purge) => return words(WordsAction::Purge(purge)),
                    PublicationAction::EraseSubject(erase) => return words(WordsAction::Erase(erase)),
                    PublicationAction::RequirePublication(asked) => self.require(asked),
                    PublicationAction::ProposeRules(asked) => self.propose(asked, &command.stamp),
                    PublicationAction::DecideRules(asked) => self.agree(asked, &command.stamp),
                }?;
                Ok(Ruling { events, findings: Vec::new() })
            },
        )
    }

    fn require(&self, asked: &PublicationRequirement) -> Result<Vec<PublicationEvent>, Refusal> {
        self.check_requirement(asked).map_err(|error| Refusal::because(&error))?;
        Ok(vec![PublicationEvent::PublicationRequired(asked.clone())])
    }

    fn check_requirement(&self, asked: &PublicationRequirement) -> Result<(), RulebookError> {
        if self.required {
            return Err(RulebookError::PublicationRequired);
        }
        check_approvals(asked)
    }

    fn propose(&self, asked: &ProposeRules, stamp: &Stamp) -> Result<Vec<PublicationEvent>, Refusal> {
        let (mut sections, mut findings) = (Vec::with_capacity(asked.sections.len()), Vec::new());
        for (place, section) in asked.sections.iter().enumerate() {
            match change(section) {
                Ok(change) => sections.push(change),
                Err(refusal) => {
                    let refusal = refusal.below(&format!("/action/sections/{place}"));
                    findings.extend(refusal.findings().cloned());
                }
            }
        }
        Refusal::unless_empty(findings)?;
        let proposal = Proposal {
            author: stamp.actor.clone(),
            effective_from: asked.effective_from,
            publication: asked.publication.clone(),
            requirement: asked.requirement.clone(),
            sections,
        };
        self.check_proposal(&proposal)?;
        let digest = proposal.digest();
        Ok(vec![PublicationEvent::RulesProposed(RulesProposed { digest, proposal })])
    }

    fn check_proposal(&self, proposal: &Proposal) -> Result<(), Refusal> {
        if self.known.contains(&proposal.publication) {
            let id = proposal.publication.to_string();
            return Err(Refusal::because(&RulebookError::PublicationTwice { id }));
        }
        if proposal.sections.is_empty() && proposal.requirement.is_none() {
            return Err(Refusal::because(&RulebookError::PublicationEmpty));
        }
        if let Some(requirement) = &proposal.requirement {
            check_approvals(requirement).map_err(|error| Refusal::because(&error))?;
        }
        let mut seen = BTreeSet::new();
        let mut findings = self.stale(proposal);
        for change in &proposal.sections {
            if !seen.insert(&change.customer) {
                let (what, id) = ("section", name(change.customer.as_ref()));
                findings.push(Finding::block(&RulebookError::IdTwice { what, id }));
            }
            if change.difference.is_empty() {
                findings.push(
                    Finding::block(&RulebookError::PublicationEmpty).about(name(change.customer.as_ref())),
                );
            }
        }
        Refusal::unless_empty(findings)
    }

    /// Sections that were not made from what is published.
    fn stale(&self, proposal: &Proposal) -> Vec<Finding> {
        let stale = |change: &&SectionChange| self.current.get(&change.customer) != change.before.as_ref();
        let shown = |digest: Option<&Digest>| digest.map_or_else(|| "none".to_owned(), Digest::to_string);
        let finding = |change: &SectionChange| {
            Finding::block(&RulebookError::PublicationBase {
                section: name(change.customer.as_ref()),
                expected: shown(self.current.get(&change.customer)),
                got: shown(change.before.as_ref()),
            })
        };
        proposal.sections.iter().filter(stale).map(finding).collect()
    }

    fn agree(&self, asked: &DecideRules, stamp: &Stamp) -> Result<Vec<PublicationEvent>, Refusal> {
        let decided = RulesDecided {
            at: stamp.at,
            by: stamp.actor.clone(),
            publication: asked.publication.clone(),
            role: stamp.role.clone(),
            verdict: asked.verdict,
        };
        let pending = self.check_decided(&decided).map_err(|error| Refusal::because(&error))?;
        if pending.digest != asked.digest {
            let (expected, got) = (pending.digest.to_string(), asked.digest.to_string());
            return Err(Refusal::because(&RulebookError::PublicationDigest { expected, got }));
        }
        let mut events = vec![PublicationEvent::RulesDecided(decided.clone())];
        if asked.verdict == Verdict::Approve {
            Refusal::unless_empty(self.stale(&pending.proposal))?;
            let mut approvals = pending.approvals.clone();
            approvals.push(decided);
            events.extend(self.published_by(&pending.proposal, &approvals));
        }
        Ok(events)
    }

    /// That rules are published, once enough agreed.
    fn published_by(&self, proposal: &Proposal, approvals: &[RulesDecided]) -> Option<PublicationEvent> {
        let published = || RulesPublished { approvals: approvals.to_vec(), proposal: proposal.clone() };
        self.suffice(approvals).then(|| PublicationEvent::RulesPublished(published()))
    }

    /// What follows for a proposal that was just decided on.
    fn agreed(&self, publication: &Id) -> Option<PublicationEvent> {
        let pending = self.pending.get(publication)?;
        self.published_by(&pending.proposal, &pending.approvals)
    }

    fn suffice(&self, approvals: &[RulesDecided]) -> bool {
        u32::try_from(approvals.len()).is_ok_and(|count| count >= self.requirement.approvals)
    }

    /// Who may decide: somebody else than the author, once, in one of the roles.
    fn check_decided(&self, decided: &RulesDecided) -> Result<&Pending, RulebookError> {
        let id = decided.publication.to_string();
        let pending = self.pending.get(&decided.publication);
        let pending = pending.ok_or(RulebookError::PublicationUnknown { id })?;
        let roles = &self.requirement.roles;
        if pending.proposal.author == decided.by {
            return Err(RulebookError::PublicationAuthor { actor: decided.by.to_string() });
        }
        if !roles.is_empty() && !roles.contains(&decided.role) {
            let roles: Vec<&str> = roles.iter().map(Id::as_str).collect();
            return Err(RulebookError::PublicationRole {
                roles: roles.join(", "),
                got: decided.role.to_string(),
            });
        }
        if pending.approvals.iter().any(|one| one.by == decided.by) {
            return Err(RulebookError::PublicationAgain { actor: decided.by.to_string() });
        }
        Ok(pending)
    }

    /// Applies a record, wholly or not at all.
    ///
    /// # Errors
    /// What [`Chain::check`] refuses, and why an event does not fit.
    pub fn apply(&mut self, recorded: &Recorded<PublicationEvent>) -> Result<(), Refusal> {
        let record = recorded.record();
        let continues = self.chain.check(record, &Sender::Person)?;
        let words: Vec<WordsEvent> = record.events.iter().filter_map(PublicationEvent::of_words).collect();
        self.check_words(&words, record.events.len(), &record.stamp)?;
        let mut after = self.clone();
        let mut follows = None;
        for (place, event) in record.events.iter().enumerate() {
            // A command does one thing; what follows from it is said, and nothing else.
            let stands = follows.take().map_or(place == 0 || !words.is_empty(), |next| next == *event);
            if !stands {
                return unfit(event.kind(), "does not follow from what its command did");
            }
            after.event(event, &record.stamp)?;
            if let PublicationEvent::RulesDecided(decided) = event {
                follows = after.agreed(&decided.publication);
            }
        }
        if let Some(left_out) = follows {
            return unfit(left_out.kind(), "follows and is left out");
        }
        let texts = Gather::new(record.seq, &record.stamp).all(&words);
        after.kept.keep(words, texts);
        after.chain.advance(recorded, continues, |_| None);
        *self = after;
        Ok(())
    }

    fn event(&mut self, event: &PublicationEvent, stamp: &Stamp) -> Result<(), Refusal> {
        let mismatch = |id: &Id, reason| {
            let id = id.to_string();
            Err(Refusal::because(&AuditError::StateMismatch { what: "publication", id, reason }))
        };
        match event {
            PublicationEvent::PublicationRequired(asked) => {
                self.check_requirement(asked).map_err(|error| Refusal::because(&error))?;
                self.required = true;
                self.requirement = asked.clone();
            }
            PublicationEvent::RulesProposed(proposed) => {
                let RulesProposed { digest, proposal } = proposed;
                self.check_proposal(proposal)?;
                if proposal.digest() != *digest || proposal.author != stamp.actor {
                    return mismatch(&proposal.publication, "is not what its author proposed");
                }
                let pending = Pending { digest: *digest, proposal: proposal.clone(), approvals: Vec::new() };
                self.known.insert(proposal.publication.clone());
                self.pending.insert(proposal.publication.clone(), pending);
            }
            PublicationEvent::RulesDecided(decided) => {
                self.check_decided(decided).map_err(|error| Refusal::because(&error))?;
                if (&decided.by, &decided.role, decided.at) != (&stamp.actor, &stamp.role, stamp.at) {
                    return mismatch(&decided.publication, "was decided by somebody else");
                }
                let stale = self.pending.get(&decided.publication).map(|one| self.stale(&one.proposal));
                if decided.verdict == Verdict::Approve {
                    Refusal::unless_empty(stale.unwrap_or_default())?;
                }
                match (decided.verdict, self.pending.get_mut(&decided.publication)) {
                    (Verdict::Approve, Some(pending)) => pending.approvals.push(decided.clone()),
                    (Verdict::Approve | Verdict::Reject, _) => {
                        drop(self.pending.remove(&decided.publication))
                    }
                }
            }
            PublicationEvent::RulesPublished(published) => {
                let id = &published.proposal.publication;
                let agreed = self.pending.remove(id).filter(|pending| {
                    pending.proposal == published.proposal && pending.approvals == published.approvals
                });
                if agreed.is_none() || !self.suffice(&published.approvals) {
                    return mismatch(id, "was not agreed to");
                }
                Refusal::unless_empty(self.stale(&published.proposal))?;
                self.publish(&published.proposal);
            }
            // Words were looked at before, and are kept behind all else.
            PublicationEvent::LegalHoldPlaced(_)
            | PublicationEvent::LegalHoldLifted(_)
            | PublicationEvent::ErasureRequested(_)
            | PublicationEvent::Purged(_)
            | PublicationEvent::PurgeRefused(_) => {}
        }
        Ok(())
    }

    fn publish(&mut self, proposal: &Proposal) {
        for change in &proposal.sections {
            self.current.insert(change.customer.clone(), change.digest);
            let section = self.published.entry(change.customer.clone()).or_default();
            section.push((proposal.effective_from, change.digest));
            // Rules that were published before keep their day.
            let day = self.effective.entry(change.digest).or_insert(proposal.effective_from);
            *day = (*day).min(proposal.effective_from);
        }
        if let Some(requirement) = &proposal.requirement {
            self.requirement = requirement.clone();
        }
    }
}

fn unfit<T>(event: &str, reason: &'static str) -> Result<T, Refusal> {
    Err(Refusal::because(&AuditError::StateMismatch { what: "event", id: event.to_owned(), reason }))
}

fn name(customer: Option<&Id>) -> String {
    customer.map_or_else(|| "policy".to_owned(), |customer| format!("terms of {customer}"))
}

fn check_approvals(asked: &PublicationRequirement) -> Result<(), RulebookError> {
    if asked.approvals == 0 || asked.approvals > MOST_APPROVALS {
        return Err(RulebookError::PublicationApprovals { limit: MOST_APPROVALS, got: asked.approvals });
    }
    Ok(())
}

/// The canonical bytes of a section with its defaults written out, as a rulebook hashes it.
fn section(document: &[u8], customer: Option<&Id>) -> Result<Vec<u8>, Refusal> {
    let Some(customer) = customer else {
        return from_bytes::<PolicyDocument>(document).map(|policy| to_bytes(&policy));
    };
    let terms = from_bytes::<TermsDocument>(document)?;
    if terms.customer != *customer {
        let id = terms.customer.to_string();
        return Err(Refusal::because(&RulebookError::CustomerUnknown { id }).below("/customer"));
    }
    Ok(to_bytes(&terms))
}

fn change(proposed: &ProposedSection) -> Result<SectionChange, Refusal> {
    let customer = proposed.customer.as_ref();
    let after = section(proposed.after.bytes(), customer).map_err(|refusal| refusal.below("/after"))?;
    let before = proposed.before.as_ref().map(|before| section(before.bytes(), customer));
    let before = before.transpose().map_err(|refusal| refusal.below("/before"))?;
    let earlier = before.as_ref().map(|before| Node::parse(before, Limits::default())).transpose()?;
    let difference = Difference::between(earlier.as_ref(), &Node::parse(&after, Limits::default())?);
    Ok(SectionChange {
        before: before.as_deref().map(sha256),
        customer: customer.cloned(),
        difference,
        digest: sha256(&after),
    })
}
