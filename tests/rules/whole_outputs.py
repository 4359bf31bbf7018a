"""Whole outputs as files in snapshots/. POINTS_UPDATE_SNAPSHOTS=1 writes them anew and removes those not used."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"
UPDATE = os.environ.get("POINTS_UPDATE_SNAPSHOTS") == "1"


def compare(name: str, text: str) -> None:
    """The text is what the snapshot says."""
    path = FOLDER / name
    if UPDATE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def prune(start: str, used: Iterable[str]) -> None:
    """Of the snapshots whose names begin so, there are no others than these."""
    unused = {path.name for path in FOLDER.glob(f"{start}*")} - set(used)
    if UPDATE:
        for name in unused:
            (FOLDER / name).unlink()
        unused = set()
    assert not unused
