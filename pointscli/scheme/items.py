"""The words by which an event log names a scheme's leaf items."""

from __future__ import annotations

from collections.abc import Sequence

from pointscli.model.items import FOREVER, Item, ItemIndex, Version
from pointscli.model.names import item_key
from pointscli.scheme.numbering import Numbering
from pointscli.scheme.types import Scheme, walk


def index_items(schemes: Sequence[Scheme]) -> ItemIndex:
    """All leaf items by id, title and alias; nodes and versions numbered as in the plan."""
    numbers = Numbering(schemes)
    names: dict[str, list[Item]] = {}
    for version, scheme in enumerate(schemes):
        for node in walk(scheme.score):
            if not node.is_leaf or node is scheme.score:
                continue
            item = Item(numbers.node(version, node.id), version, node.id, node.title, node.evidence_required)
            for key in dict.fromkeys(item_key(word) for word in (node.id, node.title, *node.aliases)):
                names.setdefault(key, []).append(item)
    versions = tuple(_version(scheme, numbers) for scheme in schemes)
    return ItemIndex({key: tuple(items) for key, items in names.items()}, versions)


def _version(scheme: Scheme, numbers: Numbering) -> Version:
    stages = scheme.review.stages if scheme.review else ()
    words: dict[str, int] = {}
    for place, (stage, title) in enumerate(stages):
        words.setdefault(item_key(stage), place)
        words.setdefault(item_key(title), place)
    return Version(
        scheme=scheme.id,
        start=scheme.effective_from.toordinal(),
        end=scheme.effective_to.toordinal() if scheme.effective_to else FOREVER,
        stages=words,
        stage_ids=tuple(stage for stage, _ in stages),
        filter=numbers.filter(scheme.members),
    )
