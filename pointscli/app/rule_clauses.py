"""What follows from a scheme's scores, in sentences: who is scored, settlement, ranking, lists, review, redemption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pointscli.model.period import Kind
from pointscli.model.sheet import SheetNotes
from pointscli.outputs.rule_words import RuleWords, number
from pointscli.scheme.result_types import Condition, Confirm, Filter, Outcome, Places, Step
from pointscli.scheme.types import Scheme, walk

_SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}


class Clauses:
    """The notes below the table of one scheme."""

    def __init__(self, scheme: Scheme, words: RuleWords) -> None:
        """Know the titles that sentences refer to."""
        self.scheme, self.words = scheme, words
        self.titles = {node.id: node.title for node in walk(scheme.score)}
        self.titles |= {derive.id: derive.title for derive in scheme.derive}
        self.titles |= {name: words.words.title(name) for name in ("score", "earned", "rank", "stars", "grade")}

    def notes(self) -> tuple[SheetNotes, ...]:
        """All of them that the scheme has something to say under."""
        parts = {
            "who": self._who(),
            "settlement": self._settlement(),
            "ranking": self._ranking(),
            "grades": [self._step(step, step.name) for step in self.scheme.grades],
            "stars": [self._step(step, self.words.text("star", n=step.name)) for step in self.scheme.stars],
            "derived": self._derived(),
            "outcomes": [self._outcome(outcome) for outcome in self.scheme.outcomes],
            "review": self._review(),
            "redemption": list(self._redemption()),
            "carry": self._carry(),
        }
        return tuple(SheetNotes(self.words.text(name), tuple(lines)) for name, lines in parts.items() if lines)

    # -- who and when

    def _who(self) -> list[str]:
        rule = self.scheme.members
        who = self._people(rule) if rule else self.words.text("everyone")
        return [self.words.clauses([who, self.words.text(f"active_{self.scheme.active}")])]

    def _people(self, rule: Filter) -> str:
        """Members by roster columns: kinds by their words alone, other columns named."""
        words = self.words
        parts = []
        for column, values in rule:
            shown = words.listed([words.words.kind(value) if column == "kind" else value for value in values])
            named = words.text("labelled", label=words.words.title(column), text=shown)
            parts.append(shown if column == "kind" else named)
        return words.clauses(parts)

    def _settlement(self) -> list[str]:
        words, scheme = self.words, self.scheme
        lines = [words.text("settled", period=words.period(scheme.settle))]
        for longer, rollup in scheme.rollup:
            shorter = words.period(rollup.of or scheme.settle)
            lines.append(words.text(f"rolled_{rollup.by}", longer=words.period(longer), shorter=shorter))
        rounding = words.text(str(scheme.rounding))
        return [words.clauses(lines), words.clauses([words.text("decimals", n=scheme.decimals), rounding])]

    # -- ranking, steps, derived columns

    def _ranking(self) -> list[str]:
        ranking, words = self.scheme.ranking, self.words
        if ranking is None:
            return []
        within = self._columns(ranking.within)
        breaks = words.listed([self.titles.get(node, node) for node in ranking.tie_break])
        return [
            words.clauses(
                [
                    words.text("among", columns=within) if within else words.text("among_all"),
                    words.text("ranked_only", who=self._people(ranking.only)) if ranking.only else "",
                ]
            ),
            words.text(str(ranking.ties)),
            *([words.text("tie_break", nodes=breaks)] if breaks else []),
        ]

    def _columns(self, columns: Sequence[str]) -> str:
        return self.words.listed([self.words.words.title(column) for column in columns])

    def _step(self, step: Step, name: str) -> str:
        words = self.words
        if step.at is None:
            reached = words.text("rest")
        else:
            reached = words.text("above" if step.strict else "reached", n=number(step.at))
        return words.text("labelled", label=name, text=reached)

    def _derived(self) -> list[str]:
        ranking, lines = self.scheme.ranking, []
        for one in self.scheme.derive:
            within = one.within if one.within is not None else ranking.within if ranking else ()
            group = self._columns(within) or self.words.text("everybody")
            of = self.titles.get(one.of, one.of)
            lines.append(self.words.text("derive", title=one.title, of=of, group=group, n=number(one.to)))
        return lines

    # -- outcomes

    def _outcome(self, outcome: Outcome) -> str:
        words = self.words
        group = "" if outcome.within is None else self._columns(outcome.within)
        parts = [
            words.text("made_for", periods=words.listed([words.period(kind) for kind in outcome.period])),
            words.text("only", who=self._people(outcome.only)) if outcome.only else "",
            *(self._condition(condition) for condition in outcome.where),
            *self._places(outcome),
            ""
            if outcome.within is None
            else words.text("within", columns=group)
            if group
            else words.text("within_all"),
            words.text("except", items=words.listed([self.titles.get(item, item) for item in outcome.excepts]))
            if outcome.excepts
            else "",
            words.text("ties_exclude") if outcome.ties_exclude else "",
            self._confirm(outcome.confirm) if outcome.confirm else "",
        ]
        text = words.clauses(parts if outcome.period else parts[1:])
        if outcome.action:
            text = words.text("semicolon").join(filter(None, [text, words.text("action", text=outcome.action)]))
        return words.text("labelled", label=outcome.title, text=text) if text else outcome.title

    def _condition(self, condition: Condition) -> str:
        value = condition.text or ("" if condition.value is None else number(condition.value))
        measure = self.titles.get(condition.measure, condition.measure)
        return f"{measure} {_SIGNS.get(condition.op, condition.op)} {value}"

    def _places(self, outcome: Outcome) -> list[str]:
        words, by = self.words, self.titles.get(outcome.by, outcome.by)
        found = [self._end(name, one, by) for name, one in (("top", outcome.top), ("bottom", outcome.bottom)) if one]
        return found + ([words.text("share", n=_share(outcome.share))] if outcome.share is not None else [])

    def _end(self, name: str, places: Places, by: str) -> str:
        words = self.words
        if places.count is not None:
            return words.text(name, by=by, n=places.count)
        groups = words.listed([words.text("places", group=group, n=n) for group, n in places.by_group])
        return words.text(f"{name}_named", by=by, groups=groups)

    def _confirm(self, confirm: Confirm) -> str:
        review = self.scheme.review
        stages = confirm.stages or (review.stages if review else ())
        at = dict(stages).get(confirm.at, confirm.at)
        if not confirm.stages:
            return self.words.text("confirm_review", at=at)
        return self.words.text("confirm", stages=self._chain(stages), at=at)

    def _chain(self, stages: Sequence[tuple[str, str]]) -> str:
        return self.words.text("arrow").join(title for _, title in stages)

    # -- review, redemption, carry

    def _review(self) -> list[str]:
        review, words = self.scheme.review, self.words
        if review is None:
            return []
        counts = words.text("counts_from", stage=dict(review.stages).get(review.counts_from, review.counts_from))
        objection = words.text("suspended" if review.suspends else "counts")
        return [self._chain(review.stages), words.clauses([counts, objection])]

    def _redemption(self) -> Iterator[str]:
        redemption, words = self.scheme.redemption, self.words
        if redemption is None:
            return
        sources = [self.titles.get(node, node) for node in redemption.from_ or ("score",)]
        yield words.clauses(
            [
                words.text("spend", nodes=words.listed(sources)),
                words.text("opens", period=words.period(redemption.opens)),
                self._expiry(redemption.expires),
            ]
        )
        gifts = []
        for gift in redemption.gifts:
            shown = words.text("gift", title=gift.title, points=words.plain(gift.cost))
            gifts.append(shown if gift.stock is None else words.text("stock", gift=shown, n=gift.stock))
        yield words.listed(gifts)

    def _expiry(self, expires: Kind | None) -> str:
        if expires is None:
            return self.words.text("never")
        return self.words.text("expires", period=self.words.period(expires))

    def _carry(self) -> list[str]:
        carry, words = self.scheme.carry, self.words
        if carry is None:
            return []
        node = self.titles.get(carry.into, carry.into)
        text = words.text("carried", share=_share(carry.share), node=node)
        most = (
            ""
            if carry.max is None
            else words.text("max", window=words.window(Kind.YEAR), points=words.plain(carry.max))
        )
        return [words.clauses([text, most])]


def _share(share: Fraction) -> str:
    """`1/3`, or a percentage if it is a whole one."""
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else f"{share.numerator}/{share.denominator}"
