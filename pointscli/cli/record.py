"""`points record`: one event from options or prompts, or many from a file, into the event log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.model.problem import UsageError

if TYPE_CHECKING:
    from pointscli.app.record import Desk, Draft, Recorded
    from pointscli.journal.audit import Act

EVENT, HOW = _("Event"), _("How")


def record(
    context: typer.Context,
    member: Annotated[
        list[str] | None,
        typer.Option(
            "--member",
            "-m",
            metavar="MEMBER",
            help=_("A member: id, name or pinyin initials; several: once for each."),
            rich_help_panel=EVENT,
        ),
    ] = None,
    item: Annotated[
        str | None, typer.Option("--item", "-i", help=_("The item: id, title or words of it."), rich_help_panel=EVENT)
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", "-d", metavar="2021-07-01", help=_("The day; without it today."), rich_help_panel=EVENT),
    ] = None,
    quantity: Annotated[
        str | None,
        typer.Option("--quantity", "-n", metavar="N", help=_("How many; without it 1."), rich_help_panel=EVENT),
    ] = None,
    level: Annotated[
        str | None, typer.Option("--level", help=_("The level, where the item has levels."), rich_help_panel=EVENT)
    ] = None,
    points: Annotated[
        str | None,
        typer.Option(
            "--points", metavar="P", help=_("The points, where the item leaves them open."), rich_help_panel=EVENT
        ),
    ] = None,
    matter: Annotated[
        str | None,
        typer.Option("--matter", help=_("The matter that several events have in common."), rich_help_panel=EVENT),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=_("What was done."), rich_help_panel=EVENT)] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", help=_("What proves it."), rich_help_panel=EVENT)
    ] = None,
    scheme: Annotated[
        str | None,
        typer.Option(
            "--scheme", metavar="ID", help=_("The scheme, where several have the item."), rich_help_panel=EVENT
        ),
    ] = None,
    stage: Annotated[
        str | None, typer.Option("--stage", help=_("The review stage it has reached."), rich_help_panel=EVENT)
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help=_("Who records it."), rich_help_panel=EVENT)
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FILE", help=_("Record all events of this file, or none of them."), rich_help_panel=HOW
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help=_("Append to this file of the event log."), rich_help_panel=HOW),
    ] = None,
    again: Annotated[
        bool,
        typer.Option("--again", help=_("Also if the log seems to have it already."), rich_help_panel=HOW),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Show what it would do, and record nothing."), rich_help_panel=HOW)
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help=_("Record without asking at the end."), rich_help_panel=HOW)
    ] = False,
) -> None:
    """Append one event, validated before it is written."""
    world: World = context.obj
    cells = {
        "item": item,
        "date": date,
        "quantity": quantity,
        "level": level,
        "points": points,
        "matter": matter,
        "reason": reason,
        "evidence": evidence,
        "scheme": scheme,
        "stage": stage,
        "by": by,
    }
    given = {name: text for name, text in cells.items() if text is not None}
    with world.boundary():
        command = _Command(world, to, again=again, dry_run=dry_run, yes=yes)
        if source is not None:
            command.record_file(source, {**given, **({"member": ""} if member else {})}, by)
        else:
            command.record_one(member or [], given, by)


class _Command:
    """One run of the command."""

    def __init__(self, world: World, to: Path | None, *, again: bool, dry_run: bool, yes: bool) -> None:
        self.world, self.to = world, to
        self.again, self.dry_run, self.yes = again, dry_run, yes

    def record_one(self, members: list[str], cells: dict[str, str], by: str | None) -> None:
        """Draft the event, from prompts where something is missing, show it if asked to, and write it."""
        from pointscli.app.record import draft_event, write_event  # noqa: PLC0415  (help must not load the readers)

        world = self.world
        complete = bool(members and cells.get("item"))
        if not complete and not world.asks:
            hint = "for example: points record --member 张三 --item volunteer --date 2021-07-05"
            raise UsageError("a member and an item are needed: --member and --item", hint)
        desk = self._desk()
        if complete:
            draft = draft_event(desk, members, {"date": world.today.isoformat(), **cells})
            asks = False
        else:
            from pointscli.cli.record_prompt import Prompts  # noqa: PLC0415  (only at a terminal)

            draft = Prompts(world, desk).draft(members, cells)
            asks = not self.yes
        world.say_warnings(draft.warnings)
        if self.dry_run or asks:
            self._show(desk, draft)
        if self.dry_run or (asks and not self._confirmed()):
            return
        act = self._act(by)
        self._tell([write_event(desk, draft, act, self.to, again=self.again, default_by=act.by)])

    def record_file(self, source: Path, given: dict[str, str], by: str | None) -> None:
        """Validate all events of a file, and append them or none."""
        extra = sorted(f"--{name}" for name in given if name != "by")
        if extra:
            raise UsageError(
                "--from takes the events as the file has them: {options}", "leave these out", options=", ".join(extra)
            )
        from pointscli.app.record_file import draft_file, write_file  # noqa: PLC0415  (only where there is a file)

        desk = self._desk()
        draft = draft_file(desk, source)
        self.world.say_warnings(draft.warnings)
        act = self._act(by)
        done = write_file(desk, draft, act, self.to, again=self.again, dry_run=self.dry_run)
        if done.skipped:
            self.world.say("already in the log and left out: {count}", count=len(done.skipped))
        if self.dry_run:
            self.world.say("nothing was written; events to record: {count}", count=len(done.recorded))
            return
        self._tell(done.recorded)

    def _desk(self) -> Desk:
        from pointscli.app.record import open_desk  # noqa: PLC0415  (the same)

        world = self.world
        return open_desk(world.workspace, world.sources, world.today)

    def _act(self, by: str | None) -> Act:
        from pointscli.journal.audit import Act  # noqa: PLC0415  (only commands that write need it)

        return Act(self.world.clerk(by), self.world.now, "record")

    def _show(self, desk: Desk, draft: Draft) -> None:
        from pointscli.app.record_preview import preview_event  # noqa: PLC0415  (loads the computation)
        from pointscli.cli.record_preview import preview_lines  # noqa: PLC0415  (the same)

        text = "".join(line + "\n" for line in preview_lines(preview_event(desk, draft), self.world.translate))
        if self.dry_run:
            self.world.put(text)
        else:
            self.world.say("{text}", text=text.rstrip("\n"))

    def _confirmed(self) -> bool:
        from pointscli.cli.record_prompt import confirm  # noqa: PLC0415  (only at a terminal)

        if confirm(self.world):
            return True
        self.world.say("nothing was recorded")
        return False

    def _tell(self, recorded: list[Recorded]) -> None:
        """One line for each event."""
        line = self.world.translate("recorded {id}: {day} {item}, {members} → {file}")
        with self.world.reporting():
            for one in recorded:
                members = ", ".join(one.members)
                text = line.format(id=one.id, day=one.day.isoformat(), item=one.item, members=members, file=one.file)
                self.world.put(text + "\n")
