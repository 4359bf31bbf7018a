"""Where a rule file says what makes a value that a test is about."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pointscli.model.problem import Place
from pointscli.scheme.tree import Listing, Mapping, Scalar, Tree
from pointscli.scheme.types import Scheme, walk

Value = Decimal | int | str | tuple[str, ...] | None


def rule_behind(what: tuple[str, ...], wanted: Tree, got: Value, scheme: Scheme) -> Place:
    """The node of a column, the ranking, the grade or star that was given, an outcome; else the top of the file."""
    find = _FINDERS.get(what[0])
    return (find(what, wanted, got, scheme) if find else None) or scheme.place


def _node(what: tuple[str, ...], _wanted: Tree, _got: Value, scheme: Scheme) -> Place | None:
    return next((node.place for node in walk(scheme.score) if node.id == what[1]), None)


def _score(_what: tuple[str, ...], _wanted: Tree, _got: Value, scheme: Scheme) -> Place | None:
    return scheme.score.place


def _derived(what: tuple[str, ...], _wanted: Tree, _got: Value, scheme: Scheme) -> Place | None:
    return _at(scheme, "derive", what[1])


def _rank(_what: tuple[str, ...], _wanted: Tree, _got: Value, scheme: Scheme) -> Place | None:
    return _at(scheme, "ranking")


def _step(what: tuple[str, ...], wanted: Tree, got: Value, scheme: Scheme) -> Place | None:
    """The higher of the grade (or star) expected and the one given: the score reached it, or did not."""
    expected = wanted.text.strip() if isinstance(wanted, Scalar) else ""
    key, steps = ("grades", scheme.grades) if what[0] == "grade" else ("stars", scheme.stars)
    known = [step for step in steps if step.name in (expected, str(got))]
    highest = max(known, key=lambda step: (step.at is not None, step.at or Decimal(0), step.strict), default=None)
    return _at(scheme, key, *([highest.name] if highest else []))


def _listed(_what: tuple[str, ...], _wanted: Tree, _got: Value, scheme: Scheme) -> Place | None:
    return _at(scheme, "members") or _at(scheme, "active")


def _outcome(what: tuple[str, ...], wanted: Tree, got: Value, scheme: Scheme) -> Place | None:
    """The outcome named, or the first one that a member is on against expectation, or is not on."""
    items = wanted.items if isinstance(wanted, Listing) else ()
    expected = {one.text.strip() for one in items if isinstance(one, Scalar)}
    wrong = what[1:] or sorted(expected.symmetric_difference(got if isinstance(got, tuple) else ()))
    known = (one for one in scheme.outcomes if one.id in wrong or one.title in wrong)
    return next((one.place for one in known), None) or _at(scheme, "outcomes")


def _nominated(what: tuple[str, ...], _wanted: Tree, _got: Value, scheme: Scheme) -> Place | None:
    return _at(scheme, "outcomes", what[1], "confirm") if len(what) > 1 else None


def _at(scheme: Scheme, *keys: str) -> Place | None:
    """Where the last existing key of a path stands; nothing if not even the first does."""
    tree: Mapping | None = scheme.tree
    last = tree.last(*keys) if tree else None
    return last.place if last else None


_FINDERS: dict[str, Callable[[tuple[str, ...], Tree, Value, Scheme], Place | None]] = {
    "score": _score,
    "earned": _score,
    "columns": _node,
    "derived": _derived,
    "rank": _rank,
    "grade": _step,
    "stars": _step,
    "listed": _listed,
    "outcomes": _outcome,
    "nominated": _nominated,
}
