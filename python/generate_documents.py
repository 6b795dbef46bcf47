"""Writes `duebill/documents.py` from the JSON Schemas of the core.

    python generate_documents.py [--check] [SCHEMAS] [MODULE]

A schema becomes one msgspec class for its root, named after its file, and one for each object in its
`$defs`; a `oneOf` over objects with a constant `kind` becomes a tagged union, its classes named after
their kinds. With `--check` nothing is written, and a module that differs from its schemas is an error.
Whatever has no exact class is an error too, with its place.
"""

from __future__ import annotations

import argparse
import json
import keyword
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SCHEMAS = HERE.parent / "core" / "schemas"
MODULE = HERE / "duebill" / "documents.py"

HEADER = '''\
"""Typed documents, generated from the JSON Schemas of the core: run `generate_documents.py`, do not edit.

Give one of these where a document is taken, or read an answer with `Document.to`. Amounts are `Decimal`,
dates `date`, instants aware `datetime`, arrays tuples: a list may be given and is copied. The classes are
frozen and take keywords only; an optional field left at `None`, or an array left empty, is left out.
"""

from __future__ import annotations

import datetime as _time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, TypeVar, Union

import msgspec

_T = TypeVar("_T")
if TYPE_CHECKING:
    _Array: TypeAlias = Sequence[_T]
else:
    _Array = tuple[_T, ...]


class _WithArrays(msgspec.Struct, frozen=True):
    """Keeps a tuple where a list was given, so that nothing of a document changes."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, list):
                msgspec.structs.force_setattr(self, name, tuple(value))


'''

Schema = dict[str, Any]

IMPORTED = {"Annotated", "Any", "Decimal", "Literal", "Mapping", "Sequence", "TYPE_CHECKING", "TypeAlias",
            "TypeVar", "Union"}  # fmt: skip
TAGS = ("kind", "outcome", "verdict")
# Kinds that name things, as other classes do, and not what happens to them: their classes name the union too.
NOUNS = {"Question"}
IGNORED = {"$schema", "$id", "$comment", "$defs", "title", "description", "default", "examples", "deprecated"}
LIMITS = {"minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties",
          "maxProperties", "propertyNames", "contentEncoding"}  # fmt: skip
INTEGERS = {"minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt"}


class Unsupported(Exception):
    """A schema that no class says exactly."""


@dataclass
class Module:
    """What has been generated: classes and aliases by name, each once."""

    classes: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Schema] = field(default_factory=dict)
    wanted: dict[str, list[Schema]] = field(default_factory=dict)

    def want(self, name: str, schema: Schema) -> None:
        """Notes that a type asks for a name; one that several different types want is nobody's kind."""
        types = self.wanted.setdefault(name, [])
        if schema not in types:
            types.append(schema)

    def text(self) -> str:
        """The module."""
        names = sorted([*self.classes, *self.aliases])
        exported = "".join(f'    "{name}",\n' for name in names)
        parts = [HEADER, f"__all__ = [\n{exported}]\n"]
        parts += ["\n\n" + self.classes[name] for name in sorted(self.classes)]
        parts += ["\n\n" + "\n".join(self.ordered())] if self.aliases else []
        return "".join(parts)

    def ordered(self) -> list[str]:
        """The aliases, each after those that it names: unlike annotations they are evaluated at once."""
        done: dict[str, str] = {}
        waiting = dict(sorted(self.aliases.items()))
        while waiting:
            free = [name for name, text in waiting.items() if not self.named(name, text) & set(waiting)]
            if not free:
                raise Unsupported(f"{', '.join(waiting)}: these unions contain each other without an object between")
            done.update((name, waiting.pop(name)) for name in free)
        return list(done.values())

    def named(self, name: str, text: str) -> set[str]:
        """The names in the definition of an alias, without its documentation."""
        return set(re.findall(r"\w+", text.split("\n")[0])) - {name}


def camel(name: str) -> str:
    """`credit_note` and `credit-note` to `CreditNote`; what is in camel case stays."""
    words = [word for word in re.split(r"[^0-9A-Za-z]+", name) if word]
    return "".join(word[0].upper() + word[1:] for word in words)


def identifier(key: str) -> str:
    """The attribute for a JSON key."""
    name = re.sub(r"\W", "_", key)
    name = f"_{name}" if name[:1].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) else name


def documentation(text: str | None, indent: str) -> str:
    """A docstring line block, or nothing."""
    if not text:
        return ""
    safe = text.strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    lines = [line.strip() for line in safe.split("\n")]
    body = "\n".join(f"{indent}{line}" if line else "" for line in lines[1:])
    quote = '"""'
    if body:
        return f"{indent}{quote}{lines[0]}\n{body}\n{indent}{quote}\n"
    end = " " if lines[0].endswith('"') else ""
    return f"{indent}{quote}{lines[0]}{end}{quote}\n"


class Generator:
    """Reads one schema file into the module."""

    def __init__(self, file: str, schema: Schema, module: Module) -> None:
        self.file = file
        self.root = schema
        self.module = module

    def run(self) -> None:
        """Every type of this file."""
        for name, schema, where in self.types():
            self.define(name, schema, where)

    def types(self) -> Iterator[tuple[str, Schema, str]]:
        """Every definition, then the document itself, unless that is one of them."""
        for name, schema in self.root.get("$defs", {}).items():
            if not self.leaf(schema):
                yield camel(name), schema, f"/$defs/{name}"
        body = {key: value for key, value in self.root.items() if key not in {"$defs", "$schema", "$id"}}
        if set(body) - IGNORED - {"$ref"}:
            described = body.get("description") or body.get("title")
            yield camel(self.file), {**body, **({"description": described} if described else {})}, ""

    def names(self) -> None:
        """Tells the module which names the types of this file want."""
        for name, schema, where in self.types():
            self.module.want(name, schema)
            for index, (variant, tag) in enumerate(self.variants(schema)):
                if set(variant) - IGNORED != {"$ref"}:
                    self.module.want(camel(tag[1]), self.body(variant, f"{where}/oneOf/{index}"))

    def fail(self, where: str, reason: str) -> Unsupported:
        """The error for a place in this file."""
        return Unsupported(f"{self.file}.json#{where}: {reason}")

    def leaf(self, schema: Schema) -> bool:
        """Whether a definition is a plain type that is written out where it is used."""
        return schema.get("type") in {"string", "integer", "boolean"} and "enum" not in schema

    def define(self, name: str, schema: Schema, where: str) -> str:
        """A class or an alias of that name; the same one from two files is one, different ones are an error."""
        if name in IMPORTED:
            raise self.fail(where, f"{name} is imported by the module: name it differently")
        known = self.module.sources.get(name)
        if known is not None:
            if known != schema:
                raise self.fail(where, f"{name} is already another type: name one of them differently")
            return name
        self.module.sources[name] = schema
        if self.variants(schema):
            self.union(name, schema, where)
        elif schema.get("type") == "object" and "properties" in schema:
            self.struct(name, schema, where, self.tag(schema))
        else:
            text = documentation(schema.get("description"), "")
            self.module.aliases[name] = f"{name}: TypeAlias = {self.type(schema, where)}\n{text}"
        return name

    def resolve(self, schema: Schema, where: str) -> tuple[str, Schema]:
        """Name and body of the definition a `$ref` names."""
        name = schema["$ref"].removeprefix("#/$defs/")
        target = self.root.get("$defs", {}).get(name)
        if target is None:
            raise self.fail(where, f"{schema['$ref']} names no definition of this file")
        return name, target

    def tag(self, schema: Schema) -> tuple[str, str] | None:
        """Name and value of the constant that tells an object from the others of its union, if it has one."""
        properties = dict(schema.get("properties", {}))
        if "$ref" in schema:
            properties = {**self.resolve(schema, "")[1].get("properties", {}), **properties}
        tags = ((name, properties.get(name, {}).get("const")) for name in TAGS)
        return next(((name, value) for name, value in tags if isinstance(value, str)), None)

    def variants(self, schema: Schema) -> list[tuple[Schema, tuple[str, str]]]:
        """The objects of a tagged union with their tags; none when it is no such union."""
        tagged = [(variant, self.tag(variant)) for variant in schema.get("oneOf", [])]
        known = [(variant, tag) for variant, tag in tagged if tag is not None]
        alike = len(known) == len(tagged) and len({name for _, (name, _) in known}) == 1
        return known if alike else []

    def union(self, name: str, schema: Schema, where: str) -> None:
        """A tagged union: a class a variant, named after its kind where no other type has that name."""
        classes = []
        for index, (variant, tag) in enumerate(self.variants(schema)):
            place = f"{where}/oneOf/{index}"
            if set(variant) - IGNORED == {"$ref"}:
                classes.append(self.type(variant, place))
                continue
            own = camel(tag[1])
            taken = len(self.module.wanted[own]) > 1 or own in IMPORTED or keyword.iskeyword(own)
            if name in NOUNS or taken:
                own = name + own
            classes.append(self.define(own, self.body(variant, place), place))
        text = documentation(schema.get("description"), "")
        self.module.aliases[name] = f"{name}: TypeAlias = Union[{', '.join(classes)}]\n{text}"

    def body(self, variant: Schema, where: str) -> Schema:
        """A variant, with the definition it refers to where it does."""
        return self.merged(variant, where) if "$ref" in variant else variant

    def merged(self, variant: Schema, where: str) -> Schema:
        """A definition with the tag that stands beside the reference to it."""
        _, target = self.resolve(variant, where)
        properties = {**target.get("properties", {}), **variant.get("properties", {})}
        required = [*variant.get("required", []), *target.get("required", [])]
        described = variant.get("description") or target.get("description")
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": properties,
            "required": required,
            **({"description": described} if described else {}),
        }

    def struct(self, name: str, schema: Schema, where: str, tag: tuple[str, str] | None) -> None:
        """One class."""
        if schema.get("additionalProperties") is not False and schema.get("unevaluatedProperties") is not False:
            raise self.fail(where, "an object with properties must refuse others: additionalProperties is false")
        unknown = (
            set(schema) - IGNORED - {"type", "properties", "required", "additionalProperties", "unevaluatedProperties"}
        )
        if unknown:
            raise self.fail(where, f"{', '.join(sorted(unknown))} has no place in a class")
        tagged = f", tag_field={json.dumps(tag[0])}, tag={json.dumps(tag[1])}" if tag else ""
        required = set(schema.get("required", []))
        members = [
            self.member(key, value, f"{where}/properties/{key}", key in required)
            for key, value in schema["properties"].items()
            if not (tag and key == tag[0])
        ]
        base = "_WithArrays" if any(": _Array[" in member for member in members) else "msgspec.Struct"
        described = schema.get("description") or f"`{name}` of the schema `{self.file}`."
        head = f"class {name}({base}, frozen=True, kw_only=True, forbid_unknown_fields=True{tagged}):\n"
        text = "".join([head, documentation(described, "    "), "\n", *members])
        self.module.classes[name] = text.rstrip("\n") + "\n"

    def member(self, key: str, schema: Schema, where: str, required: bool) -> str:
        """One attribute with its documentation."""
        name, kind = identifier(key), self.type(schema, where)
        default = None if required else "None"
        if required and "const" in schema:
            default = repr(schema["const"]) if not isinstance(schema["const"], str) else json.dumps(schema["const"])
        elif not required and kind.startswith("_Array["):
            default = "()"
        elif not required and not kind.endswith("| None"):
            kind += " | None"
        given = ([f"default={default}"] if default else []) + [f"name={json.dumps(key)}"]
        value = f" = {default}" if default else ""
        if name != key:
            value = f" = msgspec.field({', '.join(given)})"
        return f"    {name}: {kind}{value}\n{documentation(schema.get('description'), '    ')}"

    def type(self, schema: Schema | bool, where: str) -> str:
        """The annotation for a schema."""
        if schema is True or schema == {} or (isinstance(schema, dict) and not set(schema) - IGNORED):
            return "Any"
        if not isinstance(schema, dict):
            raise self.fail(where, "false allows nothing")
        if "$ref" in schema:
            name, target = self.resolve(schema, where)
            if name.lower() == "decimal":
                return "Decimal"
            return self.type(target, where) if self.leaf(target) else self.define(camel(name), target, f"/$defs/{name}")
        if "const" in schema or "enum" in schema:
            return self.literal(schema.get("enum", [schema.get("const")]), where)
        if "allOf" in schema and len(schema["allOf"]) == 1:
            return self.type(schema["allOf"][0], where)
        for several in ("oneOf", "anyOf"):
            if several in schema:
                return self.alternatives(schema[several], f"{where}/{several}")
        return self.plain(schema, where)

    def alternatives(self, schemas: list[Schema], where: str) -> str:
        """A union without tags: constants together, `None` last."""
        constants = [schema["const"] for schema in schemas if "const" in schema]
        others = [(index, schema) for index, schema in enumerate(schemas) if "const" not in schema]
        types = [self.literal(constants, where)] if constants else []
        types += [self.type(schema, f"{where}/{index}") for index, schema in others if schema.get("type") != "null"]
        distinct = list(dict.fromkeys(types))
        union = distinct[0] if len(distinct) == 1 else f"Union[{', '.join(distinct)}]"
        return f"{union} | None" if any(schema.get("type") == "null" for _, schema in others) else union

    def literal(self, values: list[object], where: str) -> str:
        """A `Literal`; `None` among the values is written apart."""
        if not all(value is None or isinstance(value, (str, int)) for value in values):
            raise self.fail(where, "a constant is a string, an integer, a boolean or null")
        known = ", ".join(
            json.dumps(value) if isinstance(value, str) else repr(value) for value in values if value is not None
        )
        return f"Literal[{known}]" + (" | None" if None in values else "")

    def plain(self, schema: Schema, where: str) -> str:
        """The annotation for one JSON type, or for one and null."""
        kinds = schema.get("type")
        if isinstance(kinds, list):
            if len(kinds) != 2 or "null" not in kinds:
                raise self.fail(where, "a type is one, or one and null")
            one = next(kind for kind in kinds if kind != "null")
            return f"{self.plain({**schema, 'type': one}, where)} | None"
        reader = {"string": self.string, "integer": self.integer, "array": self.array, "object": self.mapping}.get(
            str(kinds)
        )
        if kinds == "boolean":
            return "bool"
        if reader is None:
            raise self.fail(where, f"type {kinds!r} has no exact class")
        return reader(schema, where)

    def string(self, schema: Schema, where: str) -> str:
        known = {
            None: "str",
            "date": "_time.date",
            "decimal": "Decimal",
            "date-time": "Annotated[_time.datetime, msgspec.Meta(tz=True)]",
        }
        kind = known.get(schema.get("format"))
        self.rest(schema, {"format"} | LIMITS, where)
        if kind is None:
            raise self.fail(where, f"format {schema['format']!r} has no class")
        return kind

    def integer(self, schema: Schema, where: str) -> str:
        self.rest(schema, {"format", *INTEGERS}, where)
        limits = ", ".join(f"{name}={int(schema[key])}" for key, name in INTEGERS.items() if key in schema)
        return f"Annotated[int, msgspec.Meta({limits})]" if limits else "int"

    def array(self, schema: Schema, where: str) -> str:
        self.rest(schema, {"items", "prefixItems"} | LIMITS, where)
        if "prefixItems" in schema:
            items = [
                self.type(item, f"{where}/prefixItems/{index}") for index, item in enumerate(schema["prefixItems"])
            ]
            return f"tuple[{', '.join(items)}]"
        return f"_Array[{self.type(schema.get('items', True), f'{where}/items')}]"

    def mapping(self, schema: Schema, where: str) -> str:
        if "properties" in schema:
            raise self.fail(where, "an object inside another needs a name: move it to $defs")
        self.rest(schema, {"additionalProperties"} | LIMITS, where)
        return f"Mapping[str, {self.type(schema.get('additionalProperties', True), f'{where}/additionalProperties')}]"

    def rest(self, schema: Schema, known: set[str], where: str) -> None:
        """Refuses keywords that were not read."""
        unknown = set(schema) - IGNORED - known - {"type"}
        if unknown:
            raise self.fail(where, f"{', '.join(sorted(unknown))} is not understood")


def generate(folder: Path) -> str:
    """The module for all schemas of a folder."""
    module = Module()
    files = [
        Generator(path.name.removesuffix(".json"), json.loads(path.read_text("utf-8")), module)
        for path in sorted(folder.glob("*.json"))
    ]
    for file in files:
        file.names()
    for file in files:
        file.run()
    return module.text()


def main() -> int:
    """Writes the module, or says that it is not current."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the module is not current")
    parser.add_argument("schemas", nargs="?", type=Path, default=SCHEMAS)
    parser.add_argument("module", nargs="?", type=Path, default=MODULE)
    chosen = parser.parse_args()
    try:
        wanted = generate(chosen.schemas) if any(chosen.schemas.glob("*.json")) else None
    except Unsupported as reason:
        print(reason, file=sys.stderr)
        return 1
    current = chosen.module.read_text("utf-8") if chosen.module.exists() else None
    if chosen.check:
        if current != wanted:
            print(f"{chosen.module} is not what {chosen.schemas} says: run {Path(__file__).name}", file=sys.stderr)
        return int(current != wanted)
    if wanted is None:
        print(f"{chosen.schemas} holds no schema", file=sys.stderr)
        return 1
    chosen.module.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
