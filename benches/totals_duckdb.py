"""Totals of invoices of ten lines in DuckDB (one thread, DECIMAL), the rival of `contender`.

    python3 totals_duckdb.py ../target/release/contender

Both answer over the same numbers, so their sums must be equal. Needs the packages duckdb, numpy and
pyarrow; Debian has python3-numpy, the others come from PyPI.
"""

import json
import statistics
import subprocess
import sys
import time

try:
    import duckdb
    import numpy
    import pyarrow
except ImportError as missing:
    sys.exit(f"{missing.name} is missing: python3 -m pip install duckdb numpy pyarrow")

INVOICES = 1_000_000
ROUNDS = 7


def below(limit: int, stream: int) -> numpy.ndarray:
    """Numbers that are a function of their place alone, as in `contender/totals.rs`."""
    place = numpy.arange(INVOICES * 10, dtype=numpy.uint64)
    z = (numpy.uint64(stream << 40) + place) * numpy.uint64(0x9E3779B97F4A7C15)
    z += numpy.uint64(0x01D5C0DE2026)
    z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    z ^= z >> numpy.uint64(31)
    return ((z >> numpy.uint64(32)) * numpy.uint64(limit) >> numpy.uint64(32)).astype(numpy.int64)


def prepared() -> "duckdb.DuckDBPyConnection":
    """The lines as a table of decimals."""
    database = duckdb.connect()
    database.execute("SET threads=1")
    database.execute("SET preserve_insertion_order=false")
    lines = pyarrow.table({
        "invoice": numpy.repeat(numpy.arange(INVOICES), 10),
        "quantity": 25 * (1 + below(32, 60)),
        "price": 500_000 + below(1_500_000, 61),
        "rate": below(2, 62),
    })
    database.register("lines", lines)
    database.execute(
        "CREATE TABLE line AS SELECT invoice::int invoice, (quantity / 100.0)::decimal(10, 2) quantity,"
        " (price / 10000.0)::decimal(12, 4) price,"
        " (CASE rate WHEN 0 THEN 0.20 ELSE 0.07 END)::decimal(4, 4) rate FROM lines"
    )
    return database


def query(per_line: bool) -> str:
    net = "round(quantity * price, 2)::decimal(12, 2)"
    nets = f"SELECT invoice, rate, {net} net FROM line"
    if not per_line:
        nets = f"SELECT invoice, rate, sum({net})::decimal(14, 2) net FROM line GROUP BY invoice, rate"
    return (
        "CREATE OR REPLACE TABLE total AS SELECT invoice, sum(net)::decimal(14, 2) net,"
        f" sum(round(net * rate, 2))::decimal(14, 2) tax FROM ({nets}) GROUP BY invoice"
    )


def main(contender: str) -> None:
    database = prepared()
    for job, per_line in (("totals_doc", False), ("totals_line", True)):
        ours = subprocess.Popen(
            [contender, job, "duebill", str(INVOICES)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

        def ask(word: str, ours: "subprocess.Popen[str]" = ours) -> dict:
            assert ours.stdin is not None and ours.stdout is not None
            ours.stdin.write(word + "\n")
            ours.stdin.flush()
            return json.loads(ours.stdout.readline())

        assert ours.stdout is not None
        ours.stdout.readline()
        times: dict[str, list[float]] = {"duckdb": [], "duebill": []}
        for counted in [False] + [True] * ROUNDS:
            started = time.process_time()
            database.execute(query(per_line))
            took = {"duckdb": time.process_time() - started, "duebill": ask("go")["c"]}
            if counted:
                for name, seconds in took.items():
                    times[name].append(seconds / INVOICES * 1e9)
        sums = database.execute("SELECT sum(net * 100)::bigint, sum(tax * 100)::bigint FROM total").fetchone()
        if list(sums or ()) != ask("sum")["sum"]:
            sys.exit(f"{job}: the sums differ")
        duck, bill = (statistics.median(times[name]) for name in ("duckdb", "duebill"))
        print(f"{job}: duckdb {duck:.0f} ns, duebill {bill:.0f} ns of CPU per invoice; {duck / bill:.1f} times")
        ours.kill()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("expected the path of the program contender")
    main(sys.argv[1])
