"""Numbers of things in a sentence: `1 error`, `2 errors`."""

from __future__ import annotations

from collections.abc import Callable


def counted(say: Callable[[str], str], number: int, one: str, many: str) -> str:
    """The template for one thing or for several, in the reader's language, with the number in its {count}."""
    return say(one if number == 1 else many).format(count=number)


def findings_counted(say: Callable[[str], str], number: int) -> str:
    """`1 finding`, `3 findings`."""
    return counted(say, number, "{count} finding", "{count} findings")
