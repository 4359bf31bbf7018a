"""Findings as GitHub workflow commands, which become annotations of the changed lines."""

from __future__ import annotations

from pointscli.outputs.cells import stripped
from pointscli.outputs.findings.counted import counted
from pointscli.outputs.findings.finding import Finding, Findings

MOST = 10
"""GitHub shows ten annotations of a kind a step; the last says how many it does not show."""


def render(findings: Findings) -> str:
    """Errors first; at most ten of a kind."""
    return "".join(_kind(findings, kind) for kind in ("error", "warning"))


def _kind(findings: Findings, kind: str) -> str:
    found = [one for one in findings.found if one.severity == kind]
    total = findings.errors if kind == "error" else findings.warnings
    total = max(total, len(found))
    shown = found if total <= MOST else found[: MOST - 1]
    lines = [_command(one) for one in shown]
    if found and total > len(shown):
        rest = total - len(shown)
        more = counted(findings.translate, rest, "… and {count} more finding", "… and {count} more findings")
        lines.append(f"::{kind} title=points::{_escape(more)}")
    return "".join(line + "\n" for line in lines)


def _command(finding: Finding) -> str:
    spot = finding.spot
    properties = {"title": f"{finding.code} {finding.name}", "file": spot.path}
    if spot.line:
        properties["line"] = str(spot.line)
        if spot.end[0] > spot.line:
            properties["endLine"] = str(spot.end[0])
        elif spot.column:
            # GitHub takes columns only where a finding stays in its line.
            properties["col"] = str(spot.column)
            if spot.end[1]:
                properties["endColumn"] = str(spot.end[1])
    given = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    message = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    return f"::{finding.severity} {given}::{_escape(message)}"


def _escape(text: str) -> str:
    return stripped(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
