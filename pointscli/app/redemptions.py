"""What a scheme lets its members spend points on, and when: by the version in force on the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pointscli.app.inputs import Inputs
from pointscli.app.membership import accepts
from pointscli.inputs.roster import Spell
from pointscli.model.names import item_key
from pointscli.model.period import Period
from pointscli.model.problem import UsageError
from pointscli.scheme.result_types import Gift, Redemption
from pointscli.scheme.types import Scheme

OPEN = "…"
"""The end of a range without one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A gift of one version of a scheme."""

    scheme: Scheme
    redemption: Redemption
    gift: Gift

    def lapses(self, day: date) -> date | None:
        """The last day of the points that a redemption of that day takes from."""
        return lapses_after(self.redemption, day)

    @property
    def span(self) -> str:
        """`2021-01-01 – …`: when it can be had."""
        until = self.scheme.effective_to
        return f"{self.scheme.effective_from.isoformat()} – {until.isoformat() if until else OPEN}"


def opens_after(redemption: Redemption, day: date) -> tuple[Period, date]:
    """The window in which points of a day were earned, and the day on which they open."""
    window = Period.containing(redemption.opens, day)
    return window, window.end + timedelta(days=1)


def lapses_after(redemption: Redemption, opened: date) -> date | None:
    """The last day of points that opened (or were taken) on a day; None: they never lapse."""
    return None if redemption.expires is None else Period.containing(redemption.expires, opened).end


def in_force(scheme: Scheme, day: date) -> bool:
    """Whether a version holds on a day."""
    return scheme.effective_from <= day and (scheme.effective_to is None or day <= scheme.effective_to)


def version_on(inputs: Inputs, scheme_id: str, day: date) -> Scheme | None:
    """The version of a scheme in force on a day, if its points can then be spent."""
    found = (one for one in inputs.schemes if one.id == scheme_id and one.redemption and in_force(one, day))
    return next(found, None)


def spell_on(inputs: Inputs, scheme: Scheme, member: int, day: date) -> Spell | None:
    """The roster row by which a scheme scores a member on a day."""
    found = (
        spell
        for spell in inputs.roster.spells
        if spell.member == member and spell.holds(day) and accepts(scheme.members, spell)
    )
    return next(found, None)


def redeeming_scheme(inputs: Inputs, asked: str | None, day: date) -> str:
    """The scheme whose points are meant: the one named, or the only one that has gifts (on that day)."""
    known = list(dict.fromkeys(scheme.id for scheme in inputs.schemes))
    redeeming = [scheme for scheme in inputs.schemes if scheme.redemption]
    names = list(dict.fromkeys(scheme.id for scheme in redeeming))
    if asked is not None and asked not in known:
        raise UsageError(
            "there is no scheme {scheme}", "the schemes are: {known}", scheme=asked, known=", ".join(sorted(known))
        )
    if not names or (asked is not None and asked not in names):
        message = "scheme {scheme} has no redemption: there is nothing to spend points on"
        raise UsageError(
            message, "write redemption: with its gifts into the rule file", scheme=asked or ", ".join(sorted(known))
        )
    if asked is not None:
        return asked
    applying = list(dict.fromkeys(scheme.id for scheme in redeeming if in_force(scheme, day))) or names
    if len(applying) > 1:
        raise UsageError(
            "several schemes apply: {known}", "say which one with --scheme", known=", ".join(sorted(applying))
        )
    return applying[0]


class Offers:
    """The gifts of all versions, found by id or title."""

    def __init__(self, inputs: Inputs) -> None:
        """Collect them."""
        self.inputs = inputs
        self.all = tuple(
            Offer(scheme, scheme.redemption, gift)
            for scheme in inputs.schemes
            if scheme.redemption
            for gift in scheme.redemption.gifts
        )
        self._named: dict[str, list[Offer]] = {}
        for offer in self.all:
            for key in {item_key(offer.gift.id), item_key(offer.gift.title)}:
                self._named.setdefault(key, []).append(offer)

    def named(self, word: str) -> tuple[Offer, ...]:
        """The gifts that a word may mean, whenever they can be had."""
        return tuple(self._named.get(item_key(word), ()))

    def find(self, word: str, day: date, member: int | None) -> tuple[Offer, ...]:
        """The gifts of that word on a day; where several schemes have it, of those that score the member then."""
        found = [offer for offer in self.named(word) if in_force(offer.scheme, day)]
        if member is not None and len(found) > 1:
            found = [one for one in found if spell_on(self.inputs, one.scheme, member, day)] or found
        return tuple(found)


def known_gifts(offers: Iterable[Offer]) -> str:
    """`tissue 抽纸, soap 香皂`, for messages."""
    return ", ".join(dict.fromkeys(f"{offer.gift.id} {offer.gift.title}" for offer in offers)) or "-"
