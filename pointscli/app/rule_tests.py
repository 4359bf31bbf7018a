"""Runs rule tests: each case goes through the same readers and computation as files do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from pointscli.app.case_differences import Difference, compare, with_postings
from pointscli.app.case_tables import case_table
from pointscli.app.derivation import derive
from pointscli.app.inputs import Inputs, join_inputs
from pointscli.app.inside import CODE, HINT, MESSAGE, is_inside
from pointscli.app.question import Asked
from pointscli.app.rule_coverage import FileCoverage, Observer, Reached
from pointscli.app.tally import tally_inputs
from pointscli.inputs.headers import EVENTS, MEMBERS, REVIEWS
from pointscli.inputs.roster import read_roster
from pointscli.inputs.table import RawTable
from pointscli.model.problem import FileError, FindingsError, Place, Problem, Severity, UsageError
from pointscli.scheme.load import has_errors, load_schemes
from pointscli.scheme.read_cases import Case, CaseFile, read_case_file, tests_path
from pointscli.scheme.rule_files import TEST_ENDINGS, RuleFiles, scheme_paths
from pointscli.scheme.types import Scheme


class Status(StrEnum):
    """How a case ended."""

    PASSED = "passed"
    FAILED = "failed"
    TODO = "todo"
    """It fails, and is known to."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What running a case showed."""

    case: Case
    path: str
    status: Status
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class TestRun:
    """All cases run, and what they reached of the rules."""

    files: tuple[CaseFile, ...]
    outcomes: tuple[Outcome, ...]
    coverage: tuple[FileCoverage, ...]

    def count(self, status: Status) -> int:
        """Number of cases that ended so."""
        return sum(one.status is status for one in self.outcomes)


@dataclass(frozen=True, slots=True)
class TestPaths:
    """Rule files and the test files about them."""

    rules: tuple[Path, ...]
    tests: tuple[Path, ...]


def _is_test(folder: Path, path: Path) -> bool:
    """Whether a file of a folder holds tests; a link that leads out of the workspace is none."""
    return path.name.lower().endswith(TEST_ENDINGS) and path.is_file() and is_inside(folder.parent, path)


def find_tests(paths: Sequence[Path]) -> TestPaths:
    """The rule files named (or in the folders named), and the test files beside them."""
    rules: list[Path] = []
    tests: list[Path] = []
    for path in paths:
        if path.is_dir():
            rules += scheme_paths(path)
            tests += sorted(one for one in path.iterdir() if _is_test(path, one))
        elif not path.is_file():
            raise FileError(path.as_posix(), "there is no such file", "check the name and the folder")
        elif path.name.lower().endswith(TEST_ENDINGS):
            tests.append(path)
        else:
            rules.append(path)
            tests += [tests_path(path)] if tests_path(path).is_file() else []
    return TestPaths(tuple(dict.fromkeys(rules)), tuple(dict.fromkeys(tests)))


def run_tests(paths: TestPaths, root: Path, pattern: str = "") -> TestRun:
    """Run the cases whose name the pattern finds; FindingsError if a rule or test file is written wrongly."""
    wanted = _pattern(pattern)
    shown = RuleFiles(root).shown
    files, problems = [], list[Problem]()
    for path in paths.tests:
        found, wrong = read_case_file(path, shown(path), _bytes(path, shown(path)))
        files.append(found)
        problems += wrong
        problems += [
            Problem(CODE, Place(shown(path)), MESSAGE, HINT, (("value", rule.as_posix()),))
            for rule in found.rules
            if not is_inside(root, rule) and not is_inside(path.parent, rule)
        ]
    rules = tuple(dict.fromkeys([*paths.rules, *(rule for file in files for rule in file.rules)]))
    loaded = {key: load_schemes(key, root) for key in {file.rules for file in files} | {(rule,) for rule in rules}}
    problems += [one for _, wrong in loaded.values() for one in wrong if one.severity is Severity.ERROR]
    if has_errors(problems):
        raise FindingsError(list(dict.fromkeys(problems)))
    reached = Reached()
    outcomes: list[Outcome] = []
    for file in files:
        runner = _Runner(file, loaded[file.rules][0], Observer(reached))
        outcomes += [runner.run(case) for case in file.cases if wanted.search(case.name)]
    schemes = [scheme for found, _ in loaded.values() for scheme in found]
    return TestRun(tuple(files), tuple(outcomes), tuple(reached.files(rules, schemes, root)))


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise UsageError("{value} is not a regular expression: {why}", value=text, why=error) from error


def _bytes(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(shown, "it cannot be read: {why}", "check the file", why=error.strerror or error) from error


class _Runner:
    """Runs the cases of one file."""

    def __init__(self, file: CaseFile, schemes: Sequence[Scheme], observer: Observer) -> None:
        self.file, self.schemes, self.observer = file, schemes, observer

    def run(self, case: Case) -> Outcome:
        """Run a case; problems in how its tables are written are among the differences."""
        found = tuple(self._differences(case))
        status = Status.FAILED if found else Status.PASSED
        if case.todo:
            status = Status.TODO if found else Status.FAILED
            found = found or (Difference("", "todo", "fails", "passes", case.place),)
        return Outcome(case, self.file.shown, status, found)

    def _differences(self, case: Case) -> list[Difference]:
        try:
            inputs = self._inputs(case)
            asked = Asked(date.max, case.period, case.scheme, case.as_of)
            report = tally_inputs(inputs, asked, "zh", computing=self.observer.compute)
        except FindingsError as error:
            errors = [one for one in error.problems if one.severity is Severity.ERROR]
            return _compare_errors(case, errors)
        except UsageError as error:
            problem = Problem("usage", case.place, error.message, error.hint, tuple(error.args_.items()))
            return _compare_errors(case, [problem])
        self.observer.take(inputs, report)
        if case.error:
            return [Difference("", "error", case.error.text, "", case.error.place)]
        found = compare(case.wanted, report.tally, inputs)
        return self._derived(found, inputs, asked)

    def _derived(self, found: list[Difference], inputs: Inputs, asked: Asked) -> list[Difference]:
        """The same, each score with what it is made of: only what is wrong is computed again."""
        if not any(one.member and not one.problem for one in found):
            return found
        members = derive(inputs, asked, "zh").members
        return [with_postings(one, members, inputs) for one in found]

    def _inputs(self, case: Case) -> Inputs:
        tables: dict[str, list[RawTable]] = {}
        problems: list[Problem] = []
        for spec in (MEMBERS, EVENTS, REVIEWS):
            tree = case.tables.get(spec.name)
            line = tree.place.line if tree else case.place.line
            table, found = case_table(tree, spec, self.file.shown, line)
            problems += found
            tables[spec.name] = [table] if table else []
        roster, found = read_roster(tables[MEMBERS.name])
        problems += found
        if has_errors(problems):
            raise FindingsError(problems)
        return join_inputs(self.schemes, roster, tables, problems)


def _compare_errors(case: Case, errors: Sequence[Problem]) -> list[Difference]:
    """Nothing if one of the findings is the expected one, else all of them."""
    if case.error and case.error.text.strip() in {one.name for one in errors}:
        return []
    expected = case.error.text if case.error else ""
    found = dict.fromkeys(errors)  # a row that is repeated is wrong once
    return [Difference("", "error", expected, one.name, _place(one, case), problem=one) for one in found]


def _place(problem: Problem, case: Case) -> Place:
    return problem.place if problem.place.line else case.place


def by_file(outcomes: Sequence[Outcome]) -> Mapping[str, list[Outcome]]:
    """Outcomes by test file."""
    found: dict[str, list[Outcome]] = {}
    for one in outcomes:
        found.setdefault(one.path, []).append(one)
    return found
