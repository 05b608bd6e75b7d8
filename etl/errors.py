"""Why a file cannot be taken as a return at all. Everything less is a Finding."""

from __future__ import annotations

from typing import Any

from catalogue.display import quarter
from catalogue.period import Period
from catalogue.wording import knows, say


class ReturnRefused(Exception):
    """The file cannot be read as a return.

    What is wrong is wording `refused.<key>`, what to do `refused_mend.<key>`, both filled with
    `fields`. Where the value of the field named by `detail` has wording of its own, that goes
    before: `refused_<key>.<value>` and `refused_<key>_mend.<value>`, with <value> `none` for an
    empty one. str() gives what is wrong, mend() what to do.
    """

    key = "refused"
    detail = ""

    def __init__(self, **fields: Any) -> None:
        self.fields = fields
        super().__init__(self.key, fields)

    def __str__(self) -> str:
        return self._worded("")

    def mend(self) -> str:
        """What to do about it, in the language of this thread of work."""
        return self._worded("_mend")

    def _worded(self, table: str) -> str:
        shown = {key: quarter(field) if isinstance(field, Period) else field for key, field in self.fields.items()}
        closer = f"refused_{self.key}{table}.{self.fields.get(self.detail) or 'none'}"
        return say(closer if knows(closer) else f"refused{table}.{self.key}", **shown)

    def __reduce__(self) -> tuple[Any, ...]:
        """Fields come by keyword, which pickle cannot know; a refusal travels between processes."""
        return _refusal, (type(self), self.fields)


def _refusal(kind: type[ReturnRefused], fields: dict[str, Any]) -> ReturnRefused:
    return kind(**fields)


class Unreadable(ReturnRefused):
    """The bytes are no workbook we can open. Subclasses say why; by itself: damaged. Fields: problem (for the log)."""

    key = "unreadable"


class NotAWorkbook(Unreadable):
    """Fields: found, what the bytes seem to be: a key of wording `refused_not_a_workbook`."""

    key = "not_a_workbook"
    detail = "found"


class NotRead(ReturnRefused):
    """A file that a folder or a zip holds and that nobody opened. Fields: why (download, template, document, scan,
    archive, no_file, no_access, other), suffix."""

    key = "not_read"
    detail = "why"


class BadArchive(ReturnRefused):
    """A zip of returns, or one member of it, that is not opened. Fields: why (damaged, empty, members, bytes, unzipped: the
    zip; nested, path, encrypted, method, member_damaged, member_bytes, ratio: the member), found, limit."""

    key = "bad_archive"
    detail = "why"


class OneTab(ReturnRefused):
    """A CSV holds one tab, and the form has several. Fields: found (the tab it holds), sheets (how many the form has)."""

    key = "one_tab"


class EmptyFile(Unreadable):
    key = "empty_file"


class Encrypted(Unreadable):
    key = "encrypted"


class TooLarge(Unreadable):
    """Fields: what (bytes, unzipped: both in MB; members, sheets, rows, columns, cells), found, limit,
    where (the far cell as 学前教育!XFD9, or the sheet; empty when it is about the whole file)."""

    key = "too_large"
    detail = "what"


class ReadTimeout(Unreadable):
    """Fields: seconds, the limit."""

    key = "read_timeout"


class ReaderDied(Unreadable):
    """The reading process ran out of memory or was ended."""

    key = "reader_died"


class Infected(ReturnRefused):
    """The virus scanner found something; the file was not opened."""

    key = "infected"


class NotScanned(ReturnRefused):
    """The virus scanner that the server names did not answer; the file was not opened."""

    key = "not_scanned"


class FormUnknown(ReturnRefused):
    """No form code found, or one that this plan does not have. Fields: found (the code; empty when there is none)."""

    key = "form_unknown"
    detail = "found"


class OldVersion(ReturnRefused):
    """Fields: form, version, current."""

    key = "old_version"


class UnitUnknown(ReturnRefused):
    """Fields: found (what stands for the unit; may be empty)."""

    key = "unit_unknown"
    detail = "found"


class OtherUnit(ReturnRefused):
    """Another unit's file. Fields: found, expected."""

    key = "other_unit"


class PeriodUnknown(ReturnRefused):
    """Fields: found (what stands for the period; may be empty)."""

    key = "period_unknown"
    detail = "found"


class OtherPeriod(ReturnRefused):
    """Another period's file. Fields: found, expected."""

    key = "other_period"


class SameFileAsBefore(ReturnRefused):
    """Last quarter's file resent. Fields: period."""

    key = "same_file_as_before"


class NotOver(ReturnRefused):
    """A quarter that is not over (when: over) or, where early returns are taken, has not begun (begun).

    Fields: when, period, last_day (through which it is too early), due; both days as text."""

    key = "not_over"
    detail = "when"


class TwoFiles(ReturnRefused):
    """Another file that came with it says something else for the same return. Fields: by (load, drop), name, others,
    count (entries that differ), where (the first of them)."""

    key = "two_files"
    detail = "by"


class PersonalData(ReturnRefused):
    """A column of ID numbers or children's names, or one such number: aggregates only.

    Fields: at, heading; source where it is no cell: comment, text_box, sheet_name, file_name, content (elsewhere).
    """

    key = "personal_data"
    detail = "source"


class NotUnderstood(ReturnRefused):
    """Our own mistake met this file; the log has it. Fields: problem."""

    key = "not_understood"


class Blocked(Exception):
    """A return with open findings cannot be accepted."""
