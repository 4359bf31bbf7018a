"""Findings as one JSON list."""

from __future__ import annotations

import json
from typing import Any

from pointscli.outputs.cells import escaped_json
from pointscli.outputs.findings.finding import Finding, Findings, Spot


def render(findings: Findings) -> str:
    """The list; one finding a line."""
    rows = [one_line(one) for one in findings.found]
    return "[" + ",".join("\n " + row for row in rows) + ("\n]\n" if rows else "]\n")


def one_line(finding: Finding) -> str:
    """A finding as a JSON object in one line."""
    return escaped_json(json.dumps(record(finding), ensure_ascii=False))


def record(finding: Finding) -> dict[str, Any]:
    """A finding as plain values: first the keys of the specification, then the others."""
    spot = finding.spot
    return {
        "path": spot.path,
        "line": spot.line,
        "column": spot.column,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "name": finding.name,
        "end": _end(spot),
        "related": [
            {
                "path": one.spot.path,
                "line": one.spot.line,
                "column": one.spot.column,
                "end": _end(one.spot),
                "message": one.message,
            }
            for one in finding.related
        ],
        "fix": [
            {
                "start": {"line": edit.start[0], "column": edit.start[1]},
                "end": {"line": edit.end[0], "column": edit.end[1]},
                "text": edit.text,
            }
            for edit in finding.fix
        ],
        "fingerprint": finding.fingerprint,
    }


def _end(spot: Spot) -> dict[str, int] | None:
    return {"line": spot.end[0], "column": spot.end[1]} if spot.end[0] else None
