"""A period's result as the notice of one audience: names, columns and lists as its profile says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from pointscli.app.derivation import Derived
from pointscli.app.listing import sum_by
from pointscli.app.publish_profile import SIGNED, Profile, Publishing
from pointscli.app.workspace import Language
from pointscli.model.derivation import Derivation, Posting
from pointscli.model.notice import Audience, Detail, List, Names, Notice, Row, Section, Signature
from pointscli.model.table import Table
from pointscli.model.tally import OutcomeList, Standing, Tally
from pointscli.outputs.explain_words import ExplainWords
from pointscli.outputs.masking import mask_identity, mask_names, mask_text
from pointscli.outputs.notice_words import NoticeWords
from pointscli.outputs.titles import Words
from pointscli.scheme.result_types import Condition, Outcome
from pointscli.scheme.types import Scheme


@dataclass(frozen=True, slots=True)
class Posted:
    """What a notice carries besides the result: marks, code, checkpoint."""

    marks: tuple[str, ...] = ()
    code: str = ""
    checkpoint: str = ""


def build_notice(
    derived: Derived, scheme: Scheme, publishing: Publishing, audience: Audience, language: Language, posted: Posted
) -> Notice:
    """The notice of a period for an audience."""
    return _Builder(derived, scheme, publishing.profiles[audience], language).notice(publishing, audience, posted)


class Veil:
    """Names and texts as an audience may see them. Numbers that look like identity cards are hidden from all."""

    def __init__(self, tally: Tally, profile: Profile) -> None:
        """Mask every name once; members outside the tally cannot be named."""
        names = {one.member: one.name for one in tally.standings}
        self.profile = profile
        self.masked = mask_names(names) if profile.names == "masked" else names
        self._texts: Mapping[str, str] = {}
        if profile.names == "masked":
            self._texts = {name: self.masked[member] for member, name in names.items()}

    def name(self, member: str) -> str:
        """A member's name."""
        return self.masked.get(member, member)

    def member(self, member: str) -> str:
        """A member's number; empty if this audience sees none."""
        return mask_identity(member) if "member" in self.profile.columns else ""

    def text(self, text: str) -> str:
        """A text in which names of members are masked."""
        return mask_identity(mask_text(text, self._texts))


class _Builder:
    """Builds the parts of a notice."""

    def __init__(self, derived: Derived, scheme: Scheme, profile: Profile, language: Language) -> None:
        self.report, self.derivations, self.scheme, self.profile = derived.report, derived.members, scheme, profile
        self.tally, self.language = derived.report.tally, language
        self.words, self.titles, self.sentences = NoticeWords(language), Words(language), ExplainWords(language)
        self.veil = Veil(self.tally, profile)
        self.outcomes = {one.id: one for one in self.tally.outcomes}
        self.rules = {one.id: one for one in scheme.outcomes}

    def notice(self, publishing: Publishing, audience: Audience, posted: Posted) -> Notice:
        tally = self.tally
        return Notice(
            language=self.language,
            audience=audience,
            title=tally.title,
            heading=self.words.text(str(tally.period.kind), period=self.titles.period(tally.period)),
            period=tally.period,
            as_of=tally.as_of,
            facts=self._facts(),
            marks=posted.marks,
            decimals=tally.decimals,
            columns=tally.columns,
            derived=tally.derived,
            ranked=tally.ranked,
            sections=self._sections(),
            lists=tuple(self._list(one) for one in tally.outcomes if self._shown(one) != "hide"),
            summaries=self._summaries(),
            signature=self._signature(publishing),
            code=posted.code,
            checkpoint=posted.checkpoint,
        )

    def _facts(self) -> tuple[str, ...]:
        tally = self.tally
        facts = [self.titles.text("version", version=tally.version)] if tally.version else []
        facts.append(self.titles.text("as_of", date=tally.as_of.isoformat()))
        if tally.decided:
            facts.append(self.titles.text("decided", date=tally.decided.isoformat()))
        return (*facts, self.titles.text("people", count=len(tally.standings)))

    # -- rows

    def _sections(self) -> tuple[Section, ...]:
        return tuple(
            Section(group, tuple(self._row(one) for one in standings))
            for group, standings in groupby(self.tally.standings, key=lambda one: one.group)
        )

    def _row(self, one: Standing) -> Row:
        cells = {column: one.row.get(column, "") for column in ("branch", "group", "kind")}
        kept = {column: text if column in self.profile.columns else "" for column, text in cells.items()}
        columns = self.profile.columns
        listed = [each for each in one.outcomes if self._shown(self.outcomes[each]) == "show"]
        return Row(
            rank=one.rank,
            member=self.veil.member(one.member),
            name=self.veil.name(one.member),
            branch=kept["branch"],
            group=kept["group"],
            kind=self.titles.kind(kept["kind"]),
            columns=one.columns,
            derived=one.derived,
            score=one.score,
            grade=(one.grade or "") if "grade" in columns else "",
            stars=one.stars if "stars" in columns else None,
            outcomes=tuple(self.outcomes[each].title or each for each in listed) if "outcomes" in columns else (),
            exempt=self._exempt(one.row.get("exempt", "")),
            objections=one.objections,
            details=self._details(self.derivations[one.member]) if self.profile.details else (),
        )

    def _exempt(self, why: str) -> str:
        """That a member is exempt; the reason, often an illness, only where names stand in full."""
        if not why:
            return ""
        masked = self.profile.names == "masked"
        return self.words.text("exempt_only") if masked else self.words.text("exempt", why=self.veil.text(why))

    def _details(self, derivation: Derivation) -> tuple[Detail, ...]:
        return tuple(self._detail(one) for one in derivation.postings if one.credited or one.source)

    def _detail(self, one: Posting) -> Detail:
        source = one.source
        fixed = {"grant": "granted", "total": "totalled"}
        reason = self.veil.text(source.reason) if source else self.words.text(fixed[one.kind])
        return Detail(
            date=one.date,
            section=one.titles[0] if len(one.titles) > 1 else "",
            item=one.title,
            reason=reason,
            evidence=self.veil.text(source.evidence) if source and self.profile.evidence else "",
            points=one.credited,
            priced=one.priced,
            note=self.sentences.joined([self.sentences.step(step) for step in one.steps]),
        )

    # -- lists

    def _shown(self, outcome: OutcomeList) -> str:
        """How this audience sees a list: lists of the last as the profile says, all others whole."""
        return self.profile.bottom if is_bottom(self.rules[outcome.id], self.scheme) else "show"

    def _list(self, outcome: OutcomeList) -> List:
        shown = self._shown(outcome) == "show"
        lists = [
            Names(group.group, tuple(self.veil.name(member) for member in group.members)) for group in outcome.groups
        ]
        if outcome.nominated:
            names = [
                self.titles.text("remark", name=self.veil.name(one.member), remark=one.stage_title)
                for one in outcome.nominated
            ]
            lists.append(Names(self.titles.text("nominated"), tuple(names)))
        title = outcome.title or outcome.id
        count = len(outcome.members)
        return List(title, outcome.action if shown else "", count, shown, tuple(lists) if shown else ())

    def _summaries(self) -> tuple[Table, ...]:
        found: list[Table] = []
        branches = {one.row.get("branch", "") for one in self.tally.standings}
        if len(branches) > 1 and "branch" in self.profile.columns:
            table = sum_by(self.report, "branch", self.language)
            found.append(replace(table, title=self.words.text("by_branch"), marks=()))
        if self.report.sums and any(self.report.dimensions[1:]):
            table = sum_by(self.report, "dimension", self.language)
            found.append(replace(table, title=self.words.text("by_dimension"), marks=()))
        return tuple(found)

    def _signature(self, publishing: Publishing) -> Signature:
        keys = [key for key in SIGNED if key != "organisation"]
        lines = [(self.words.text(key), str(getattr(publishing, key))) for key in keys]
        return Signature(publishing.organisation, tuple(lines))


def is_bottom(outcome: Outcome, scheme: Scheme) -> bool:
    """Whether a list is of the last, or of those below a bound: what not everybody needs to read on a wall."""
    return outcome.bottom is not None or any(_is_below(condition, scheme) for condition in outcome.where)


def _is_below(condition: Condition, scheme: Scheme) -> bool:
    """A condition on the score, or on what follows from it, that only low scores meet."""
    if condition.measure not in ("score", "earned", "grade", "stars"):
        return False
    steps = scheme.grades if condition.measure == "grade" else scheme.stars if condition.measure == "stars" else ()
    lowest = min(steps, key=lambda step: (step.at is not None, step.at or 0), default=None)
    named = condition.text or str(condition.value)
    is_lowest = condition.op == "=" and lowest is not None and len(steps) > 1 and lowest.name == named
    return condition.op in ("<", "<=") or is_lowest
