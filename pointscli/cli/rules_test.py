"""`points rules test`."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli.exits import Exit
from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.locale import translator
from pointscli.model.problem import UsageError

if TYPE_CHECKING:
    from pointscli.app.rule_tests import TestPaths, TestRun
    from pointscli.outputs.titles import Language


class TestFormat(StrEnum):
    """Formats of test results."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH…]", help=_("Rule files, test files or folders; none: the workspace's rules.")),
]
RunOption = Annotated[
    str, typer.Option("--run", metavar="REGEX", help=_("Only the tests in whose name this is found."))
]


def run(
    context: typer.Context,
    paths: PathsArgument = None,
    pattern: RunOption = "",
    format_name: Annotated[TestFormat, typer.Option("--format", "-f", help=_("Format of the result."))] = (
        TestFormat.TEXT
    ),
    update: Annotated[
        bool, typer.Option("--update", help=_("Show the differences, then write the computed values into the tests."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Update without asking."))] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Write to a file."))] = None,
) -> None:
    """Run the tests beside the rule files."""
    world: World = context.obj
    with world.boundary():
        if update and not yes and not sys.stdin.isatty():
            raise UsageError("nobody can be asked before tests are changed", "give --yes too")
        found = run_found(world, find_paths(world, paths), pattern)
        text = _text(world, found, format_name)
        if output:
            world.put_file(output, text.encode())
        else:
            world.put(text)
        if update:
            found = _update(world, found, yes=yes) or found
        if _has_failed(found):
            raise typer.Exit(Exit.FINDINGS)


def find_paths(world: World, paths: list[Path] | None) -> TestPaths:
    """The rule files and tests that a command is about."""
    from pointscli.app.rule_tests import find_tests  # noqa: PLC0415  (loads with the computation)
    from pointscli.app.workspace import find_workspace  # noqa: PLC0415  (the same)

    if paths:
        return find_tests([path if path.is_absolute() else world.workspace / path for path in paths])
    workspace, _problems = find_workspace(world.workspace, world.sources)
    return find_tests(workspace.rules)


def run_found(world: World, paths: TestPaths, pattern: str = "") -> TestRun:
    """Run tests; none at all is wrong usage."""
    from pointscli.app.rule_tests import run_tests  # noqa: PLC0415  (the same)

    found = run_tests(paths, world.workspace, pattern) if paths.tests else None
    if found is None or not any(file.cases for file in found.files):
        raise UsageError("no tests were found", "write NAME.test.yaml beside NAME.yaml")
    if not found.outcomes:
        raise UsageError(
            "no test has a name in which {value} is found", "see the names in the test files", value=pattern
        )
    return found


def language_of(world: World) -> Language:
    """The language of messages as the writers call it."""
    return "zh" if world.language == "zh" else "en"


def _text(world: World, found: TestRun, format_name: TestFormat) -> str:
    from pointscli.cli import rules_report  # noqa: PLC0415  (the same)

    translate = translator(world.language)
    match format_name:
        case TestFormat.JSON:
            return rules_report.tests_json(found, translate)
        case TestFormat.JUNIT:
            return rules_report.tests_junit(found, translate)
        case TestFormat.TEXT:
            return rules_report.tests_text(found, world.look(language_of(world), ids=False), translate)


def _has_failed(found: TestRun) -> bool:
    from pointscli.app.rule_tests import Status  # noqa: PLC0415  (the same)

    return found.count(Status.FAILED) > 0


def _update(world: World, found: TestRun, *, yes: bool) -> TestRun | None:
    """Write the computed values, after asking; the same tests run again, or None if nothing was written."""
    from pointscli.app.case_updates import updatable, updated  # noqa: PLC0415  (the same)
    from pointscli.app.rule_tests import TestPaths, by_file  # noqa: PLC0415  (the same)

    cells = {path: updatable(outcomes) for path, outcomes in by_file(found.outcomes).items()}
    count = sum(map(len, cells.values()))
    ask = (
        "Write {count} computed value into the tests?"
        if count == 1
        else "Write {count} computed values into the tests?"
    )
    question = translator(world.language)(ask).format(count=count)
    if not count or not (yes or typer.confirm(question, err=True)):
        return None
    for file in found.files:
        if wrong := cells.get(file.shown):
            world.put_file(file.path, updated(file.data, wrong))
    world.say("{count} expected value replaced" if count == 1 else "{count} expected values replaced", count=count)
    names = "|".join(f"^{re.escape(one.case.name)}$" for one in found.outcomes)
    return run_found(world, TestPaths((), tuple(file.path for file in found.files)), names)
