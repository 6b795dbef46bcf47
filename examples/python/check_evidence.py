"""Checks an evidence package with nothing of duebill: check_evidence.py PACKAGE PUBLISHED_DAILY_HEAD"""

import hashlib
import json
import re
import sys


def need(holds, otherwise):  # Not `assert`, which python -O leaves out.
    if not holds:
        raise ValueError(otherwise)


def canonical(value):  # RFC 8785 for what packages hold: keys are ASCII, numbers are whole.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root(leaf, place, size, path):  # RFC 6962, 2.1.1: the largest power of two below the size stands on the left.
    need(0 <= place < size and all(bytes.fromhex(one).hex() == one for one in path), "no path")
    if size == 1:
        need(not path, "the path is too long")
        return sha(b"\0", leaf).hex()
    half, (*path, other) = 1 << (size - 1).bit_length() - 1, path
    if place < half:
        return sha(b"\1", bytes.fromhex(root(leaf, place, half, path) + other)).hex()
    return sha(b"\1", bytes.fromhex(other + root(leaf, place - half, size - half, path))).hex()


def way(key, leaf, path):  # At each fork a bit of the key says on which side it stands; bits count from the highest.
    found, below = sha(b"\0", leaf), 136
    for fork in path:
        bit, other = fork["bit"], bytes.fromhex(fork["other"])
        need(0 <= bit < below and other.hex() == fork["other"], "no way")
        found, below = sha(bytes([2, bit]), *((other, found) if int(key, 16) >> 135 - bit & 1 else (found, other))), bit
    return found.hex()


def check(package, published):
    evidence, daily = json.loads(package), json.loads(published)
    need(canonical(evidence) == package and len(evidence) == 8, "not canonical, or other keys")
    need(evidence["daily"] == daily and evidence["version"] == 1, "another daily head or version")
    logs, shown, documents, named, asked = {}, set(), set(), {}, {}
    for log in evidence["logs"]:
        proof, head = log["proof"], log["proof"]["head"]
        need(root(canonical(head), proof["place"], daily["logs"], proof["path"]) == daily["root"], "a log not under the head")
        need(root(bytes.fromhex(head["hash"]), head["seq"] - 1, head["seq"], log["tip"]) == head["root"], "another last record")
        need(canonical(head["log"]) not in logs and head["log"]["seller"] == daily["seller"], "a log twice, or another seller's")
        logs[canonical(head["log"])] = head
    for one in evidence["records"]:
        record, log, events = one["record"], canonical(one["record"]["log"]), one["record"]["events"]
        need(root(sha(canonical(record)), record["seq"] - 1, logs[log]["seq"], one["path"]) == logs[log]["root"], "a record not in its log")
        shown.update([(log, record["seq"]), (log, record["command"]["id"])])
        opened = [each for event in events for each in (event.get("draft"), event.get("credit"), *event.get("items", ()))]
        documents.update((log, each["id"]) for each in opened if isinstance(each, dict))
        sealed = re.findall(r'{"sealed":"([0-9a-f]{64})"}', canonical(record).decode())  # In a text its marks would be escaped.
        for what, digest in (("policy", record["policy"]), ("terms", record.get("terms")), *(("words", each) for each in sealed)):
            named.setdefault((digest, what), {}).update({f"{record['log']['kind']}/{record['log']['id']} {record['seq']}": None})
        for event in (event for event in events if event["kind"] == "intent" and event["log"]["kind"] == "series"):
            asked.setdefault(event["command"]["action"]["invoice"], set()).add((canonical(event["log"]), event["id"]))
        print(record["seq"], record["stamp"]["at"], record["stamp"]["actor"], *(event["kind"] for event in events))
    need(len(shown) == 2 * len(evidence["records"]), "a record twice")
    need({name for _, name in documents}.issuperset(evidence["documents"]), "a document that no record opened")
    for one in evidence["trails"]:  # Every record of its account about a document, as the daily head has it.
        log, trails = canonical(one["log"]), logs[canonical(one["log"])]["trails"]
        leaf = {"key": "00" + sha(one["document"].encode()).hex()[:32], "records": one["records"]}
        need(way(leaf["key"], canonical(leaf), one["path"]) == trails, "another trail")
        need(shown.issuperset((log, seq) for seq in one["records"]), "a record about a document is left out")
    proved = {(canonical(one["log"]), one["document"]) for one in evidence["trails"]}
    need(proved.issuperset(each for each in documents if each[1] in evidence["documents"]), "a document without its trail")
    need({name for _, name in proved} <= set(evidence["documents"]), "a trail of more than the documents")
    digests = [[sha(canonical(section)) for section in rule["sections"]] for rule in evidence["rules"]]
    rules = {(each[0] if len(each) == 1 else sha(*each)).hex() for each in digests}
    need(rules <= {digest for digest, what in named if what != "words"}, "rules that no record names")
    sealed = sorted(digest for digest, what in named if what == "words")
    need(sorted(text["commitment"] for text in evidence["texts"]) == sealed, "other texts than those committed to")
    words = {text["commitment"]: text for text in evidence["texts"] if len(text) > 1}
    for commitment, text in words.items():  # A salt has 64 digits, so that no word passes for salt.
        need(set(text["salt"]) <= set("0123456789abcdef") and len(text["salt"]) == 64, "a salt of another length")
        need(sha((text["salt"] + text["text"]).encode()).hex() == commitment and len(text) == 3, "other words than committed to")
    for digest, what in sorted(key for key in named if key[0] and key[0] not in (words if key[1] == "words" else rules)):
        print("not shown:", what, digest, "of", ", ".join(named[digest, what]), "(erased, held back or lost)")
    for document in (each for each in evidence["documents"] if each in asked and shown.isdisjoint(asked[each])):
        print("not shown: the record of a series that numbers", document, "(held back, or not there on the day)")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: check_evidence.py PACKAGE PUBLISHED_DAILY_HEAD")
    check(*(open(name, "rb").read() for name in sys.argv[1:3]))
    print("all of it follows from the daily head: these records stood there, and all that the head says are about the documents")
