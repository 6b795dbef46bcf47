use serde_json::Value;

use super::node::text_of;
use super::{CanonError, FieldReader, FieldWriter, Lens, Limits, Node, Reader, Shapes, Writer};
use crate::finding::Refusal;

/// A value with a canonical form: written, read back and described by one declaration.
pub trait Canonical: Sized {
    /// Writes the canonical bytes.
    fn write(&self, out: &mut Writer);

    /// Tells the writer of an object what its other fields are written under: a currency says so.
    fn announce(&self, _out: &mut Writer) {}

    /// Reads the value at which the reader stands, recording every fault.
    fn read(at: &mut Reader<'_>) -> Option<Self>;

    /// Its JSON Schema.
    fn schema(shapes: &mut Shapes) -> Value;

    /// Whether the field that holds it is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// What a left-out field means; `None` where the field must be there.
    fn absent() -> Option<Self> {
        None
    }
}

/// A value whose canonical form is an object, so that a union can add its tag.
pub trait Fields: Sized {
    /// Name of the shape in schemas.
    const NAME: &'static str;

    /// The keys of its fields, in order.
    const KEYS: &'static [&'static str];

    /// Writes the fields.
    fn write_fields(&self, out: &mut FieldWriter<'_>);

    /// Reads the fields.
    fn read_fields(fields: &mut FieldReader<'_, '_>) -> Option<Self>;

    /// Adds the fields to the properties of an object schema and to its required list.
    fn schema_fields(
        shapes: &mut Shapes,
        properties: &mut serde_json::Map<String, Value>,
        required: &mut Vec<Value>,
    );

    /// The sentence that describes it.
    fn describe() -> String;
}

/// The canonical bytes of a value.
#[must_use]
pub fn to_bytes<T: Canonical>(value: &T) -> Vec<u8> {
    let mut writer = Writer::new();
    value.write(&mut writer);
    writer.into_bytes()
}

/// The canonical bytes of a value that is to be read back under some limits.
///
/// # Errors
/// What reading them would refuse: [`CanonError::Depth`], [`CanonError::Size`] or [`CanonError::Control`].
pub fn to_bytes_within<T: Canonical>(value: &T, limits: Limits) -> Result<Vec<u8>, CanonError> {
    let mut writer = Writer::new();
    value.write(&mut writer);
    let extent = writer.extent();
    let bytes = writer.into_bytes();
    extent.check(bytes.len(), limits).map(|()| bytes)
}

/// The canonical bytes of what a lens shows of a value.
#[must_use]
pub fn to_bytes_through<T: Canonical>(value: &T, lens: Lens) -> Vec<u8> {
    let mut writer = Writer::through(lens);
    value.write(&mut writer);
    writer.into_bytes()
}

/// Reads a value from a document under the default limits.
///
/// # Errors
/// Every fault of the document.
pub fn from_bytes<T: Canonical>(bytes: &[u8]) -> Result<T, Refusal> {
    match from_canonical(bytes) {
        Some(value) => Ok(value),
        None => from_node(&Node::parse(bytes, Limits::default())?),
    }
}

/// Reads a value from its canonical bytes, without a tree; `None` where they are wrong or not canonical, and where texts
/// have escapes, which only the tree follows. What it gives has these very bytes.
pub fn from_canonical<T: Canonical>(bytes: &[u8]) -> Option<T> {
    let mut reader = Reader::of_written(text_of(bytes, Limits::default()).ok()?, Limits::default());
    let value = T::read(&mut reader)?;
    reader.is_whole().then_some(value)
}

/// Reads a value from a document under the default limits and judges it, as far as it could be read.
///
/// # Errors
/// Every fault of the document, then every one that `judge` finds.
pub(crate) fn judge_bytes<T: Canonical, R>(
    bytes: &[u8],
    judge: impl FnOnce(&T) -> Result<R, Refusal>,
) -> Result<R, Refusal> {
    if let Some(value) = from_canonical(bytes) {
        return judge(&value);
    }
    let node = Node::parse(bytes, Limits::default())?;
    let mut reader = Reader::of(&node);
    let value = T::read(&mut reader);
    reader.judge(value, judge)
}

/// Reads a value from a tree.
///
/// # Errors
/// Every fault of the tree.
pub fn from_node<T: Canonical>(node: &Node<'_>) -> Result<T, Refusal> {
    let mut reader = Reader::of(node);
    let value = T::read(&mut reader);
    reader.finish(value)
}

/// The object schema of a shape, with an optional tag.
pub(crate) fn object_schema<T: Fields>(shapes: &mut Shapes, tag: Option<&str>) -> Value {
    let mut properties = serde_json::Map::new();
    let mut required = Vec::new();
    if let Some(tag) = tag {
        properties.insert("kind".into(), serde_json::json!({ "const": tag }));
        required.push("kind".into());
    }
    T::schema_fields(shapes, &mut properties, &mut required);
    serde_json::json!({
        "additionalProperties": false,
        "description": T::describe(),
        "properties": properties,
        "required": required,
        "type": "object",
    })
}

/// Declares a struct of plain facts together with its canonical form.
///
/// A field written `name: Type = value` takes that value when the document leaves it out.
macro_rules! shape {
    (
        $(#[doc = $doc:expr])*
        pub struct $name:ident {
            $( $(#[doc = $field_doc:expr])* pub $field:ident : $type:ty $(= $default:expr)? ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type ),*
        }

        const _: () = assert!(
            $crate::canon::ascend(&[$(stringify!($field)),*]),
            concat!("the fields of ", stringify!($name), " are declared in order of their names"),
        );

        impl $crate::canon::Fields for $name {
            const NAME: &'static str = stringify!($name);
            const KEYS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn write_fields(&self, out: &mut $crate::canon::FieldWriter<'_>) {
                out.shape(stringify!($name));
                $( $crate::canon::Canonical::announce(&self.$field, out.writer()); )*
                $( out.named($crate::canon::shape!(@name $field), &self.$field); )*
            }

            fn read_fields(fields: &mut $crate::canon::FieldReader<'_, '_>) -> Option<Self> {
                const SAYS_CURRENCY: bool = false $(|| $crate::canon::is_currency(stringify!($field)))*;
                if SAYS_CURRENCY {
                    fields.foresee_currency();
                }
                $( let $field: Option<$type> = $crate::canon::shape!(@read fields $field $($default)?); )*
                let _ = fields;
                Some(Self { $( $field: $field? ),* })
            }

            fn schema_fields(
                shapes: &mut $crate::canon::Shapes,
                properties: &mut serde_json::Map<String, serde_json::Value>,
                required: &mut Vec<serde_json::Value>,
            ) {
                $(
                    let mut property = <$type as $crate::canon::Canonical>::schema(shapes);
                    if let Some(object) = property.as_object_mut() {
                        let text = $crate::canon::description(&[$($field_doc),*]);
                        object.insert("description".into(), text.into());
                        $( $crate::canon::shape!(@default object $type, $default); )?
                    }
                    properties.insert(stringify!($field).into(), property);
                    if $crate::canon::shape!(@required $type $(, $default)?) {
                        required.push(stringify!($field).into());
                    }
                )*
                let _ = (shapes, properties, required);
            }

            fn describe() -> String {
                $crate::canon::description(&[$($doc),*])
            }
        }

        impl $crate::canon::Canonical for $name {
            fn write(&self, out: &mut $crate::canon::Writer) {
                out.object(|fields| $crate::canon::Fields::write_fields(self, fields));
            }

            fn read(at: &mut $crate::canon::Reader<'_>) -> Option<Self> {
                at.object(|fields| <Self as $crate::canon::Fields>::read_fields(fields))
            }

            fn schema(shapes: &mut $crate::canon::Shapes) -> serde_json::Value {
                shapes.named(stringify!($name), |shapes| $crate::canon::object_schema::<Self>(shapes, None))
            }
        }
    };
    (@name $field:ident) => { const { $crate::canon::Name::new(concat!(",\"", stringify!($field), "\":")) } };
    (@read $fields:ident $field:ident) => { $fields.field($crate::canon::shape!(@name $field)) };
    (@read $fields:ident $field:ident $default:expr) => {
        $fields.field_or($crate::canon::shape!(@name $field), || Some($default))
    };
    (@required $type:ty) => { <$type as $crate::canon::Canonical>::absent().is_none() };
    (@required $type:ty, $default:expr) => { false };
    (@default $object:ident $type:ty, $default:expr) => {
        let value: $type = $default;
        let bytes = $crate::canon::to_bytes(&value);
        if let Ok(json) = serde_json::from_slice::<serde_json::Value>(&bytes) {
            $object.insert("default".into(), json);
        }
    };
}
pub(crate) use shape;

/// Declares an enum of shapes told apart by their `kind`.
macro_rules! union {
    (
        $(#[doc = $doc:expr])*
        $vis:vis enum $name:ident {
            $( $(#[doc = $variant_doc:expr])* $variant:ident ( $type:ty ) = $tag:literal ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis enum $name {
            $( $(#[doc = $variant_doc])* $variant($type) ),*
        }

        impl $name {
            /// The word of its `kind`.
            #[must_use]
            $vis const fn kind(&self) -> &'static str {
                match self { $( Self::$variant(_) => $tag ),* }
            }
        }

        impl $crate::canon::Canonical for $name {
            fn write(&self, out: &mut $crate::canon::Writer) {
                out.object(|fields| {
                    fields.tag(self.kind());
                    match self { $( Self::$variant(value) => $crate::canon::Fields::write_fields(value, fields) ),* }
                });
            }

            fn read(at: &mut $crate::canon::Reader<'_>) -> Option<Self> {
                type Read = fn(&mut $crate::canon::FieldReader<'_, '_>) -> Option<$name>;
                const VARIANTS: &[(&str, Read)] = &[
                    $( ($tag, |fields| <$type as $crate::canon::Fields>::read_fields(fields).map($name::$variant)) ),*
                ];
                const KEYS: &[&[&str]] = &[$( <$type as $crate::canon::Fields>::KEYS ),*];
                const OPENINGS: &[$crate::canon::Opening] = &[
                    $( $crate::canon::Opening::among(<$type as $crate::canon::Fields>::KEYS, KEYS) ),*
                ];
                at.object(|fields| fields.variant(VARIANTS, OPENINGS)?(fields))
            }

            fn schema(shapes: &mut $crate::canon::Shapes) -> serde_json::Value {
                shapes.named(stringify!($name), |shapes| {
                    let choices: Vec<serde_json::Value> = vec![
                        $( $crate::canon::object_schema::<$type>(shapes, Some($tag)) ),*
                    ];
                    serde_json::json!({
                        "description": $crate::canon::description(&[$($doc),*]),
                        "oneOf": choices,
                    })
                })
            }
        }
    };
}
pub(crate) use union;

/// The schema of an enum of words: a long one stands once, under its name.
pub(crate) fn words_schema(name: &str, words: &[&str], shapes: &mut Shapes) -> Value {
    const LONG: usize = 100;
    let listed = serde_json::json!({ "enum": words });
    if words.len() > LONG { shapes.named(name, |_| listed) } else { listed }
}

/// Declares an enum of words, or gives the words of an enum of a lower room.
macro_rules! words {
    (
        $(#[doc = $doc:expr])*
        pub enum $name:ident {
            $( $(#[doc = $variant_doc:expr])* $variant:ident = $word:literal ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[doc = $variant_doc])* $variant ),*
        }

        impl $name {
            /// The word that documents use.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $( Self::$variant => $word ),* }
            }
        }

        $crate::canon::words!(impl $name { $( $variant = $word ),* });
    };
    (impl $name:ident { $( $variant:ident = $word:literal ),* $(,)? }) => {
        impl $crate::canon::Canonical for $name {
            fn write(&self, out: &mut $crate::canon::Writer) {
                // A word needs no escapes.
                out.ascii(match self { $( Self::$variant => $word.as_bytes() ),* });
            }

            fn read(at: &mut $crate::canon::Reader<'_>) -> Option<Self> {
                at.word(&[$(($word, Self::$variant)),*])
            }

            fn schema(shapes: &mut $crate::canon::Shapes) -> serde_json::Value {
                let words: &[&str] = &[$($word),*];
                $crate::canon::words_schema(stringify!($name), words, shapes)
            }
        }
    };
}
pub(crate) use words;
