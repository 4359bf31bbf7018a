"""Readers of single values: texts, numbers, words of a closed set, dates, names, lists of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from pointscli.model.period import Kind
from pointscli.model.problem import Edit
from pointscli.scheme.date_grammar import parse_date
from pointscli.scheme.number_grammar import Refusal, parse_fraction, parse_number, to_half_width
from pointscli.scheme.reading import Reading, listed, problem
from pointscli.scheme.result_types import Filter
from pointscli.scheme.tree import Entry, Listing, Mapping, Scalar, Tree, show

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
ALL = "all"
_LINE_BREAK = re.compile(r"[ \t]*\n\s*")


def read_text(reading: Reading, tree: Tree | None) -> str:
    """A text on one line, without blanks around it; empty if missing or wrong."""
    scalar = reading.scalar(tree, "write a text")
    return _LINE_BREAK.sub(" ", scalar.text.strip()) if scalar else ""


def read_number(reading: Reading, tree: Tree | None, *, above: Decimal | None = None) -> Decimal | None:
    """A number; `above`: it must be greater than that."""
    scalar = reading.scalar(tree, "write a number, such as 2 or 0.5")
    value = accept(reading, scalar, parse_number)
    if scalar is not None and value is not None and above is not None and value <= above:
        message, hint = "{value} is too small", "write a number above {least}"
        reading.error("number-too-small", scalar.place, message, hint, value=show(scalar.text), least=above)
        return None
    return value


def read_integer(reading: Reading, tree: Tree | None, *, least: int = 1, most: int = 10**9) -> int | None:
    """A whole number in a range."""
    scalar = reading.scalar(tree, "write a whole number")
    value = accept(reading, scalar, parse_number)
    if scalar is None or value is None:
        return None
    if value != int(value) or not least <= value <= most:
        message, hint = "{value} cannot stand here", "write a whole number from {least} to {most}"
        reading.error("bad-count", scalar.place, message, hint, value=show(scalar.text), least=least, most=most)
        return None
    return int(value)


def read_fraction(reading: Reading, tree: Tree | None) -> Fraction | None:
    """A number, fraction or percentage."""
    return accept(
        reading, reading.scalar(tree, "write a number, a fraction such as 1/3, or a percentage"), parse_fraction
    )


def read_share(reading: Reading, tree: Tree | None) -> Fraction | None:
    """A part of a whole: above 0, at most 1."""
    scalar = reading.scalar(tree, "write a fraction such as 1/3, or a percentage")
    value = accept(reading, scalar, parse_fraction)
    if scalar is not None and value is not None and not 0 < value <= 1:
        message, hint = "{value} is not a part of a whole", "write a share such as 1/3 or 20%: above 0, at most 100%"
        reading.error("bad-share", scalar.place, message, hint, value=show(scalar.text))
        return None
    return value


def read_date(reading: Reading, tree: Tree | None) -> date | None:
    """A day."""
    return accept(reading, reading.scalar(tree, "write a date, such as 2021-07-01"), parse_date)


def accept(reading: Reading, scalar: Scalar | None, parse: Callable[[str], T | Refusal]) -> T | None:
    """A scalar's value by a grammar, or None with the refusal noted."""
    if scalar is None:
        return None
    value = parse(scalar.text)
    if isinstance(value, Refusal):
        args = dict(value.args) | {"value": show(scalar.text)}
        found = problem(value.name, scalar.place, value.message, value.hint, **args)
        half = to_half_width(scalar.text)
        is_only_wide = half != scalar.text and not scalar.quoted and not isinstance(parse(half), Refusal)
        fix = (Edit((scalar.place.line, scalar.place.column), scalar.end, half),) if is_only_wide else ()
        reading.problems.append(replace(found, end=scalar.end, fix=fix))
        return None
    return value


def read_word(reading: Reading, tree: Tree | None, words: Sequence[str]) -> str | None:
    """One of a few words."""
    scalar = reading.scalar(tree, "write one of these words: {known}", known=listed(words))
    if scalar is None:
        return None
    if scalar.text not in words:
        reading.unknown("unknown-word", scalar.place, "{value} is not a word known here", scalar.text, words)
        return None
    return scalar.text


def read_choice(reading: Reading, tree: Tree | None, choices: type[E]) -> E | None:
    """One value of an enumeration."""
    word = read_word(reading, tree, [choice.value for choice in choices])
    return None if word is None else choices(word)


def read_kinds(reading: Reading, tree: Tree | None) -> tuple[Kind, ...]:
    """One kind of period, or a list of them, none twice."""
    kinds = [read_choice(reading, one, Kind) for one in reading.each(tree, "write kinds of periods")]
    return tuple(dict.fromkeys(kind for kind in kinds if kind))


def read_flag(reading: Reading, tree: Tree | None) -> bool:
    """`true` or `false`; false if missing or wrong."""
    return read_word(reading, tree, ("true", "false")) == "true"


def read_texts(reading: Reading, tree: Tree | None) -> tuple[str, ...]:
    """One text, or a list of texts."""
    return tuple(text for one in reading.each(tree, "write a text") if (text := read_text(reading, one)))


def read_group(reading: Reading, tree: Tree | None) -> tuple[str, ...] | None:
    """`within`: a roster column, a list of columns, or `all` (empty). None if missing."""
    if tree is None:
        return None
    columns = read_texts(reading, tree)
    if ALL in columns and isinstance(tree, Listing):
        message = "all cannot stand in a list of roster columns"
        reading.error("bad-group", tree.place, message, "write within: all, or the names of columns")
    return () if ALL in columns else tuple(dict.fromkeys(columns))


def read_filter(reading: Reading, tree: Tree | None) -> Filter:
    """Roster columns with their allowed values, a list or a single one."""
    if tree is None:
        return ()
    mapping = reading.mapping(tree, "write columns of the roster, each with its values")
    return tuple((entry.name, read_texts(reading, entry.value)) for entry in mapping or ())


def read_table(reading: Reading, tree: Tree | None, expected: str) -> list[tuple[Entry, Decimal]]:
    """Keys with a number each."""
    mapping: Mapping | None = reading.mapping(tree, expected)
    rows = [(entry, read_number(reading, entry.value)) for entry in mapping or ()]
    return [(entry, number) for entry, number in rows if number is not None]
