"""Values of rule files as JSON Schema: numbers, texts, dates, windows, names of a closed set."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from pointscli.scheme.number_grammar import LIMIT, MAX_PLACES
from pointscli.scheme.read_nodes import KINDS

Shape = dict[str, Any]

ID = "^[a-z][a-z0-9_]*$"
SCHEME_ID = "^[a-z][a-z0-9-]*$"
DECIMAL = rf"[+-]?[0-9]+(\.[0-9]{{1,{MAX_PLACES}}})?"
_FRACTION = r"[+-]?[0-9]{1,10}\s*/\s*[0-9]{1,10}"
_PERCENT = rf"{DECIMAL}\s*%"
_SIGN = "(>=|<=|==|!=|=|>|<|≥|≤|＞|＜|＝|≠|！=)?"
NULL: Shape = {"type": "null"}


def ref(name: str) -> Shape:
    """A definition by name."""
    return {"$ref": f"#/$defs/{name}"}


def choice(words: Sequence[object] | type[StrEnum]) -> Shape:
    """One of a few words."""
    return {"enum": [word.value if isinstance(word, StrEnum) else word for word in words]}


def either(*shapes: Shape) -> Shape:
    """One form or another."""
    return {"anyOf": list(shapes)}


def each(shape: Shape) -> Shape:
    """A value, or a list of them."""
    return either(shape, {"type": "array", "items": shape, "minItems": 1})


def table(value: Shape, names: str = "", *, least: int = 1) -> Shape:
    """Keys with values of one kind; `names` is a pattern of the keys."""
    shape: Shape = {"type": "object", "additionalProperties": value, "minProperties": least}
    return shape | ({"propertyNames": {"pattern": names}} if names else {})


def windows(value: Shape) -> Shape:
    """A value for the settlement period, or one for each kind of window."""
    inside = {"type": "object", "properties": dict.fromkeys(KINDS, value)}
    return either(value, inside | {"additionalProperties": False, "minProperties": 1})


def _numeric(pattern: str, bounds: Shape) -> Shape:
    """A number, plain or in quotes."""
    return either({"type": "number"} | bounds, {"type": "string", "pattern": f"^({pattern})$"})


_BOUNDS: Shape = {"minimum": -int(LIMIT), "maximum": int(LIMIT)}

VALUES: dict[str, Shape] = {
    "text": {"type": ["string", "number", "boolean"], "pattern": r"\S"},
    "number": _numeric(DECIMAL, _BOUNDS),
    "positive": _numeric(DECIMAL, _BOUNDS | {"minimum": 0, "exclusiveMinimum": 0}),
    "count": either({"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^[+]?[0-9]+$"}),
    "fraction": _numeric(f"{DECIMAL}|{_FRACTION}|{_PERCENT}", _BOUNDS),
    "share": _numeric(f"{DECIMAL}|{_FRACTION}|{_PERCENT}", {"exclusiveMinimum": 0, "maximum": 1}),
    "percent": {"type": "string", "pattern": rf"^{DECIMAL}\s*[%％]$"},
    "date": {"type": "string", "pattern": r"^[0-9]{4}([-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)$"},
    "bound": _numeric(rf"(>=|≥|>|＞)?\s*{DECIMAL}", _BOUNDS),
    "condition": _numeric(rf"\s*{_SIGN}\s*{DECIMAL}\s*", _BOUNDS),
    "columns": {"type": "object", "additionalProperties": ref("texts"), "minProperties": 1},
    "texts": each(ref("text")),
    "kind": choice(KINDS),
    "kinds": each(ref("kind")),
    "numbers": {
        "type": "object",
        "additionalProperties": ref("number"),
        "propertyNames": {"pattern": f"^({DECIMAL})$"},
        "minProperties": 1,
    },
    "stages": table(ref("text"), ID),
}
"""The definitions that every part refers to by name."""
