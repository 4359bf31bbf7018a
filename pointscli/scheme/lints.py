"""Everything that only a reader of a rule file would notice: warnings about schemes that loaded."""

from __future__ import annotations

from collections.abc import Sequence

from pointscli.model.problem import Problem, sort_problems
from pointscli.scheme.lint_bounds import (
    lint_ceilings,
    lint_grants,
    lint_single_event,
    lint_unreached,
    lint_weights,
)
from pointscli.scheme.lint_labels import lint_derived, lint_dimensions
from pointscli.scheme.lint_names import lint_same_titles, lint_similar_ids, lint_similar_names
from pointscli.scheme.lint_outcomes import lint_contradictions, lint_except, lint_only, lint_where
from pointscli.scheme.lint_plain import lint_commas, lint_plain_texts
from pointscli.scheme.lint_results import lint_gifts, lint_lowest_grade, lint_star_order, lint_steps
from pointscli.scheme.lint_review import lint_confirm, lint_review
from pointscli.scheme.lint_sections import lint_section_max, lint_together
from pointscli.scheme.lint_signs import lint_signs
from pointscli.scheme.lint_subject import Subject
from pointscli.scheme.lint_tables import lint_holes, lint_limits, lint_order, lint_percents, lint_repeats, lint_turns
from pointscli.scheme.lint_versions import lint_versions
from pointscli.scheme.types import Scheme

LINTS = (
    lint_unreached,
    lint_single_event,
    lint_section_max,
    lint_together,
    lint_grants,
    lint_ceilings,
    lint_weights,
    lint_turns,
    lint_repeats,
    lint_order,
    lint_holes,
    lint_limits,
    lint_percents,
    lint_signs,
    lint_steps,
    lint_star_order,
    lint_lowest_grade,
    lint_gifts,
    lint_contradictions,
    lint_where,
    lint_only,
    lint_except,
    lint_similar_names,
    lint_same_titles,
    lint_similar_ids,
    lint_plain_texts,
    lint_commas,
    lint_confirm,
    lint_review,
    lint_dimensions,
    lint_derived,
)


def lint(schemes: Sequence[Scheme]) -> list[Problem]:
    """All warnings about some schemes, and about the versions of each beside one another."""
    subjects = [Subject.of(scheme) for scheme in schemes]
    found = [problem for subject in subjects for one in LINTS for problem in one(subject)]
    found += lint_versions(subjects)
    return sort_problems(list(dict.fromkeys(found)))
