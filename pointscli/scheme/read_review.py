"""`review`, `redemption` and `carry`: what happens to events and points besides scoring."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pointscli.model.names import item_key
from pointscli.model.period import Kind
from pointscli.scheme.ids import check_id
from pointscli.scheme.reading import Reading, Role, open_fields
from pointscli.scheme.result_types import Carry, Gift, Redemption, Review
from pointscli.scheme.tree import Entry, Tree
from pointscli.scheme.values import read_choice, read_integer, read_number, read_share, read_text, read_word

NEVER = "never"
EXPIRES = (*(kind.value for kind in Kind), NEVER)
OBJECTION = ("counts", "suspended")
REVIEW_KEYS = ("stages", "counts_from", "objection")
REDEMPTION_KEYS = ("from", "opens", "expires", "gifts")
GIFT_KEYS = ("title", "cost", "stock")
CARRY_KEYS = ("into", "share", "max")


def read_stages(reading: Reading, tree: Tree | None) -> tuple[tuple[str, str], ...]:
    """Stages by id with their titles, in order; titles are unique too, because a log may use either."""
    found: dict[str, str] = {}
    titles: set[str] = set()
    for entry in reading.mapping(tree, "write the stages in order, each with its id and title") or ():
        reading.problems += check_id(entry.key)
        title = read_text(reading, entry.value)
        if title and item_key(title) in titles:
            message, hint = "the title {value} is used by two stages", "give each stage a title of its own"
            reading.error("duplicate-title", entry.value.place, message, hint, value=title)
        titles.add(item_key(title))
        found[entry.name] = title
    return tuple(found.items())


def read_review(reading: Reading, entry: Entry | None) -> Review | None:
    """The stages of an event and from which one it counts."""
    fields = open_fields(reading, entry.value, REVIEW_KEYS, entry.place) if entry else None
    if fields is None:
        return None
    stages = read_stages(reading, fields.require("stages"))
    counts_from = reading.refer(Role.STAGE, fields.get("counts_from"))
    if counts_from is None and stages:
        # Silent: an event counts once it has gone through every stage.
        counts_from = stages[-1][0]
    objection = read_word(reading, fields.get("objection"), OBJECTION)
    return Review(stages, counts_from or "", suspends=objection == "suspended")


def read_redemption(reading: Reading, entry: Entry | None) -> Redemption | None:
    """Which points can be spent, when, and on what."""
    fields = open_fields(reading, entry.value, REDEMPTION_KEYS, entry.place) if entry else None
    if fields is None:
        return None
    sources = [reading.refer(Role.NODE_OR_SCORE, one) for one in reading.each(fields.get("from"), "write ids of nodes")]
    opens = read_choice(reading, fields.get("opens"), Kind)
    expires = read_word(reading, fields.get("expires"), EXPIRES)
    gifts = reading.mapping(fields.require("gifts"), "write the gifts, each with its id, title and cost")
    found = [_read_gift(reading, gift) for gift in gifts or ()]
    return Redemption(
        from_=tuple(source for source in sources if source),
        opens=opens or reading.settle or Kind.YEAR,
        expires=None if expires in (None, NEVER) else Kind(expires),
        gifts=tuple(gift for gift in found if gift),
    )


def _read_gift(reading: Reading, entry: Entry) -> Gift | None:
    reading.problems += check_id(entry.key)
    fields = open_fields(reading, entry.value, GIFT_KEYS, entry.place)
    if fields is None:
        return None
    title = read_text(reading, fields.require("title"))
    cost = read_number(reading, fields.require("cost"), above=Decimal(0))
    stock = read_integer(reading, fields.get("stock"), least=0)
    return Gift(entry.name, title, cost or Decimal(1), stock)


def read_carry(reading: Reading, entry: Entry | None) -> Carry | None:
    """What goes into the next year."""
    fields = open_fields(reading, entry.value, CARRY_KEYS, entry.place) if entry else None
    if fields is None:
        return None
    into = reading.refer(Role.LEAF, fields.require("into"))
    share = read_share(reading, fields.get("share"))
    return Carry(into or "", share or Fraction(1), read_number(reading, fields.get("max"), above=Decimal(0)))
