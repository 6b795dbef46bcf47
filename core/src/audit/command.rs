use serde_json::{Value, json};

use super::{Head, LogAddress, Stamp};
use crate::canon::{Canonical, Digest, FieldReader, FieldWriter, Reader, Shapes, Writer, name, sha256};
use crate::id::Id;

/// The schema name that every command document carries.
pub const COMMAND_SCHEMA: &str = "duebill/command/1";

/// What a host asks of one log: an action under an id of the host's choice.
///
/// The same id with the same content is a repetition and does nothing; with other content it is
/// refused. The stamp's time, address and agent do not count as content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command<A> {
    /// What to do.
    pub action: A,
    /// The head the host decided on, when it wants to be told of writes in between.
    pub expect: Option<Head>,
    /// The command's id, unique in its log; `ready:` is what ready commands begin with, and no others.
    pub id: Id,
    /// The log it is for.
    pub log: LogAddress,
    /// At least 32 hexadecimal digits, fresh for each command; needed beside personal text.
    pub salt: Option<String>,
    /// Who, when, as of when.
    pub stamp: Stamp,
}

impl<A: Canonical> Command<A> {
    /// The digest of the content that a repetition must share.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut writer = Writer::new();
        writer.object(|fields| {
            fields.named(name!("action"), &self.action);
            fields.named(name!("actor"), &self.stamp.actor);
            fields.named(name!("assurance"), &self.stamp.assurance);
            fields.named(name!("effective"), &self.stamp.effective);
            fields.named(name!("log"), &self.log);
            fields.named(name!("occurred"), &self.stamp.occurred);
            fields.named(name!("reason"), &self.stamp.reason);
            fields.named(name!("role"), &self.stamp.role);
        });
        sha256(&writer.into_bytes())
    }

    fn write_fields(&self, fields: &mut FieldWriter<'_>) {
        fields.named(name!("action"), &self.action);
        fields.named(name!("expect"), &self.expect);
        fields.named(name!("id"), &self.id);
        fields.named(name!("log"), &self.log);
        fields.named(name!("salt"), &self.salt);
        fields.with("schema".into(), |writer| writer.text(COMMAND_SCHEMA));
        fields.named(name!("stamp"), &self.stamp);
    }

    fn read_fields(fields: &mut FieldReader<'_, '_>) -> Option<Self> {
        let schema = fields.schema(COMMAND_SCHEMA);
        let action = fields.field(name!("action"));
        let expect = fields.field(name!("expect"));
        let id = fields.field(name!("id"));
        let log = fields.field(name!("log"));
        let salt = fields.field(name!("salt"));
        let stamp = fields.field(name!("stamp"));
        schema?;
        Some(Self { action: action?, expect: expect?, id: id?, log: log?, salt: salt?, stamp: stamp? })
    }
}

impl<A: Canonical> Canonical for Command<A> {
    fn write(&self, out: &mut Writer) {
        out.object(|fields| self.write_fields(fields));
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        at.object(Self::read_fields)
    }

    fn schema(shapes: &mut Shapes) -> Value {
        json!({
            "description": "What a host asks of one log: an action under an id of the host's choice.",
            "type": "object",
            "additionalProperties": false,
            "required": ["action", "id", "log", "schema", "stamp"],
            "properties": {
                "action": A::schema(shapes),
                "expect": Head::schema(shapes),
                "id": Id::schema(shapes),
                "log": LogAddress::schema(shapes),
                "salt": { "type": "string", "minLength": 32, "pattern": "^[0-9A-Fa-f]*$" },
                "schema": { "const": COMMAND_SCHEMA },
                "stamp": Stamp::schema(shapes),
            },
        })
    }
}
