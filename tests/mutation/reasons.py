"""Why a mutant may live: survivors.yaml has stage, the line that the mutant makes, and a reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from tests.mutation.changes import Mutant

SURVIVORS = Path(__file__).with_name("survivors.yaml")


@cache
def _reasons() -> dict[tuple[str, str], str]:
    listed = yaml.safe_load(SURVIVORS.read_text("utf-8")) or []
    return {(one["stage"], one["line"]): one["reason"] for one in listed}


def line_of(mutant: Mutant) -> str:
    """The line with the fault in it, without blanks around it."""
    return mutant.text.splitlines()[mutant.line - 1].strip()


def reason_for(mutant: Mutant) -> str:
    """Why nothing can notice it, empty if nobody has said so."""
    return _reasons().get((mutant.stage, line_of(mutant)), "")
