"""What differs between two versions of a scheme, by id and setting, and what it does to members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pointscli.model.problem import Place
from pointscli.model.rule_change import ChangeKind, Direction, RuleChange
from pointscli.scheme import directions
from pointscli.scheme.directions import granted_in_all
from pointscli.scheme.reach import grant_amounts
from pointscli.scheme.renames import find_renames, parents, rename
from pointscli.scheme.settings import KeyPath, Setting, Settings, grant_settings, node_settings, price_text
from pointscli.scheme.settings_results import derive_settings, outcome_settings, top_settings
from pointscli.scheme.tree import Mapping
from pointscli.scheme.types import Node, Scheme, key_paths, walk

OUTCOMES = "outcomes"
TOP = "top"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scheme with the tree that it was read from."""

    scheme: Scheme
    tree: Mapping

    def place(self, path: KeyPath) -> Place:
        """Where the last existing key of a path stands."""
        last = self.tree.last(*path)
        return last.place if last else self.tree.place


class Comparison:
    """Two versions side by side; `aligned` is the old one with the ids of the new one."""

    def __init__(self, old: Loaded, new: Loaded) -> None:
        """Find out which node of one is which of the other."""
        self.old, self.new = old, new
        self.renames = find_renames(old.scheme, new.scheme)
        self.aligned = rename(old.scheme, self.renames)
        self.nodes = tuple({node.id: node for node in walk(root)} for root in (self.aligned.score, new.scheme.score))
        self.above = (parents(self.aligned.score), parents(new.scheme.score))
        back = {new_id: old_id for old_id, new_id in self.renames.items()}
        own = key_paths(old.scheme.score)
        self.paths = ({name: own[back.get(name, name)] for name in self.nodes[0]}, key_paths(new.scheme.score))

    def changes(self) -> list[RuleChange]:
        """All differences: the top of the file, nodes in printed order, outcomes."""
        old, new = self.aligned, self.new.scheme
        found = list(self._settings("", "", (), (top_settings(old), top_settings(new)), TOP))
        found += self._settings("", "", (), (derive_settings(old), derive_settings(new)), TOP)
        order = [*self.nodes[1], *(name for name in self.nodes[0] if name not in self.nodes[1])]
        for name in order:
            found += self._node(name)
        return found + list(self._outcomes())

    # -- nodes

    def _node(self, name: str) -> Iterator[RuleChange]:
        old, new = self.nodes[0].get(name), self.nodes[1].get(name)
        if old is None or new is None:
            yield self._whole_node(name, old, new)
            return
        places = self._node_places(name)
        if old_id := next((old_id for old_id, new_id in self.renames.items() if new_id == name), ""):
            yield RuleChange(
                name, new.title, "", ChangeKind.RENAMED, Direction.NEUTRAL, old_id, name, *places, part=f"{name}.id"
            )
        if self.above[0][name] != self.above[1][name]:
            texts = (self._path_text(0, name), self._path_text(1, name))
            yield RuleChange(
                name, new.title, "", ChangeKind.MOVED, Direction.CHANGES, *texts, *places, part=f"{name}.moved"
            )
        both = (self._node_settings(0, old), self._node_settings(1, new))
        if type(old.points) is not type(new.points):
            yield from self._other_price(old, new)
            both = tuple({path: one for path, one in side.items() if path[0] != "points"} for side in both)  # type: ignore[assignment]
        if old.grant and new.grant and bool(old.grant.by) is not bool(new.grant.by):
            yield self._other_grant(old, new)
            both = tuple({path: one for path, one in side.items() if path[0] != "grant"} for side in both)  # type: ignore[assignment]
        yield from self._settings(name, new.title or old.title, ("node", name), both, name)

    def _whole_node(self, name: str, old: Node | None, new: Node | None) -> RuleChange:
        node = new or old
        assert node is not None  # noqa: S101  (one of the two has it)
        side, kind = (1, ChangeKind.ADDED) if new else (0, ChangeKind.REMOVED)
        direction = directions.of_node(node, added=new is not None)
        said = price_text(node.points)
        places = self._node_places(name)
        return RuleChange(
            name, node.title, "", kind, direction, said if old else "", said if new else "", *places,
            part=f"{self._topmost(side, name)}.{kind}",
        )  # fmt: skip

    def _topmost(self, side: int, name: str) -> str:
        """The section that is added or removed as a whole with this node in it, or the node itself."""
        above = self.above[side][name]
        while above and above not in self.nodes[1 - side]:
            name, above = above, self.above[side][above]
        return name

    def _other_price(self, old: Node, new: Node) -> Iterator[RuleChange]:
        places = (
            self._place(0, ("node", new.id), ("points",)) if old.points else None,
            self._place(1, ("node", new.id), ("points",)) if new.points else None,
        )
        granted = granted_in_all(self.aligned.score), granted_in_all(self.new.scheme.score)
        direction = directions.of_price_forms(old, new, granted)
        kind = (
            ChangeKind.CHANGED if old.points and new.points else ChangeKind.ADDED if new.points else ChangeKind.REMOVED
        )
        texts = (price_text(old.points), price_text(new.points))
        yield RuleChange(new.id, new.title, "points", kind, direction, *texts, *places, part=f"{new.id}.points")

    def _other_grant(self, old: Node, new: Node) -> RuleChange:
        """A grant for everybody against one by a column of the roster."""
        at = ("node", new.id), ("grant",)
        schemes = (self.aligned, self.new.scheme)
        texts = []
        for node, scheme in zip((old, new), schemes, strict=True):
            rows = grant_settings(node, scheme.settle).items()
            texts.append(", ".join(f"{path[-1]}: {one.text}" if len(path) > 1 else one.text for path, one in rows))
        amounts = [grant_amounts(node.grant) for node in (old, new) if node.grant]
        direction = directions.of_intervals(amounts[0], amounts[1])
        kind, part = ChangeKind.CHANGED, f"{new.id}.grant"
        places = self._place(0, *at), self._place(1, *at)
        return RuleChange(new.id, new.title, "grant", kind, direction, texts[0], texts[1], *places, part=part)

    def _node_settings(self, side: int, node: Node) -> Settings:
        scheme = (self.aligned, self.new.scheme)[side]
        stages = [stage for stage, _ in scheme.review.stages] if scheme.review else []
        above = self.nodes[side].get(self.above[side][node.id])
        return node_settings(node, scheme.settle, stages, above.dimension if above else "")

    def _node_places(self, name: str) -> tuple[Place | None, Place | None]:
        places = [self._place(side, ("node", name), ()) if name in self.nodes[side] else None for side in (0, 1)]
        return places[0], places[1]

    def _path_text(self, side: int, name: str) -> str:
        above = self.above[side][name]
        node = self.nodes[side][above]
        return node.title or above

    # -- outcomes and settings

    def _outcomes(self) -> Iterator[RuleChange]:
        old = {one.id: one for one in self.aligned.outcomes}
        new = {one.id: one for one in self.new.scheme.outcomes}
        for name in [*new, *(name for name in old if name not in new)]:
            before, after = old.get(name), new.get(name)
            one = after or before
            assert one is not None  # noqa: S101  (one of the two has it)
            part = f"{OUTCOMES}.{name}"
            if before and after:
                both = (outcome_settings(before), outcome_settings(after))
                yield from self._settings(part, one.title, (OUTCOMES, name), both, part)
            else:
                kind = ChangeKind.ADDED if after else ChangeKind.REMOVED
                places = [
                    side.place((OUTCOMES, name)) if there else None
                    for side, there in ((self.old, before), (self.new, after))
                ]
                texts = (before.title if before else "", after.title if after else "")
                direction = directions.of_outcome(one, added=after is not None)
                yield RuleChange(part, one.title, "", kind, direction, *texts, places[0], places[1], part=part)

    def _settings(
        self, name: str, title: str, owner: KeyPath, both: tuple[Settings, Settings], part: str
    ) -> Iterator[RuleChange]:
        """Every setting that one of the two lacks or says otherwise."""
        old, new = both
        for path in [*new, *(path for path in old if path not in new)]:
            before, after = old.get(path), new.get(path)
            if before == after or (before and after and before.text == after.text):
                continue
            kind = ChangeKind.CHANGED if before and after else ChangeKind.ADDED if after else ChangeKind.REMOVED
            yield RuleChange(
                id=name,
                title=title,
                key=".".join(path),
                kind=kind,
                direction=self._direction(path, before, after),
                old=before.text if before else "",
                new=after.text if after else "",
                old_place=self._place(0, owner, path) if before else None,
                new_place=self._place(1, owner, path) if after else None,
                part=part if owner and owner[0] == OUTCOMES else f"{part}.{path[0]}" if owner else path[0],
            )

    @staticmethod
    def _direction(path: KeyPath, old: Setting | None, new: Setting | None) -> Direction:
        if path[:2] == ("review", "stages") and (old is None or new is None):
            return Direction.CHANGES  # a stage more or less, not only another title
        return directions.of_settings(old, new)

    def _place(self, side: int, owner: KeyPath, path: KeyPath) -> Place:
        loaded = (self.old, self.new)[side]
        if owner and owner[0] == "node":
            return loaded.place((*self.paths[side][owner[1]], *path))
        return loaded.place((*owner, *path))
