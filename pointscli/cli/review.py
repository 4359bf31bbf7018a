"""`points review`."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pointscli.cli import options as o
from pointscli.cli import review_options as r
from pointscli.cli.world import World
from pointscli.model.problem import UsageError

if TYPE_CHECKING:
    from pointscli.app.question import Note
    from pointscli.app.review import Docket, Move, RefusedDecisions
    from pointscli.app.review_moves import Decision
    from pointscli.app.review_select import Filters
    from pointscli.app.workspace import Workspace

MOST = 30
"""So many decisions are told one by one."""


def review(
    context: typer.Context,
    events: r.EventsArgument = None,
    approve: r.ApproveOption = None,
    reject: r.RejectOption = False,
    amend: r.AmendOption = None,
    objecting: r.ObjectOption = False,
    dismiss: r.DismissOption = False,
    reason: r.ReasonOption = None,
    by: r.ByOption = None,
    day: r.DateOption = None,
    skip_stages: r.SkipStagesOption = False,
    restore: r.RestoreOption = False,
    to: r.ToOption = None,
    dry_run: r.DryRunOption = False,
    listing: r.ListOption = False,
    objections: r.ObjectionsOption = False,
    stage: r.StageOption = None,
    all_at: r.AllAtOption = None,
    branch: r.BranchOption = None,
    member: r.MemberOption = None,
    scheme: r.SchemeOption = None,
    month: o.MonthOption = None,
    quarter: o.QuarterOption = None,
    half: o.HalfOption = None,
    year: o.YearOption = None,
    format_name: o.FormatOption = None,
    headers: o.HeadersOption = o.Headers.TITLES,
    output: o.OutputOption = None,
) -> None:
    """Approve to a stage, reject, amend, object, dismiss; or list what waits."""
    world: World = context.obj
    with world.boundary():
        from pointscli.app.review_select import Filters  # noqa: PLC0415  (help must not load the logs)

        period = o.one_period(month=month, quarter=quarter, half=half, year=year)
        at = (stage if all_at is None else all_at) or ""
        filters = Filters(at, scheme or "", tuple(branch or ()), tuple(member or ()), period)
        kinds = {"approve": approve is not None, "reject": reject, "amend": bool(amend), "object": objecting}
        kind = r.one_kind(**kinds, dismiss=dismiss)
        if listing or objections:
            _refuse_mixture(events or kind or all_at is not None)
            _list(world, filters, _Shown(objections, headers is o.Headers.IDS, format_name, output))
        elif not (kind or events or all_at is not None) and world.asks:
            _walk(world, filters, (by, day), to, is_dry=dry_run)
        else:
            asked = _Asked(kind, tuple(events or ()), filters, approve, tuple(amend or ()), all_at is not None)
            flags = {"skip": skip_stages, "restore": restore}
            decision = asked.decision(world, (by, day, reason), flags)
            _Deciding(world, decision, to, dry_run).decide(asked.names, filters)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line says about the decision; checked before anything is read."""

    kind: str
    events: tuple[str, ...]
    filters: Filters
    approve: str | None
    amend: tuple[str, ...]
    is_bulk: bool

    @property
    def names(self) -> list[str]:
        """The events, without further amendments among them."""
        return [word for word in self.events if not (self.amend and r.is_amendment(word))]

    def decision(
        self, world: World, given: tuple[str | None, str | None, str | None], flags: dict[str, bool]
    ) -> Decision:
        """Who decides what, when and why; UsageError if that is not clear."""
        more = [word for word in self.events if word not in self.names]
        values = r.amendments([*self.amend, *more])
        self._check(flags)
        made = replace(_decision(world, self.kind, given), values=values, skip=flags["skip"], restore=flags["restore"])
        return made if self.approve in (None, r.NEXT) else replace(made, stage=self.approve or "")

    def _check(self, flags: dict[str, bool]) -> None:
        if not self.kind:
            hint = "give --approve, --reject, --amend, --object or --dismiss; points review --list shows what waits"
            raise UsageError("no decision is given", hint)
        if bool(self.names) == self.is_bulk:
            hint = "name events, or all that wait at a stage with --all-at STAGE"
            raise UsageError("it is not clear what to decide on", hint)
        if self.names and self.filters != type(self.filters)():
            raise UsageError("events are named, so nothing is to be narrowed", "filters go with --all-at or --list")
        if self.approve is None and any(flags.values()):
            raise UsageError("--skip-stages and --restore go with --approve", "leave them out")


def _refuse_mixture(mixed: object) -> None:
    if mixed:
        raise UsageError("--list only shows what waits", "leave out the events and the decision, or leave out --list")


def _decision(world: World, kind: str, given: tuple[str | None, str | None, str | None]) -> Decision:
    """Who decides what, when and why; UsageError if something of it is not said."""
    from pointscli.app.review_moves import Decision  # noqa: PLC0415  (the same)

    by, day, reason = given
    who = (by or os.environ.get("POINTS_BY") or "").strip()
    if not who:
        raise UsageError("it is not said who decides", "name them with --by, or set POINTS_BY")
    if kind != "approve" and not (reason or "").strip():
        raise UsageError("--{kind} needs a reason", "give it with --reason", kind=kind)
    return Decision(kind, who, o.one_day(day) or world.today, (reason or "").strip())


def open_files(world: World) -> Workspace:
    """Find the files of the workspace."""
    from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)

    return open_workspace(world.workspace, world.sources)


def open_docket(world: World) -> Docket:
    """Read the workspace."""
    from pointscli.app.inputs import read_inputs  # noqa: PLC0415  (the same)
    from pointscli.app.review import Docket  # noqa: PLC0415  (the same)
    from pointscli.journal.append import seen  # noqa: PLC0415  (the same)

    workspace = open_files(world)
    read = tuple(seen(path) for path in (*workspace.events, *workspace.reviews))
    return Docket(read_inputs(workspace), workspace, world.today, read)


@dataclass(frozen=True, slots=True)
class _Deciding:
    """One decision about some events, written whole or not at all."""

    world: World
    decision: Decision
    to: Path | None
    is_dry: bool

    def decide(self, names: list[str], filters: Filters) -> None:
        """Read, check and append inside the workspace's lock."""
        from pointscli.app.review import RefusedDecisions, record  # noqa: PLC0415  (the same)
        from pointscli.journal.workspace_lock import Act, locked  # noqa: PLC0415  (the same)

        world = self.world
        act = Act(self.decision.by, world.now, "review")
        open_files(world)  # no lock is left where there is no workspace
        with nullcontext() if self.is_dry else locked(world.workspace, act):
            docket = open_docket(world)
            chosen = names or self._choose(docket, filters)
            if not chosen:
                world.say("nothing waits there: nothing to decide")
                return
            try:
                file, moves = record(docket, self.decision, chosen, self.to, None if self.is_dry else act)
            except RefusedDecisions as error:
                tell_refusals(world, error)
                raise
        with world.reporting(written=not self.is_dry):
            for move in moves[:MOST]:
                tell_move(world, move)
            if len(moves) > MOST:
                world.put(_text(world, "… and {count} more", {"count": str(len(moves) - MOST)}) + "\n")
        if not self.is_dry:
            world.say("decisions added to {file}: {count}", count=len(moves), file=file)
            return
        world.say("nothing was written; to {file} would be added ({count}):", count=len(moves), file=file)
        for move in moves:
            world.say("    " + ", ".join(cell for cell in move.row.cells.values() if cell))

    def _choose(self, docket: Docket, filters: Filters) -> list[str]:
        from pointscli.app.review_select import choose_all  # noqa: PLC0415  (the same)

        names, notes = choose_all(docket, filters, self.decision)
        for note in notes:
            self.world.say(note.message, **dict(note.args))
        return names


def _walk(
    world: World, filters: Filters, given: tuple[str | None, str | None], to: Path | None, *, is_dry: bool
) -> None:
    """Ask about everything that waits, one after the other."""
    from pointscli.app.review_select import Filters, choose_named  # noqa: PLC0415  (the same)
    from pointscli.cli.record_prompt import ask  # noqa: PLC0415  (only at a terminal)
    from pointscli.cli.review_walk import walk  # noqa: PLC0415  (the same)

    by, day = given
    subjects, notes = choose_named(open_docket(world), filters)
    for note in notes:
        world.say(note.message, **dict(note.args))
    if not subjects:
        world.say("nothing waits for review")
        return
    who = by or os.environ.get("POINTS_BY") or ask(world, "Who decides")
    decision = _decision(world, "approve", (who, day, None))
    walk(world, subjects, decision, lambda made, name: _Deciding(world, made, to, is_dry).decide([name], Filters()))


def tell_move(world: World, move: Move) -> None:
    """A decision on stdout: what was decided, and what it means."""
    first, *rest = move.notes
    lines = [_note(world, first), *("    " + _note(world, note) for note in rest)]
    world.put("\n".join(lines) + "\n")


def tell_refusals(world: World, error: RefusedDecisions) -> None:
    """Every refusal with what to do and where the event stands."""
    for one in error.refusals:
        world.say((f"{one.about}: " if one.about else "") + _text(world, one.message, one.args))
        if one.stand:
            world.say("    " + _note(world, one.stand))
        if one.hint:
            world.say("    " + _text(world, one.hint, one.args))


def _note(world: World, note: Note) -> str:
    return _text(world, note.message, dict(note.args))


def _text(world: World, template: str, args: dict[str, str]) -> str:
    from pointscli.outputs.cells import visible  # noqa: PLC0415  (the same)

    return visible(world.translate(template).format(**args))


@dataclass(frozen=True, slots=True)
class _Shown:
    """How a list is shown."""

    objections: bool
    ids: bool
    format_name: o.Format | None
    output: Path | None

    @property
    def is_for_people(self) -> bool:
        """Whether somebody reads it here and now."""
        return self.output is None and self.format_name in (None, "table", "plain")


def _list(world: World, filters: Filters, shown: _Shown) -> None:
    from pointscli.app.review_list import Showing, stage_counts, waiting_table  # noqa: PLC0415  (the same)
    from pointscli.app.review_select import select  # noqa: PLC0415  (the same)

    docket = open_docket(world)
    found = select(docket, filters, objections=shown.objections)
    if found.without_nominations:
        world.say("nominations are not listed, for the files have errors: see points check")
    language = docket.workspace.language
    if not found.subjects:
        world.say("no objection is open" if shown.objections else "nothing waits for review")
        if shown.is_for_people:
            return
    today = docket.today if shown.is_for_people and sys.stdout.isatty() else None
    showing = Showing(language, today, shown.objections, is_short=shown.is_for_people)
    table = waiting_table(docket, found.subjects, showing)
    world.write(table, world.look(language, ids=shown.ids), shown.format_name, shown.output)
    if not shown.objections:
        for stage, count in stage_counts(found.subjects):
            world.say("{stage}: {count} wait", stage=stage, count=count)
