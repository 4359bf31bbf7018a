"""`points check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli.exits import Exit
from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.model.problem import Problem, Severity, UsageError

if TYPE_CHECKING:
    from pointscli.app.check import Checked

SHOWN, CHOSEN, MENDING = _("What is shown"), _("Which findings"), _("Mending")
UNREADABLE = "unreadable-file"
PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]…", help=_("Rule files, tables or folders; without any, the workspace.")),
]
FormatsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT[:FILE]",
        help=_(
            "text, concise, github, json, jsonl, gitlab, sarif or junit; several with files, such as sarif:a.sarif."
        ),
        rich_help_panel=SHOWN,
    ),
]
MostOption = Annotated[
    int | None,
    typer.Option(
        "--max-findings", min=1, metavar="N", help=_("Show the first N and count the rest."), rich_help_panel=SHOWN
    ),
]
ExplainOption = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar="CODE|NAME",
        help=_("What a finding means, with a bad and a good example."),
        rich_help_panel=SHOWN,
    ),
]
StrictOption = Annotated[bool, typer.Option("--strict", help=_("Warnings fail too."), rich_help_panel=CHOSEN)]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODE",
        help=_("Only these: codes, names or how they begin."),
        rich_help_panel=CHOSEN,
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore", metavar="CODE", help=_("All but these: codes, names or how they begin."), rich_help_panel=CHOSEN
    ),
]
BaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--baseline", metavar="FILE", help=_("Only what is not in this file of known findings."), rich_help_panel=CHOSEN
    ),
]
WriteBaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline", metavar="FILE", help=_("Write the findings as known ones."), rich_help_panel=CHOSEN
    ),
]
FixOption = Annotated[
    bool,
    typer.Option("--fix", help=_("Mend what can be mended without changing anything else."), rich_help_panel=MENDING),
]
DiffOption = Annotated[
    bool,
    typer.Option("--diff", help=_("Only show what --fix would change."), rich_help_panel=MENDING),
]

AuditOption = Annotated[
    bool,
    typer.Option(
        "--audit", help=_("Also whether the files are as the audit file recorded them."), rich_help_panel=CHOSEN
    ),
]
AgainstOption = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="CODE",
        help=_("Also whether the audit file still holds the entry whose code a notice printed; includes --audit."),
        rich_help_panel=CHOSEN,
    ),
]


def check(
    context: typer.Context,
    paths: PathsArgument = None,
    formats: FormatsOption = None,
    most: MostOption = None,
    explain: ExplainOption = None,
    strict: StrictOption = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    baseline: BaselineOption = None,
    write_baseline: WriteBaselineOption = None,
    fix: FixOption = False,
    diff: DiffOption = False,
    audit: AuditOption = False,
    against: AgainstOption = None,
) -> None:
    """Everything wrong in schemes, roster, logs, decisions, redemptions: all findings at once."""
    world: World = context.obj
    with world.boundary(), world.progress():
        asked = _reports(formats, explaining=explain is not None)
        if explain is not None:
            _explain(world, explain, asked[0][0])
            return
        checked = _check(world, paths or [])
        if fix or diff:
            checked = _mend(world, paths or [], checked, select or [], ignore or [], write=fix and not diff)
        if audit or against is not None:
            _audit(world, paths or [], checked, against)
        problems = _chosen(checked.problems, select or [], ignore or [], baseline)
        if write_baseline is not None:
            _write_baseline(world, write_baseline, problems)
            return
        if not diff:
            _report(world, asked, checked, problems, most)
        raise typer.Exit(_verdict(problems, strict=strict))


def _check(world: World, paths: Sequence[Path]) -> Checked:
    from pointscli.app.check import check_areas  # noqa: PLC0415  (help must not load the checks)
    from pointscli.app.check_paths import find_areas  # noqa: PLC0415  (the same)

    sources = world.sources
    return check_areas(find_areas(world.workspace, sources, paths), world.today)


def _audit(world: World, paths: Sequence[Path], checked: Checked, against: str | None) -> None:
    """Add what the audit file has to say."""
    from pointscli.app.audit_checks import add_audit  # noqa: PLC0415  (only where it is asked for)
    from pointscli.app.check_paths import find_areas  # noqa: PLC0415  (the same)

    sources = world.sources
    if code := add_audit(checked, find_areas(world.workspace, sources, paths), against):
        world.say("the code of the last entry of the audit file is {code}", code=code)


def _chosen(
    problems: Sequence[Problem], select: Sequence[str], ignore: Sequence[str], baseline: Path | None
) -> list[Problem]:
    from pointscli.app.select import choose, without_known  # noqa: PLC0415  (the same)

    chosen = choose(problems, _words(select), _words(ignore))
    return without_known(chosen, baseline) if baseline is not None else chosen


def _words(given: Sequence[str]) -> list[str]:
    """Words of options that may be joined by commas."""
    return [word.strip() for text in given for word in text.replace("，", ",").split(",") if word.strip()]


def _reports(given: Sequence[str] | None, *, explaining: bool) -> list[tuple[str, Path | None]]:
    """Formats, each with the file that it goes to; github by itself in a job of GitHub Actions."""
    from pointscli.outputs.findings.formats import FORMATS  # noqa: PLC0415  (the same)

    known = ("text", "json") if explaining else tuple(FORMATS)
    reports: list[tuple[str, Path | None]] = []
    for text in given or [_usual(explaining=explaining)]:
        name, colon, file = text.partition(":")
        if name not in known or (colon and not file):
            hint = "write one of {known}, or one of them, a colon and a file"
            raise UsageError("{value} is not a format of findings", hint, value=text, known=", ".join(known))
        reports.append((name, Path(file) if file else None))
    if sum(file is None for _, file in reports) > 1:
        raise UsageError("only one format can go to the terminal", "write a file after the others: sarif:check.sarif")
    return reports


def _usual(*, explaining: bool) -> str:
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true" and not sys.stdout.isatty()
    return "github" if in_actions and not explaining else "text"


def _report(
    world: World,
    reports: Sequence[tuple[str, Path | None]],
    checked: Checked,
    problems: Sequence[Problem],
    most: int | None,
) -> None:
    from pointscli.app.findings import findings_of  # noqa: PLC0415  (the same)
    from pointscli.outputs.findings.formats import FORMATS  # noqa: PLC0415  (the same)

    for name, file in reports:
        colour = file is None and world.has_colour(sys.stdout)
        found = findings_of(problems, checked.files, world.translate, most=most, count=checked.count, colour=colour)
        text = FORMATS[name](found)
        if file is None:
            world.put(text)
        else:
            world.put_file(file, text.encode())


def _mend(
    world: World, paths: Sequence[Path], checked: Checked, select: Sequence[str], ignore: Sequence[str], *, write: bool
) -> Checked:
    """Apply or show the safe edits; after applying them, everything is checked again."""
    from pointscli.app.fix import mend  # noqa: PLC0415  (only where it is asked for)

    problems = _chosen(checked.problems, select, ignore, None)
    mended = mend(problems, checked.files)
    for path, count in mended.refused.items():
        world.say("{path}: {count} edits overlap others and were left out; run it again", path=path, count=count)
    if not write:
        world.put(mended.diff())
    if not write or not mended.files:
        _say_mendable(world, mended.count, len(problems) - mended.count)
        return checked
    mended.write()
    _say_mended(world, mended.count, len(mended.files))
    return _check(world, paths)


def _say_mendable(world: World, count: int, left: int) -> None:
    """What --fix can do, and what is left for people."""
    from pointscli.outputs.findings.counted import findings_counted  # noqa: PLC0415  (only where it is asked for)

    message = "nothing is wrong, so there is nothing to mend"
    if left:
        message = "nothing here can be mended safely by --fix; to mend by hand: {left}"
    if count:
        message = (
            "--fix can mend {findings}; to mend by hand: {left}" if left else "--fix can mend {findings}: all of them"
        )
    findings, rest = (findings_counted(world.translate, number) for number in (count, left))
    world.say(message, findings=findings, left=rest)


def _say_mended(world: World, count: int, files: int) -> None:
    from pointscli.outputs.findings.counted import counted, findings_counted  # noqa: PLC0415  (the same)

    shown = counted(world.translate, files, "{count} file", "{count} files")
    world.say("mended {findings} in {files}", findings=findings_counted(world.translate, count), files=shown)


def _write_baseline(world: World, file: Path, problems: Sequence[Problem]) -> None:
    from pointscli.app.select import baseline_bytes  # noqa: PLC0415  (only where it is asked for)

    world.put_file(file, baseline_bytes(problems))
    from pointscli.outputs.findings.counted import findings_counted  # noqa: PLC0415  (the same)

    known = findings_counted(world.translate, len(problems))
    world.say("known from now on: {findings}, in {file}", findings=known, file=file)


def _explain(world: World, asked: str, format_name: str) -> None:
    from pointscli.app.codes import asked_codes  # noqa: PLC0415  (only where it is asked for)
    from pointscli.outputs.findings.explanation import as_json, as_text  # noqa: PLC0415  (the same)

    write = as_json if format_name == "json" else as_text
    world.put(write(asked_codes(asked), world.translate))


def _verdict(problems: Sequence[Problem], *, strict: bool) -> Exit:
    if any(problem.name == UNREADABLE for problem in problems):
        return Exit.FILE
    failing = any(strict or problem.severity is Severity.ERROR for problem in problems)
    return Exit.FINDINGS if failing else Exit.DONE
