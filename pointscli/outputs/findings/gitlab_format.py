"""Findings as a GitLab code quality report."""

from __future__ import annotations

import json

from pointscli.outputs.cells import escaped_json
from pointscli.outputs.findings.finding import Finding, Findings

_SEVERITIES = {"error": "major", "warning": "minor"}


def render(findings: Findings) -> str:
    """One JSON list; fingerprints are unique, as GitLab needs them."""
    seen: dict[str, int] = {}
    rows = []
    for one in findings.found:
        nth = seen[one.fingerprint] = seen.get(one.fingerprint, 0) + 1
        rows.append(_issue(one, one.fingerprint if nth == 1 else f"{one.fingerprint}-{nth}"))
    return escaped_json(json.dumps(rows, ensure_ascii=False, indent=1)) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    spot = finding.spot
    begin = max(spot.line, 1)
    return {
        "description": f"{finding.message} ({finding.hint})" if finding.hint else finding.message,
        "check_name": f"{finding.code}/{finding.name}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": spot.path, "lines": {"begin": begin, "end": max(spot.end[0], begin)}},
    }
