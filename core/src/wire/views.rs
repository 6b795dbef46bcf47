//! Questions that somebody asks in a role, and their answers through its lens.

use crate::account::Account;
use crate::calendar::{Date, Instant};
use crate::canon::{Canonical, shape, to_bytes, to_bytes_through};
use crate::finding::Refusal;
use crate::id::Id;
use crate::payment::CashBook;
use crate::report::{
    self, DocumentAsked, HomeAsked, Looking, OverridesAsked, TimelineAsked, ViewAsked, Viewer,
};
use crate::rulebook::Rulebook;
use crate::series::Series;

shape! {
    /// Asks what waits for somebody as of a date.
    pub struct DeskAsked {
        /// Further roles in which the viewer decides.
        pub acting: Vec<Id>,
        /// The day.
        pub as_of: Date,
        /// The moment of the day, for what runs out by the hour; its end when left out.
        pub at: Option<Instant>,
        /// As far as was known at this moment; as is known now when left out.
        pub known: Option<Instant>,
        /// The role.
        pub role: Id,
        /// Who looks: a person, or the customer whose documents are looked at.
        pub viewer: Id,
    }
}

shape! {
    /// Asks what somebody may do with a document now.
    pub struct ActionsAsked {
        /// Further roles in which the viewer decides.
        pub acting: Vec<Id>,
        /// The day.
        pub as_of: Date,
        /// The moment of the day, for what runs out by the hour; its end when left out.
        pub at: Option<Instant>,
        /// The document.
        pub document: Id,
        /// The role.
        pub role: Id,
        /// Who looks: a person, or the customer whose documents are looked at.
        pub viewer: Id,
    }
}

shape! {
    /// Asks for the receipt of a line.
    pub struct ReceiptAsked {
        /// The day.
        pub as_of: Date,
        /// The line.
        pub line: Id,
        /// The role.
        pub role: Id,
        /// Who looks: a person, or the customer whose documents are looked at.
        pub viewer: Id,
    }
}

shape! {
    /// Asks what a role sees of every shape.
    pub struct FieldsAsked {
        /// The role.
        pub role: Id,
    }
}

/// Somebody who looks at an account.
struct Room<'r> {
    account: &'r Account,
    rulebook: &'r Rulebook,
}

pub(super) type Answered = Result<Vec<u8>, Refusal>;

impl Room<'_> {
    /// Answers in a role, through its lens.
    fn answer<T: Canonical>(
        &self,
        looking: &Looking<'_>,
        ask: impl FnOnce(&Viewer<'_>) -> Result<T, Refusal>,
    ) -> Answered {
        let viewer = Viewer::new(self.account, self.rulebook, looking)?;
        ask(&viewer).map(|answer| to_bytes_through(&answer, viewer.lens()))
    }
}

const fn looking<'l>(
    (role, who): (&'l Id, &'l Id),
    acting: &'l [Id],
    as_of: Date,
    at: Option<Instant>,
) -> Looking<'l> {
    Looking { role, who, acting, as_of, at, known: None, reserved: &[] }
}

/// A page of what a role sees.
pub(super) fn view(account: &Account, rulebook: &Rulebook, asked: &ViewAsked) -> Answered {
    let looking = looking((&asked.role, &asked.viewer), &asked.acting, asked.as_of, asked.at);
    let looking = Looking { known: asked.known, reserved: &asked.reserved, ..looking };
    Room { account, rulebook }.answer(&looking, |viewer| report::view(viewer, asked))
}

/// What waits for somebody.
pub(super) fn desk(account: &Account, rulebook: &Rulebook, asked: &DeskAsked) -> Answered {
    let looking = looking((&asked.role, &asked.viewer), &asked.acting, asked.as_of, asked.at);
    let looking = Looking { known: asked.known, ..looking };
    Room { account, rulebook }.answer(&looking, report::desk)
}

/// What somebody may do with a document.
pub(super) fn actions(account: &Account, rulebook: &Rulebook, asked: &ActionsAsked) -> Answered {
    let looking = looking((&asked.role, &asked.viewer), &asked.acting, asked.as_of, asked.at);
    Room { account, rulebook }.answer(&looking, |viewer| report::actions(viewer, &asked.document))
}

/// The page on which a customer begins.
pub(super) fn home(account: &Account, rulebook: &Rulebook, asked: &HomeAsked) -> Answered {
    let looking = looking((&asked.role, &asked.viewer), &asked.acting, asked.as_of, asked.at);
    let looking = Looking { known: asked.known, reserved: &asked.reserved, ..looking };
    Room { account, rulebook }.answer(&looking, |viewer| report::customer_home(viewer, asked.limit))
}

/// The receipt of a line.
pub(super) fn receipt(account: &Account, rulebook: &Rulebook, asked: &ReceiptAsked) -> Answered {
    let looking = looking((&asked.role, &asked.viewer), &[], asked.as_of, None);
    Room { account, rulebook }.answer(&looking, |viewer| report::line_receipt(viewer, &asked.line))
}

/// A document as data: all of it, or nothing.
pub(super) fn document(account: &Account, rulebook: &Rulebook, asked: &DocumentAsked) -> Answered {
    let looking = looking((&asked.role, &asked.viewer), &[], asked.as_of, None);
    let looking = Looking { known: asked.known, ..looking };
    let viewer = Viewer::new(account, rulebook, &looking)?;
    report::document(&viewer, asked).map(|rendered| to_bytes(&rendered))
}

/// What happened.
pub(super) fn timeline(account: &Account, rulebook: &Rulebook, asked: &TimelineAsked) -> Answered {
    let looking = looking((&asked.role, &asked.viewer), &asked.acting, asked.as_of, None);
    Room { account, rulebook }.answer(&looking, |viewer| report::timeline(viewer, asked))
}

/// What left the ordinary way.
pub(super) fn overrides(account: &Account, rulebook: &Rulebook, asked: &OverridesAsked) -> Answered {
    let looking = looking((&asked.role, &asked.viewer), &asked.acting, asked.through, None);
    Room { account, rulebook }.answer(&looking, |viewer| report::overrides(viewer, asked))
}

/// What left the ordinary way in a cash book.
pub(super) fn book_overrides(book: &CashBook, rulebook: &Rulebook, asked: &OverridesAsked) -> Answered {
    let role = rulebook.policy().role(&asked.role).map_err(|error| Refusal::because(&error))?;
    report::book_overrides(book, role, asked).map(|answer| to_bytes_through(&answer, report::lens(role)))
}

/// What left the ordinary way in a number series.
pub(super) fn series_overrides(series: &Series, rulebook: &Rulebook, asked: &OverridesAsked) -> Answered {
    let role = rulebook.policy().role(&asked.role).map_err(|error| Refusal::because(&error))?;
    report::series_overrides(series, role, asked).map(|answer| to_bytes_through(&answer, report::lens(role)))
}

/// What a role sees of every shape.
pub(super) fn fields(rulebook: &Rulebook, asked: &FieldsAsked) -> Answered {
    let role = rulebook.policy().role(&asked.role).map_err(|error| Refusal::because(&error))?;
    Ok(to_bytes(&report::fields(role)))
}
