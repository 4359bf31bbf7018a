"""Credits add up to every settled score, on random workspaces and on the examples; tracing changes no number."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from pointscli.app.derivation import derive
from pointscli.app.inputs import read_inputs
from pointscli.app.question import Asked
from pointscli.app.tally import tally_inputs
from pointscli.app.workspace import Sources, open_workspace
from pointscli.model.derivation import Derivation
from pointscli.model.period import parse_period
from pointscli.model.problem import PointsError
from tests.cli.running import ROOT, write_case
from tests.oracle.generate import seeded_case

SEEDS = range(1000, 1000 + int(os.environ.get("POINTS_DERIVATION_CASES", "5")))
LATER = date(2030, 1, 1)
EXAMPLES = (
    ("community", None),
    ("finance-bureau", None),
    ("poverty-relief", None),
    ("social-insurance", "social-insurance"),
    ("social-insurance", "social-insurance-activists"),
    ("state-enterprise", None),
)


def check_sums(derivation: Derivation) -> None:
    """Each posting's steps lead from its price to its credit; credits add up to the settled scores."""
    sums: dict[str, Decimal] = {}
    for posting in derivation.postings:
        amount = posting.priced
        for step in posting.steps:
            assert step.came == amount
            amount = step.went
        assert amount == posting.credited
        number = (posting.date.year * 12 + posting.date.month - 1) // derivation.settle.size
        sums[str(number)] = sums.get(str(number), Decimal(0)) + posting.credited
    check_rollup(derivation)
    scores = {str(one.period.number): one.score for one in derivation.periods}
    assert {number: amount for number, amount in sums.items() if amount} == {
        number: score for number, score in scores.items() if score
    }


def check_rollup(derivation: Derivation) -> None:
    """Each longer period is made of the shorter ones before it; only an event's ceiling makes it less."""
    inner = derivation.periods
    for step in derivation.rollup:
        for outer in step.scores:
            months = range(outer.period.first_month, outer.period.first_month + outer.period.kind.size)
            terms = [Fraction(one.score) for one in inner if one.period.first_month in months]
            total = sum(terms, Fraction(0))
            exact = {"sum": total, "last": terms[-1], "mean": total / len(terms)}[step.by]
            made = Fraction(outer.score if outer.uncut is None else outer.uncut)
            assert abs(made - exact) <= Fraction(1, 2 * 10**9)
            assert outer.uncut is None or outer.score < outer.uncut
        inner = step.scores


@pytest.mark.parametrize("seed", SEEDS)
def test_credits_add_up_on_random_workspaces(seed: int, tmp_path: Path) -> None:
    case = seeded_case(seed)
    inputs = read_inputs(open_workspace(write_case(tmp_path, case), Sources()))
    for check in case["checks"]:
        as_of = check.get("as_of")
        asked = Asked(
            LATER,
            parse_period(str(check["period"])),
            check.get("scheme"),
            date.fromisoformat(str(as_of)) if as_of else None,
        )
        try:
            plain = tally_inputs(inputs, asked, "zh")
        except PointsError:
            continue
        derived = derive(inputs, asked, "zh")
        assert derived.report.tally == plain.tally
        assert set(derived.members) == {member.id for member in inputs.roster.members}
        for derivation in derived.members.values():
            check_sums(derivation)


@pytest.mark.parametrize(("name", "scheme"), EXAMPLES, ids=str)
def test_credits_add_up_on_examples(name: str, scheme: str | None) -> None:
    inputs = read_inputs(open_workspace(ROOT / "examples" / name, Sources()))
    derived = derive(inputs, Asked(LATER, parse_period("2021"), scheme), "zh")
    assert sum(len(one.postings) for one in derived.members.values()) > 100
    for derivation in derived.members.values():
        check_sums(derivation)


def test_one_member_alone_has_the_same_derivation() -> None:
    inputs = read_inputs(open_workspace(ROOT / "examples" / "state-enterprise", Sources()))
    asked = Asked(LATER, parse_period("2021Q3"))
    everyone = derive(inputs, asked, "zh").members
    number = next(n for n, member in enumerate(inputs.roster.members) if member.id == "E021")
    assert derive(inputs, asked, "zh", [number]).members == {"E021": everyone["E021"]}
