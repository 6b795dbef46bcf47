"""The aging on the command line: of small files, whole and damaged, and of a real one where there is one."""

from __future__ import annotations

from pathlib import Path

from jobs import answer, findings, run, write

INVOICES = [
    "invoiceNumber,customerID,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate",
    "I-1,ada,1/2/2013,2/1/2013,55.94,No,1/15/2013",
    "I-2,ada,1/2/2013,2/1/2013,10.5,Yes,",
    "I-3,bob,12/20/2012,1/19/2013,7,Yes,3/31/2013",
]


def test_receivables_are_aged(tmp_path: Path) -> None:
    file = write(tmp_path, INVOICES)
    told = answer("aging", "--invoices", file, "--as-of", "2013-01-15")
    nothing = {"1-30": "0.00", "31-60": "0.00", "61-90": "0.00", "not_due": "0.00", "over_90": "0.00"}
    # The first was settled on that very day.
    assert told == {
        "as_of": "2013-01-15",
        "basis": "due",
        "buckets": {**nothing, "not_due": "17.50"},
        "customers": {"ada": {**nothing, "not_due": "10.50"}, "bob": {**nothing, "not_due": "7.00"}},
        "disputed_items": 2,
        "disputed_open": "17.50",
        "findings": [],
        "open_items": 2,
        "open_total": "17.50",
        "schema": "duebill/receivables_file/1",
    }
    told = answer("aging", "--invoices", file, "--as-of", "2013-01-14", "--basis", "invoice")
    assert told["buckets"] == {**nothing, "1-30": "73.44"}
    told = answer("aging", "--invoices", file, "--as-of", "2000-01-01")
    assert (told["open_items"], told["open_total"], told["buckets"], told["customers"]) == (0, "0.00", nothing, {})


def test_every_fault_of_a_receivable_is_found(tmp_path: Path) -> None:
    lines = [*INVOICES, "I-4,,31/1/2013,?,1.005,No,never", INVOICES[1], "I-5,ada", "I-6,ada,1/1/2013,1/1/2013,1e2,No,"]
    lines += [",ada,1/2/2013,2/1/2013,1,No,", "I-6,ada,1/1/2013,2/1/2013,1,No,"]
    told = answer("aging", "--invoices", write(tmp_path, lines), "--as-of", "2013-01-15")
    assert findings(told) == {
        ("bad-amount", 5, "InvoiceAmount", "1.005"),
        ("bad-id", 5, "customerID", ""),
        ("bad-id", 9, "invoiceNumber", ""),
        ("bad-time", 5, "DueDate", "?"),
        ("bad-time", 5, "InvoiceDate", "31/1/2013"),
        ("bad-time", 5, "SettledDate", "never"),
        ("duplicate-row", 6, "invoiceNumber", "I-1"),
        ("short-row", 7, "", "2 of 7 fields"),
    }
    assert [each["count"] for each in told["findings"] if each["code"] == "bad-amount"] == [2]
    # A row with a fault does not stand in the way of a later one of its invoice.
    assert told["open_total"] == "18.50"
    lacking = [line.replace("DueDate", "Due") for line in INVOICES]
    told = answer("aging", "--invoices", write(tmp_path, lacking), "--as-of", "2013-01-15", status=1)
    assert findings(told) == {("missing-column", 1, "DueDate", lacking[0])} and told["open_items"] == 0


def test_people_are_told(tmp_path: Path) -> None:
    told = run("aging", "--invoices", write(tmp_path, INVOICES), "--as-of", "2013-01-15")
    for expected in ("by due date, USD", "ada", "total", "2 open with 17.50, 2 of them disputed with 17.50", "nothing"):
        assert expected in told


def test_the_receivables_of_a_real_company_are_aged(data: Path | None) -> None:
    if data is None:
        return
    (file,) = (data / "ar_ibm").glob("*.csv")
    told = answer("aging", "--invoices", file, "--as-of", "2012-12-31")
    assert (told["open_items"], told["open_total"]) == (99, "5725.06")
    assert (told["disputed_items"], told["disputed_open"]) == (28, "1700.31")
    amounts = [told["buckets"][name] for name in ("not_due", "1-30", "31-60", "61-90", "over_90")]
    assert amounts == ["4936.32", "788.74", "0.00", "0.00", "0.00"]
    told = answer("aging", "--invoices", file, "--as-of", "2012-12-31", "--basis", "invoice")
    amounts = [told["buckets"][name] for name in ("not_due", "1-30", "31-60", "61-90", "over_90")]
    assert amounts == ["161.05", "4775.27", "788.74", "0.00", "0.00"]
