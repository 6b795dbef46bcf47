use super::{ApprovalError, Verdict};
use crate::calendar::Date;
use crate::canon::{Digest, shape, to_bytes};
use crate::id::Id;

shape! {
    /// A key with which a person signs decisions.
    pub struct Signer {
        /// First day it may be used.
        pub from: Option<Date>,
        /// The Ed25519 public key: 64 hexadecimal digits.
        pub key: Digest,
        /// Whose it is.
        pub person: Id,
        /// Last day it may be used.
        pub to: Option<Date>,
    }
}

impl Signer {
    /// Whether a person may sign with it on a day.
    #[must_use]
    pub fn may_sign(&self, person: &Id, on: Date) -> bool {
        self.person == *person && self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }

    /// Whether it is a key at all, and not one of those under which anything can be made to verify.
    ///
    /// # Errors
    /// [`ApprovalError::SignerKey`]; without the feature `signatures` no key is looked at, and none used.
    pub fn check(&self) -> Result<(), ApprovalError> {
        #[cfg(feature = "signatures")]
        key(&self.key)?;
        Ok(())
    }
}

shape! {
    /// A verified Ed25519 signature of a [`Statement`].
    pub struct Signature {
        /// The public key.
        pub key: Digest,
        /// The signature: 128 hexadecimal digits.
        pub value: String,
    }
}

shape! {
    /// What a signer of a decision signs: the bytes of [`Statement::bytes`].
    pub struct Statement {
        /// The account.
        pub account: Id,
        /// Who decides.
        pub actor: Id,
        /// Digest of exactly what was shown.
        pub digest: Digest,
        /// Who is decided for, under a delegation.
        pub on_behalf_of: Option<Id>,
        /// In which role.
        pub role: Id,
        /// The seller.
        pub seller: Id,
        /// What is decided on.
        pub subject: Id,
        /// What is decided.
        pub verdict: Verdict,
    }
}

impl Statement {
    /// The bytes that are signed: a line that says what they are, then the canonical form.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"duebill/decision/1\n".to_vec();
        bytes.extend(to_bytes(self));
        bytes
    }

    /// Verifies a signature with the keys of a person, strictly: one statement has one signature, and
    /// no key of small order verifies anything.
    ///
    /// # Errors
    /// [`ApprovalError::SignatureForm`], [`ApprovalError::SignerUnknown`] where the person has no key on
    /// that day, [`ApprovalError::SignatureWrong`]; without the feature `signatures` always
    /// [`ApprovalError::SignaturesOff`].
    pub fn verify(&self, value: &str, signers: &[Signer], on: Date) -> Result<Signature, ApprovalError> {
        let signature = parse(value)?;
        let mut error = ApprovalError::SignerUnknown { actor: self.actor.to_string() };
        for signer in signers.iter().filter(|signer| signer.may_sign(&self.actor, on)) {
            match is_signed(&self.bytes(), &signature, &signer.key) {
                Ok(true) => return Ok(Signature { key: signer.key, value: value.to_owned() }),
                Ok(false) => error = ApprovalError::SignatureWrong { actor: self.actor.to_string() },
                Err(refused) => return Err(refused),
            }
        }
        Err(error)
    }
}

#[cfg(feature = "signatures")]
fn key(key: &Digest) -> Result<ed25519_dalek::VerifyingKey, ApprovalError> {
    let error = || ApprovalError::SignerKey { got: key.to_string() };
    let parsed = ed25519_dalek::VerifyingKey::from_bytes(key.bytes()).map_err(|_| error())?;
    // Keys of small order parse, and verify what nobody signed.
    if parsed.is_weak() { Err(error()) } else { Ok(parsed) }
}

#[cfg(feature = "signatures")]
fn is_signed(
    message: &[u8],
    signature: &ed25519_dalek::Signature,
    by: &Digest,
) -> Result<bool, ApprovalError> {
    Ok(key(by)?.verify_strict(message, signature).is_ok())
}

#[cfg(feature = "signatures")]
fn parse(value: &str) -> Result<ed25519_dalek::Signature, ApprovalError> {
    let form = || ApprovalError::SignatureForm { got: value.chars().count() };
    let (r, s) = value.split_at_checked(64).ok_or_else(form)?;
    let half = |text: &str| Digest::parse(text).map_err(|_| form());
    Ok(ed25519_dalek::Signature::from_components(*half(r)?.bytes(), *half(s)?.bytes()))
}

#[cfg(not(feature = "signatures"))]
fn is_signed(_: &[u8], _: &NoSignature, _: &Digest) -> Result<bool, ApprovalError> {
    Err(ApprovalError::SignaturesOff)
}

/// What a build without signatures makes of one: nothing.
#[cfg(not(feature = "signatures"))]
enum NoSignature {}

#[cfg(not(feature = "signatures"))]
const fn parse(_: &str) -> Result<NoSignature, ApprovalError> {
    Err(ApprovalError::SignaturesOff)
}
