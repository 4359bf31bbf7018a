"""An explanation on a screen: amounts end in one column, whatever characters stand before them."""

from __future__ import annotations

from decimal import Decimal

import pytest
import wcwidth

from pointscli.model.explanation import Explanation, Line, Part
from pointscli.outputs.explain_text import render_text
from pointscli.outputs.look import Look


@pytest.mark.parametrize("label", ["ascii", "党课", "Ame\u0301lie", "ئايگۈل"])
def test_amounts_end_in_one_column(label: str) -> None:
    lines = (Line("item", 0, "x", Decimal(1)), Line("item", 0, label, Decimal(-2)))
    shown = render_text(Explanation((), (), (), (), (Part("", lines),)), Look(width=60)).splitlines()
    assert [wcwidth.wcswidth(line) for line in shown[-2:]] == [wcwidth.wcswidth(shown[-2])] * 2
    assert shown[-1].startswith(f"  {label} ")
