"""Findings as JSON Lines."""

from __future__ import annotations

from pointscli.outputs.findings.finding import Findings
from pointscli.outputs.findings.json_format import one_line


def render(findings: Findings) -> str:
    """One object a line."""
    return "".join(one_line(one) + "\n" for one in findings.found)
