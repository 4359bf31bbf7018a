"""`points publish` and `points verify`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.exits import Exit
from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.model.problem import UsageError
from pointscli.model.progress import chapter

if TYPE_CHECKING:
    from pointscli.app.verify import Verdict
    from pointscli.app.workspace import Language


class AudienceName(StrEnum):
    """Who sees what is published."""

    WALL = "wall"
    WEB = "web"
    INTERNAL = "internal"


DOCUMENTS = ("cards", "talks", "report", "commendation")


def publish(
    context: typer.Context,
    audience: Annotated[
        AudienceName | None,
        typer.Option("--audience", help=_("Who will see it: names, columns and lists follow its profile.")),
    ] = None,
    month: o.MonthOption = None,
    quarter: o.QuarterOption = None,
    half: o.HalfOption = None,
    year: o.YearOption = None,
    as_of: o.AsOfOption = None,
    scheme: o.SchemeOption = None,
    skip_invalid: o.SkipOption = False,
    final: Annotated[bool, typer.Option("--final", help=_("Refuse a draft: nothing may be open."))] = False,
    documents: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="DOCUMENT", help=_("Further papers: cards, talks, report, commendation.")),
    ] = None,
    amend: Annotated[
        str | None, typer.Option("--amend", metavar="REASON", help=_("A correction, written beside the first."))
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=_("Who publishes."))] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help=_("Another folder, which is not there yet."))
    ] = None,
    sign: Annotated[
        Path | None,
        typer.Option("--sign", metavar="KEY", help=_("Sign the manifest with this private key (ssh-keygen).")),
    ] = None,
) -> None:
    """Write the folder of a period: tables, notice, manifest."""
    world: World = context.obj
    with world.boundary(), world.progress():
        period = o.one_period(month=month, quarter=quarter, half=half, year=year)
        if audience is None:
            raise UsageError("nobody knows who will see it", "say --audience wall, web or internal")
        from pointscli.app.manifest import Order  # noqa: PLC0415  (help must not load the computation)
        from pointscli.app.publish import Delivery  # noqa: PLC0415  (the same)
        from pointscli.app.publish import publish as publish_period  # noqa: PLC0415  (the same)
        from pointscli.app.question import Asked  # noqa: PLC0415  (the same)
        from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)
        from pointscli.journal.workspace_lock import Act  # noqa: PLC0415  (the same)

        workspace = open_workspace(world.workspace, world.sources)
        day = o.one_day(as_of)
        order = Order(audience.value, day, world.today, scheme or "", _documents(documents), skip_invalid, amend or "")
        act = Act(world.clerk(by), world.now, "publish")
        language: Language = "zh" if world.language == "zh" else "en"
        delivery = Delivery(final=final, to=to, key=sign, language=language)
        done = publish_period(workspace, Asked(world.today, period, scheme, day), order, act, delivery)
        world.say_warnings(done.publication.warnings)
        for note in done.publication.notes:
            world.say(note.message, **dict(note.args))
        for why in done.publication.open_matters:
            world.say("{why}", why=why)
        world.say("{count} files were written to {folder}", count=len(done.publication.files), folder=done.folder)
        world.say("check code: {code}", code=done.publication.code)


def _documents(named: list[str] | None) -> tuple[str, ...]:
    words = [word.strip() for text in named or [] for word in text.split(",") if word.strip()]
    for word in words:
        if word not in DOCUMENTS:
            raise UsageError(
                "there is no document {word}", "the documents are: {known}", word=word, known=", ".join(DOCUMENTS)
            )
    return tuple(one for one in DOCUMENTS if one in words)


def verify(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help=_("A published folder; all of them if none is named."))
    ] = None,
    against: Annotated[
        str | None, typer.Option("--against", metavar="CODE", help=_("The check code that is printed on the notice."))
    ] = None,
    signers: Annotated[
        Path | None,
        typer.Option(
            "--signers", metavar="FILE", help=_("Check the signature against these signers: NAME KEY, a line each.")
        ),
    ] = None,
) -> None:
    """Is what was published intact, and do the files still give it?"""
    world: World = context.obj
    with world.boundary(), world.progress():
        from pointscli.app.verify import find_folders  # noqa: PLC0415  (help must not load the computation)
        from pointscli.app.verify import verify as verify_folder  # noqa: PLC0415  (the same)
        from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)

        workspace = open_workspace(world.workspace, world.sources)
        folders = find_folders(workspace, folder)
        if against is not None and len(folders) > 1:
            folders = _matching(folders, against) or folders[-1:]
        verdicts = []
        for number, one in enumerate(folders, 1):
            chapter("{folder} ({number} of {count})", folder=one.name, number=number, count=len(folders))
            verdicts.append(verify_folder(workspace, one, against))
        signed = True
        for one, verdict in zip(folders, verdicts, strict=True):
            answer, good = _signature(world, one, signers)
            _tell(verdict, world, answer)
            signed = signed and good
        if not signed or not all(verdict.holds for verdict in verdicts):
            raise typer.Exit(Exit.FINDINGS)


def _matching(folders: list[Path], code: str) -> list[Path]:
    """The folders whose manifest has the code."""
    from pointscli.app.manifest import read_manifest  # noqa: PLC0415  (only here)

    plain = "".join(char for char in code.upper() if char.isalnum())
    return [one for one in folders if read_manifest(one, str(one)).get("code", "").replace("-", "") == plain]


def _signature(world: World, folder: Path, signers: Path | None) -> tuple[list[str], bool]:
    """The lines about the signature, and whether nothing stands against it."""
    from pointscli.app.signing import check_signed, is_signed  # noqa: PLC0415  (only here)

    say = world.translate
    if signers is None:
        hint = "name the list of those who may sign: --signers FILE"
        return ([f"  {say('signed: not checked')}", f"    {say(hint)}"] if is_signed(folder) else []), True
    found = check_signed(folder, signers)
    if found is None:
        return ["  " + say("signed: NO"), "    " + say("there is no manifest.json.sig in the folder")], False
    if found.good:
        return ["  " + say("signed by {name}: yes").format(name=found.name)], True
    if found.name:
        why = "manifest.json is not what was signed, or it was signed for another purpose"
        return ["  " + say("signed by {name}: NO").format(name=found.name), "    " + say(why)], False
    return ["  " + say("signed: NO"), "    " + say("the key is none of {file}").format(file=signers)], False


def _tell(verdict: Verdict, world: World, signature: list[str]) -> None:
    """One line a question on stdout, then what was found."""
    say = world.translate
    words = {True: say("yes"), False: say("NO"), None: say("not checked")}
    lines = [
        f"{verdict.folder}  {verdict.code}",
        "  " + say("intact: {answer}").format(answer=words[verdict.intact]),
        "  " + say("reproducible: {answer}").format(answer=words[verdict.reproducible]),
        "  " + say("valid: {answer}").format(answer=words[verdict.valid]),
        *("    " + say(one.message).format(**dict(one.args)) for one in verdict.remarks),
        *signature,
    ]
    world.put("\n".join(lines) + "\n")
    world.say_problems(verdict.problems)
