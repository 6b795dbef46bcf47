//! A whole history in one call: what a host would get if it ran these commands on empty logs.

use std::collections::{BTreeMap, VecDeque};

use crate::audit::{Document, LogAddress};
use crate::canon::{Limits, Node, Writer, from_node, shape, words};
use crate::finding::Refusal;
use crate::id::Id;
use crate::rulebook::Rulebook;
use crate::wire::{Answer, Log, WireError, compile, published, report};

/// Most commands of one simulation, ready commands included.
const LIMIT: usize = 100_000;

words! {
    /// What can be asked of all logs together.
    pub enum Overview {
        /// The aging of accounts and cash books.
        Aging = "aging",
        /// What some days come to.
        Closing = "closing",
        /// What closes a period of all of them.
        CloseRun = "close_run",
        /// What is under way between them.
        Reconcile = "reconcile",
        /// What would be billed beside the invoices of another system.
        ShadowRun = "shadow_run",
        /// The sum of accounts, and where their work stands.
        Summary = "summary",
    }
}

shape! {
    /// A question to be asked at the end.
    pub struct SimulatedQuestion {
        /// Pointers into the answer: only what stands there is given; all of it when left out.
        pub at: Vec<String>,
        /// The log it is about; all logs together when left out.
        pub log: Option<LogAddress>,
        /// What is asked of all logs together.
        pub overview: Overview = Overview::Aging,
        /// The question.
        pub question: Document,
    }
}

shape! {
    /// Commands to be decided and applied one after another on empty logs, and questions about the end.
    pub struct SimulationIn {
        /// The commands; what they cause in other logs is delivered at once.
        pub commands: Vec<Document>,
        /// Ids of commands behind which the host crashed: what they cause in other logs is lost.
        pub lost: Vec<Id>,
        /// The questions.
        pub questions: Vec<SimulatedQuestion>,
        /// The rulebook they are decided under.
        pub rulebook: Document,
    }
}

/// The logs of a simulation.
struct Simulation {
    rulebook: Rulebook,
    logs: BTreeMap<String, Log>,
    done: usize,
}

/// What became of one command.
enum Outcome {
    Recorded(Vec<&'static str>),
    Repeated,
    Refused(Refusal),
}

/// Runs `{"commands": [..], "questions": [..], "rulebook": {..}}`; answers with an outcome per command,
/// the outcomes of what it caused in other logs under `then`, and an answer per question.
pub(super) fn simulate(input: &Node<'_>) -> Result<Vec<u8>, Refusal> {
    let asked: SimulationIn = from_node(input)?;
    let rulebook = compile(asked.rulebook.bytes()).map_err(|refusal| refusal.below("/rulebook"))?;
    let mut simulation = Simulation { rulebook, logs: BTreeMap::new(), done: 0 };
    let mut outcomes = Vec::with_capacity(asked.commands.len());
    for command in &asked.commands {
        outcomes.push(simulation.deliver(command, &asked.lost)?);
    }
    let mut answers = Vec::with_capacity(asked.questions.len());
    for (place, question) in asked.questions.iter().enumerate() {
        let answer = simulation.answer(question);
        answers.push(answer.map_err(|refusal| refusal.below(&format!("/questions/{place}")))?);
    }
    let mut writer = Writer::new();
    writer.object(|fields| {
        fields.with("answers".into(), |out| {
            out.sequence(&answers, |answer, out| out.canonical(answer));
        });
        fields.with("outcomes".into(), |out| {
            out.sequence(&outcomes, |(first, then), out| write(first, Some(then), out));
        });
    });
    Ok(writer.into_bytes())
}

fn write(outcome: &Outcome, then: Option<&[Outcome]>, out: &mut Writer) {
    out.object(|fields| {
        let (word, names) = match outcome {
            Outcome::Recorded(findings) => ("recorded", findings.clone()),
            Outcome::Repeated => ("repeated", Vec::new()),
            Outcome::Refused(refusal) => {
                ("refused", refusal.findings().map(|finding| finding.code.name).collect())
            }
        };
        if !names.is_empty() {
            fields.with("findings".into(), |out| out.sequence(names, |name, out| out.text(name)));
        }
        fields.with("outcome".into(), |out| out.text(word));
        if let Some(then) = then.filter(|then| !then.is_empty()) {
            fields.with("then".into(), |out| out.sequence(then, |outcome, out| write(outcome, None, out)));
        }
    });
}

impl Simulation {
    /// Delivers a command and everything that follows from it.
    fn deliver(&mut self, command: &Document, lost: &[Id]) -> Result<(Outcome, Vec<Outcome>), Refusal> {
        let mut queue = VecDeque::new();
        let first = self.step(command, lost, &mut queue)?;
        let mut then = Vec::new();
        while let Some(ready) = queue.pop_front() {
            then.push(self.step(&ready, lost, &mut queue)?);
        }
        Ok((first, then))
    }

    fn step(
        &mut self,
        command: &Document,
        lost: &[Id],
        queue: &mut VecDeque<Document>,
    ) -> Result<Outcome, Refusal> {
        self.done = self.done.saturating_add(1);
        if self.done > LIMIT {
            return Err(Refusal::because(&WireError::SimulationLimit { limit: LIMIT }));
        }
        let address =
            Node::parse(command.bytes(), Limits::default())?.get("log").map(from_node::<LogAddress>);
        let address = match address {
            Some(Ok(address)) => address,
            Some(Err(refusal)) => return Ok(Outcome::Refused(refusal.below("/log"))),
            None => return Ok(Outcome::Refused(missing("log"))),
        };
        let opened = Log::new(address.clone());
        let log = self.logs.entry(address.to_string()).or_insert(opened);
        match log.decide(&self.rulebook, command.bytes()) {
            Ok(Answer::Repeated(_)) => Ok(Outcome::Repeated),
            Ok(Answer::Recorded(answered)) => {
                log.apply(&answered.recorded)?;
                if let Log::Rulebook(_) = log {
                    self.rulebook = published(&self.rulebook, log)?;
                }
                if !lost.contains(answered.recorded.command()) {
                    queue.extend(answered.intents.into_iter().map(|intent| intent.command));
                }
                Ok(Outcome::Recorded(answered.findings.iter().map(|finding| finding.code.name).collect()))
            }
            Err(refusal) => Ok(Outcome::Refused(refusal)),
        }
    }

    fn answer(&self, asked: &SimulatedQuestion) -> Result<Vec<u8>, Refusal> {
        let question = asked.question.bytes();
        let answer = match &asked.log {
            Some(address) => match self.logs.get(&address.to_string()) {
                Some(log) => report(log, &self.rulebook, question)?,
                None => report(&Log::new(address.clone()), &self.rulebook, question)?,
            },
            None => self.overview(asked.overview, question)?,
        };
        if asked.at.is_empty() {
            return Ok(answer);
        }
        let tree = Node::parse(&answer, Limits::default())?;
        let mut writer = Writer::new();
        writer.object(|fields| {
            for pointer in &asked.at {
                fields.with(pointer.clone().into(), |out| tree.at(pointer).unwrap_or(&Node::Null).write(out));
            }
        });
        Ok(writer.into_bytes())
    }
}

impl Simulation {
    /// An answer about all logs together.
    fn overview(&self, overview: Overview, question: &[u8]) -> Result<Vec<u8>, Refusal> {
        let of = |some: fn(&Log) -> bool| self.logs.values().filter(|log| some(log)).collect::<Vec<&Log>>();
        match overview {
            Overview::Aging => {
                let logs = of(|log| matches!(log, Log::Account(_) | Log::CashBook(_)));
                crate::wire::aging(&self.rulebook, &logs, question)
            }
            Overview::Closing => crate::wire::closing(&self.rulebook, &of(|_| true), question),
            Overview::CloseRun => crate::wire::close_run(&self.rulebook, &of(|_| true), question),
            Overview::ShadowRun => {
                let accounts = of(|log| matches!(log, Log::Account(_)));
                crate::wire::shadow_run(&self.rulebook, &accounts, question)
            }
            Overview::Summary => {
                let accounts = of(|log| matches!(log, Log::Account(_)));
                crate::wire::summary(&self.rulebook, &accounts, question)
            }
            Overview::Reconcile => crate::wire::reconcile(&self.rulebook, &of(|_| true), question),
        }
    }
}

fn missing(key: &str) -> Refusal {
    Refusal::because(&crate::canon::CanonError::MissingField { key: key.to_owned() })
}
