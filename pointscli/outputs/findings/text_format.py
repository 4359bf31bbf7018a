"""Findings for people: place, code and message, the line with carets, related places, what to do, how to read more."""

from __future__ import annotations

from collections.abc import Iterator

from pointscli.outputs.cells import visible
from pointscli.outputs.findings.counted import counted
from pointscli.outputs.findings.excerpt import excerpt
from pointscli.outputs.findings.finding import Beside, Finding, Findings, Spot

_COLOURS = {"error": "1;31", "warning": "1;33", "place": "1", "mark": "1;31", "beside": "34", "hint": "36"}


def render(findings: Findings) -> str:
    """All findings, then how many there are."""
    blocks = ["\n".join(_block(one, findings)) for one in findings.found]
    blocks.append("\n".join(_summary(findings)))
    return "".join(block + "\n" for block in blocks if block)


def _block(finding: Finding, findings: Findings) -> Iterator[str]:
    say = findings.translate
    severity = _paint(findings, finding.severity, say(finding.severity))
    place = _paint(findings, "place", visible(finding.spot.label))
    yield f"{place}: {severity} {finding.code} [{finding.name}] {visible(finding.message)}"
    margin = len(str(max([finding.spot.line, *(one.spot.line for one in finding.related)], default=0)))
    yield from _lines(finding.spot, findings, margin, "^")
    for one in finding.related:
        yield from _beside(one, finding, findings, margin)
    label = _paint(findings, "hint", say("hint"))
    if finding.hint:
        yield f"{' ' * margin} = {label}: {visible(finding.hint)}"
    more = _paint(findings, "hint", say("more"))
    yield f"{' ' * margin} = {more}: points check --explain {finding.name}"


def _lines(
    spot: Spot, findings: Findings, margin: int, mark: str, note: str = "", *, is_same: bool = False
) -> Iterator[str]:
    shown = excerpt(spot, findings.lines(spot.path), mark)
    if not shown:
        return
    if mark == "^":
        yield f"{' ' * margin} |"
    if not note or not is_same:
        yield f"{spot.line:>{margin}} | {shown[0]}"
    for carets in shown[1:]:
        painted = _paint(findings, "mark" if mark == "^" else "beside", carets.lstrip())
        blanks = " " * (len(carets) - len(carets.lstrip()))
        yield f"{' ' * margin} | {blanks}{painted} {note}".rstrip()


def _beside(one: Beside, finding: Finding, findings: Findings, margin: int) -> Iterator[str]:
    """A related place: an excerpt too where it has a line."""
    message = visible(one.message)
    if one.spot.path != finding.spot.path and one.spot.column:
        yield f"{' ' * margin} ::: {visible(one.spot.label)}"
    is_same = (one.spot.path, one.spot.line) == (finding.spot.path, finding.spot.line)
    shown = list(_lines(one.spot, findings, margin, "-", message, is_same=is_same)) if one.spot.column else []
    yield from shown or [f"{' ' * margin} = {visible(one.spot.label)}: {message}"]


def _summary(findings: Findings) -> Iterator[str]:
    say = findings.translate
    if findings.rest:
        yield counted(say, findings.rest, "… and {count} more finding", "… and {count} more findings")
    if findings.errors or findings.warnings:
        errors = counted(say, findings.errors, "{count} error", "{count} errors")
        warnings = counted(say, findings.warnings, "{count} warning", "{count} warnings")
        yield say("{errors}, {warnings}").format(errors=errors, warnings=warnings)
    else:
        yield counted(say, findings.files, "nothing wrong in {count} file", "nothing wrong in {count} files")
    if findings.fixable:
        yield say("{count} can be mended with --fix (see them first with --fix --diff)").format(count=findings.fixable)


def _paint(findings: Findings, style: str, text: str) -> str:
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if findings.colour else text
