"""Everything that a scheme says besides its nodes, as flat settings under paths of keys."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pointscli.model.names import item_key
from pointscli.scheme.result_types import Condition, Filter, Outcome, Places, Step
from pointscli.scheme.settings import ENDLESS, Setting, Settings, plain, said
from pointscli.scheme.types import Active, Scheme

_ACTIVE = {Active.WHOLE: 0, Active.START: 1, Active.END: 1, Active.ANY: 2}
"""The more, the more members belong to a period."""


def top_settings(scheme: Scheme) -> Settings:
    """Identity, who is scored, settlement, ranking, steps, review, redemption, carry."""
    texts = {
        "scheme": scheme.id,
        "title": scheme.title,
        "version": scheme.version,
        "source": scheme.source,
    }
    found: Settings = {(key,): said(text) for key, text in texts.items() if text}
    found["active",] = Setting(str(scheme.active), Fraction(_ACTIVE[scheme.active]), 1, Fraction(_ACTIVE[Active.END]))
    found["settle",] = Setting(str(scheme.settle))
    found["decimals",] = Setting(str(scheme.decimals))
    found["rounding",] = Setting(str(scheme.rounding))
    found["effective", "from"] = said(scheme.effective_from.isoformat())
    if scheme.effective_to:
        found["effective", "to"] = said(scheme.effective_to.isoformat())
    found |= _filter("members", scheme.members)
    for kind, rollup in scheme.rollup:
        found["rollup", str(kind)] = Setting(f"{rollup.by} of {rollup.of or scheme.settle}")
    found |= _ranking(scheme) | _steps("grades", scheme.grades) | _steps("stars", scheme.stars)
    return found | _review(scheme) | _redemption(scheme) | _carry(scheme)


def outcome_settings(outcome: Outcome) -> Settings:
    """One list of members; a higher number is better where more members come on it, if it is good to be on it."""
    found = _list_settings(outcome)
    good = outcome_polarity(outcome)
    return {path: one._replace(sense=one.sense * good) for path, one in found.items()}


def outcome_polarity(outcome: Outcome) -> int:
    """1 if the list takes the best, −1 if it takes the last or those below a number, 0 if both or neither."""
    signs = {_good(condition) for condition in outcome.where} - {0}
    if outcome.bottom is not None:
        signs.add(-1)
    if outcome.top is not None or outcome.share is not None:
        signs.add(1)
    return signs.pop() if len(signs) == 1 else 0


def _good(condition: Condition) -> int:
    at_most = condition.op in ("<", "<=")
    if condition.op not in (">", ">=") and not at_most:
        return 0
    return 1 if at_most == (condition.measure == "rank") else -1


def _list_settings(outcome: Outcome) -> Settings:
    found: Settings = {
        ("title",): said(outcome.title),
        ("period",): Setting(", ".join(outcome.period) or "all"),
        ("by",): Setting(outcome.by),
    }
    if outcome.action:
        found["action",] = said(outcome.action)
    if outcome.ties_exclude:
        found["ties",] = Setting("exclude", Fraction(1), -1)
    found |= _filter("only", outcome.only)
    if outcome.within is not None:
        found["within",] = Setting(", ".join(outcome.within) or "all")
    if outcome.confirm:
        chain = " → ".join([*(stage for stage, _ in outcome.confirm.stages), outcome.confirm.at])
        found["confirm",] = Setting(chain, Fraction(1), -1)
    if outcome.share is not None:
        found["share",] = Setting(plain(outcome.share), outcome.share, 1, ENDLESS)
    found |= {("except", item): Setting(item, Fraction(1), -1) for item in outcome.excepts}
    found |= _places("top", outcome.top) | _places("bottom", outcome.bottom)
    for condition in outcome.where:
        found["where", condition.measure, condition.op] = _condition(condition)
    return found


def derive_settings(scheme: Scheme) -> Settings:
    """The derived columns."""
    found: Settings = {}
    for one in scheme.derive:
        found["derive", one.id, "of"] = Setting(one.of)
        found["derive", one.id, "to"] = Setting(plain(one.to), Fraction(one.to), 1)
        found["derive", one.id, "title"] = said(one.title)
        if one.within is not None:
            found["derive", one.id, "within"] = Setting(", ".join(one.within) or "all")
    return found


def _ranking(scheme: Scheme) -> Settings:
    ranking = scheme.ranking
    if ranking is None:
        return {}
    found: Settings = {("ranking", "ties"): Setting(str(ranking.ties))}
    found["ranking", "within"] = Setting(", ".join(ranking.within) or "all")
    if ranking.tie_break:
        found["ranking", "tie_break"] = Setting(", ".join(ranking.tie_break))
    return found | {("ranking", *path): one for path, one in _filter("only", ranking.only).items()}


def _steps(key: str, steps: Sequence[Step]) -> Settings:
    found: Settings = {}
    for step in steps:
        if step.at is None:
            found[key, step.name] = Setting("null", -ENDLESS, -1, ENDLESS)
        else:
            bound = Fraction(step.at) + (Fraction(1, 10**9) if step.strict else 0)
            found[key, step.name] = Setting(">" * step.strict + plain(step.at), bound, -1, ENDLESS)
    return found


def _filter(key: str, rule: Filter) -> Settings:
    return {
        (key, column): Setting(", ".join(values), sense=1, allowed=frozenset(map(item_key, values)))
        for column, values in rule
    }


def _places(key: str, places: Places | None) -> Settings:
    if places is None:
        return {}
    if places.count is not None:
        return {(key,): Setting(str(places.count), Fraction(places.count), 1, ENDLESS)}
    return {(key, group): Setting(str(count), Fraction(count), 1) for group, count in places.by_group}


def _condition(condition: Condition) -> Setting:
    value = condition.value if condition.value is not None else Decimal(0)
    text = f"{condition.op} {condition.text or plain(value)}"
    if condition.op in (">=", ">"):
        return Setting(text, Fraction(value), -1, -ENDLESS)
    if condition.op in ("<=", "<"):
        return Setting(text, Fraction(value), 1, ENDLESS)
    return Setting(text)


def _review(scheme: Scheme) -> Settings:
    review = scheme.review
    if review is None:
        return {}
    ids = [stage for stage, _ in review.stages]
    place = ids.index(review.counts_from) if review.counts_from in ids else 0
    found: Settings = {("review", "stages", stage): said(title) for stage, title in review.stages}
    found["review", "counts_from"] = Setting(review.counts_from, Fraction(place), -1)
    found["review", "objection"] = Setting("suspended" if review.suspends else "counts")
    return found


def _redemption(scheme: Scheme) -> Settings:
    redemption = scheme.redemption
    if redemption is None:
        return {}
    found: Settings = {
        ("redemption", "from"): Setting(", ".join(redemption.from_) or "score"),
        ("redemption", "opens"): Setting(str(redemption.opens), Fraction(redemption.opens.size), -1),
    }
    kept = Fraction(redemption.expires.size) if redemption.expires else ENDLESS
    found["redemption", "expires"] = Setting(str(redemption.expires or "never"), kept, 1)
    for gift in redemption.gifts:
        found["redemption", "gifts", gift.id, "cost"] = Setting(plain(gift.cost), Fraction(gift.cost), -1, ENDLESS)
        if gift.stock is not None:
            found["redemption", "gifts", gift.id, "stock"] = Setting(str(gift.stock), Fraction(gift.stock), 1, ENDLESS)
    return found


def _carry(scheme: Scheme) -> Settings:
    carry = scheme.carry
    if carry is None:
        return {}
    found: Settings = {
        ("carry", "into"): Setting(carry.into),
        ("carry", "share"): Setting(plain(carry.share), carry.share, 1),
    }
    if carry.max is not None:
        found["carry", "max"] = Setting(plain(carry.max), Fraction(carry.max), 1, ENDLESS)
    return found
