"""Who moves when one version of a scheme takes the place of another: the same log, tallied with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pointscli.app.inputs import join_inputs
from pointscli.app.question import Asked
from pointscli.app.tally import tally_inputs
from pointscli.app.workspace import Workspace
from pointscli.inputs.headers import EVENTS, MEMBERS, REVIEWS
from pointscli.inputs.roster import Roster, read_roster
from pointscli.inputs.table import RawTable, read_table
from pointscli.model.period import Period
from pointscli.model.problem import FindingsError, Problem, UsageError
from pointscli.model.rule_change import Effects, Moved, RuleChange
from pointscli.model.tally import Standing, Tally
from pointscli.scheme.compare import Comparison
from pointscli.scheme.load import has_errors, load_schemes
from pointscli.scheme.patches import apply_part
from pointscli.scheme.types import Node, Scheme, walk

MOST_PARTS = 20
"""So many parts of a difference are also tried alone; with more the effect is not attributed."""


@dataclass(frozen=True, slots=True)
class Log:
    """Everything but the scheme that is compared."""

    workspace: Workspace
    asked: Asked
    period: Period
    others: tuple[Scheme, ...]
    roster: Roster
    tables: dict[str, list[RawTable]]


def open_log(workspace: Workspace, asked: Asked, period: Period, comparison: Comparison) -> Log:
    """Read the roster and the logs once; the workspace's other schemes stay as they are."""
    if not workspace.members or not workspace.events:
        hint = "name a workspace with -C, or leave out the period"
        raise UsageError("there is no roster or no event log in {folder}", hint, folder=workspace.root)
    schemes, _ = load_schemes(workspace.rules, workspace.root)
    paths = {MEMBERS: workspace.members, EVENTS: workspace.events, REVIEWS: workspace.reviews}
    tables: dict[str, list[RawTable]] = {}
    problems: list[Problem] = []
    for spec, files in paths.items():
        tables[spec.name] = []
        for path in files:
            table, found = read_table(path, workspace.shown(path), spec)
            problems += found if table is None else []
            tables[spec.name] += [table] if table else []
    roster, found = read_roster(tables[MEMBERS.name])
    if has_errors(problems + found):
        raise FindingsError(problems + found)
    compared = (comparison.old.scheme.id, comparison.new.scheme.id)
    others = tuple(one for one in schemes if one.id not in compared)
    return Log(workspace, replace(asked, period=period, scheme=compared[1]), period, others, roster, tables)


def measure(comparison: Comparison, changes: Sequence[RuleChange], log: Log) -> Effects:
    """Both versions tallied, and each part of the difference alone where they are few."""
    old, new = (_fit(scheme, comparison, log) for scheme in (comparison.aligned, comparison.new.scheme))
    before, refused_before = _tally(old, log)
    after, refused_after = _tally(new, log)
    moved = _moves(before, after)
    parts = list(dict.fromkeys(change.part for change in changes))
    attributed = len(parts) <= MOST_PARTS and bool(moved)
    alone: list[str] = []
    causes: dict[str, list[tuple[str, Decimal]]] = {}
    for part in parts if attributed else ():
        only = apply_part(comparison, part)
        result = _try(_fit(only, comparison, log), log) if only else None
        if result is None:
            alone.append(part)
            continue
        for one in _moves(before, result):
            causes.setdefault(one.member, []).append((part, one.change))
    return Effects(
        scheme=log.asked.scheme or "",
        period=log.period.label,
        as_of=before.as_of.isoformat(),
        members=len({one.member for tally in (before, after) for one in tally.standings}),
        moved=tuple(replace(one, because=tuple(causes.get(one.member, ()))) for one in moved),
        attributed=attributed,
        alone=tuple(alone),
        refused=(refused_before, refused_after),
    )


def _try(scheme: Scheme, log: Log) -> Tally | None:
    """A tally of a scheme that need not make sense by itself."""
    try:
        return _tally(scheme, log)[0]
    except (UsageError, FindingsError):
        return None


def _tally(scheme: Scheme, log: Log) -> tuple[Tally, int]:
    """The pipeline of every command; rows that these rules refuse are left out and counted."""
    inputs = join_inputs([*log.others, scheme], log.roster, log.tables, [])
    report = tally_inputs(inputs, log.asked, log.workspace.language, skip_invalid=True)
    return report.tally, report.refused


def _fit(scheme: Scheme, comparison: Comparison, log: Log) -> Scheme:
    """A version in force in the whole period, whose items answer to the names that either version gives them."""
    start, end = log.period.year.start, log.period.year.end
    covers = scheme.effective_from <= log.period.start and (scheme.effective_to or date.max) >= log.period.end
    fitted = scheme if covers else replace(scheme, effective_from=start, effective_to=end)
    back = {new: old for old, new in comparison.renames.items()}
    names: dict[str, tuple[str, ...]] = {}
    for side in comparison.nodes:
        for name, node in side.items():
            said = (name, node.title, back.get(name, name), *node.aliases)
            names[name] = tuple(dict.fromkeys((*names.get(name, ()), *said)))
    taken = {word: node.id for node in walk(scheme.score) for word in (node.id, node.title, *node.aliases)}
    return replace(fitted, id=comparison.new.scheme.id, score=_answering(fitted.score, names, taken))


def _answering(node: Node, names: dict[str, tuple[str, ...]], taken: dict[str, str]) -> Node:
    items = tuple(_answering(child, names, taken) for child in node.items)
    if items:
        return replace(node, items=items)
    more = [word for word in names.get(node.id, ()) if word not in (node.id, node.title)]
    return replace(node, aliases=tuple(word for word in more if taken.get(word, node.id) == node.id))


def _moves(before: Tally, after: Tally) -> list[Moved]:
    """Everybody whose result differs, who loses most first."""
    old = {one.member: one for one in before.standings}
    new = {one.member: one for one in after.standings}
    found = [_moved(name, old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])]
    changed = [one for one in found if one.crosses or one.scores[0] != one.scores[1] or one.ranks[0] != one.ranks[1]]
    return sorted(changed, key=lambda one: (one.change, one.member))


def _moved(member: str, old: Standing | None, new: Standing | None) -> Moved:
    before, after = (set(one.outcomes) if one else set() for one in (old, new))
    shown = new or old
    return Moved(
        member=member,
        name=shown.name if shown else "",
        scores=(old.score if old else None, new.score if new else None),
        ranks=(old.rank if old else None, new.rank if new else None),
        grades=(old.grade if old else None, new.grade if new else None),
        stars=(old.stars if old else None, new.stars if new else None),
        gained=tuple(sorted(after - before)),
        lost=tuple(sorted(before - after)),
    )
