"""Checks an evidence package with nothing of duebill: check_evidence.py PACKAGE PUBLISHED_DAILY_HEAD"""

import hashlib
import json
import sys


def canonical(value):  # RFC 8785 for what packages hold: keys are ASCII, numbers are whole.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root(leaf, place, size, path):  # RFC 9162, 2.1.3.2
    assert 0 <= place < size and path == [bytes.fromhex(one).hex() for one in path], "no path"
    last, node = size - 1, sha(b"\0", leaf)
    for other in map(bytes.fromhex, path):
        assert last, "the path is too long"
        right = place & 1 or place == last
        node = sha(b"\1", other, node) if right else sha(b"\1", node, other)
        while right and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    assert not last, "the path is too short"
    return node.hex()


def walk(value):
    yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(each)


def check(package, published):
    evidence, daily = json.loads(package), json.loads(published)
    assert canonical(evidence) == package, "not canonical"
    assert evidence["daily"] == daily and evidence["version"] == 1, "another daily head or version"
    logs, shown, documents, rules, sealed = {}, set(), set(), set(), set()
    for log in evidence["logs"]:
        proof, head = log["proof"], log["proof"]["head"]
        assert root(canonical(head), proof["place"], daily["logs"], proof["path"]) == daily["root"], "a log not under the head"
        assert root(bytes.fromhex(head["hash"]), head["seq"] - 1, head["seq"], log["tip"]) == head["root"], "another last record"
        logs[canonical(head["log"])] = head
    for one in evidence["records"]:
        record, head = one["record"], logs[canonical(one["record"]["log"])]
        assert root(sha(canonical(record)), record["seq"] - 1, head["seq"], one["path"]) == head["root"], "a record not in its log"
        shown.add((canonical(head["log"]), record["seq"]))
        opened = [each for event in record["events"] for each in (event.get("draft"), event.get("credit"), *event.get("items", ()))]
        documents.update((canonical(head["log"]), each["id"]) for each in opened if isinstance(each, dict))
        rules.update((record["policy"], record.get("terms")))
        sealed.update(each["sealed"] for each in walk(record) if isinstance(each, dict) and set(each) == {"sealed"})
        print(record["seq"], record["stamp"]["at"], record["stamp"]["actor"], *(event["kind"] for event in record["events"]))
    assert {name for _, name in documents}.issuperset(evidence["documents"]), "a document that no record opened"
    for one in evidence["trails"]:  # Every record of its account about a document, as the daily head has it.
        log, trails = canonical(one["log"]), logs[canonical(one["log"])]["trails"]
        leaf = {"key": "00" + sha(one["document"].encode()).hex()[:32], "records": one["records"]}
        assert root(canonical(leaf), one["place"], trails["count"], one["path"]) == trails["root"], "another trail"
        assert shown.issuperset((log, seq) for seq in one["records"]), "a record about a document is left out"
    proved = {(canonical(one["log"]), one["document"]) for one in evidence["trails"]}
    assert proved == {opened for opened in documents if opened[1] in evidence["documents"]}, "a document without its trail"
    for digests in ([sha(canonical(section)) for section in rule["sections"]] for rule in evidence["rules"]):
        assert (digests[0] if len(digests) == 1 else sha(*digests)).hex() in rules, "rules that no record names"
    assert [text["commitment"] for text in evidence["texts"]] == sorted(sealed), "other texts than those committed to"
    for text in evidence["texts"]:  # One that was erased has no words; a salt has 64 digits, so that no word passes for salt.
        assert len(text) == 1 or set(text["salt"]) <= set("0123456789abcdef") and len(text["salt"]) == 64, "a salt of another length"
        words = {**text, "commitment": sha((text["salt"] + text["text"]).encode()).hex()} if len(text) > 1 else {"commitment": text["commitment"]}
        assert text == words, "another text than the one committed to"


if __name__ == "__main__":
    check(*(open(name, "rb").read() for name in sys.argv[1:3]))
    print("all of it follows from the daily head: these records stood there, and all that the head says are about the documents")
