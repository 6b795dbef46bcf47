//! What a role must have to see each field of every view, row and event: capabilities and a class.
//!
//! A field that does not stand here is shown to nobody; a test names every field that is missing.

mod custody;
mod documents;
mod events;
mod money;
mod parties;
mod render;
mod rows;
mod views;
mod work;

use crate::canon::{FieldClass, FieldNeeds, Lens, shape};
use crate::id::Id;
use crate::role::{Capability, Role};

/// The bits of a capability and of a class.
const fn has(capability: Capability) -> u64 {
    1 << match capability {
        Capability::Documents => 0,
        Capability::Totals => 1,
        Capability::Money => 2,
        Capability::Rates => 3,
        Capability::Payments => 4,
        Capability::Time => 5,
        Capability::Scope => 6,
        Capability::ServiceLevel => 7,
        Capability::Notes => 8,
        Capability::Approvals => 9,
        Capability::Disputes => 10,
        Capability::Audit => 11,
        Capability::Approve => 12,
        Capability::Accept => 13,
        Capability::Dispute => 14,
        Capability::Promise => 15,
        Capability::Settle => 16,
        Capability::Bill => 17,
        Capability::WriteOff => 18,
        Capability::Deliver => 19,
        Capability::Collect => 20,
        Capability::Remark => 21,
    }
}

const fn is_of(class: FieldClass) -> u64 {
    1 << match class {
        FieldClass::Public => 32,
        FieldClass::Internal => 33,
        FieldClass::Personal => 34,
        FieldClass::Health => 35,
        FieldClass::Secret => 36,
    }
}

/// Declares what the fields of shapes need: `Shape { [Capability ..] Class: field ..; }`. An empty list
/// of capabilities is for every role that sees the class.
macro_rules! classed {
    ($($shape:ident { $($of:tt $class:ident: $($field:ident)+;)* })*) => {
        &[$((
            stringify!($shape),
            &[$($((stringify!($field), $crate::report::view::needs::classed!(@bits $of $class)),)+)*],
        )),*]
    };
    (@bits [$($of:ident)*] $class:ident) => {
        $($crate::report::view::needs::has($crate::role::Capability::$of) |)*
        $crate::report::view::needs::is_of($crate::canon::FieldClass::$class)
    };
}
use classed;

/// Shapes with what their fields need, by name.
type Table = &'static [(&'static str, FieldNeeds)];

/// The tables; the names of each are in order.
const TABLES: [Table; 9] = [
    custody::TABLE,
    documents::TABLE,
    events::TABLE,
    money::TABLE,
    parties::TABLE,
    render::TABLE,
    rows::TABLE,
    views::TABLE,
    work::TABLE,
];

/// What a role must have to see each field of a shape; nothing is known of other shapes.
#[must_use]
pub fn needs(shape: &str) -> Option<FieldNeeds> {
    TABLES.iter().find_map(|table| {
        let place = table.binary_search_by(|(name, _)| (*name).cmp(shape)).ok()?;
        table.get(place).map(|(_, fields)| *fields)
    })
}

/// Through what answers to a role are written.
#[must_use]
pub fn lens(role: &Role) -> Lens {
    let capabilities = role.capabilities.iter().map(|capability| has(*capability));
    let classes = role.classes.iter().map(|class| is_of(*class));
    Lens { has: capabilities.chain(classes).fold(0, |all, bit| all | bit), needs }
}

shape! {
    /// A field with its class.
    pub struct ClassedField {
        /// Its class.
        pub class: FieldClass,
        /// Its name.
        pub name: String,
        /// What a role needs besides the class.
        pub needs: Vec<Capability>,
        /// Whether the role sees it.
        pub shown: bool,
    }
}

shape! {
    /// A shape with the classes of its fields; of a row, its columns.
    pub struct ClassedShape {
        /// Its fields.
        pub fields: Vec<ClassedField>,
        /// Its name; of a row, that of its table after `row_`.
        pub name: String,
    }
}

shape! {
    /// What a role sees of every shape: for hosts that show what they store themselves.
    pub struct FieldsView {
        /// The role.
        pub role: Id,
        /// Every shape, by name.
        pub shapes: Vec<ClassedShape>,
    }
}

/// What a role sees of every view, row and event.
#[must_use]
pub fn fields(role: &Role) -> FieldsView {
    let lens = lens(role);
    let field = |(name, needs): &(&'static str, u64)| ClassedField {
        class: FieldClass::ALL
            .into_iter()
            .find(|class| needs & is_of(*class) != 0)
            .unwrap_or(FieldClass::Secret),
        name: (*name).to_owned(),
        needs: Capability::ALL.into_iter().filter(|capability| needs & has(*capability) != 0).collect(),
        shown: lens.has & needs == *needs,
    };
    let shape = |(name, fields): &(&'static str, FieldNeeds)| ClassedShape {
        fields: fields.iter().map(field).collect(),
        name: (*name).to_owned(),
    };
    let mut shapes: Vec<ClassedShape> = TABLES.iter().flat_map(|table| table.iter().map(shape)).collect();
    shapes.sort_by(|a, b| a.name.cmp(&b.name));
    FieldsView { role: role.id.clone(), shapes }
}
