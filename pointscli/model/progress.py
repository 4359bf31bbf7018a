"""What is being done, for whoever listens: what reads, computes and writes says it, the command line may show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple


class Step(NamedTuple):
    """An English template with what fills it; a chapter is longer work, made of steps."""

    what: str
    facts: Mapping[str, object]
    is_chapter: bool = False


Listener = Callable[[Step], None]
_listeners: list[Listener] = []
COMPUTING = (
    "computing what counts (1 of 5)",
    "computing prices (2 of 5)",
    "computing bounds (3 of 5)",
    "computing scores (4 of 5)",
    "computing ranks and lists (5 of 5)",
)
"""The steps of a computation."""


def working(what: str, /, **facts: object) -> None:
    """Say what is done from now on."""
    for listener in _listeners:
        listener(Step(what, facts))


def chapter(what: str, /, **facts: object) -> None:
    """Say what the next steps are part of."""
    for listener in _listeners:
        listener(Step(what, facts, is_chapter=True))


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let somebody hear the steps."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
