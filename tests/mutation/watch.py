"""Runs the suite's cases over the real engine and tries every mutant of a stage on the tables that reach the stage.

A mutant that makes the same rows from the same tables cannot be noticed by that case: only where the rows differ is the
whole test worth running. So a mutant that nothing notices costs one statement a case instead of a whole run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from pointscli.engine.database import Database
from tests.mutation.changes import Mutant

ENOUGH = 12
"""Generated cases with other rows after which a mutant is not tried on more of them."""


class Trial:
    """Which cases a mutant of which stage shows in."""

    def __init__(self, mutants: Mapping[str, Sequence[Mutant]]) -> None:
        """Nothing is tried yet."""
        self.waiting = {stage: list(found) for stage, found in mutants.items()}
        self.shown: dict[Mutant, list[int]] = {mutant: [] for found in mutants.values() for mutant in found}
        self.broken: set[Mutant] = set()
        """Mutants that are not SQL."""
        self.reached: set[str] = set()
        self.case = 0
        self.generated = True
        """The case looks at every number; the others look each at something else."""

    def judge(self, connection: Any, stage: str, text: str) -> None:
        """Try the mutants of a stage on the tables as they stand."""
        mutants = self.waiting.get(stage)
        if not mutants:
            return
        self.reached.add(stage)
        right = _rows(connection, text)
        for mutant in list(mutants):
            cases = self.shown[mutant]
            if self.case in cases or (self.generated and len(cases) >= ENOUGH):
                continue
            try:
                same = _rows(connection, mutant.text) == right
            except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException):
                self.broken.add(mutant)
                mutants.remove(mutant)
                continue
            except duckdb.Error:
                same = False
            if not same:
                cases.append(self.case)


def _rows(connection: Any, text: str) -> Any:
    """A number that stands for the rows of a query in whatever order."""
    return connection.execute(f"select count(*), sum(hash(t)::hugeint) from ({text}) as t").fetchone()  # noqa: S608


def watched(trial: Trial, texts: Mapping[str, str]) -> type[Database]:
    """The engine's database, with the trial beside every stage that it runs."""

    class Watched(Database):
        def stage(self, name: str, into: str | None = None) -> None:
            trial.judge(self._connection, name, texts[name])
            super().stage(name, into)

        def append(self, name: str, into: str | None = None) -> None:
            trial.judge(self._connection, name, texts[name])
            super().append(name, into)

    return Watched
