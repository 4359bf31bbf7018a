"""What the further papers of a publication are made from, and the few parts that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pointscli.app.derivation import Derived
from pointscli.app.inputs import Inputs
from pointscli.app.notice import Veil
from pointscli.app.publish_profile import Profile
from pointscli.app.question import Asked
from pointscli.model.notice import Notice
from pointscli.model.paper import Fields, Leaf, Paper
from pointscli.model.table import Cell, Column, Table
from pointscli.model.tally import Standing, Tally
from pointscli.outputs.cells import number_text
from pointscli.outputs.notice_html import is_draft
from pointscli.outputs.notice_words import NoticeWords
from pointscli.outputs.paper_words import PaperWords
from pointscli.outputs.titles import Words
from pointscli.scheme.types import Scheme


@dataclass(frozen=True, slots=True)
class Basis:
    """A computed period with everything around it."""

    inputs: Inputs
    asked: Asked
    skip_invalid: bool
    scheme: Scheme
    profile: Profile
    derived: Derived
    notice: Notice
    veil: Veil

    @property
    def tally(self) -> Tally:
        """The period's result."""
        return self.derived.report.tally

    @property
    def words(self) -> PaperWords:
        """The fixed words of the papers."""
        return PaperWords(self.notice.language)

    @property
    def titles(self) -> Words:
        """The titles of columns."""
        return Words(self.notice.language)

    @property
    def notice_words(self) -> NoticeWords:
        """The fixed words of the notice."""
        return NoticeWords(self.notice.language)

    @property
    def period(self) -> str:
        """The period's printed name."""
        return self.titles.period(self.tally.period)

    def number(self, value: Decimal) -> str:
        """A published number."""
        return number_text(value, self.tally.decimals)

    def paper(self, heading: str, leaves: Iterable[Leaf], *, landscape: bool = False, dense: bool = False) -> Paper:
        """The paper of some leaves, with the notice's marks and codes."""
        notice = self.notice
        return Paper(
            language=notice.language,
            heading=heading,
            title=notice.title,
            marks=notice.marks,
            draft=is_draft(notice, self.notice_words),
            signature=notice.signature,
            code=notice.code,
            checkpoint=notice.checkpoint,
            leaves=tuple(leaves),
            landscape=landscape,
            dense=dense,
        )

    def groups(self) -> Counter[str]:
        """How many members are ranked in each group."""
        return Counter(one.group for one in self.tally.standings if one.rank is not None)

    def who(self, one: Standing, groups: Counter[str]) -> Fields:
        """A member's box: name, branch, score, rank and the like, as far as the audience sees them."""
        titles, words, columns = self.titles, self.words, self.profile.columns
        rank = words.text("unranked")
        if one.rank is not None:
            rank = words.text("rank_of", rank=one.rank, count=groups[one.group])
        pairs = [
            (titles.title("name"), self.veil.name(one.member)),
            (titles.title("member"), self.veil.member(one.member)),
            *((titles.title(key), one.row.get(key, "")) for key in ("branch", "group") if key in columns),
            (titles.title("kind"), titles.kind(one.row.get("kind", "")) if "kind" in columns else ""),
            (titles.title("score"), self.number(one.score)),
            (titles.title("rank"), rank if self.tally.ranked else ""),
            (titles.title("grade"), (one.grade or "") if "grade" in columns else ""),
            (titles.title("stars"), self._stars(one)),
            (words.text("exempt"), self.veil.text(one.row.get("exempt", ""))),
        ]
        return Fields(tuple((label, value) for label, value in pairs if value))

    def _stars(self, one: Standing) -> str:
        shown = one.stars is not None and "stars" in self.profile.columns
        return self.words.text("stars_of", stars=one.stars) if shown else ""


def mean_of(values: Sequence[Decimal], decimals: int) -> Decimal:
    """The mean, with as many places as published numbers."""
    place = Decimal(1).scaleb(-decimals)
    return (sum(values, Decimal(0)) / len(values)).quantize(place, ROUND_HALF_UP) if values else Decimal(0)


def filled(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], keep: Sequence[str] = ()) -> Table:
    """A table without the columns in which there is nothing, except some."""
    table = Table(title, tuple(columns), tuple(tuple(row) for row in rows))
    kept = [
        i
        for i, one in enumerate(table.columns)
        if one.id in keep or any(row[i] not in (None, "") for row in table.rows)
    ]
    return table.select(kept)
