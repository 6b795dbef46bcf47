use crate::error_code::errors;

errors! {
    /// What can be wrong with the shape of a document.
    pub enum CanonError {
        401 "syntax" "expected one JSON document, got an error at line {line} column {column}: {reason}"
        /// Not JSON, truncated, or followed by more.
        Syntax {
            /// Line, from 1.
            line: usize,
            /// Column, from 1; 0 at a line's start.
            column: usize,
            /// What the parser saw.
            reason: String,
        },
        402 "invalid-utf8" "expected UTF-8, got an invalid byte at offset {offset}"
        /// The bytes are not UTF-8.
        Utf8 {
            /// Offset of the first invalid byte.
            offset: usize
        },
        403 "duplicate-key" "expected each key once, got `{key}` again"
        /// A key stands twice in one object, compared after unescaping.
        DuplicateKey {
            /// The key.
            key: String
        },
        404 "unknown-field" "expected only known fields, got `{key}`; known here: {known}"
        /// A field that this document does not have.
        UnknownField {
            /// The key.
            key: String,
            /// The fields that are known here.
            known: String,
        },
        405 "missing-field" "expected a field `{key}`, found none"
        /// A field that must be there is not.
        MissingField {
            /// The key.
            key: String
        },
        406 "wrong-type" "expected {expected}, got {got}"
        /// Another JSON type than the field has.
        WrongType {
            /// What belongs here.
            expected: &'static str,
            /// What came.
            got: &'static str,
        },
        407 "unknown-word" "expected one of {known}, got `{got}`"
        /// A word outside a closed list.
        UnknownWord {
            /// The words that are known.
            known: String,
            /// The word that came.
            got: String,
        },
        408 "depth-limit" "expected at most {limit} levels of nesting, got more"
        /// Nested too deeply.
        Depth {
            /// Levels allowed.
            limit: usize
        },
        409 "size-limit" "expected at most {limit} {what}, got more"
        /// Too many bytes, characters or elements.
        Size {
            /// How many are allowed.
            limit: usize,
            /// Of what.
            what: &'static str,
        },
        410 "control-character" "expected text without control characters, got U+{codepoint:04X}"
        /// A control character other than tab and line feed.
        Control {
            /// The character.
            codepoint: u32
        },
        411 "number-whole" "expected a whole number within 64 bits here (money is a string), got another number"
        /// A fraction, an exponent, or a number beyond 64 bits.
        NumberWhole,
        412 "digest-form" "expected 64 lower-case hexadecimal digits, got `{got}`"
        /// Not a digest.
        DigestForm {
            /// The text that came.
            got: String
        },
        413 "number-limit" "expected a number from {least} to {most}, got {got}"
        /// Outside the range of the field.
        NumberLimit {
            /// The least allowed.
            least: i64,
            /// The most allowed.
            most: i64,
            /// The number that came.
            got: i64,
        },
        414 "schema-version" "expected the schema {known}, got `{got}`"
        /// A document of another kind or of a version that this library does not know.
        SchemaVersion {
            /// What this library reads here.
            known: &'static str,
            /// What came.
            got: String,
        },
    }
}
