"""Findings as a JUnit report: a suite a file, a failed case a finding; a clean run is one case that passed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from pointscli.outputs.cells import stripped
from pointscli.outputs.findings.finding import Finding, Findings

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CLEAN = """\
  <testsuite name="points check" tests="1" failures="0" errors="0">
    <testcase classname="points" name="check"/>
  </testsuite>
"""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(findings: Findings) -> str:
    """The whole document."""
    by_path: dict[str, list[Finding]] = {}
    for one in findings.found:
        by_path.setdefault(one.spot.path, []).append(one)
    count = len(findings.found)
    lines = [f'<testsuites name="points check" tests="{count or 1}" failures="{count}" errors="0">']
    for path, found in by_path.items():
        lines += _suite(path, found)
    if not by_path:
        lines += _CLEAN.splitlines()
    lines.append("</testsuites>")
    return _HEAD + "\n".join(lines) + "\n"


def _suite(path: str, found: Sequence[Finding]) -> list[str]:
    count = len(found)
    lines = [f'  <testsuite name={_attribute(path)} tests="{count}" failures="{count}" errors="0">']
    for one in found:
        name = f"{one.name}:{one.spot.line}:{one.spot.column}"
        lines.append(
            f"    <testcase classname={_attribute(path)} name={_attribute(name)} file={_attribute(path)}"
            f' line="{max(one.spot.line, 1)}">'
        )
        text = f"{one.spot.label}: {one.code} [{one.name}] {one.message}" + (f"\n{one.hint}" if one.hint else "")
        lines.append(
            f'      <failure type="{one.severity}" message={_attribute(one.message)}>{escape(_clean(text))}</failure>'
        )
        lines.append("    </testcase>")
    return [*lines, "  </testsuite>"]


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", stripped(text))
