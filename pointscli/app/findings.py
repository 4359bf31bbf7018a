"""From problems to findings as writers take them: codes, the reader's language, ends, fingerprints, lines of files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pointscli import __version__
from pointscli.app.codes import code_of, find_code
from pointscli.app.inside import ordinary_bytes
from pointscli.model.code import Code
from pointscli.model.problem import Place, Problem, Severity
from pointscli.outputs.findings.finding import Beside, Finding, Findings, Rule, Spot

MAX_EXCERPT_BYTES = 20_000_000
TEXTS = (".yaml", ".yml", ".csv", ".jsonl", ".txt", ".tsv")
Translate = Callable[[str], str]
Lines = Callable[[str], Sequence[str]]


def findings_of(
    problems: Sequence[Problem],
    files: Mapping[str, Path],
    translate: Translate,
    *,
    most: int | None = None,
    count: int = 0,
    colour: bool = False,
) -> Findings:
    """Findings in the reader's language; at most `most` are shown."""
    lines = line_reader(files)
    shown = problems[:most] if most is not None else problems
    return Findings(
        found=tuple(_finding(problem, lines, translate) for problem in shown),
        rest=len(problems) - len(shown),
        errors=sum(problem.severity is Severity.ERROR for problem in problems),
        warnings=sum(problem.severity is not Severity.ERROR for problem in problems),
        files=count,
        fixable=sum(bool(problem.fix) for problem in problems),
        lines=lines,
        rules={
            code.code: Rule(code.code, code.name, _severity(code.severity), *map(translate, _explained(code)))
            for name, path in dict.fromkeys((problem.name, problem.place.path) for problem in shown)
            if (code := find_code(name, path))
        },
        translate=translate,
        version=__version__,
        colour=colour,
    )


def fingerprint(problem: Problem) -> str:
    """The same for the same mistake on whatever line: its code, its file and its values."""
    values = [f"{key}={value}" for key, value in problem.args if key not in ("line", "near", "known", "first", "row")]
    text = "\0".join(
        [code_of(problem.name, problem.place.path), problem.name, problem.place.path, problem.message, *values]
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def line_reader(files: Mapping[str, Path]) -> Lines:
    """The lines of a file by the path shown; none for a file that is not text."""

    @cache
    def lines(path: str) -> Sequence[str]:
        file = files.get(path)
        return read_lines(file) if file is not None else ()

    return lines


def read_lines(file: Path) -> Sequence[str]:
    """The lines of a text file as editors count them; none if it is no text or cannot be read."""
    from pointscli.scheme.source_text import split_lines  # noqa: PLC0415  (only where there are findings)

    if file.suffix.lower() not in TEXTS:
        return ()
    try:
        if file.stat().st_size > MAX_EXCERPT_BYTES:
            return ()
        data = ordinary_bytes(file)
    except OSError:
        return ()
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return split_lines(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return split_lines(data.decode("utf-8-sig", "replace"))


def _explained(code: Code) -> tuple[str, str, str]:
    return code.what, code.why, code.how


def _finding(problem: Problem, lines: Lines, translate: Translate) -> Finding:
    return Finding(
        code=code_of(problem.name, problem.place.path),
        name=problem.name,
        severity=_severity(problem.severity),
        spot=_spot(problem.place, problem.end if problem.end[0] else _guess_end(problem, lines)),
        message=problem.text(translate(problem.message)),
        hint=problem.text(translate(problem.hint)) if problem.hint else "",
        related=tuple(Beside(_spot(one.place), problem.text(translate(one.message))) for one in problem.related),
        fix=problem.fix,
        fingerprint=fingerprint(problem),
    )


def _severity(severity: Severity) -> Literal["error", "warning"]:
    return "error" if severity is Severity.ERROR else "warning"


def _spot(place: Place, end: tuple[int, int] = (0, 0)) -> Spot:
    return Spot(place.path, place.line, place.column, end)


def _guess_end(problem: Problem, lines: Lines) -> tuple[int, int]:
    """After the value that the message names, where it stands at the place; else not known."""
    place = problem.place
    if not (place.line and place.column) or not problem.args:
        return (0, 0)
    text = lines(place.path)
    rest = text[place.line - 1][place.column - 1 :] if place.line <= len(text) else ""
    for key in ("value", "key", "item", "id"):
        value = dict(problem.args).get(key)
        for start in ("", '"', "'"):
            if value and rest.startswith(start + value + start):
                return (place.line, place.column + len(value) + 2 * len(start))
    return (0, 0)
