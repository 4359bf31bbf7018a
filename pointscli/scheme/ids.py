"""How ids are spelt."""

from __future__ import annotations

import re

from pointscli.model.problem import Problem
from pointscli.scheme.reading import problem
from pointscli.scheme.tree import Scalar, show

_ID = re.compile(r"[a-z][a-z0-9_]*")
_SCHEME_ID = re.compile(r"[a-z][a-z0-9-]*")


def check_id(key: Scalar) -> list[Problem]:
    """An id of a node, outcome, derived column, stage or gift: small letters, digits, underscores."""
    if _ID.fullmatch(key.text):
        return []
    hint = "an id has small letters, digits and underscores and begins with a letter; the Chinese name goes into title"
    near = re.sub(r"[^a-z0-9]+", "_", key.text.lower()).strip("_")
    if key.text.isascii() and _ID.fullmatch(near):
        hint = "write {near}: an id has small letters, digits and underscores"
    return [problem("bad-id", key.place, "{value} is not a valid id", hint, value=show(key.text), near=near)]


def check_scheme_id(key: Scalar) -> list[Problem]:
    """The id of a scheme: small letters, digits, hyphens."""
    if _SCHEME_ID.fullmatch(key.text):
        return []
    hint = "the id of a scheme has small letters, digits and hyphens and begins with a letter, like branch-2021"
    return [problem("bad-id", key.place, "{value} is not a valid id", hint, value=show(key.text))]
