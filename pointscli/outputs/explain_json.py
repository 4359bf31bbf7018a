"""A derivation as JSON: the contract that machines read, whatever the language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from pointscli.model.derivation import Derivation, Idle, PeriodScore, Posting, Ruling, Step
from pointscli.model.problem import Place
from pointscli.model.tally import Standing
from pointscli.outputs.cells import escaped_json, number_text
from pointscli.outputs.json_format import FORMAT
from pointscli.outputs.rule_words import number


def render_json(derivation: Derivation, standing: Standing | None, rollup: str) -> str:
    """One object; amounts are exact, the score as published."""
    score = None if derivation.score is None else _Number(number_text(derivation.score, derivation.decimals))
    document = {
        "format": FORMAT,
        "member": derivation.member,
        "name": derivation.name,
        "period": derivation.period.label,
        "score": score,
        "rank": standing.rank if standing else None,
        "grade": standing.grade if standing else None,
        "stars": standing.stars if standing else None,
        "outcomes": list(standing.outcomes) if standing else [],
        "periods": [{"period": one.period.label, "score": _exact(one.score)} for one in derivation.periods],
        "rollup": rollup or None,
        "rollup_steps": [
            {
                "by": step.by,
                "scores": [_rolled(one) for one in step.scores],
            }
            for step in derivation.rollup
        ],
        "postings": [_posting(one) for one in derivation.postings],
        "not_counted": [_idle(one) for one in derivation.idle],
    }
    return escaped_json(_text(document)) + "\n"


class _Number(str):
    """A number's own digits."""

    __slots__ = ()


def _exact(value: Decimal) -> _Number:
    return _Number(number(value))


def _rolled(one: PeriodScore) -> Mapping[str, object]:
    """A longer period's score; under a ceiling also what it was before."""
    found: dict[str, object] = {"period": one.period.label, "score": _exact(one.score)}
    return found if one.uncut is None else {**found, "did": "ceiling", "from": _exact(one.uncut)}


def _posting(one: Posting) -> Mapping[str, object]:
    source = one.source
    return {
        "date": one.date.isoformat(),
        "kind": one.kind,
        "event": source.event if source else None,
        "item": one.item,
        "path": list(one.path),
        "priced": _exact(one.priced),
        "credited": _exact(one.credited),
        "steps": [_step(step) for step in one.steps],
        "reason": source.reason if source else None,
        "evidence": source.evidence if source else None,
        "decisions": [_ruling(ruling) for ruling in source.rulings] if source else [],
        "source": _place(source.place) if source else None,
        "rule": _place(one.rule),
    }


def _step(step: Step) -> Mapping[str, object]:
    return {
        "node": step.node,
        "did": step.did,
        "window": str(step.window.kind) if step.window else None,
        "period": step.window.label if step.window else None,
        "bound": None if step.bound is None else _exact(step.bound),
        "from": _exact(step.came),
        "to": _exact(step.went),
        "rule": _place(step.rule) if step.rule else None,
    }


def _idle(one: Idle) -> Mapping[str, object]:
    return {
        "date": one.date.isoformat(),
        "event": one.source.event,
        "item": one.item,
        "path": list(one.path),
        "why": one.why,
        "stage": one.source.stage or None,
        "reason": one.source.reason,
        "decisions": [_ruling(ruling) for ruling in one.source.rulings],
        "source": _place(one.source.place),
        "rule": _place(one.rule),
    }


def _ruling(one: Ruling) -> Mapping[str, object]:
    return {
        "date": one.date.isoformat(),
        "decision": one.decision,
        "stage": one.stage or None,
        "amended": [{"column": column, "from": before, "to": after} for column, before, after in one.amended],
        "by": one.by,
        "reason": one.reason,
        "source": _place(one.place),
    }


def _place(place: Place) -> str:
    return f"{place.path}:{place.line}" if place.line else place.path


def _text(document: Mapping[str, object]) -> str:
    """JSON with numbers digit by digit as they are: a key a line, and lists of objects one a line."""
    whole = ",\n".join(f"  {json.dumps(key)}: {_flat(each, '  ')}" for key, each in document.items())
    return f"{{\n{whole}\n}}"


def _flat(value: object, indent: str) -> str:
    match value:
        case _Number():
            return str(value)
        case list() if value and isinstance(value[0], Mapping):
            inner = indent + "  "
            return "[\n" + ",\n".join(inner + _flat(each, inner) for each in value) + f"\n{indent}]"
        case list():
            return "[" + ", ".join(_flat(each, indent) for each in value) + "]"
        case Mapping():
            return "{" + ", ".join(f"{json.dumps(key)}: {_flat(each, indent)}" for key, each in value.items()) + "}"
        case _:
            return json.dumps(value, ensure_ascii=False)
