"""Names that look alike to a reader and are different to the program, or the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pointscli.model.names import item_key
from pointscli.model.problem import Problem
from pointscli.scheme.draft import ReadNode
from pointscli.scheme.lint_subject import Subject, beside, warn
from pointscli.scheme.tree import Entry, Listing, Mapping, Scalar, Tree, show


def lint_similar_names(subject: Subject) -> Iterator[Problem]:
    """Words that differ only by width or blanks: the reader sees one name, the tables show two."""
    for words in (
        [word for one in subject.nodes if one.node.items for word in _texts(one, "title")],
        [word for one in subject.nodes for word in _texts(one, "dimension")],
        [word for one in subject.leaves for word in _texts(one, "unit")],
        [entry.key for one in subject.leaves for entry in _level_entries(one)],
        [word for outcome in subject.entries("outcomes") for word in _title(outcome)],
        [word for derived in subject.entries("derive") for word in _title(derived)],
        [word for gift in subject.entries("redemption", "gifts") for word in _title(gift)],
    ):
        yield from _alike(words)


def lint_same_titles(subject: Subject) -> Iterator[Problem]:
    """Two sections side by side, or two outcomes, under one title: nobody can tell them apart in a table."""
    sections: dict[tuple[str, ...], list[Scalar]] = {}
    for one in subject.nodes:
        if one.node.items and not one.is_root:
            sections.setdefault(one.above, []).extend(_texts(one, "title"))
    outcomes = [word for outcome in subject.entries("outcomes") for word in _title(outcome)]
    gifts = [word for gift in subject.entries("redemption", "gifts") for word in _title(gift)]
    for words in (*sections.values(), outcomes, gifts):
        first: dict[str, Scalar] = {}
        for word in words:
            other = first.setdefault(word.text.strip(), word)
            if other is not word:
                message, hint = "the title {value} stands here again", "give each a title of its own"
                yield beside(warn("same-title", word, message, hint, value=show(word.text)), other.place)


def lint_similar_ids(subject: Subject) -> Iterator[Problem]:
    """Ids that differ only by underscores: one is easily written for the other."""
    entries = [one.entry for one in subject.nodes if not one.is_root]
    entries += [entry for key in ("derive", "outcomes") for entry in subject.entries(key)]
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.name.replace("_", "").lower(), entry)
        if other.name != entry.name:
            message = "the ids {value} and {other} differ only by underscores"
            hint = "rename one of them: a slip of the pen would name the other"
            yield beside(
                warn("similar-ids", entry, message, hint, value=show(entry.name), other=show(other.name)), other.place
            )


def _alike(words: Iterable[Scalar]) -> Iterator[Problem]:
    first: dict[str, Scalar] = {}
    told: set[str] = set()
    for word in words:
        other = first.setdefault(item_key(word.text), word)
        if other.text.strip() != word.text.strip() and word.text not in told:
            told.add(word.text)
            message = "{value} and {other} differ only by width or blanks"
            hint = "write both alike"
            yield beside(
                warn("similar-names", word, message, hint, value=show(word.text), other=show(other.text)), other.place
            )


def _texts(one: ReadNode, key: str) -> list[Scalar]:
    entry = one.keys.entry(key)
    return [entry.value] if entry and isinstance(entry.value, Scalar) else []


def _level_entries(one: ReadNode) -> tuple[Entry, ...]:
    entry = one.keys.last("points", "levels")
    return entry.value.entries if entry and entry.name == "levels" and isinstance(entry.value, Mapping) else ()


def _title(entry: Entry) -> list[Scalar]:
    title = entry.value.entry("title") if isinstance(entry.value, Mapping) else None
    return [title.value] if title and isinstance(title.value, Scalar) else []


def scalars_in(tree: Tree) -> Iterator[Scalar]:
    """A text, or the texts of a list."""
    ones = tree.items if isinstance(tree, Listing) else (tree,)
    return (one for one in ones if isinstance(one, Scalar))
