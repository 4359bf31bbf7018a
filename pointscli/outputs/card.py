"""Record cards as documents: the entries of a period, its sums, the score, and apart from them what did not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pointscli.model.card import Card, CardEntry, CardPeriod, plain_sum
from pointscli.model.derivation import Idle, Posting, Source
from pointscli.model.table import Cell, Column, Table
from pointscli.outputs.card_words import CardWords
from pointscli.outputs.cells import number_text
from pointscli.outputs.document import Document
from pointscli.outputs.json_format import FORMAT, json_text
from pointscli.outputs.page import Block, Page, marks
from pointscli.outputs.rule_words import number
from pointscli.outputs.titles import Language, Words

COLUMNS = ("date", "section", "item", "reason", "evidence", "plus", "minus", "balance", "by", "remark")
"""What is on the sheet, in its order."""
NUMBERS = frozenset({"plus", "minus", "balance"})
ALWAYS = frozenset({"date", "item", "plus", "minus", "balance"})
Row = Mapping[str, Cell]


def card_document(card: Card, language: Language) -> Document:
    """A card in all forms."""
    return Document(_Sheet(card, language).page(), _Sheet(card, language).table(), card_json(card), card.period.end)


class _Sheet:
    """The rows of a card in one language."""

    def __init__(self, card: Card, language: Language) -> None:
        self.card, self.texts, self.words = card, CardWords(language), Words(language)

    def page(self) -> Page:
        """The sheet with its head; entries and what did not count have the same columns."""
        card, texts, words = self.card, self.texts, self.words
        entries, idle = list(self._counted()), [self._idle(one) for one in card.idle]
        kept = [key for key in COLUMNS if key in ALWAYS or any(row.get(key) for row in (*entries, *idle))]
        blocks = [Block("", (), self._table(kept, entries))]
        if idle:
            blocks.append(Block(texts.text("uncounted"), (), self._table(kept, idle)))
        tally = card.tally
        facts = (
            texts.text("of_member", name=card.name, id=card.member),
            *(texts.fact(words.title(key), card.row.get(key, "")) for key in ("branch", "group")),
            texts.fact(words.title("kind"), words.kind(card.row.get("kind", ""))),
            texts.fact(texts.text("scheme"), "  ".join(filter(None, (tally.title, tally.version)))),
            words.text("as_of", date=card.as_of.isoformat()),
        )
        heading = (texts.text("card"), words.period(card.period))
        return Page(heading, tuple(filter(None, facts)), marks(tally, words), tuple(blocks))

    def table(self) -> Table:
        """Every row with its type, the member, and the event's id: for programs."""
        head: Row = {"member": self.card.member, "name": self.card.name}
        idle = ({**self._idle(one), "row": "uncounted"} for one in self.card.idle)
        rows = [{**head, **row} for row in (*self._counted(), *idle)]
        return self._table(["member", "name", "row", "event", *COLUMNS], rows)

    def _table(self, keys: list[str], rows: Sequence[Row]) -> Table:
        titles = {"member": self.words.title("member"), "name": self.words.title("name")}
        columns = tuple(
            Column(key, titles.get(key) or self.texts.text(key), "number" if key in NUMBERS else "text") for key in keys
        )
        return Table(self.texts.text("card"), columns, tuple(tuple(row.get(key) for key in keys) for row in rows))

    def _counted(self) -> Iterator[Row]:
        for period in self.card.periods:
            yield from (self._entry(entry) for entry in period.entries)
            if len(self.card.periods) > 1:
                yield self._sum(period)
        yield self._score()

    def _entry(self, entry: CardEntry) -> Row:
        posting, source = entry.posting, entry.posting.source
        return {
            "row": posting.kind,
            "date": posting.date.isoformat(),
            "event": source.event if source else "",
            "section": "/".join(posting.titles[:-1]),
            "item": self._item(posting.title, source),
            "reason": source.reason if source else self.texts.text(posting.kind),
            "evidence": source.evidence if source else "",
            "plus": entry.plus,
            "minus": entry.minus,
            "balance": entry.balance,
            "by": source.by if source else "",
            "remark": self.texts.remark(posting),
        }

    def _sum(self, period: CardPeriod) -> Row:
        item = self.texts.text("sum", period=self.words.period(period.period))
        return {"row": "period", "item": item, "plus": period.plus, "minus": period.minus, "balance": period.balance}

    def _score(self) -> Row:
        card = self.card
        row: dict[str, Cell] = {
            "row": "score",
            "item": self.texts.text("score", period=self.words.period(card.period)),
            "balance": card.score,
            "remark": self.texts.text("not_listed") if card.score is None else self._rolled(),
        }
        if card.running or len(card.periods) == 1:
            row["plus"] = plain_sum(one.plus for one in card.periods)
            row["minus"] = plain_sum(one.minus for one in card.periods)
        return row

    def _rolled(self) -> str:
        """How the score comes from the scores of the last step."""
        card, texts = self.card, self.texts
        if card.running or not card.rollup:
            return ""
        before = card.rollup[-2] if len(card.rollup) > 1 else None
        scores = before.scores if before else tuple(card.periods)
        kind = before.kind if before else card.periods[0].period.kind
        terms = texts.text("and").join(number(one.score) for one in scores)
        return texts.text(f"by_{card.rollup[-1].by}", kind=texts.kind(kind), terms=terms)

    def _idle(self, one: Idle) -> Row:
        source = one.source
        return {
            "date": one.date.isoformat(),
            "event": source.event,
            "item": self._item(one.title, source),
            "reason": source.reason,
            "evidence": source.evidence,
            "by": source.by,
            "remark": self.texts.why(one),
        }

    def _item(self, title: str, source: Source | None) -> str:
        """`宣传信息（省级、数量2）`."""
        if source is None:
            return title
        quantity = self.texts.text("quantity", n=source.quantity) if source.quantity not in ("", "1") else ""
        more = self.texts.text("and").join(filter(None, (source.level, quantity)))
        return self.texts.text("in_brackets", text=title, more=more) if more else title


def card_json(card: Card) -> str:
    """The card for programs, versioned by `format`: amounts exact, the score as published, one entry a line."""
    tally = card.tally
    head = {
        "format": FORMAT,
        "member": card.member,
        "name": card.name,
        **{key: card.row.get(key, "") for key in ("branch", "group", "kind")},
        "scheme": tally.scheme,
        "version": tally.version or None,
        "title": tally.title,
        "period": card.period.label,
        "as_of": card.as_of.isoformat(),
        "settle": tally.settle,
        "partial": tally.partial,
    }
    score = "null" if card.score is None else number_text(card.score, tally.decimals)
    entries = [_json_entry(entry, one) for one in card.periods for entry in one.entries]
    parts = [
        ", ".join(f"{json_text(key)}: {json_text(value)}" for key, value in head.items()),
        f'"score": {score}',
        f'"periods": [{", ".join(_json_period(one) for one in card.periods)}]',
        f'"entries": {_list(entries)}',
        f'"uncounted": {_list([_json_idle(one) for one in card.idle])}',
    ]
    return "{" + ",\n ".join(parts) + "}"


def _json_period(one: CardPeriod) -> str:
    return f'{{"period": {json_text(one.period.label)}, "score": {number(one.score)}}}'


def _json_entry(entry: CardEntry, period: CardPeriod) -> str:
    posting: Posting = entry.posting
    amounts = {"priced": posting.priced, "credited": posting.credited, "balance": entry.balance}
    pairs = {
        "date": json_text(posting.date.isoformat()),
        "period": json_text(period.period.label),
        "kind": json_text(posting.kind),
        "item": json_text(posting.item),
        "path": json_text(list(posting.path)),
        "title": json_text(posting.title),
        **{key: number(value) for key, value in amounts.items()},
        **_json_source(posting.source),
        "rule": json_text(f"{posting.rule.path}:{posting.rule.line}"),
    }
    return _object(pairs)


def _json_idle(one: Idle) -> str:
    pairs = {
        "date": json_text(one.date.isoformat()),
        "item": json_text(one.item),
        "path": json_text(list(one.path)),
        "title": json_text(one.title),
        "why": json_text(one.why),
        **_json_source(one.source),
    }
    return _object(pairs)


def _json_source(source: Source | None) -> dict[str, str]:
    if source is None:
        return {"event": "null"}
    texts = {"event": source.event, "reason": source.reason, "evidence": source.evidence, "by": source.by}
    place = f"{source.place.path}:{source.place.line}" if source.place.line else source.place.path
    return {key: json_text(text) for key, text in (texts | {"source": place}).items()}


def _object(pairs: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{json_text(key)}: {text}" for key, text in pairs.items()) + "}"


def _list(lines: list[str]) -> str:
    return "[\n  " + ",\n  ".join(lines) + "]" if lines else "[]"
