"""The JSON Schema (draft 2020-12) of rule files, made of the key lists and words by which the loader reads them.

It lets editors complete and check while a file is written. It says less than the loader, which also looks at
references, periods and sums: whatever the loader accepts, the schema accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pointscli.scheme.draft import RESERVED
from pointscli.scheme.json_texts import RULE_FILE, text_of
from pointscli.scheme.json_values import (
    ID,
    NULL,
    SCHEME_ID,
    VALUES,
    Shape,
    choice,
    each,
    either,
    ref,
    table,
    windows,
)
from pointscli.scheme.read_nodes import (
    CEILING_KEYS,
    EVIDENCE,
    GRANT_KEYS,
    KINDS,
    MATTER,
    NODE_KEYS,
    RATED_GRANT_KEYS,
    ROOT_KEYS,
    SECTION_KEYS,
    SHARED,
)
from pointscli.scheme.read_outcomes import CONFIRM_KEYS, GRADE, LIST_TIES, OUTCOME_KEYS
from pointscli.scheme.read_prices import FORMS
from pointscli.scheme.read_ranks import DERIVE_KEYS, RANKING_KEYS
from pointscli.scheme.read_review import (
    CARRY_KEYS,
    EXPIRES,
    GIFT_KEYS,
    OBJECTION,
    REDEMPTION_KEYS,
    REVIEW_KEYS,
)
from pointscli.scheme.read_scheme import EFFECTIVE_KEYS, LANGUAGE, MAX_DECIMALS, ROLLUP_KEYS, TOP_KEYS
from pointscli.scheme.result_types import Ties
from pointscli.scheme.types import Active, CombineBy, RollupBy, Rounding
from pointscli.scheme.values import ALL

DRAFT = "https://json-schema.org/draft/2020-12/schema"
REQUIRED: dict[str, tuple[str, ...]] = {
    "whole": ("language", "scheme", "title", "effective", "settle", "score"),
    "extending": ("scheme", "title", "effective", "extends"),
    "effective": ("from",),
    "rollup": ("of", "by"),
    "root": ("items",),
    "section": ("title",),
    "leaf": ("title",),
    "grant": ("points",),
    "rated_grant": ("by", "values"),
    "ceiling": ("of", "at"),
    "range": ("from", "to"),
    "ranking": ("ties",),
    "derive": ("of", "to"),
    "confirm": ("at",),
    "review": ("stages",),
    "redemption": ("gifts",),
    "gift": ("title", "cost"),
    "carry": ("into",),
}
"""Keys that the loader asks for, by what they describe; nothing is asked of a node in a file that extends another."""

Translate = Callable[[str], str]


def build_schema(translate: Translate = str) -> Shape:
    """The schema, with descriptions in the language of `translate`."""
    return _Builder(translate).schema()


class _Builder:
    """Puts the parts together; each key list is the loader's own."""

    def __init__(self, translate: Translate) -> None:
        self.translate = translate

    def schema(self) -> Shape:
        return {
            "$schema": DRAFT,
            "title": self.translate(RULE_FILE),
            "type": "object",
            "if": {"required": ["extends"]},
            "then": ref("extending"),
            "else": ref("whole"),
            "$defs": {
                "whole": self._object("whole", TOP_KEYS, self._top("")),
                "extending": self._object("extending", TOP_KEYS, _nullable(self._top("own-"), REQUIRED["extending"])),
                **self._nodes("", partial=False),
                **self._nodes("own-", partial=True),
                "price": self._price(),
                "grant": self._grant(),
                "outcome": self._outcome(),
                **VALUES,
            },
        }

    def _object(
        self, thing: str, keys: Sequence[str], values: Mapping[str, Shape], *, required: bool = True, named: str = ""
    ) -> Shape:
        """Exactly these keys, each with its value and description."""
        properties = {key: {"description": self.translate(text_of(named or thing, key)), **values[key]} for key in keys}
        shape: Shape = {"type": "object", "properties": properties, "additionalProperties": False}
        return shape | ({"required": list(REQUIRED[thing])} if required and thing in REQUIRED else {})

    # -- the top

    def _top(self, prefix: str) -> dict[str, Shape]:
        nullable = [NULL] if prefix else []
        gift = self._object("gift", GIFT_KEYS, _GIFT)
        redemption = _REDEMPTION | {"gifts": table(either(gift, *nullable), ID)}
        rollup = self._object("rollup", ROLLUP_KEYS, {"of": ref("kind"), "by": choice(RollupBy)})
        derive = self._object("derive", DERIVE_KEYS, _DERIVE)
        return {
            "language": choice((int(LANGUAGE), LANGUAGE)),
            "scheme": {"type": "string", "pattern": SCHEME_ID},
            "title": ref("text"),
            "version": ref("text"),
            "source": ref("text"),
            "effective": self._object("effective", EFFECTIVE_KEYS, dict.fromkeys(EFFECTIVE_KEYS, ref("date"))),
            "extends": {"type": "string", "minLength": 1},
            "members": ref("columns"),
            "active": choice(Active),
            "settle": ref("kind"),
            "rollup": _kinds_only(either(choice(RollupBy), rollup)),
            "decimals": _integer(0, MAX_DECIMALS),
            "rounding": choice(Rounding),
            "score": ref(prefix + "root"),
            "ranking": self._object("ranking", RANKING_KEYS, _RANKING),
            "grades": table(either(ref("bound"), NULL)),
            "stars": table(either(ref("bound"), NULL), "^[0-9]{1,2}$"),
            "derive": table(either(derive, *nullable), ID),
            "outcomes": table(either(ref("outcome"), *nullable), ID),
            "review": self._object("review", REVIEW_KEYS, _REVIEW),
            "redemption": self._object("redemption", REDEMPTION_KEYS, redemption, required=not prefix),
            "carry": self._object("carry", CARRY_KEYS, _CARRY),
        }

    # -- nodes

    def _nodes(self, prefix: str, *, partial: bool) -> dict[str, Shape]:
        """The root, a section and a leaf; `partial`: in a file that extends another, where null removes."""
        node = either(ref(prefix + "node"), *([NULL] if partial else []))
        items = table(node, ID)
        items["propertyNames"] |= {"not": choice(RESERVED)}
        values = self._node_values() | {"items": items}
        if partial:
            values = _nullable(values, ())
        leaf_keys = tuple(key for key in NODE_KEYS if key != "items")
        parts = {"root": ROOT_KEYS, "section": SECTION_KEYS, "leaf": leaf_keys}
        shapes = {
            prefix + name: self._object(name, keys, values, required=not partial, named="node")
            for name, keys in parts.items()
        }
        # A leaf without points, grant or ceiling is right where an outcome excepts it: only the loader knows that.
        chosen = {"if": {"required": ["items"]}, "then": ref(prefix + "section"), "else": ref(prefix + "leaf")}
        return shapes | {
            prefix + "node": {"description": self.translate(text_of("", "node")), "type": "object"} | chosen
        }

    def _node_values(self) -> dict[str, Shape]:
        ceiling = {"of": ref("text"), "at": ref("number"), "per": ref("kinds")}
        combine = {how.value: choice((*KINDS, MATTER)) for how in CombineBy}
        one_of = {"type": "object", "properties": combine, "additionalProperties": False}
        return {
            "title": ref("text"),
            "clause": ref("text"),
            "grant": ref("grant"),
            "combine": either(choice(CombineBy), one_of | {"minProperties": 1, "maxProperties": 1}),
            "max": windows(ref("number")),
            "min": windows(ref("number")),
            "weight": ref("fraction"),
            "dimension": ref("text"),
            "points": ref("price"),
            "each": ref("positive"),
            "prorate": choice((True, False, "true", "false")),
            "aliases": ref("texts"),
            "unit": ref("text"),
            "times": windows(ref("count")),
            "free": windows(ref("count")),
            "max_quantity": ref("positive"),
            "shared": choice(SHARED),
            "evidence": choice(EVIDENCE),
            "counts_from": ref("text"),
            "ceiling": self._object("ceiling", CEILING_KEYS, ceiling),
        }

    def _grant(self) -> Shape:
        points = ref("number")
        flat = self._object("grant", GRANT_KEYS, {"points": points, "per": ref("kind")})
        rated_values = {"by": ref("text"), "values": table(points), "default": points, "per": ref("kind")}
        rated = self._object("rated_grant", RATED_GRANT_KEYS, rated_values, named="grant")
        return either(points, flat, rated)

    def _price(self) -> Shape:
        values = {
            "levels": table(ref("number")),
            "from": ref("number"),
            "to": ref("number"),
            "step": ref("positive"),
            "bands": ref("numbers"),
            "count": each(ref("number")),
            "total": ref("numbers"),
            "per": ref("kind"),
        }
        forms = []
        for form, keys in FORMS.items():
            shape = self._object("points", keys, values)
            forms.append(shape | {"required": list(REQUIRED["range"]) if form == "from" else [form]})
        return either(ref("number"), ref("percent"), *forms)

    # -- results

    def _outcome(self) -> Shape:
        confirm = self._object("confirm", CONFIRM_KEYS, {"at": ref("text"), "stages": ref("stages")})
        places = either(ref("count"), table(ref("count")))
        measures = {"type": "object", "properties": {GRADE: ref("texts")}, "minProperties": 1}
        values = {
            "title": ref("text"),
            "period": ref("kinds"),
            "where": each(measures | {"additionalProperties": each(ref("condition"))}),
            "except": ref("texts"),
            "only": ref("columns"),
            "top": places,
            "bottom": places,
            "share": ref("share"),
            "by": ref("text"),
            "within": ref("texts"),
            "ties": choice(LIST_TIES),
            "action": ref("text"),
            "confirm": either(ref("text"), confirm),
        }
        return self._object("outcome", OUTCOME_KEYS, values) | {"not": {"required": ["top", "bottom"]}}


def _nullable(values: Mapping[str, Shape], never: Sequence[str]) -> dict[str, Shape]:
    """The same values, or null, which removes what is inherited."""
    return {key: shape if key in never else either(shape, NULL) for key, shape in values.items()}


def _kinds_only(value: Shape) -> Shape:
    shape = {"type": "object", "properties": dict.fromkeys(KINDS, value)}
    return shape | {"additionalProperties": False, "minProperties": 1}


def _integer(least: int, most: int) -> Shape:
    words = [str(number) for number in range(least, most + 1)]
    return either({"type": "integer", "minimum": least, "maximum": most}, choice(words))


_GROUP = either(choice((ALL,)), ref("texts"))
_RANKING = {"within": _GROUP, "ties": choice(Ties), "tie_break": ref("texts"), "only": ref("columns")}
_DERIVE = {"title": ref("text"), "of": ref("text"), "to": ref("positive"), "within": _GROUP}
_REVIEW = {"stages": ref("stages"), "counts_from": ref("text"), "objection": choice(OBJECTION)}
_REDEMPTION = {"from": ref("texts"), "opens": ref("kind"), "expires": choice(EXPIRES)}
_GIFT = {
    "title": ref("text"),
    "cost": ref("positive"),
    "stock": either({"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}),
}
_CARRY = {"into": ref("text"), "share": ref("share"), "max": ref("positive")}
