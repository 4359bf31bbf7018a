"""Which findings are shown: chosen or ignored by code or name, or known from a baseline."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pointscli.app.codes import all_codes, code_of, is_chosen
from pointscli.app.findings import fingerprint
from pointscli.app.inside import ordinary_bytes
from pointscli.model.problem import FileError, Problem, UsageError
from pointscli.outputs.cells import escaped_json

FORMAT = 1


def choose(problems: Sequence[Problem], select: Sequence[str], ignore: Sequence[str]) -> list[Problem]:
    """Those selected (all, if nothing is) and not ignored; UsageError for a word that no kind begins with."""
    known = {(code.name, code.code) for code in all_codes()} | {_kind(problem) for problem in problems}
    for word in (*select, *ignore):
        if not any(is_chosen(*kind, word) for kind in known):
            raise UsageError(
                "no kind of finding begins with {value}", "write a code, a name or its beginning", value=word
            )
    return [
        problem
        for problem in problems
        if (not select or any(is_chosen(*_kind(problem), word) for word in select))
        and not any(is_chosen(*_kind(problem), word) for word in ignore)
    ]


def _kind(problem: Problem) -> tuple[str, str]:
    return problem.name, code_of(problem.name, problem.place.path)


def without_known(problems: Sequence[Problem], baseline: Path) -> list[Problem]:
    """Those that the baseline does not have, each as often as it has them."""
    known = Counter(_read(baseline))
    fresh = []
    for problem in problems:
        mark = fingerprint(problem)
        if known[mark] > 0:
            known[mark] -= 1
        else:
            fresh.append(problem)
    return fresh


def baseline_bytes(problems: Sequence[Problem]) -> bytes:
    """The findings as a baseline: what each is, for people, and its fingerprint, for the next run."""
    rows = [
        {"path": problem.place.path, "name": problem.name, "fingerprint": fingerprint(problem)} for problem in problems
    ]
    rows.sort(key=lambda row: (row["path"], row["name"], row["fingerprint"]))
    text = ",\n".join("  " + escaped_json(json.dumps(row, ensure_ascii=False)) for row in rows)
    return f'{{"format": {FORMAT}, "findings": [\n{text}\n]}}\n'.encode()


def _read(path: Path) -> list[str]:
    try:
        data = json.loads(ordinary_bytes(path))
        if data["format"] == FORMAT:
            return [str(row["fingerprint"]) for row in data["findings"]]
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FileError(str(path), "it cannot be read: {why}", "check the file", why=reason) from error
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise FileError(str(path), "this is not a baseline", "write one with --write-baseline")
