"""Nobody but `catalogue/clock.py` asks the machine what day or hour it is: its zone need not be the bureau's."""

from __future__ import annotations

import re
from pathlib import Path

import sources

PROJECT = Path(__file__).resolve().parents[2]
NO_ROOMS = ("tests", "bench", "docs", "data", "var")
ASKS = re.compile(
    r"datetime\.(now|today|utcnow|fromtimestamp|utcfromtimestamp)\(|\bdate\.(today|fromtimestamp)\("
    r"|\btime\.(localtime|gmtime|strftime|ctime)\(|\.astimezone\(\s*\)|\blocaltime\(|\bpd\.Timestamp\.(now|today)\("
)
ASKS_IN_SQL = re.compile(r"\b(now|today|current_localtimestamp)\(\)|\bcurrent_(date|time|timestamp)\b", re.I)
ALONE = "catalogue/clock.py"


def code(kind: str) -> list[str]:
    """Files of the rooms, by their place in the project."""
    found = (path.relative_to(PROJECT) for path in sources.files(kind))
    return [path.as_posix() for path in found if path.parts[0] not in NO_ROOMS]


def test_only_the_clock_asks_the_machine_for_the_time():
    asking = {path for path in code(".py") if ASKS.search((PROJECT / path).read_text("utf-8"))}
    assert asking == {ALONE}


def test_no_mart_asks_the_machine_for_the_time():
    asking = {path for path in code(".sql") if ASKS_IN_SQL.search((PROJECT / path).read_text("utf-8"))}
    assert asking == set()


def test_the_ways_of_asking_are_known():
    for line in ("datetime.now()", "datetime.now(UTC)", "date.today()", "moment.astimezone()", "time.strftime('%Y')"):
        assert ASKS.search(line), line
    for line in ("clock.now()", "clock.today()", "moment.astimezone(UTC)", "reads.today()", "time.monotonic()"):
        assert not ASKS.search(line), line
    assert ASKS_IN_SQL.search("where due < current_date") and not ASKS_IN_SQL.search("due < $today::date")
