"""A roster row's cells by the names that rules and options use for columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pointscli.inputs.grammar import split_members
from pointscli.inputs.headers import MEMBERS, header_key, known_names
from pointscli.inputs.roster import kind_id
from pointscli.model.names import item_key

KIND = "kind"


@lru_cache(maxsize=1024)
def column_id(name: str) -> str:
    """Id of a column named by id or Chinese title; a column of the roster's own is its header."""
    return known_names(MEMBERS).get(header_key(name), name.strip())


def cell_text(cells: Mapping[str, str], column: str) -> str:
    """A cell as it is grouped by and printed; kinds are one word however they are written."""
    name = column_id(column)
    text = cells.get(name, "")
    return kind_id(text) if name == KIND else text


def cell_values(cells: Mapping[str, str], column: str) -> frozenset[str]:
    """The values of a cell, comparable with those of `allowed_values`."""
    return value_keys(column, cells.get(column_id(column), ""))


@lru_cache(maxsize=4096)
def value_keys(column: str, text: str) -> frozenset[str]:
    """Values of a text (several are separated as members are), compared without regard to width and blanks."""
    kind = column_id(column) == KIND
    return frozenset(kind_id(part) if kind else item_key(part) for part in split_members(text) or [""])


@lru_cache(maxsize=4096)
def allowed_values(column: str, values: tuple[str, ...]) -> frozenset[str]:
    """Values that a rule allows in a column."""
    return frozenset[str]().union(*(value_keys(column, value) for value in values))
