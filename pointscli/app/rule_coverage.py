"""Which elements of rule files computations have reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from pointscli.app.inputs import Inputs
from pointscli.app.tally import Report
from pointscli.engine.coverage import Mark, ObservedComputation
from pointscli.inputs.roster import Spell
from pointscli.inputs.roster_cells import allowed_values, cell_values
from pointscli.model.log import EventLog
from pointscli.model.membership import Membership
from pointscli.model.plan import Plan
from pointscli.scheme.elements import Element, list_elements
from pointscli.scheme.extends import merge_extended
from pointscli.scheme.plan import version_at_end
from pointscli.scheme.rule_files import RuleFiles
from pointscli.scheme.types import Node, Scheme, walk

Identity = tuple[str, str, str, int | None, str]


@dataclass(frozen=True, slots=True)
class FileCoverage:
    """A rule file's elements, and those that nothing reached."""

    path: str
    scheme: str
    elements: tuple[Element, ...]
    missing: tuple[Element, ...]

    @property
    def covered(self) -> int:
        """Number of elements reached."""
        return len(self.elements) - len(self.missing)


def is_under(files: Sequence[FileCoverage], least: Fraction) -> bool:
    """Whether less than a share of all elements is covered; exact, nothing is rounded."""
    total = sum(len(one.elements) for one in files)
    return sum(one.covered for one in files) < least * total


@dataclass(slots=True)
class Reached:
    """What computations have reached so far, by the path of the rule file."""

    _found: dict[str, set[Identity]] = field(default_factory=dict)

    def of(self, scheme: Scheme) -> set[Identity]:
        """What was reached of a version."""
        return self._found.setdefault(scheme.place.path, set())

    def files(self, paths: Iterable[Path], schemes: Iterable[Scheme], root: Path) -> list[FileCoverage]:
        """The coverage of rule files."""
        reader = RuleFiles(root)
        by_path = {scheme.place.path: scheme for scheme in schemes}
        found = []
        for path in paths:
            tree, _ = merge_extended(reader, path)
            scheme = by_path.get(reader.shown(path))
            if tree and scheme:
                reached = self.of(scheme)
                elements = tuple(list_elements(scheme, tree))
                missing = tuple(one for one in elements if one.identity not in reached)
                found.append(FileCoverage(scheme.place.path, scheme.id, elements, missing))
        return found


class Observer:
    """Makes computations that note what they reach, and adds it up."""

    def __init__(self, reached: Reached) -> None:
        """Start with what was reached before."""
        self.reached = reached
        self._last: ObservedComputation | None = None

    def compute(self, plan: Plan, membership: Membership, log: EventLog) -> ObservedComputation:
        """In place of a plain computation."""
        self._last = ObservedComputation(plan, membership, log)
        return self._last

    def take(self, inputs: Inputs, report: Report) -> None:
        """Add what the last computation reached."""
        done = self._last
        if done is None:
            return
        _, final = version_at_end(inputs.schemes, report.tally.scheme, report.tally.period)
        words = _Words(inputs, done.plan, final)
        for mark in done.marks:
            for scheme, identity in words.identities(mark):
                self.reached.of(scheme).add(identity)
        reached = self.reached.of(final)
        for outcome in report.tally.outcomes:
            confirm = next(one.confirm for one in final.outcomes if one.id == outcome.id)
            stages = {nominee.stage for nominee in outcome.nominated}
            if confirm and outcome.members:
                stages.add(_stage_id(final, outcome.id))
            reached |= {("confirm", outcome.id, stage, None, "hit") for stage in stages}


def _stage_id(scheme: Scheme, outcome_id: str) -> str:
    """The stage that confirms an outcome, by id."""
    confirm = next(one.confirm for one in scheme.outcomes if one.id == outcome_id)
    if confirm is None:
        return ""
    stages = confirm.stages or (scheme.review.stages if scheme.review else ())
    return next((stage for stage, title in stages if confirm.at in (stage, title)), confirm.at)


class _Words:
    """Marks in the words of the rule file: numbers of nodes, outcomes and roster rows by what they stand for."""

    def __init__(self, inputs: Inputs, plan: Plan, final: Scheme) -> None:
        self.inputs, self.final, self.plan = inputs, final, plan
        self.nodes = {row.node: (inputs.schemes[row.version], row.id) for row in plan.tables.nodes}

    def identities(self, mark: Mark) -> Iterator[tuple[Scheme, Identity]]:
        """The elements that a mark reaches."""
        what, owner, size, key, side = mark
        if what in ("grade", "stars") or owner is None:
            yield self.final, (what, "", key, None, side)
        elif what == "stage":
            yield self.inputs.schemes[owner], (what, "", key, None, side)
        elif what in ("outcome", "condition", "except"):
            outcome = self.final.outcomes[owner]
            yield from ((self.final, (what, outcome.id, found, None, side)) for found in self._of_outcome(mark, owner))
        else:
            scheme, node_id = self.nodes[owner]
            if what == "grant":
                node = next(node for node in walk(scheme.score) if node.id == node_id)
                key = _granted(node, self.inputs.roster.spells[int(key)])
            yield scheme, (what, node_id, key, size, side)

    def _of_outcome(self, mark: Mark, number: int) -> Iterator[str]:
        """The keys of the conditions or excepted nodes that a mark speaks of."""
        if mark.what == "outcome":
            yield ""
        elif mark.what == "condition":
            rows = [row for row in self.plan.tables.conditions if row.outcome == number]
            yield from (str(n) for n, row in enumerate(rows) if f"{row.figure} {row.op} {row.value}" == mark.key)
        else:
            scheme, leaf = self.nodes[int(mark.key)]
            for node in walk(scheme.score):
                if node.id in self.final.outcomes[number].excepts and leaf in {below.id for below in walk(node)}:
                    yield node.id


def _granted(node: Node, spell: Spell) -> str:
    """Which value of a grant by a roster column a roster row gets; empty for a flat grant and the default."""
    grant = node.grant
    if grant is None or grant.by is None:
        return ""
    cell = cell_values(spell.cells, grant.by)
    met = [(points, value) for value, points in grant.values if not cell.isdisjoint(allowed_values(grant.by, (value,)))]
    return max(met)[1] if met else ""
