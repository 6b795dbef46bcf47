use std::borrow::Cow;

use super::note::{Seal, Sealer};
use super::{Chain, Command, CommandRef, Detached, Head, Ready, Record, Recorded};
use crate::canon::{Canonical, Digest};
use crate::finding::{Finding, Refusal};

/// The digests of the rules that a decision was made under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// Digest of the policy.
    pub policy: Digest,
    /// Digest of the terms, where the log has a customer.
    pub terms: Option<Digest>,
}

/// What a room says to an action: the events, and findings that do not stand in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling<E> {
    /// What happened, in order.
    pub events: Vec<E>,
    /// What somebody should look at.
    pub findings: Vec<Finding>,
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided<E> {
    /// A new record; nothing is changed until it is stored and applied.
    New {
        /// The record, ready to be stored.
        recorded: Box<Recorded<E>>,
        /// What somebody should look at.
        findings: Vec<Finding>,
    },
    /// The command was recorded before with the same content.
    Repeated(Head),
}

/// Decides a command of any log: admits it, seals its personal text, asks the room, and writes the
/// record. Pure: it is also the dry run.
///
/// # Errors
/// What [`Chain`] refuses, what sealing refuses, what the room refuses, and a
/// [`CanonError`](crate::canon::CanonError) for a record that could not be read back: too deep, too large, or with
/// characters that no text may have.
pub fn decide<A, E>(
    chain: &Chain,
    command: &Command<A>,
    basis: impl FnOnce() -> Result<Basis, Refusal>,
    room: impl FnOnce(&Command<A>) -> Result<Ruling<E>, Refusal>,
) -> Result<Decided<E>, Refusal>
where
    A: Canonical + Clone + Ready + Seal,
    E: Canonical,
{
    let (command, detached) = sealed(command)?;
    let content = command.digest();
    if let Some(head) = chain.admit(&command, content).map_err(|error| Refusal::because(&error))? {
        return Ok(Decided::Repeated(head));
    }
    let command = match chain.stamped(&command.stamp).map_err(|error| Refusal::because(&error))? {
        Some(stamp) => Cow::Owned(Command { stamp, ..command.into_owned() }),
        None => command,
    };
    let basis = basis()?;
    let mut ruling = room(&command)?;
    ruling.findings.extend(chain.softly_closed(command.stamp.effective));
    let record = Record {
        command: CommandRef { digest: content, id: command.id.clone() },
        events: ruling.events,
        log: chain.address().clone(),
        policy: basis.policy,
        previous: chain.head().hash,
        seq: chain.next(),
        stamp: command.stamp.clone(),
        terms: basis.terms,
    };
    // What could not be read back is not written: the host asks for less at once.
    let recorded = Recorded::write(record, detached).map_err(|error| Refusal::because(&error))?;
    Ok(Decided::New { recorded: Box::new(recorded), findings: ruling.findings })
}

/// The command with its personal texts sealed, and the texts; most have none and are taken as they are.
fn sealed<A: Clone + Seal>(command: &Command<A>) -> Result<(Cow<'_, Command<A>>, Detached), Refusal> {
    let stamp = &command.stamp;
    if [&stamp.reason, &stamp.ip, &stamp.user_agent].iter().all(|note| note.is_none())
        && command.action.is_bare()
    {
        return Ok((Cow::Borrowed(command), Detached::default()));
    }
    let mut command = command.clone();
    let mut sealer = Sealer::new(command.salt.as_deref());
    sealer.seal(&mut command.stamp.reason);
    command.action.seal(&mut sealer);
    // Address and agent come last: they are no content, so they move no other note's salt.
    sealer.seal(&mut command.stamp.ip);
    sealer.seal(&mut command.stamp.user_agent);
    Ok((Cow::Owned(command), sealer.finish()?))
}
