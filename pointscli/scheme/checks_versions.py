"""Several versions of one scheme: never two in force on a day, and all settled alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pointscli.model.problem import Place, Problem
from pointscli.scheme.reading import problem
from pointscli.scheme.tree import Mapping
from pointscli.scheme.types import Scheme

Version = tuple[Scheme, Mapping]


def check_versions(versions: Sequence[Version]) -> Iterator[Problem]:
    """Compare the versions of every scheme in order of time."""
    for scheme_id in dict.fromkeys(scheme.id for scheme, _ in versions):
        same = [one for one in versions if one[0].id == scheme_id]
        same.sort(key=lambda one: (one[0].effective_from, one[0].place.path))
        yield from _check_overlaps(same)
        yield from _check_settle(same)


def _check_overlaps(versions: list[Version]) -> Iterator[Problem]:
    longest = versions[0][0]
    for scheme, tree in versions[1:]:
        if scheme.effective_from <= _end(longest):
            message = "{id} is in force on {day} by this file and by {other}"
            hint = "two versions of a scheme cannot overlap: end the earlier one before the later one begins"
            day = max(scheme.effective_from, longest.effective_from)
            args = {"id": scheme.id, "day": day, "other": longest.place.path}
            yield problem("versions-overlap", _place(tree, "effective", "from"), message, hint, **args)
        longest = max(longest, scheme, key=_end)


def _check_settle(versions: list[Version]) -> Iterator[Problem]:
    first = versions[0][0]
    for scheme, tree in versions[1:]:
        if scheme.settle is not first.settle:
            message = "{id} is settled by {settle} here, but by {first} in {other}"
            hint = "all versions of a scheme have the same settle; a scheme with another one needs another id"
            args = {"id": scheme.id, "settle": scheme.settle, "first": first.settle, "other": first.place.path}
            yield problem("versions-settle", _place(tree, "settle"), message, hint, **args)


def _end(scheme: Scheme) -> date:
    return scheme.effective_to or date.max


def _place(tree: Mapping, *keys: str) -> Place:
    last = tree.last(*keys)
    return last.value.place if last else tree.place
