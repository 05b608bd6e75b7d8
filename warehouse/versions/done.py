"""What was done in a version, kept in its note as data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

_MARK = " #"  # up to 0.6: between the words and the token


@dataclass(frozen=True, slots=True)
class Done:
    """did: a code, whose words are versions.did.<code>. about: what it was done to, in codes: form/reporter/quarter, numbers of
    versions, how many files. token: by which an act finds the version it published, "" for none.

    str() is the note of the version, `read` the way back.
    """

    did: str
    about: str = ""
    token: str = ""

    def __str__(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False)

    @classmethod
    def read(cls, note: str) -> Done:
        """Up to 0.6 a note was `did about #token`, about with blanks in it; of a note in other words `did` is its first."""
        if note.startswith("{"):
            try:
                return cls(**json.loads(note))
            except (json.JSONDecodeError, TypeError):
                return cls("", note)
        words, mark, token = note.rpartition(_MARK)
        did, _, about = (words if mark else note).partition(" ")
        return cls(did, about, token if mark else "")
