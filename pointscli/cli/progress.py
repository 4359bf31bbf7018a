"""One line on a terminal once a command takes longer than a second: what it is doing, and for how long.

No colour and no escape codes: the line is written over itself, and over with blanks at the end.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TextIO
from unicodedata import east_asian_width

from pointscli.locale import Translate
from pointscli.model.progress import Step, listening

PATIENCE = 1.0
"""Seconds before anything is shown."""
_PAUSE = 0.2
_shown: list[ProgressLine] = []


class ProgressLine:
    """Shows the steps it hears as long as it is open."""

    def __init__(self, stream: TextIO, translate: Translate) -> None:
        """Write to a terminal."""
        self._stream, self._translate = stream, translate
        self._began = time.monotonic()
        self._chapter = self._step = ""
        self._cells = 0
        self._over = threading.Event()
        self._lock = threading.RLock()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._ends = ExitStack()

    def __enter__(self) -> None:
        """Begin to listen, and to wait."""
        self._ends.enter_context(listening(self._hear))
        _shown.append(self)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as if nothing had been there."""
        self._over.set()
        self._thread.join()
        _shown.remove(self)
        self._ends.close()
        with self._lock:
            self._wipe()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the line away while something else is written."""
        with self._lock:
            self._wipe()
            yield

    def _hear(self, step: Step) -> None:
        said = self._translate(step.what).format(**step.facts)
        if step.is_chapter:
            self._chapter, self._step = said, ""
        else:
            self._step = said

    def _tick(self) -> None:
        if self._over.wait(PATIENCE):
            return
        while not self._over.wait(_PAUSE):
            with self._lock:
                self._draw()

    def _draw(self) -> None:
        if self._over.is_set():
            return
        elapsed = self._translate("{seconds} s").format(seconds=int(time.monotonic() - self._began))
        text = "  ".join(filter(None, (self._chapter, self._step, elapsed)))
        text, cells = _cut(text, self._width())
        self._put("\r" + text + " " * (self._cells - cells) + "\b" * (self._cells - cells))
        self._cells = cells

    def _wipe(self) -> None:
        if self._cells:
            self._put("\r" + " " * self._cells + "\r")
            self._cells = 0

    def _put(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
            self._stream.flush()

    def _width(self) -> int:
        try:
            return (os.get_terminal_size(self._stream.fileno()).columns or 80) - 1
        except (OSError, ValueError):
            return 79


@contextmanager
def without_line() -> Iterator[None]:
    """Nothing of ours is on the terminal meanwhile."""
    with ExitStack() as stack:
        for line in _shown:
            stack.enter_context(line.aside())
        yield


def _cut(text: str, width: int) -> tuple[str, int]:
    """As much of a text as fits into a line, and its width: what is wide takes two cells."""
    cells = 0
    for place, char in enumerate(text):
        wide = 2 if east_asian_width(char) in "WFA" else 1
        if cells + wide > width:
            return text[:place], cells
        cells += wide
    return text, cells
