"""Findings, one a line: `PATH:LINE:COLUMN: SEVERITY CODE [NAME] MESSAGE`."""

from __future__ import annotations

from pointscli.outputs.cells import visible
from pointscli.outputs.findings.finding import Finding, Findings


def render(findings: Findings) -> str:
    """All findings, and how many are left out."""
    lines = [_line(one, findings) for one in findings.found]
    if findings.rest:
        lines.append(findings.translate("… and {count} more findings").format(count=findings.rest))
    return "".join(line + "\n" for line in lines)


def _line(finding: Finding, findings: Findings) -> str:
    severity = findings.translate(finding.severity)
    place = visible(finding.spot.label)
    return f"{place}: {severity} {finding.code} [{finding.name}] {visible(finding.message)}"
