"""All checks that look at more than one value of a rule file; each is a small function in a file of its family."""

from __future__ import annotations

from pointscli.model.problem import Problem
from pointscli.scheme.checks_combine import check_below_combine, check_ceilings_below_combine
from pointscli.scheme.checks_names import check_leaf_names, check_node_ids, check_result_ids
from pointscli.scheme.checks_nodes import (
    check_bounds,
    check_each,
    check_effect,
    check_leaf_keys,
    check_prorate,
    check_shared_total,
)
from pointscli.scheme.checks_periods import (
    check_carry_year,
    check_effective,
    check_outcome_periods,
    check_rollup_kinds,
    check_rollup_through,
)
from pointscli.scheme.checks_references import check_references
from pointscli.scheme.checks_results import check_grades, check_group_places, check_stars, check_top_and_bottom
from pointscli.scheme.draft import Draft

CHECKS = (
    check_effective,
    check_rollup_kinds,
    check_rollup_through,
    check_carry_year,
    check_outcome_periods,
    check_node_ids,
    check_leaf_names,
    check_result_ids,
    check_leaf_keys,
    check_effect,
    check_bounds,
    check_each,
    check_prorate,
    check_shared_total,
    check_below_combine,
    check_ceilings_below_combine,
    check_grades,
    check_stars,
    check_top_and_bottom,
    check_group_places,
    check_references,
)


def run_checks(draft: Draft) -> list[Problem]:
    """Everything that the checks find."""
    return [problem for check in CHECKS for problem in check(draft)]
