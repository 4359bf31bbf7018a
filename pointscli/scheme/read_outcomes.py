"""`outcomes`: the lists of members that follow from the scores, and their conditions."""

from __future__ import annotations

import re

from pointscli.model.names import item_key
from pointscli.scheme.number_grammar import parse_number
from pointscli.scheme.read_review import read_stages
from pointscli.scheme.reading import Reading, Role, open_fields, open_mapping
from pointscli.scheme.result_types import Condition, Confirm, Outcome, Places
from pointscli.scheme.tree import Entry, Listing, Mapping, Scalar, Tree, show
from pointscli.scheme.values import (
    accept,
    read_filter,
    read_group,
    read_integer,
    read_kinds,
    read_share,
    read_text,
    read_word,
)

OUTCOME_KEYS = (
    "title",
    "period",
    "where",
    "except",
    "only",
    "top",
    "bottom",
    "share",
    "by",
    "within",
    "ties",
    "action",
    "confirm",
)
CONFIRM_KEYS = ("at", "stages")
LIST_TIES = ("include", "exclude")
GRADE = "grade"
WHERE = 'write measures with conditions, such as score: ">= 90"'
CONDITION = 'write a condition such as ">= 90"'
_CONDITION = re.compile(r"(>=|<=|==|!=|=|>|<)?\s*(.*)", re.DOTALL)
_HALF_WIDTH = str.maketrans({"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "＝": "=", "≠": "!=", "！": "!"})


def read_outcomes(reading: Reading, tree: Tree | None) -> tuple[Outcome, ...]:
    """Outcomes by id."""
    mapping = reading.mapping(tree, "write the outcomes, each with its id and title")
    found = [_read_outcome(reading, entry) for entry in mapping or ()]
    return tuple(one for one in found if one)


def _read_outcome(reading: Reading, entry: Entry) -> Outcome | None:
    fields = open_fields(reading, entry.value, OUTCOME_KEYS, entry.place)
    if fields is None:
        return None
    excepts = [reading.refer(Role.NODE, one) for one in reading.each(fields.get("except"), "write ids of items")]
    return Outcome(
        id=entry.name,
        title=read_text(reading, fields.get("title")) or entry.name,
        place=entry.place,
        period=read_kinds(reading, fields.get("period")),
        where=tuple(_read_where(reading, fields.get("where"))),
        excepts=tuple(name for name in excepts if name),
        only=read_filter(reading, fields.get("only")),
        top=_read_places(reading, fields.get("top")),
        bottom=_read_places(reading, fields.get("bottom")),
        share=read_share(reading, fields.get("share")),
        by=reading.refer(Role.MEASURE, fields.get("by")) or "score",
        within=read_group(reading, fields.get("within")),
        ties_exclude=read_word(reading, fields.get("ties"), LIST_TIES) == "exclude",
        action=read_text(reading, fields.get("action")),
        confirm=_read_confirm(reading, fields.entry("confirm")),
    )


def _read_places(reading: Reading, tree: Tree | None) -> Places | None:
    if not isinstance(tree, Mapping):
        count = read_integer(reading, tree)
        return None if count is None else Places(count)
    groups: dict[str, int] = {}
    keys: dict[str, str] = {}
    for entry in reading.mapping(tree, "write a number, or groups with numbers") or ():
        number = read_integer(reading, entry.value)
        first = keys.setdefault(item_key(entry.name), entry.name)
        if first is not entry.name:
            message, hint = "the groups {first} and {value} are the same word", "keep one of the two"
            reading.error("duplicate-group", entry.place, message, hint, first=show(first), value=show(entry.name))
        if number is not None:
            groups[entry.name] = number
    return Places(None, tuple(groups.items()))


def _read_where(reading: Reading, tree: Tree | None) -> list[Condition]:
    """Measures with conditions; the whole may also be a list of such mappings."""
    found: list[Condition] = []
    parts = tree.items if isinstance(tree, Listing) else () if tree is None else (tree,)
    if isinstance(tree, Listing) and not parts:
        reading.empty(tree, WHERE)
    for part in parts:
        for entry in reading.mapping(part, WHERE) or ():
            reading.refer(Role.CONDITION, entry.key)
            conditions = [_read_condition(reading, entry.name, one) for one in reading.each(entry.value, CONDITION)]
            found += [condition for condition in conditions if condition]
    return found


def _read_condition(reading: Reading, measure: str, tree: Tree) -> Condition | None:
    scalar = reading.scalar(tree, CONDITION)
    found = _CONDITION.fullmatch(scalar.text.translate(_HALF_WIDTH)) if scalar else None
    if scalar is None or found is None:
        return None
    op = {"==": "=", None: "="}.get(found[1], found[1])
    value = Scalar(found[2].strip(), quoted=True, place=scalar.place, end=scalar.end)
    if measure == GRADE:
        return _read_grade_condition(reading, op, value)
    if not value.text or value.text[0] in "<>=!":
        message, hint = "{value} is not a condition", 'write a sign and a number, such as ">= 90"'
        reading.error("bad-condition", scalar.place, message, hint, value=show(scalar.text))
        return None
    number = accept(reading, value, parse_number)
    return None if number is None else Condition(measure, op, number)


def _read_grade_condition(reading: Reading, op: str, name: Scalar) -> Condition | None:
    if op not in ("=", "!="):
        message, hint = (
            "a grade can only be compared with = or !=",
            "write the name of the grade, or compare score instead",
        )
        reading.error("bad-condition", name.place, message, hint)
        return None
    grade = reading.refer(Role.GRADE, name)
    return Condition(GRADE, op, None, grade) if grade else None


def _read_confirm(reading: Reading, entry: Entry | None) -> Confirm | None:
    """`confirm: STAGE` of the review, or `{at: STAGE, stages: {…}}` with a chain of its own."""
    if entry is None:
        return None
    if not isinstance(entry.value, Mapping):
        stage = reading.refer(Role.STAGE, entry.value)
        return Confirm(stage) if stage else None
    fields = open_mapping(reading, entry.value, CONFIRM_KEYS, entry.place)
    if fields.get("stages") is None:
        stage = reading.refer(Role.STAGE, fields.require("at"))
        return Confirm(stage) if stage else None
    stages = read_stages(reading, fields.get("stages"))
    at = reading.scalar(fields.require("at"), "write the id of a stage")
    if at is None:
        return None
    ids = [stage for stage, _ in stages]
    if at.text not in ids and stages:
        reading.unknown("unknown-stage", at.place, "there is no stage {value}", at.text, ids)
    return Confirm(at.text, stages)
