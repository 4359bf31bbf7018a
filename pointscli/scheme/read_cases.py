"""Files of rule tests (`NAME.test.yaml` beside `NAME.yaml`): a list of cases, or a mapping with `tests:`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pointscli.model.period import Period, parse_period
from pointscli.model.problem import Place, Problem
from pointscli.scheme.reading import Fields, Reading, open_fields, open_mapping
from pointscli.scheme.rule_files import TEST_ENDINGS
from pointscli.scheme.tree import Listing, Mapping, Scalar, Tree
from pointscli.scheme.values import read_date, read_flag, read_text
from pointscli.scheme.yaml_tree import parse_document

SHARED = ("members", "events", "reviews", "period", "as_of", "scheme")
CASE_KEYS = ("name", *SHARED, "expect", "todo")
FILE_KEYS = ("tests", "rules", *SHARED)
EXPECT_KEYS = ("members", "outcomes", "nominated", "error")
MEMBER_VALUES = ("score", "rank", "grade", "stars", "earned", "outcomes")
MEMBER_GROUPS = ("columns", "derived")
_HINT = "write the tests as a list: each begins with a dash and its name"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One expected value: whose (empty: of the whole), what (`score`, `columns.duty`), and where it is written."""

    member: str
    what: tuple[str, ...]
    value: Scalar | Listing
    place: Place


@dataclass(frozen=True, slots=True)
class Case:
    """One test; the tables are still as they are written."""

    name: str
    place: Place
    tables: dict[str, Tree] = field(default_factory=dict)
    period: Period | None = None
    as_of: date | None = None
    scheme: str | None = None
    wanted: tuple[Wanted, ...] = ()
    error: Scalar | None = None
    todo: bool = False


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of tests and the rule files that they are about."""

    path: Path
    shown: str
    data: bytes
    rules: tuple[Path, ...]
    cases: tuple[Case, ...]


def tested_path(path: Path) -> Path:
    """The rule file that a test file stands beside."""
    ending = next(end for end in TEST_ENDINGS if path.name.lower().endswith(end))
    return path.with_name(path.name[: -len(ending)] + ending.removeprefix(".test"))


def tests_path(path: Path) -> Path:
    """The test file that stands beside a rule file."""
    return path.with_name(f"{path.stem}.test{path.suffix}")


def read_case_file(path: Path, shown: str, data: bytes) -> tuple[CaseFile, list[Problem]]:
    """The cases of a file, with everything that is wrong with how they are written."""
    tree, problems = parse_document(data, shown)
    reading = Reading(problems=problems)
    rules: tuple[Path, ...] = (tested_path(path),)
    cases: tuple[Case, ...] = ()
    if isinstance(tree, Mapping):
        fields = open_mapping(reading, tree, FILE_KEYS, tree.place)
        shared = {key: value for key in SHARED if (value := fields.get(key))}
        named = [read_text(reading, one) for one in reading.each(fields.get("rules"), "write paths of rule files")]
        rules = tuple(path.parent / text for text in named if text) or rules
        cases = tuple(_cases(reading, fields.require("tests"), shared))
    elif tree is not None:
        cases = tuple(_cases(reading, tree, {}))
    return CaseFile(path, shown, data, rules, cases), reading.problems


def _cases(reading: Reading, tree: Tree | None, shared: dict[str, Tree]) -> Iterator[Case]:
    if tree is None:
        return
    if not isinstance(tree, Listing):
        reading.wrong_type(tree, _HINT)
        return
    names: dict[str, Place] = {}
    for one in tree.items:
        fields = open_fields(reading, one, CASE_KEYS, one.place)
        if fields:
            case = _case(reading, fields, shared)
            if first := names.get(case.name):
                hint = "give every test its own name; the first stands in line {line}"
                message = "the test {value} stands here again"
                reading.error("duplicate-name", case.place, message, hint, value=case.name, line=first.line)
            names.setdefault(case.name, case.place)
            yield case


def _case(reading: Reading, fields: Fields, shared: dict[str, Tree]) -> Case:
    values = {key: value for key in SHARED if (value := fields.get(key) or shared.get(key))}
    for key in ("members", "expect"):
        if key == "expect" or key not in values:
            fields.require(key)
    wanted, error = _expected(reading, fields.get("expect"), fields.place_of("expect"))
    return Case(
        name=read_text(reading, fields.require("name")),
        place=fields.place,
        tables={key: values[key] for key in ("members", "events", "reviews") if key in values},
        period=_period(reading, values.get("period")),
        as_of=read_date(reading, values.get("as_of")),
        scheme=read_text(reading, values.get("scheme")) or None,
        wanted=tuple(wanted),
        error=error,
        todo=read_flag(reading, fields.get("todo")),
    )


def _period(reading: Reading, tree: Tree | None) -> Period | None:
    scalar = reading.scalar(tree, "write a period, such as 2021, 2021Q3 or 2021-07")
    if scalar is None:
        return None
    period = parse_period(scalar.text)
    if period is None:
        hint = "write it like 2021, 2021Q3 or 2021-07"
        reading.error("bad-period", scalar.place, "{value} is not a period", hint, value=scalar.text)
    return period


def _expected(reading: Reading, tree: Tree | None, place: Place) -> tuple[list[Wanted], Scalar | None]:
    fields = open_fields(reading, tree, EXPECT_KEYS, place)
    if fields is None:
        return [], None
    error = fields.get("error")
    wanted = [
        Wanted("", ("outcomes", name), names, at)
        for name, value, at in _pairs(reading, fields.get("outcomes"), "outcomes")
        if (names := _names(reading, value))
    ]
    for outcome, members, _ in _pairs(reading, fields.get("nominated"), "outcomes"):
        pairs = _pairs(reading, members, "members")
        wanted += [
            Wanted(member, ("nominated", outcome), stage, at)
            for member, value, at in pairs
            if (stage := _one(reading, value))
        ]
    for member, value, at in _pairs(reading, fields.get("members"), "members"):
        wanted += _of_member(reading, member, value, at)
    return wanted, reading.scalar(error, "write the name of a finding") if error else None


def _of_member(reading: Reading, member: str, tree: Tree, place: Place) -> Iterator[Wanted]:
    """A number is the score, null says that the member is not listed, a mapping names several values."""
    if not isinstance(tree, Mapping):
        if score := _one(reading, tree):
            yield Wanted(member, ("listed",) if score.is_null else ("score",), score, place)
        return
    known = (*MEMBER_VALUES, *MEMBER_GROUPS)
    open_mapping(reading, tree, known, place)
    for key in known:
        entry = tree.entry(key)
        if entry is None:
            continue
        if key in MEMBER_GROUPS:
            for name, value, at in _pairs(reading, entry.value, key):
                if one := _one(reading, value):
                    yield Wanted(member, (key, name), one, at)
        elif given := _names(reading, entry.value) if key == "outcomes" else _one(reading, entry.value):
            yield Wanted(member, (key,), given, entry.place)


def _one(reading: Reading, tree: Tree) -> Scalar | None:
    if not isinstance(tree, Scalar):
        reading.wrong_type(tree, "write one value")
        return None
    return tree


def _names(reading: Reading, tree: Tree) -> Listing | None:
    """A list of texts and nothing else."""
    if not isinstance(tree, Listing):
        reading.wrong_type(tree, "write a list, such as [a, b]; an empty one is []")
        return None
    for one in tree.items:
        _one(reading, one)
    return tree


def _pairs(reading: Reading, tree: Tree | None, what: str) -> Sequence[tuple[str, Tree, Place]]:
    mapping = reading.mapping(tree, "write the {what}, each with what is expected", what=what)
    return [(entry.name, entry.value, entry.place) for entry in mapping or ()]
