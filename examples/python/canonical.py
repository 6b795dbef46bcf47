"""The canonical form of documents with nothing of duebill: canonical.py VECTORS checks a file of vectors."""

import hashlib
import json
import sys


def whole(text):
    assert text != "-0" and -(2**63) <= int(text) < 2**63, "a number is whole and within 64 bits"
    return int(text)


def refused(text):
    raise AssertionError(f"{text}: a number is whole")


def once(pairs):
    assert len(dict(pairs)) == len(pairs), "each key stands once"
    return dict(pairs)


def checked(value, depth=0):
    """The value, when nothing in it is beyond the form: 32 levels, and of control characters only tab and line feed."""
    if isinstance(value, str):
        value.encode()  # A lone surrogate has no UTF-8.
        assert not any(c not in "\n\t" and (c < " " or "\x7f" <= c <= "\x9f") for c in value), "a control character"
    elif isinstance(value, (dict, list)):
        assert depth < 32, "at most 32 levels"
        for each in value.values() if isinstance(value, dict) else value:
            checked(each, depth + 1)
    return value


def write(value):
    if isinstance(value, dict):
        ordered = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{write(key)}:{write(value[key])}" for key in ordered) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def canonical(text):
    read = json.loads(text, parse_int=whole, parse_float=refused, parse_constant=refused, object_pairs_hook=once)
    return write(checked(read)).encode()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: canonical.py VECTORS")
    cases = json.load(open(sys.argv[1], encoding="utf-8"))["cases"]
    for case in cases:
        try:
            form = canonical(case["in"]["text"])
        except (AssertionError, ValueError) as reason:
            assert "refused" in case, f"{case['id']}: {reason}"
        else:
            assert case.get("out") == {"bytes": form.hex(), "digest": hashlib.sha256(form).hexdigest()}, case["id"]
    print(f"{len(cases)} vectors hold")
