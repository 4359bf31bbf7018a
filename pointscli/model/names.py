"""When two ways of writing an item, level or stage are the same word."""

from __future__ import annotations

from collections.abc import Sequence

from pointscli.model.normal import normal


def item_key(text: str) -> str:
    """Compare words without regard to width and blanks: `三会一课（党课）` is `三会一课(党课)`."""
    return "".join(normal("NFKC", text).split())


def stage_number(stages: Sequence[tuple[str, str]], text: str) -> int | None:
    """Place of a stage named by id or title in a chain of (id, title); None if it has no such stage."""
    key = item_key(text)
    for number, words in enumerate(stages):
        if key in (item_key(words[0]), item_key(words[1])):
            return number
    return None
