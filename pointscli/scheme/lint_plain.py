"""Texts that other programs read as something else: yes, no, on, off, and numbers that begin with 0.

This program keeps every text as it is written; an editor, a script or another YAML reader makes `no` a false and
`007` a 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pointscli.model.problem import Edit, Problem
from pointscli.scheme.lint_names import scalars_in
from pointscli.scheme.lint_subject import Subject, warn
from pointscli.scheme.tree import Entry, Mapping, Scalar, show

_WORDS = re.compile(r"yes|no|on|off|true|false", re.IGNORECASE)
_ZEROS = re.compile(r"0[0-9]+")
_TEXTS = ("title", "aliases", "clause", "unit", "dimension")


def lint_plain_texts(subject: Subject) -> Iterator[Problem]:
    """Words and numbers in the place of a text, without quotes."""
    for scalar in _texts(subject):
        if scalar.quoted or scalar.end[0] != scalar.place.line:
            continue
        word, zeros = _WORDS.fullmatch(scalar.text), _ZEROS.fullmatch(scalar.text)
        if not (word or zeros):
            continue
        name, message = "plain-word", "other programs read {value} as true or false, not as a text"
        if zeros:
            name, message = "leading-zero", "other programs read {value} as a number and lose its zeros"
        quoted = f'"{scalar.text}"'
        edit = Edit((scalar.place.line, scalar.place.column), scalar.end, quoted)
        yield replace(warn(name, scalar, message, "write {quoted}", value=scalar.text, quoted=quoted), fix=(edit,))


def lint_commas(subject: Subject) -> Iterator[Problem]:
    """Several values written as one, because the commas between them are Chinese ones."""
    for scalar in _listed(subject):
        mark = next((mark for mark in "，、" if mark in scalar.text), "")
        if mark and not scalar.quoted:
            message = "{value} is one value here: {mark} does not separate values"
            hint = "write [a, b] with half-width commas; if it belongs to the name, put the name into quotes"
            yield warn("full-width-comma", scalar, message, hint, value=show(scalar.text), mark=mark)


def _listed(subject: Subject) -> Iterator[Scalar]:
    """Values of lists of names."""
    for one in subject.leaves:
        entry = one.keys.entry("aliases")
        yield from scalars_in(entry.value) if entry else ()
    yield from _filter(subject.root.last("members"), "members")
    yield from _filter(subject.root.last("ranking", "only"), "only")
    for keys in _outcomes(subject):
        yield from _filter(keys.entry("only"), "only")


def _texts(subject: Subject) -> Iterator[Scalar]:
    """Every value of the file that is a text by its meaning."""
    for key in ("title", "version", "source"):
        entry = subject.root.entry(key)
        yield from scalars_in(entry.value) if entry else ()
    for one in subject.nodes:
        for key in _TEXTS:
            entry = one.keys.entry(key)
            yield from scalars_in(entry.value) if entry else ()
        yield from _keys(one.keys.last("points", "levels"), "levels")
        yield from _keys(one.keys.last("grant", "values"), "values")
    yield from _keys(subject.root.last("grades"), "grades")
    yield from _filter(subject.root.last("members"), "members")
    yield from _filter(subject.root.last("ranking", "only"), "only")
    for keys in _outcomes(subject):
        yield from _outcome(keys)


def _outcomes(subject: Subject) -> list[Mapping]:
    return [one.value for one in subject.entries("outcomes") if isinstance(one.value, Mapping)]


def _outcome(keys: Mapping) -> Iterator[Scalar]:
    for key in ("title", "action"):
        entry = keys.entry(key)
        yield from scalars_in(entry.value) if entry else ()
    yield from _filter(keys.entry("only"), "only")
    for key in ("top", "bottom"):
        yield from _keys(keys.entry(key), key)


def _keys(entry: Entry | None, name: str) -> Iterator[Scalar]:
    """The keys of a mapping."""
    if entry and entry.name == name and isinstance(entry.value, Mapping):
        yield from (one.key for one in entry.value)


def _filter(entry: Entry | None, name: str) -> Iterator[Scalar]:
    """The values that a filter allows."""
    if entry and entry.name == name and isinstance(entry.value, Mapping):
        for one in entry.value:
            yield from scalars_in(one.value)
