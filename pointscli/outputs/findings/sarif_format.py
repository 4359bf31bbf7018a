"""Findings as SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from pointscli.model.problem import Edit
from pointscli.outputs.cells import escaped_json
from pointscli.outputs.findings.finding import Finding, Findings, Rule, Spot

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
Record = dict[str, Any]


def render(findings: Findings) -> str:
    """One run."""
    firsts = {(one.code, one.name): one for one in findings.found}
    numbers = {key: number for number, key in enumerate(sorted(firsts))}
    driver: Record = {"name": "points", "rules": [_rule(firsts[key], findings.rules) for key in sorted(firsts)]}
    if findings.version:
        driver["version"] = findings.version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, numbers[one.code, one.name]) for one in findings.found],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped_json(json.dumps(log, ensure_ascii=False, indent=1)) + "\n"


def _rule(first: Finding, rules: Mapping[str, Rule]) -> Record:
    rule = rules.get(first.code) or Rule(first.code, first.name, first.severity)
    found: Record = {"id": rule.code, "name": rule.name, "defaultConfiguration": {"level": rule.severity}}
    if rule.what:
        found["shortDescription"] = {"text": rule.what}
    if rule.why:
        found["fullDescription"] = {"text": rule.why}
    help_text = "\n\n".join(text for text in (rule.what, rule.why, rule.how) if text)
    found["help"] = {"text": help_text or f"points check --explain {rule.name}"}
    return found


def _result(finding: Finding, number: int) -> Record:
    text = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    found: Record = {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": finding.severity,
        "message": {"text": text},
        "locations": [_location(finding.spot)],
        "partialFingerprints": {"pointsFinding/v1": finding.fingerprint},
    }
    if finding.related:
        found["relatedLocations"] = [
            {"id": number, **_location(one.spot), "message": {"text": one.message}}
            for number, one in enumerate(finding.related, 1)
        ]
    if finding.fix:
        found["fixes"] = [_fix(finding)]
    return found


def _location(spot: Spot) -> Record:
    physical: Record = {"artifactLocation": _artifact(spot.path)}
    if spot.line:
        physical["region"] = _region(spot)
    return {"physicalLocation": physical}


def _artifact(path: str) -> Record:
    """A relative reference below the root of the sources; an absolute path as a file's URI; a name may be no text."""
    if path.startswith("/"):
        return {"uri": "file://" + quote(path, errors="backslashreplace")}
    return {"uri": quote(path, safe="/", errors="backslashreplace"), "uriBaseId": "%SRCROOT%"}


def _region(spot: Spot) -> Record:
    region = {"startLine": spot.line}
    if spot.column:
        region["startColumn"] = spot.column
        if spot.end[0]:
            region |= {"endLine": spot.end[0], "endColumn": spot.end[1]}
    return region


def _fix(finding: Finding) -> Record:
    change = {
        "artifactLocation": _artifact(finding.spot.path),
        "replacements": [_replacement(edit) for edit in finding.fix],
    }
    return {"artifactChanges": [change], "description": {"text": finding.hint}}


def _replacement(edit: Edit) -> Record:
    region = {
        "startLine": edit.start[0],
        "startColumn": edit.start[1],
        "endLine": edit.end[0],
        "endColumn": edit.end[1],
    }
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}
