"""Versions of one scheme that leave days without any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from pointscli.model.problem import Problem
from pointscli.scheme.lint_subject import Subject, beside, warn


def lint_versions(subjects: Sequence[Subject]) -> Iterator[Problem]:
    """A hole between two versions: an event dated in it is an error."""
    by_scheme: dict[str, list[Subject]] = {}
    for subject in subjects:
        by_scheme.setdefault(subject.scheme.id, []).append(subject)
    for versions in by_scheme.values():
        versions.sort(key=lambda one: (one.scheme.effective_from, one.scheme.place.path))
        for earlier, later in pairwise(versions):
            end = earlier.scheme.effective_to
            if end is not None and later.scheme.effective_from > end + timedelta(days=1):
                entry = later.root.last("effective", "from")
                other = earlier.root.last("effective", "to")
                message = "no version of {id} is in force from {first} to {last}"
                hint = "close the hole: begin this version on the day after the earlier one ends"
                last = later.scheme.effective_from - timedelta(days=1)
                args = {"id": later.scheme.id, "first": end + timedelta(days=1), "last": last}
                related = other.value.place if other else earlier.root.place
                at = entry.value if entry else later.root
                yield beside(warn("versions-hole", at, message, hint, **args), related)
