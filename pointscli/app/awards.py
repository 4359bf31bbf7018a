"""`outcomes --as-events`: the awards of one scheme as events of another, in this workspace or another one.

Only confirmed members of outcomes of a period that is over are taken. The ids follow from scheme, outcome, period and
member, so that a second run writes nothing again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pointscli.app.award_result import Award, Awarded, award_table
from pointscli.app.inputs import read_inputs
from pointscli.app.new_events import (
    Book,
    Standings,
    accepted_on,
    check_new,
    item_cells,
    items_on,
    look,
    node_of,
    target_file,
    write_new,
)
from pointscli.app.tally import Report
from pointscli.app.unsettled import refuse_unsettled
from pointscli.app.workspace import Sources, Workspace, open_workspace
from pointscli.inputs.roster import Ambiguous, Unknown
from pointscli.journal.audit import Act
from pointscli.journal.workspace_lock import locked
from pointscli.model.items import Item
from pointscli.model.problem import FindingsError, Refused, UsageError
from pointscli.model.tally import OutcomeList, Tally
from pointscli.outputs.card_words import CardWords
from pointscli.outputs.titles import Words

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says."""

    item: str
    outcomes: tuple[str, ...] = ()
    scheme: str | None = None
    """Of the item."""
    into: Path | None = None
    """Another workspace."""
    to: Path | None = None
    day: date | None = None
    level: str = ""
    points: str = ""
    evidence: str = ""
    anyway: bool = False
    dry_run: bool = False


def write_awards(workspace: Workspace, report: Report, wanted: Wanted, act: Act) -> Awarded:
    """Write the events that are not there yet, alone in the workspace that takes them.

    Raises:
        FindingsError: That workspace has errors, or an event would be one.
        Refused: The period is not over or not settled, or that scheme does not take a member's award.
        UsageError: There is no such outcome or item.
        FileError: Nothing was written.
    """
    if wanted.into is not None and wanted.into.resolve() == workspace.root.resolve():
        wanted = replace(wanted, into=None)
    root = wanted.into or workspace.root
    if not root.is_dir():
        open_workspace(root, Sources(outside=workspace.outside))
    if wanted.dry_run:
        return _Awards(workspace, report.tally, wanted, act).run()
    with locked(root, act):
        return _Awards(workspace, report.tally, wanted, act).run()


class _Awards:
    """One run: the lists of one workspace, the log of the other."""

    def __init__(self, workspace: Workspace, tally: Tally, wanted: Wanted, act: Act) -> None:
        self.wanted, self.act, self.tally = wanted, act, tally
        self.period, self.day = tally.period, wanted.day or tally.period.end
        self.source = workspace
        self.target = self._open(workspace)
        before = look(self.target)
        self.book = Book(self.target, read_inputs(self.target), before)
        self.inputs = self.book.inputs
        self.texts, self.words = CardWords(self.target.language), Words(self.target.language)
        self.log = Standings(self.inputs)

    def _open(self, workspace: Workspace) -> Workspace:
        """The workspace that takes the events: the other one, or this one with the files named for it."""
        if self.wanted.into is not None:
            return open_workspace(self.wanted.into, Sources(outside=workspace.outside))
        named = Sources(workspace.rules, workspace.members, workspace.events, workspace.outside)
        return open_workspace(workspace.root, named)

    def run(self) -> Awarded:
        """Work everything out, check it, write it."""
        if self.inputs.errors:
            raise FindingsError(list(self.inputs.problems))
        lists = self._lists()
        self._refuse_unfinished()
        item = self._item()
        awards = [award for one in lists for award in self._awards(one, item)]
        refused = [one for one in awards if one.state == "refused"]
        if refused and not self.wanted.anyway:
            shown = "; ".join(f"{one.member} {one.name}: {one.why}" for one in refused[:_SHOWN])
            raise Refused(
                "{count} members cannot be given {item}: {list}",
                "correct the roster or --date; --anyway leaves them out",
                count=len(refused),
                item=item.title,
                list=shown + (" …" if len(refused) > _SHOWN else ""),
            )
        events = [one.cells for one in awards if one.state == "planned"]
        check_new(self.inputs, events)
        target = target_file(self.target, self.day, self.wanted.to) if events else None
        if target is not None and not self.wanted.dry_run:
            write_new(self.book, self.act, events, target)
            awards = [replace(one, state="written") if one.state == "planned" else one for one in awards]
        stale = tuple(self._stale(lists, {one.cells["id"] for one in awards if one.cells}))
        file = self.target.shown(target) if target else ""
        return Awarded(
            awards=tuple(awards),
            file=file,
            stage=self._stage(item),
            stale=stale,
            nominated=sum(len(one.nominated) for one in lists),
            table=award_table(awards, self.target.language, self.period),
        )

    # -- what may be written

    def _lists(self) -> list[OutcomeList]:
        """The outcomes asked for, or the only one of the period."""
        known = {one.id: one for one in self.tally.outcomes}
        wanted = self.wanted.outcomes or tuple(known)
        unknown = [one for one in wanted if one not in known]
        args = {"period": self.period.label, "known": ", ".join(known) or "-"}
        if unknown:
            raise UsageError(
                "{period} has no outcome {outcome}", "its outcomes are: {known}", outcome=unknown[0], **args
            )
        if not wanted:
            raise UsageError("{period} has no outcomes", "ask for the period in which they are made", **args)
        if len(wanted) > 1 and not self.wanted.outcomes:
            raise UsageError("{period} has several outcomes: {known}", "say which with --outcome", **args)
        return [known[one] for one in dict.fromkeys(wanted)]

    def _refuse_unfinished(self) -> None:
        tally = self.tally
        if tally.as_of < self.period.end:
            raise Refused(
                "{period} is not over on {day}",
                "an award is made when it is: what still happens in it changes the lists",
                period=self.period.label,
                day=tally.as_of.isoformat(),
            )
        if tally.preview or tally.partial:
            hint = "leave out --stage and --skip-invalid"
            raise Refused("a preview or a partial result is no award", hint)
        if not self.wanted.anyway:
            refuse_unsettled(read_inputs(self.source), tally.scheme, self.period)

    def _item(self) -> Item:
        """The item in the other scheme; Refused if it is the very scheme that makes the awards."""
        wanted, versions = self.wanted, self.inputs.index.versions
        found = items_on(self.inputs, wanted.item, wanted.scheme, self.day)
        others = [item for item in found if versions[item.version].scheme != self.tally.scheme]
        if wanted.into is None and wanted.scheme is None and others:
            found = others
        schemes = sorted({versions[item.version].scheme for item in found})
        known = sorted({version.scheme for version in versions})
        if wanted.scheme is not None and wanted.scheme not in known:
            hint = "the schemes are: {known}"
            raise UsageError("there is no scheme {scheme}", hint, scheme=wanted.scheme, known=", ".join(known))
        if not found:
            hint = "see the ids and titles in the rule files, and effective: there"
            raise UsageError("no scheme has the item {item} on {day}", hint, item=wanted.item, day=self.day.isoformat())
        if len(schemes) > 1:
            hint = "say which one with --scheme-of-item"
            raise UsageError("several schemes have the item: {known}", hint, known=", ".join(schemes))
        if wanted.into is None and schemes == [self.tally.scheme]:
            raise Refused(
                "{item} belongs to {scheme} itself: the event would change the list that it follows from",
                "name an item of another scheme, with --scheme-of-item or --into",
                item=found[0].title,
                scheme=self.tally.scheme,
            )
        return found[0]

    # -- events

    def _awards(self, outcome: OutcomeList, item: Item) -> Iterator[Award]:
        names = {one.member: one.name for one in self.tally.standings}
        for member in outcome.members:
            if self.tally.listed is None or member in self.tally.listed:
                yield self._award(outcome, member, names.get(member, ""), item)

    def _award(self, outcome: OutcomeList, member: str, name: str, item: Item) -> Award:
        found = self._member(member, name)
        if isinstance(found, str):
            return Award(member, name, outcome.title, "refused", {}, found)
        event_id = self._prefix(outcome) + member
        there = self.log.find(event_id)
        if there is not None:
            if there.item.id != item.id or there.member != found:
                raise Refused(
                    "event {event} is there already, as {item} of {member} ({where})",
                    "reject it with points review if it is wrong, and record the right one by hand",
                    event=event_id,
                    item=there.item.title,
                    member=self.inputs.roster.title(there.member),
                    where=there.where,
                )
            return Award(member, name, outcome.title, "there", {"id": event_id})
        if not accepted_on(self.inputs, item.version, found, self.day):
            return Award(member, name, outcome.title, "refused", {}, self.texts.text("not_accepted"))
        cells = {
            "id": event_id,
            "date": self.day.isoformat(),
            "member": self.inputs.roster.members[found].id,
            **item_cells(self.inputs, item, self.day),
            "level": self.wanted.level,
            "points": self.wanted.points,
            "reason": self.texts.text("awarded", title=outcome.title, period=self.words.period(self.period)),
            "evidence": self.wanted.evidence or self._decision(),
            "by": self.act.by,
        }
        return Award(member, name, outcome.title, "planned", cells)

    def _member(self, member: str, name: str) -> int | str:
        """The member there: the same one here; in another workspace by id and name, else by name alone."""
        roster = self.inputs.roster
        found = roster.find(member)
        if self.wanted.into is None:
            if isinstance(found, int):
                return found
            raise AssertionError(member)
        if isinstance(found, int) and roster.members[found].id == member:
            there = roster.members[found].name
            return found if there == name else self.texts.text("other_name", name=there)
        match roster.find(name):
            case int(number):
                return number
            case Ambiguous(candidates):
                return self.texts.text("ambiguous", names=self.texts.text("and").join(candidates))
            case Unknown():
                return self.texts.text("unknown")

    def _decision(self) -> str:
        tally = self.tally
        period = self.words.period(self.period)
        named = self.texts.text("in_brackets", text=tally.title, more=tally.version) if tally.version else tally.title
        return self.texts.text("decision", scheme=named, period=period)

    def _prefix(self, outcome: OutcomeList) -> str:
        return f"award-{self.tally.scheme}-{outcome.id}-{self.period.label}-"

    def _stale(self, lists: list[OutcomeList], wanted: set[str]) -> Iterator[str]:
        """Events of these outcomes that nobody on the lists has, and that are not rejected."""
        starts = tuple(self._prefix(one) for one in lists)
        if self.tally.listed is None:
            for event_id in sorted(self.inputs.events.ids):
                there = self.log.find(event_id) if event_id.startswith(starts) and event_id not in wanted else None
                if there is not None and not there.rejected:
                    yield event_id

    def _stage(self, item: Item) -> str:
        review = self.inputs.schemes[item.version].review
        if review is None:
            return ""
        counting = node_of(self.inputs, item).counts_from or review.counts_from
        first, title = review.stages[0]
        return "" if counting == first else title
