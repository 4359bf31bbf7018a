"""The difference of two versions of a scheme as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pointscli.model.problem import Place
from pointscli.model.rule_change import Direction, Effects, Moved, RuleChange, RuleDiff
from pointscli.outputs.cells import cell_text, escaped_json
from pointscli.outputs.json_format import json_text

Places = Mapping[str, Sequence[Place]]


def diff_json(diff: RuleDiff) -> str:
    """Everything; numbers are JSON numbers with their places."""
    content: dict[str, object] = {
        "format": 1,
        "old": diff.old,
        "new": diff.new,
        "counts": {str(one): diff.count(one) for one in Direction},
        "changes": [_change_json(change) for change in diff.changes],
        "effects": _effects_json(diff.effects, diff.places()) if diff.effects else None,
    }
    return escaped_json(_dump(content)) + "\n"


def _dump(value: object, indent: str = "") -> str:
    """JSON with one line a change or member, decimals as they are."""
    deeper = indent + "  "
    if isinstance(value, Decimal):
        return cell_text(value)
    if isinstance(value, dict):
        pairs = [f"{json_text(str(key))}: {_dump(one, deeper)}" for key, one in value.items()]
        return "{" + ", ".join(pairs) + "}" if indent else "{" + ",\n ".join(pairs) + "}"
    if isinstance(value, list):
        inside = [_dump(one, deeper) for one in value]
        whole = any(isinstance(one, dict) for one in value)
        return f"[\n{indent}" + f",\n{indent}".join(inside) + "]" if whole else f"[{', '.join(inside)}]"
    return json_text(value)


def _change_json(change: RuleChange) -> dict[str, object]:
    return {
        "id": change.id,
        "title": change.title,
        "key": change.key,
        "kind": str(change.kind),
        "class": str(change.direction),
        "old": change.old or None,
        "new": change.new or None,
        "old_place": _place_json(change.old_place),
        "new_place": _place_json(change.new_place),
        "part": change.part,
    }


def _place_json(place: Place | None) -> dict[str, object] | None:
    return {"path": place.path, "line": place.line, "column": place.column} if place else None


def _effects_json(effects: Effects, places: Places) -> dict[str, object]:
    return {
        "scheme": effects.scheme,
        "period": effects.period,
        "as_of": effects.as_of,
        "members": effects.members,
        "attributed": effects.attributed,
        "not_alone": list(effects.alone),
        "rows_refused": list(effects.refused),
        "moved": [_moved_json(one, places) for one in effects.moved],
    }


def _moved_json(one: Moved, places: Places) -> dict[str, object]:
    return {
        "member": one.member,
        "name": one.name,
        "score": _both(one.scores),
        "change": one.change,
        "rank": _both(one.ranks),
        "grade": _both(one.grades),
        "stars": _both(one.stars),
        "gained": list(one.gained),
        "lost": list(one.lost),
        "because": [
            {"part": part, "change": change, "rules": _lines(places.get(part, ()))} for part, change in one.because
        ],
    }


def _lines(places: Sequence[Place]) -> list[str]:
    """Each line once, however many settings of it changed."""
    return list(dict.fromkeys(f"{at.path}:{at.line}" for at in places))


def _both(pair: Sequence[Decimal | int | str | None]) -> dict[str, object]:
    return {"old": pair[0], "new": pair[1]}
