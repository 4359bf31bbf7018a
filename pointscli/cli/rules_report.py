"""What `points rules test` and `coverage` show: text, JSON, JUnit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from pointscli.locale import Translate
from pointscli.model.problem import Place
from pointscli.model.table import Column, Table
from pointscli.outputs.cells import escaped_json, visible
from pointscli.outputs.explain_words import ExplainWords
from pointscli.outputs.look import Look
from pointscli.outputs.plain_format import render
from pointscli.outputs.rule_words import number

if TYPE_CHECKING:
    from pointscli.app.case_differences import Difference
    from pointscli.app.rule_coverage import FileCoverage
    from pointscli.app.rule_tests import Outcome, TestRun
    from pointscli.scheme.elements import Element

FORMAT = 1


# --- tests ------------------------------------------------------------------------------------


def tests_text(run: TestRun, look: Look, translate: Translate) -> str:
    """The tests that failed, each with its cells, then the counts."""
    from pointscli.app.rule_tests import Status  # noqa: PLC0415  (loads with the computation)

    parts = [_failure(one, look, translate) for one in run.outcomes if one.status is Status.FAILED]
    for one in run.outcomes:
        if one.status is Status.TODO:
            template = translate("todo   {place}  {name}")
            parts.append(visible(template.format(place=_place(one), name=one.case.name)) + "\n")
    counts = {status.value: run.count(status) for status in Status}
    single = "{passed} test passed, {failed} failed, {todo} to do; {covered} of {total} elements covered"
    several = "{passed} tests passed, {failed} failed, {todo} to do; {covered} of {total} elements covered"
    template = translate(single if counts["passed"] == 1 else several)
    covered = sum(one.covered for one in run.coverage)
    total = sum(len(one.elements) for one in run.coverage)
    return "\n".join([*parts, template.format(**counts, covered=covered, total=total) + "\n"])


def _place(outcome: Outcome) -> str:
    return f"{outcome.path}:{outcome.case.place.line}"


def _failure(outcome: Outcome, look: Look, translate: Translate) -> str:
    template = translate("failed {place}  {name}")
    head = visible(template.format(place=_place(outcome), name=outcome.case.name))
    made = "".join(_made(one, look) for one in outcome.differences if one.postings)
    return f"{head}\n{render(_cells(outcome.differences, translate), look)}{made}"


def _made(difference: Difference, look: Look) -> str:
    """The postings that made a score or column, one a line, with what rules did to them."""
    words = ExplainWords(look.language)
    lines = [f"  {visible(difference.member)} {difference.what} {difference.got} ="]
    for one in difference.postings:
        steps = "; ".join(words.step(step) for step in one.steps)
        source = _at(one.source.place) if one.source else ""
        parts = (one.date.isoformat(), f"{number(one.credited):>6}", ".".join(one.path), source, _at(one.rule), steps)
        lines.append("    " + visible("  ".join(part for part in parts if part)))
    return "\n".join(lines) + "\n"


def _cells(differences: Sequence[Difference], translate: Translate) -> Table:
    titles = {"member": "member", "what": "what", "expected": "expected", "got": "got"}
    columns = [Column(key, translate(title)) for key, title in titles.items()]
    rows = tuple(
        (one.member, one.what, _expected(one, translate), _got(one, translate), _at(one.place), _at(one.rule))
        for one in differences
    )
    return Table("", (*columns, Column("line", translate("line")), Column("rule", translate("rule"))), rows)


def _at(place: Place | None) -> str:
    return f"{place.path}:{place.line}" if place else ""


def _expected(difference: Difference, translate: Translate) -> str:
    return translate(difference.expected) if difference.what == "todo" else difference.expected


def _got(difference: Difference, translate: Translate) -> str:
    problem = difference.problem
    if problem is None:
        return translate(difference.got) if difference.what == "todo" else difference.got
    hint = f" ({problem.text(translate(problem.hint))})" if problem.hint else ""
    return f"{problem.name}: {problem.text(translate(problem.message))}{hint}"


def tests_json(run: TestRun, translate: Translate) -> str:
    """Every test with its status and the cells that are not as expected."""
    tests = [
        {
            "path": one.path,
            "line": one.case.place.line,
            "name": one.case.name,
            "status": one.status.value,
            "differences": [
                {
                    "member": cell.member or None,
                    "what": cell.what,
                    "expected": cell.expected,
                    "got": _got(cell, translate),
                    "path": cell.place.path,
                    "line": cell.place.line,
                    "column": cell.place.column,
                    "rule": _at(cell.rule) or None,
                    "postings": [
                        {
                            "date": one.date.isoformat(),
                            "path": list(one.path),
                            "credited": number(one.credited),
                            "rule": _at(one.rule),
                        }
                        for one in cell.postings
                    ],
                }
                for cell in one.differences
            ],
        }
        for one in run.outcomes
    ]
    return _dump({"format": FORMAT, "tests": tests, **_counts(run.coverage)})


def tests_junit(run: TestRun, translate: Translate) -> str:
    """A test suite for each file, a test case for each case."""
    from pointscli.app.rule_tests import Status, by_file  # noqa: PLC0415  (the same)

    root = ET.Element("testsuites", name="points")
    for path, outcomes in by_file(run.outcomes).items():
        failed = sum(one.status is Status.FAILED for one in outcomes)
        skipped = sum(one.status is Status.TODO for one in outcomes)
        counts = {"tests": len(outcomes), "failures": failed, "errors": 0, "skipped": skipped}
        suite = ET.SubElement(root, "testsuite", {"name": visible(path), **{key: str(n) for key, n in counts.items()}})
        for one in outcomes:
            place = {"file": visible(path), "line": str(one.case.place.line)}
            case = ET.SubElement(
                suite, "testcase", {"classname": visible(path), "name": visible(one.case.name), **place}
            )
            if one.status is Status.FAILED:
                cells = [_line(cell, translate) for cell in one.differences]
                ET.SubElement(case, "failure", message=cells[0]).text = "\n".join(cells)
            elif one.status is Status.TODO:
                ET.SubElement(case, "skipped", message="todo")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _line(cell: Difference, translate: Translate) -> str:
    template = translate("{place}: {member} {what}: expected {expected}, got {got}")
    values = {"member": cell.member, "what": cell.what, "expected": cell.expected or "-", "got": _got(cell, translate)}
    return visible(template.format(place=f"{cell.place.path}:{cell.place.line}", **values))


# --- coverage ---------------------------------------------------------------------------------


def coverage_text(files: Sequence[FileCoverage], translate: Translate) -> str:
    """Each file with what is missing, then the exact fraction of all."""
    lines = []
    for one in files:
        lines.append(f"{one.path}  {one.covered}/{len(one.elements)}")
        lines += [f"  {_missing(element, translate)}" for element in one.missing]
    counts = _counts(files)["coverage"]
    template = translate("{covered}/{total} elements covered")
    return "\n".join([*lines, template.format(**counts)]) + "\n"


def _missing(element: Element, translate: Translate) -> str:
    place = element.place
    return f"{place.path}:{place.line}:{place.column}: {element_name(element)}: {translate(element.reason)}"


def element_name(element: Element) -> str:
    """`legal_aid max month`, `dues count 2`."""
    return " ".join(part for part in (element.owner, element.what, element.label) if part)


def coverage_json(files: Sequence[FileCoverage], translate: Translate) -> str:
    """The same for machines."""
    found = [
        {
            "path": one.path,
            "scheme": one.scheme,
            "covered": one.covered,
            "total": len(one.elements),
            "missing": [
                {
                    "path": element.place.path,
                    "line": element.place.line,
                    "column": element.place.column,
                    "element": element.what,
                    "of": element.owner or None,
                    "label": element.label or None,
                    "side": element.side,
                    "reason": translate(element.reason),
                }
                for element in one.missing
            ],
        }
        for one in files
    ]
    return _dump({"format": FORMAT, **_counts(files), "files": found})


def _counts(files: Sequence[FileCoverage]) -> dict[str, dict[str, int]]:
    covered, total = sum(one.covered for one in files), sum(len(one.elements) for one in files)
    return {"coverage": {"covered": covered, "total": total}}


def _dump(value: dict[str, Any]) -> str:
    return escaped_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"
