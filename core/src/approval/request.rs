use super::{
    ApprovalError, ApprovalRule, ApprovalStep, Asked, Decision, Expiry, Requirement, StepOrder, SubjectKind,
    Verdict,
};
use crate::calendar::{Date, Instant, Moment, Viewpoint};
use crate::canon::{Digest, shape, words};
use crate::id::Id;

words! {
    /// Where a request stands.
    pub enum ApprovalStatus {
        /// Somebody must still decide.
        Pending = "pending",
        /// Everything needed is given; also when nothing was needed.
        Approved = "approved",
        /// Somebody said no.
        Rejected = "rejected",
        /// Nobody decided in time.
        Expired = "expired",
    }
}

shape! {
    /// A step of a rule that is open now.
    pub struct OpenStep {
        /// How many people approved it.
        pub given: u32,
        /// The rule.
        pub rule: Id,
        /// Who must approve, with the roles of an escalation that has begun.
        pub step: ApprovalStep,
    }
}

/// When and under which rule a request ended without a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapsed {
    /// From when that counts, and when it was recorded.
    pub at: Moment,
    /// The rule whose time was over.
    pub rule: Id,
}

/// A request for approval: what is needed, of whom, on what content, and what was decided.
///
/// Everything about it follows from what was written down when it was made and from its decisions:
/// no policy is asked again, and no clock; time comes with each question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    kind: SubjectKind,
    asked: Asked,
    decisions: Vec<Decision>,
    lapsed: Option<Lapsed>,
    /// From when each decision that was made on it counts.
    counted: Vec<Date>,
    since: Moment,
}

/// How far one requirement is: approvals of each step, and who counted.
struct Progress<'p> {
    given: Vec<u32>,
    people: Vec<&'p Id>,
    requirement: &'p Requirement,
    steps: Vec<ApprovalStep>,
}

impl Request {
    /// A request with the decisions that were carried to it.
    ///
    /// # Errors
    /// What a carried decision lacks to stand: [`ApprovalError`], as [`Request::check`] says it.
    pub fn open(kind: SubjectKind, asked: Asked) -> Result<Self, ApprovalError> {
        let since = Moment { effective: asked.date, recorded: asked.at };
        let (decisions, counted) = (Vec::new(), Vec::new());
        let mut request = Self { kind, asked, decisions, lapsed: None, counted, since };
        for decision in request.asked.carried.clone() {
            if decision.carried.is_none() || decision.verdict != Verdict::Approve {
                return Err(request.other_content(decision.digest));
            }
            request.check_people(&decision)?;
            request.check_step(&decision)?;
            request.decisions.push(decision);
        }
        Ok(request)
    }

    /// The same request in a log that it came to later.
    #[must_use]
    pub fn come(self, since: Moment) -> Self {
        Self { since, ..self }
    }

    /// The request as it stood: with the decisions that count from a viewpoint; nothing before it was made.
    #[must_use]
    pub fn at(&self, at: impl Into<Viewpoint>) -> Option<Self> {
        let at = at.into();
        if !at.sees(self.since) {
            return None;
        }
        let carried = self.decisions.iter().take(self.asked.carried.len());
        let made = self.made().iter().zip(&self.counted).filter(|(decision, effective)| {
            let recorded = decision.at.max(self.since.recorded);
            at.sees(Moment { effective: **effective, recorded })
        });
        let (made, counted): (Vec<&Decision>, Vec<Date>) = made.map(|(one, day)| (one, *day)).unzip();
        Some(Self {
            decisions: carried.chain(made).cloned().collect(),
            lapsed: self.lapsed.clone().filter(|lapsed| at.sees(lapsed.at)),
            counted,
            ..self.clone()
        })
    }

    /// What kind of thing it is about.
    #[must_use]
    pub const fn kind(&self) -> SubjectKind {
        self.kind
    }

    /// The request as it was made.
    #[must_use]
    pub const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Digest of the content.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.asked.digest
    }

    /// What is needed.
    #[must_use]
    pub fn needed(&self) -> &[Requirement] {
        &self.asked.needed
    }

    /// What was decided, in order; carried decisions first.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// What was decided on it itself: without what was carried to it.
    #[must_use]
    pub fn made(&self) -> &[Decision] {
        self.decisions.get(self.asked.carried.len()..).unwrap_or_default()
    }

    /// When it ended without a decision.
    #[must_use]
    pub const fn lapsed(&self) -> Option<&Lapsed> {
        self.lapsed.as_ref()
    }

    /// Where it stands: rejected by one no; approved when every step of every requirement has its
    /// quorum. Each approval counts once in each requirement, for the first step that it serves.
    #[must_use]
    pub fn status(&self) -> ApprovalStatus {
        if self.lapsed.is_some() {
            ApprovalStatus::Expired
        } else if self.decisions.iter().any(|decision| decision.verdict == Verdict::Reject) {
            ApprovalStatus::Rejected
        } else if self.progress().iter().all(Progress::is_met) {
            ApprovalStatus::Approved
        } else {
            ApprovalStatus::Pending
        }
    }

    /// The steps that somebody could decide at an instant.
    #[must_use]
    pub fn open_steps(&self, at: Instant) -> Vec<OpenStep> {
        let mut open = Vec::new();
        for progress in self.progress() {
            let rule = &progress.requirement.rule;
            let escalated = rule.escalation.iter().filter(|_| self.is_escalated(rule, at));
            let more: Vec<Id> = escalated.flat_map(|escalation| escalation.roles.clone()).collect();
            for (step, given) in progress.open() {
                let mut step = step.clone();
                step.roles.extend(more.iter().cloned());
                open.push(OpenStep { given, rule: rule.id.clone(), step });
            }
        }
        open
    }

    /// When the first escalation of what is still open begins.
    #[must_use]
    pub fn escalates(&self) -> Option<Instant> {
        self.escalations().first().map(|(begins, _)| *begins)
    }

    /// When the escalation of each rule that is still open begins, in order of time.
    #[must_use]
    pub fn escalations(&self) -> Vec<(Instant, &Id)> {
        let open = self.open_rules().into_iter();
        let begins = |rule: &ApprovalRule| self.after(rule.escalation.as_ref()?.after_hours);
        let mut all: Vec<_> = open.filter_map(|rule| Some((begins(rule)?, &rule.id))).collect();
        all.sort_by_key(|(begins, _)| *begins);
        all
    }

    /// When it is over unless somebody decides, with the rule and its expiry.
    #[must_use]
    pub fn expires(&self) -> Option<(Instant, &ApprovalRule, &Expiry)> {
        let open = self.open_rules().into_iter();
        let times = open.filter_map(|rule| {
            let expiry = rule.expiry.as_ref()?;
            Some((self.after(expiry.after_hours)?, rule, expiry))
        });
        times.min_by_key(|(at, _, _)| *at)
    }

    /// Checks a decision against everything that could be wrong with it, in order of precedence.
    ///
    /// # Errors
    /// [`ApprovalError`], the first that applies.
    pub fn check(&self, decision: &Decision) -> Result<(), ApprovalError> {
        let status = self.status();
        if status != ApprovalStatus::Pending {
            return Err(ApprovalError::NotOpen { status: status.word() });
        }
        if decision.digest != self.asked.digest || decision.carried.is_some() {
            return Err(self.other_content(decision.digest));
        }
        if decision.at < self.asked.at {
            let (asked, got) = (self.asked.at.to_string(), decision.at.to_string());
            return Err(ApprovalError::Early { asked, got });
        }
        if let Some((over, rule, _)) = self.expires().filter(|(over, _, _)| decision.at >= *over) {
            return Err(ApprovalError::Expired { rule: rule.id.to_string(), over: over.to_string() });
        }
        self.check_people(decision)?;
        decision.check_delegation()?;
        if let Some(actor) = self.decided_before(decision) {
            return Err(ApprovalError::Twice { actor });
        }
        self.check_step(decision)
    }

    /// Adds a decision that counts from a date.
    ///
    /// # Errors
    /// What [`Request::check`] refuses; then nothing is changed.
    pub fn add(&mut self, decision: Decision, effective: Date) -> Result<(), ApprovalError> {
        self.check(&decision)?;
        self.decisions.push(decision);
        self.counted.push(effective);
        Ok(())
    }

    /// Ends a request that nobody decided in time; gives the expiry of the rule that ended it.
    ///
    /// # Errors
    /// [`ApprovalError::NotOpen`], or [`ApprovalError::NotExpired`] while there is time.
    pub fn lapse(&mut self, at: Moment) -> Result<(ApprovalRule, Expiry), ApprovalError> {
        let status = self.status();
        if status != ApprovalStatus::Pending {
            return Err(ApprovalError::NotOpen { status: status.word() });
        }
        match self.expires() {
            Some((over, rule, expiry)) if at.recorded >= over => {
                let (rule, expiry) = (rule.clone(), expiry.clone());
                self.lapsed = Some(Lapsed { at, rule: rule.id.clone() });
                Ok((rule, expiry))
            }
            other => {
                let over = other.map_or("never".to_owned(), |(over, _, _)| over.to_string());
                Err(ApprovalError::NotExpired { over, got: at.recorded.to_string() })
            }
        }
    }

    /// The requirements that a decision serves, as they stand now.
    #[must_use]
    pub fn served_by(&self, decision: &Decision) -> Vec<&Requirement> {
        let progress = self.progress();
        let serving = progress.into_iter().filter(|one| one.place(self, decision).is_ok());
        serving.map(|one| one.requirement).collect()
    }

    /// The requirements in which a decision that was made counted.
    #[must_use]
    pub fn counted_for(&self, decision: &Decision) -> Vec<&Requirement> {
        let before = self.decisions.iter().take_while(|earlier| *earlier != decision).cloned();
        let then = Self { decisions: before.collect(), ..self.clone() };
        let is_served =
            |one: &&Requirement| then.served_by(decision).iter().any(|served| served.rule == one.rule);
        self.asked.needed.iter().filter(is_served).filter(|_| decision.verdict == Verdict::Approve).collect()
    }

    fn other_content(&self, got: Digest) -> ApprovalError {
        ApprovalError::Content { expected: self.asked.digest.to_string(), got: got.to_string() }
    }

    /// Separation of duties: neither the person nor the one decided for made the subject.
    fn check_people(&self, decision: &Decision) -> Result<(), ApprovalError> {
        let author = &self.asked.author;
        if decision.people().any(|person| person == author) {
            return Err(ApprovalError::Author { author: author.to_string() });
        }
        Ok(())
    }

    /// Who of a decision's people decided on this content before, themselves or through another.
    fn decided_before(&self, decision: &Decision) -> Option<String> {
        let own = self.decisions.iter().filter(|earlier| earlier.carried.is_none());
        let mut people = own.flat_map(Decision::people);
        people.find(|person| decision.people().any(|own| own == *person)).map(ToString::to_string)
    }

    /// Whether the decision serves a step that is open, and if not, what came nearest.
    fn check_step(&self, decision: &Decision) -> Result<(), ApprovalError> {
        let mut nearest: Option<(u8, ApprovalError)> = None;
        for progress in self.progress() {
            match progress.place(self, decision) {
                Ok(_) => return Ok(()),
                Err(lack) if nearest.as_ref().is_none_or(|(rank, _)| *rank < lack.0) => nearest = Some(lack),
                Err(_) => {}
            }
        }
        let nothing = || ApprovalError::NotOpen { status: self.status().word() };
        Err(nearest.map_or_else(nothing, |(_, error)| error))
    }

    /// Counts the approvals of every requirement, in the order they were given.
    fn progress(&self) -> Vec<Progress<'_>> {
        let fresh = |requirement| Progress::new(requirement);
        let mut all: Vec<Progress<'_>> = self.asked.needed.iter().map(fresh).collect();
        for decision in self.decisions.iter().filter(|decision| decision.verdict == Verdict::Approve) {
            for progress in &mut all {
                if let Ok(place) = progress.place(self, decision) {
                    if let Some(given) = progress.given.get_mut(place) {
                        *given = given.saturating_add(1);
                    }
                    progress.people.extend(decision.people());
                }
            }
        }
        all
    }

    fn open_rules(&self) -> Vec<&ApprovalRule> {
        let progress = self.progress();
        progress.iter().filter(|one| !one.is_met()).map(|one| &one.requirement.rule).collect()
    }

    /// Hours after the request; none beyond the calendar.
    fn after(&self, hours: u32) -> Option<Instant> {
        self.asked.at.plus_seconds(i64::from(hours).saturating_mul(3_600)).ok()
    }

    fn is_escalated(&self, rule: &ApprovalRule, at: Instant) -> bool {
        let begins = rule.escalation.as_ref().and_then(|escalation| self.after(escalation.after_hours));
        begins.is_some_and(|begins| at >= begins)
    }
}

impl<'p> Progress<'p> {
    fn new(requirement: &'p Requirement) -> Self {
        let steps = requirement.rule.steps();
        Self { given: vec![0; steps.len()], people: Vec::new(), requirement, steps }
    }

    fn is_met(&self) -> bool {
        self.open().next().is_none()
    }

    /// Steps that lack approvals, with those they have; in a sequence only the next.
    fn open(&self) -> impl Iterator<Item = (&ApprovalStep, u32)> {
        let lacking = self.steps.iter().zip(&self.given).filter(|(step, given)| **given < step.quorum);
        let most = match self.requirement.rule.order {
            StepOrder::Parallel => self.steps.len(),
            StepOrder::Sequence => 1,
        };
        lacking.map(|(step, given)| (step, *given)).take(most)
    }

    /// The first open step that a decision serves, or what the decision lacks and how near it came.
    fn place(&self, request: &Request, decision: &Decision) -> Result<usize, (u8, ApprovalError)> {
        let rule = &self.requirement.rule;
        let role = || {
            let open = self.open().flat_map(|(step, _)| step.roles.iter().chain(&step.people));
            let who: Vec<&str> = open.map(Id::as_str).collect();
            (0, ApprovalError::Role { roles: who.join(", "), got: decision.role.to_string() })
        };
        let carries = |carried: &super::Carried| rule.carries && carried.rules.contains(&rule.id);
        if !decision.carried.as_ref().is_none_or(carries) {
            return Err(role());
        }
        if let Some(actor) = decision.people().find(|person| self.people.contains(person)) {
            return Err((1, ApprovalError::Twice { actor: actor.to_string() }));
        }
        let mut nearest = role();
        for (step, _) in self.open() {
            match lacks(step, rule, request, decision) {
                None => {
                    let same = |other: &&ApprovalStep| core::ptr::eq(*other, step);
                    let place = self.steps.iter().position(|other| same(&other));
                    return place.ok_or(nearest);
                }
                Some(lack) if lack.0 > nearest.0 => nearest = lack,
                Some(_) => {}
            }
        }
        Err(nearest)
    }
}

/// What a decision lacks to serve a step.
fn lacks(
    step: &ApprovalStep,
    rule: &ApprovalRule,
    request: &Request,
    decision: &Decision,
) -> Option<(u8, ApprovalError)> {
    let in_time = decision.carried.is_none() && request.is_escalated(rule, decision.at);
    let escalated = in_time
        && rule.escalation.as_ref().is_some_and(|escalation| escalation.roles.contains(&decision.role));
    let role = step.roles.is_empty() || step.roles.contains(&decision.role);
    let person = step.people.is_empty() || decision.people().any(|person| step.people.contains(person));
    if !(escalated || role && person) {
        let who: Vec<&str> = step.roles.iter().chain(&step.people).map(Id::as_str).collect();
        return Some((0, ApprovalError::Role { roles: who.join(", "), got: decision.role.to_string() }));
    }
    if decision.delegation.is_some() && !rule.delegation {
        return Some((2, ApprovalError::DelegationNotAllowed { rule: rule.id.to_string() }));
    }
    if decision.assurance < step.assurance {
        let word = |assurance: Option<crate::audit::Assurance>| assurance.map_or("none", |one| one.word());
        let (expected, got) = (word(step.assurance), word(decision.assurance));
        return Some((3, ApprovalError::Assurance { expected, got }));
    }
    if step.signed && decision.signature.is_none() {
        return Some((4, ApprovalError::SignatureMissing { rule: rule.id.to_string() }));
    }
    None
}
