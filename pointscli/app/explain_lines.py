"""Postings as a tree of lines: sections, items, postings, each with what it adds to the score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pointscli.app.rule_sentences import NodeSentences
from pointscli.model.derivation import Derivation, Idle, Posting, Room, Source
from pointscli.model.explanation import Line
from pointscli.model.names import item_key
from pointscli.model.problem import Place, UsageError
from pointscli.outputs.explain_words import ExplainWords
from pointscli.outputs.rule_words import RuleWords
from pointscli.scheme.types import Node, Scheme, walk


def select_item(schemes: Sequence[Scheme], scheme_id: str, name: str) -> str:
    """Id of the node that a word names: an id, title or alias; UsageError if there is none."""
    nodes = [node for scheme in schemes if scheme.id == scheme_id for node in walk(scheme.score)]
    key = item_key(name)
    for node in nodes:
        if key in (item_key(node.id), item_key(node.title), *map(item_key, node.aliases)):
            return node.id
    from difflib import get_close_matches  # noqa: PLC0415  (only when something is wrong)

    words = {word: node.id for node in nodes for word in (node.id, node.title) if word}
    near = ", ".join(get_close_matches(name, words, 3, 0.4))
    raise UsageError(
        "scheme {scheme} has no item or outcome {name}",
        "did you mean {near}?" if near else "see them with: points rules show",
        scheme=scheme_id,
        name=name,
        near=near,
    )


def credit_lines(
    postings: Sequence[Posting], summed: Sequence[Idle], schemes: Sequence[Scheme], words: ExplainWords
) -> list[Line]:
    """The tree in the rules' printed order; sections without postings are left out. `summed` are counted in totals."""
    if not postings:
        return []
    version = _version_of(postings, schemes)
    tree = _Tree(postings, summed, words, NodeSentences(version, RuleWords(words.language)))
    return [line for item in version.score.items for line in tree.lines(item, 0)] + tree.root()


def _version_of(postings: Sequence[Posting], schemes: Sequence[Scheme]) -> Scheme:
    """The version that priced them: the one with the first posting's rule."""
    places = {posting.rule for posting in postings}
    return next(scheme for scheme in schemes if any(node.place in places for node in walk(scheme.score)))


class _Tree:
    """Postings by item, summed upwards."""

    def __init__(
        self, postings: Sequence[Posting], summed: Sequence[Idle], words: ExplainWords, sentences: NodeSentences
    ) -> None:
        self.words, self.summed, self.sentences = words, summed, sentences
        self.of: dict[str, list[Posting]] = {}
        self.sums: dict[str, Decimal] = {}
        for posting in postings:
            self.of.setdefault(posting.item, []).append(posting)
            for node in posting.path:
                self.sums[node] = self.sums.get(node, Decimal(0)) + posting.credited

    def root(self) -> list[Line]:
        """Postings of the root itself: a grant of the whole scheme."""
        return [self._posting(posting, 0, "") for posting in self.of.get("score", [])]

    def lines(self, node: Node, depth: int) -> list[Line]:
        """A node, its own postings, and what is below it; nothing if it has neither."""
        if node.id not in self.sums:
            return []
        own = self.of.get(node.id, [])
        notes = (self.words.joined([node.clause, self.sentences.scoring(node) if node.is_leaf else ""]),)
        head = Line(
            "item" if node.is_leaf else "section",
            depth,
            node.title or node.id,
            self.sums[node.id],
            notes,
            (str_place(node.place),),
        )
        below = [line for item in node.items for line in self.lines(item, depth + 1)]
        return [head, *(line for posting in own for line in self._own(posting, depth + 1, node.unit)), *below]

    def _own(self, posting: Posting, depth: int, unit: str) -> list[Line]:
        """A posting; under a total the events that it sums."""
        lines = [self._posting(posting, depth, unit)]
        for one in summed_in(posting, self.summed, self.of[posting.item]):
            label = self.words.text("posting", date=one.date.isoformat(), reason=one.source.reason).rstrip()
            notes = tuple(facts_of(one.source, unit, self.words))
            lines.append(Line("idle", depth + 1, label, None, notes, (str_place(one.source.place),)))
        return lines

    def _posting(self, posting: Posting, depth: int, unit: str) -> Line:
        words, source = self.words, posting.source
        day = posting.date.isoformat()
        notes = [words.step(step) for step in posting.steps]
        if source is None:
            return Line("posting", depth, words.text(posting.kind, date=day), posting.credited, tuple(notes))
        label = words.text("posting", date=day, reason=source.reason).rstrip()
        said = [*(facts_of(source, unit, words) or [""]), *rulings_of(source, words), *notes]
        sources = (str_place(source.place),)
        return Line("posting", depth, label, posting.credited, tuple(said), sources)


def summed_in(total: Posting, summed: Sequence[Idle], own: Sequence[Posting]) -> list[Idle]:
    """The events behind a posted total: those of its item since the total before it."""
    if total.kind != "total":
        return []
    before = max((one.date for one in own if one.kind == "total" and one.date < total.date), default=date.min)
    return [one for one in summed if one.item == total.item and before < one.date <= total.date]


def facts_of(source: Source, unit: str, words: ExplainWords) -> list[str]:
    """What an event's row says besides its date and reason, in one sentence."""
    found = [
        words.text("quantity", quantity=source.quantity, unit=unit) if source.quantity else "",
        words.text("level", level=source.level) if source.level else "",
        words.text("matter", matter=source.matter) if source.matter else "",
        words.text("evidence", text=source.evidence) if source.evidence else "",
        words.text("by", text=source.by) if source.by else "",
        words.text("event", id=source.event) if source.event != str_place(source.place) else "",
        words.text("objected") if source.objected else "",
    ]
    text = words.joined(found)
    return [text] if text else []


def rulings_of(source: Source, words: ExplainWords) -> list[str]:
    """The decisions that did more than let an event pass on: who rejected, amended, objected, and why."""
    return [
        f"{words.ruling(one)}  {str_place(one.place)}"
        for one in source.rulings
        if one.decision != "approve" or one.reason
    ]


def idle_lines(derivation: Derivation, words: ExplainWords, chosen: str | None) -> list[Line]:
    """Events that earned nothing themselves, with the reason; not those that stand under a total."""
    totals = {one.item: one.date for one in derivation.postings if one.kind == "total"}
    return [
        Line(
            "idle",
            0,
            " ".join(part for part in (one.date.isoformat(), one.title, one.source.reason) if part),
            None,
            (why_text(one, words), *facts_of(one.source, "", words), *rulings_of(one.source, words)),
            (str_place(one.source.place), str_place(one.rule)),
        )
        for one in derivation.idle
        if (chosen is None or chosen in one.path)
        and not (one.why == "total" and one.date <= totals.get(one.item, date.min))
    ]


def why_text(idle: Idle, words: ExplainWords) -> str:
    """Why an event earned nothing."""
    if idle.why == "total":
        return words.text("total_idle", title=idle.title)
    if idle.why == "waiting":
        return words.text("waiting", stage=idle.source.stage)
    return words.text(idle.why)


def room_lines(derivation: Derivation, words: ExplainWords, chosen: str, scheme: Scheme) -> list[Line]:
    """The caps of a node and of what is above it, with what is used of them."""
    above = _path_to(scheme.score, chosen)
    return [
        Line("fact", 0, room_text(room, words), None, (), (str_place(room.rule),))
        for room in derivation.rooms
        if room.node in above and room.max is not None
    ]


def room_text(room: Room, words: ExplainWords) -> str:
    """How much of a cap is used."""
    window = words.period(room.window)
    title = room.title or words.text("score", score="").strip()
    if room.max is None or room.total >= room.max:
        return words.text("room", title=title, window=window, total=room.total, max=room.max or Decimal(0))
    left = room.max - room.total
    return words.text("room_left", title=title, window=window, total=room.total, max=room.max, left=left)


def _path_to(node: Node, chosen: str) -> tuple[str, ...]:
    if node.id == chosen:
        return (node.id,)
    for item in node.items:
        if below := _path_to(item, chosen):
            return (node.id, *below)
    return ()


def str_place(place: Place) -> str:
    """`FILE:LINE`; a workbook's path names its cell."""
    return f"{place.path}:{place.line}" if place.line else place.path
