"""`points rules coverage`."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli.exits import Exit
from pointscli.cli.options import _
from pointscli.cli.rules_test import PathsArgument, find_paths
from pointscli.cli.world import World
from pointscli.locale import translator
from pointscli.model.problem import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pointscli.app.rule_coverage import FileCoverage
    from pointscli.app.rule_tests import TestPaths


class CoverageFormat(StrEnum):
    """Formats of coverage."""

    TEXT = "text"
    JSON = "json"


def coverage(
    context: typer.Context,
    paths: PathsArgument = None,
    fail_under: Annotated[
        str | None, typer.Option("--fail-under", metavar="100%", help=_("Fail if less than this share is covered."))
    ] = None,
    log: Annotated[bool, typer.Option("--log", help=_("What the workspace's own log reaches, not the tests."))] = False,
    format_name: Annotated[CoverageFormat, typer.Option("--format", "-f", help=_("Format of the result."))] = (
        CoverageFormat.TEXT
    ),
) -> None:
    """Which elements of the rules the tests reach, and which they do not."""
    world: World = context.obj
    with world.boundary():
        least = _share(fail_under)
        files, failed = (_of_log(world), 0) if log else _of_tests(world, find_paths(world, paths))
        from pointscli.app.rule_coverage import is_under  # noqa: PLC0415  (loads with the computation)
        from pointscli.cli.rules_report import coverage_json, coverage_text  # noqa: PLC0415  (the same)

        write = coverage_json if format_name is CoverageFormat.JSON else coverage_text
        world.put(write(files, translator(world.language)))
        if failed:
            one, many = "{count} test fails: run points rules test", "{count} tests fail: run points rules test"
            world.say(one if failed == 1 else many, count=failed)
        if least is not None and is_under(files, least):
            world.say("less than {share} of the elements is covered", share=fail_under)
        if failed or (least is not None and is_under(files, least)):
            raise typer.Exit(Exit.FINDINGS)


def _share(text: str | None) -> Fraction | None:
    """A share such as 100%, 0.95 or 19/20."""
    from pointscli.scheme.number_grammar import Refusal, parse_fraction  # noqa: PLC0415  (loads with the computation)

    if text is None:
        return None
    share = parse_fraction(text)
    if isinstance(share, Refusal) or not 0 <= share <= 1:
        raise UsageError("{value} is not a share", "write it like 95% or 19/20", value=text)
    return share


def _of_tests(world: World, paths: TestPaths) -> tuple[Sequence[FileCoverage], int]:
    """What the tests reach, and how many of them fail; rule files without tests count too."""
    from pointscli.app.rule_tests import Status, run_tests  # noqa: PLC0415  (the same)

    if not paths.rules and not paths.tests:
        raise UsageError("no rule file was found", "name rule files, or a folder that holds them")
    found = run_tests(paths, world.workspace)
    return found.coverage, found.count(Status.FAILED)


def _of_log(world: World) -> Sequence[FileCoverage]:
    """What the workspace's own log reaches."""
    from pointscli.app.log_coverage import cover_log  # noqa: PLC0415  (the same)
    from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)

    workspace = open_workspace(world.workspace, world.sources)
    return cover_log(workspace, world.today)
