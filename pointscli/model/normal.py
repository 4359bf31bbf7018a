"""Unicode normal forms of what people type, in bounded time."""

from __future__ import annotations

import unicodedata
from typing import Literal

LONGEST = 1000
"""Characters; no name or title is longer. A long run of combining marks is put in order in quadratic time."""


def normal(form: Literal["NFC", "NFKC"], text: str) -> str:
    """A text in a normal form; one that is too long to be a name stays as it is."""
    return unicodedata.normalize(form, text) if len(text) <= LONGEST else text
