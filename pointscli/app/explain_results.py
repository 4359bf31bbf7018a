"""What followed from a score, with the condition that decided: rank, grade, stars, outcomes."""

from __future__ import annotations

from pointscli.model.derivation import Derivation
from pointscli.model.explanation import Line
from pointscli.model.tally import OutcomeList, Standing, Tally
from pointscli.outputs.explain_words import ExplainWords
from pointscli.scheme.types import Scheme, walk


class ResultLines:
    """Sentences about one member's place in a tally."""

    def __init__(self, scheme: Scheme, tally: Tally, derivation: Derivation, words: ExplainWords) -> None:
        """Find the member's standing."""
        self.scheme, self.tally, self.words = scheme, tally, words
        self.member = derivation.member
        self.standing = next((one for one in tally.standings if one.member == derivation.member), None)

    def result(self) -> list[str]:
        """Score, rank with the distance to the next, grade with the distance to the next, stars."""
        standing = self.standing
        if standing is None:
            return [self.words.text("no_score")]
        found = [self.words.text("score", score=str(standing.score)), *self._rank(standing), *self._grade(standing)]
        if standing.stars is not None:
            found.append(self.words.text("stars", stars=standing.stars))
        return found

    def outcomes(self) -> list[Line]:
        """The lists that the member is on or nominated for, each with the figures that decided."""
        lines = []
        for outcome in self.tally.outcomes:
            if text := self._outcome(outcome):
                notes = (outcome.action,) if outcome.action else ()
                lines.append(Line("fact", 0, text, None, notes))
        return lines

    def _outcome(self, outcome: OutcomeList) -> str:
        title = outcome.title or outcome.id
        if self.member in outcome.members:
            return self.words.text("on", title=title, reason=outcome.reasons[self.member])
        nominee = next((one for one in outcome.nominated if one.member == self.member), None)
        return self.words.text("nominated", title=title, stage=nominee.stage_title) if nominee else ""

    def _rank(self, standing: Standing) -> list[str]:
        if not self.tally.ranked:
            return []
        if standing.rank is None:
            why = standing.row.get("exempt", "")
            return [self.words.text("exempt", why=why) if why else self.words.text("unranked")]
        group = [one for one in self.tally.standings if one.group == standing.group and one.rank is not None]
        phrase = "rank_in" if standing.group else "rank"
        found = [self.words.text(phrase, group=standing.group, rank=standing.rank, count=len(group))]
        tied = [one.name for one in group if one.rank == standing.rank and one is not standing]
        if tied:
            found.append(self.words.text("tied", names=self.words.text("and").join(tied)))
        above = [one for one in group if one.rank is not None and one.rank < standing.rank]
        if above:
            found.append(self._behind(above[-1], standing))
        return found

    def _behind(self, before: Standing, standing: Standing) -> str:
        gap = before.score - standing.score
        if gap > 0:
            return self.words.text("behind", rank=before.rank, gap=gap)
        ranking = self.scheme.ranking
        titles = {node.id: node.title for node in walk(self.scheme.score)}
        titles |= {one.id: one.title for one in self.scheme.derive}
        keys = [titles.get(key, key) for key in (ranking.tie_break if ranking else ())]
        return self.words.text("equal_behind", rank=before.rank, keys=self.words.text("and").join(keys))

    def _grade(self, standing: Standing) -> list[str]:
        """The grade with its bound, and how much more the next one takes."""
        if standing.grade is None:
            return []
        step = next(one for one in self.scheme.grades if one.name == standing.grade)
        if step.at is None:
            found = [self.words.text("grade", grade=standing.grade)]
        else:
            sign = ">" if step.strict else "≥"
            found = [self.words.text("grade_at", grade=standing.grade, sign=sign, at=step.at)]
        bounds = sorted((one.at, one.strict, one.name) for one in self.scheme.grades if one.at is not None)
        for at, strict, grade in bounds:
            if step.at is None or (at, strict) > (step.at, step.strict):
                phrase = "next_grade_above" if strict else "next_grade"
                found.append(self.words.text(phrase, gap=at - standing.score, grade=grade))
                break
        return found
