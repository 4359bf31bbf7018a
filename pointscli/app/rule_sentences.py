"""A node of a scheme in sentences that a member understands: what earns points, how many, and up to where."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pointscli.model.period import Kind
from pointscli.outputs.rule_words import RuleWords, number
from pointscli.scheme.types import (
    BandPrice,
    Bound,
    Ceiling,
    CombineBy,
    CountPrice,
    FixedPrice,
    Grant,
    LevelPrice,
    Node,
    PercentPrice,
    RangePrice,
    Scheme,
    TotalPrice,
    walk,
)


class NodeSentences:
    """Sentences about the nodes of one scheme."""

    def __init__(self, scheme: Scheme, words: RuleWords) -> None:
        """Know the names that sentences refer to."""
        self.words, self.settle = words, scheme.settle
        self.titles = {node.id: node.title for node in walk(scheme.score)}
        self.stages = dict(scheme.review.stages) if scheme.review else {}

    def scoring(self, node: Node) -> str:
        """Everything about a leaf: price, grant, limits, bounds, ceiling, evidence."""
        words = self.words
        whole_window = isinstance(node.points, TotalPrice | CountPrice)
        parts = [
            self._grant(node.grant) if node.grant else "",
            self._price(node),
            *self._limits(node),
            words.text("max_quantity", n=number(node.max_quantity), unit=node.unit) if node.max_quantity else "",
            words.text("split") if node.split else "",
            self._combine(node),
            *self._bounds(node, granted=node.grant is not None),
            words.text("weight", n=number(node.weight)) if node.weight is not None else "",
            self._ceiling(node.ceiling) if node.ceiling else "",
            words.text("counts_from", stage=self.stages.get(node.counts_from, node.counts_from))
            if node.counts_from
            else "",
            words.text("evidence") if node.evidence_required else "",
        ]
        shown = [part for part in parts if part]
        if whole_window and len(shown) > 1:
            return words.text("semicolon").join(shown)
        return words.clauses(shown)

    def own_rules(self, node: Node) -> tuple[str, ...]:
        """What a section does with its items."""
        parts = [
            self._grant(node.grant) if node.grant else "",
            self._combine(node),
            *self._bounds(node, granted=node.grant is not None),
            self.words.text("weight", n=number(node.weight)) if node.weight is not None else "",
        ]
        return tuple(part for part in parts if part)

    def limit(self, node: Node) -> str:
        """The upper bounds of a node, short: `每月4分，全年12分`."""
        words = self.words
        bounds = [
            words.text("max_short", window=self._window(bound.window), points=words.plain(bound.max))
            for bound in self._in_order(node.bounds)
            if bound.max is not None
        ]
        return words.clauses(bounds)

    def _window(self, window: Kind | None) -> str:
        return self.words.window(window or self.settle)

    # -- prices

    def _price(self, node: Node) -> str:
        text = ""
        match node.points:
            case FixedPrice(points):
                text = self._fixed(node, points)
            case LevelPrice(levels):
                text = self._levels(node, levels)
            case RangePrice(low, high, step):
                text = self._range(low, high, step)
            case BandPrice(bands):
                text = self.words.text("by_quantity", rows=self._bands(node, bands))
            case CountPrice(totals, per):
                text = self._count(totals, per)
            case TotalPrice(bands, per):
                window = self._window(per)
                text = self.words.text("by_total", window=window, rows=self._bands(node, bands))
            case PercentPrice(percent):
                text = self._percent(node, percent)
        return text

    def _fixed(self, node: Node, points: Decimal) -> str:
        words, shown = self.words, self.words.amount(points)
        if node.each is not None:
            phrase = "each_part" if node.prorate else "each_full"
            return words.text(phrase, n=number(node.each), unit=node.unit or self._times_unit(), points=shown)
        if node.unit:
            return words.text("each_unit", unit=node.unit, points=shown)
        return words.text("each_event", points=shown)

    def _levels(self, node: Node, levels: Sequence[tuple[str, Decimal]]) -> str:
        words = self.words
        shown = [words.text("of_level", level=level, points=words.amount(points)) for level, points in levels]
        rows = words.listed(shown)
        if node.each is not None:
            phrase = "per_part" if node.prorate else "per_full"
            each = words.text(phrase, n=number(node.each), unit=node.unit or self._times_unit())
            return words.text("by_level_each", each=each, rows=rows)
        if node.unit:
            return words.text("by_level_each", each=words.text("per_unit", unit=node.unit), rows=rows)
        return words.text("by_level", rows=rows)

    def _times_unit(self) -> str:
        return "次" if self.words.language == "zh" else "times"

    def _range(self, low: Decimal, high: Decimal, step: Decimal | None) -> str:
        words = self.words
        if high <= 0:
            text = words.text("range_minus", low=number(-high), high=number(-low))
        else:
            text = words.text("range", low=number(low), high=number(high))
        return words.clauses([text, words.text("step", n=number(step)) if step else ""])

    def _bands(self, node: Node, bands: Sequence[tuple[Decimal, Decimal]]) -> str:
        """From where on there is how much; a first band at 0 is said as `below` the second."""
        words, unit = self.words, self._unit_after(node)
        rows = [words.text("from_on", n=number(low), unit=unit, points=words.amount(points)) for low, points in bands]
        if len(bands) > 1 and bands[0][0] <= 0:
            first, second = bands[0][1], bands[1][0]
            rows[0] = words.text("below", n=number(second), unit=unit, points=words.amount(first))
        return words.listed(rows)

    def _unit_after(self, node: Node) -> str:
        """A unit after a number: English needs a blank before it."""
        return f" {node.unit}" if node.unit and self.words.language == "en" else node.unit

    def _count(self, totals: Sequence[Decimal], per: Kind | None) -> str:
        words, window = self.words, self._window(per)
        if len(totals) == 1:
            return words.text("total_only", window=window, points=words.amount(totals[0]))
        rows = [words.text("total_first", window=window, n=1, points=words.amount(totals[0]))]
        for n, total in enumerate(totals[1:], 2):
            phrase = "total_last" if n == len(totals) else "total_next"
            rows.append(words.text(phrase, n=n, points=words.amount(total)))
        return words.clauses(rows)

    def _percent(self, node: Node, percent: Decimal) -> str:
        phrase = ("percent_unit" if node.unit else "percent") + ("_minus" if percent < 0 else "")
        return self.words.text(phrase, n=number(abs(percent)), unit=node.unit)

    # -- grants, limits, bounds

    def _grant(self, grant: Grant) -> str:
        words, window = self.words, self._window(grant.per)
        if grant.points is not None:
            return words.text("grant", window=window, points=words.amount(grant.points))
        rows = [words.text("of_level", level=value, points=words.amount(points)) for value, points in grant.values]
        if grant.default:
            rows.append(words.text("grant_default", points=words.amount(grant.default)))
        column = words.words.title(grant.by or "")
        return words.text("grant_by", window=window, column=column, rows=words.listed(rows))

    def _limits(self, node: Node) -> list[str]:
        words = self.words
        times = [words.text("times", window=self._window(one.window), n=one.count) for one in node.times]
        free = [
            words.text("free_one" if one.count == 1 else "free", window=self._window(one.window), n=one.count)
            for one in node.free
        ]
        return free + times

    def _combine(self, node: Node) -> str:
        how = node.combine
        if how.how is CombineBy.SUM:
            return ""
        phrase = f"{how.how}_matter" if how.matter else str(how.how)
        return self.words.text(phrase, window=self._window(how.window))

    def _bounds(self, node: Node, *, granted: bool) -> list[str]:
        return [self._max(one) for one in self._in_order(node.bounds)] + [
            self._min(one, granted=granted) for one in self._in_order(node.bounds)
        ]

    def _in_order(self, bounds: Sequence[Bound]) -> list[Bound]:
        return sorted(bounds, key=lambda bound: (bound.window or self.settle).size)

    def _max(self, bound: Bound) -> str:
        if bound.max is None:
            return ""
        return self.words.text("max", window=self._window(bound.window), points=self.words.plain(bound.max))

    def _min(self, bound: Bound, *, granted: bool) -> str:
        words, window = self.words, self._window(bound.window)
        if bound.min is None:
            return ""
        if bound.min < 0:
            return words.text("min_minus", window=window, points=words.plain(-bound.min))
        if granted and not bound.min:
            settled = bound.window in (None, self.settle)
            return words.text("used_up") if settled else words.text("used_up_in", window=window)
        return words.text("min", window=window, points=words.plain(bound.min))

    def _ceiling(self, ceiling: Ceiling) -> str:
        words, points = self.words, self.words.plain(ceiling.at)
        windows = words.listed([self._window(kind) for kind in ceiling.per or (self.settle,)])
        if ceiling.of == "score":
            return words.text("ceiling_score", window=windows, points=points)
        what = self.titles.get(ceiling.of, ceiling.of)
        return words.text("ceiling", window=windows, what=what, points=points)
