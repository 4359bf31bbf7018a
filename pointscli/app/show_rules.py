"""`rules show`: a scheme as the table that is printed for members."""

from __future__ import annotations

from pathlib import Path

from pointscli.app.rule_clauses import Clauses
from pointscli.app.rule_sentences import NodeSentences
from pointscli.app.workspace import Workspace
from pointscli.model.problem import FileError, FindingsError, UsageError
from pointscli.model.sheet import Sheet, SheetNotes, SheetRow, SheetSection
from pointscli.outputs.rule_words import RuleWords
from pointscli.outputs.titles import Language
from pointscli.scheme.load import has_errors, load_schemes
from pointscli.scheme.types import Node, Scheme

COLUMNS = ("section", "content", "scoring", "limit", "basis")


def scheme_of_file(path: Path, root: Path) -> Scheme:
    """The scheme of one rule file, inside or outside the workspace; FindingsError if it has errors."""
    if not path.exists():
        raise FileError(path.as_posix(), "there is no such rule file", "check its name")
    inside = path.resolve().is_relative_to(root.resolve())
    found, problems = load_schemes([path], root if inside else path.resolve().parent)
    if has_errors(problems) or not found:
        raise FindingsError(problems)
    return found[0]


def scheme_named(workspace: Workspace, name: str | None) -> Scheme:
    """A scheme of the workspace by id (its latest version), or its only one."""
    schemes, problems = load_schemes(workspace.rules, workspace.root)
    known = sorted({scheme.id for scheme in schemes})
    if name is None and len(known) > 1:
        raise UsageError("several schemes apply: {known}", "say which one by its id", known=", ".join(known))
    chosen = [scheme for scheme in schemes if name in (None, scheme.id)]
    if not chosen and has_errors(problems):
        raise FindingsError(problems)
    if not chosen:
        raise UsageError(
            "there is no scheme {scheme}", "the schemes are: {known}", scheme=name, known=", ".join(known) or "-"
        )
    return max(chosen, key=lambda scheme: scheme.effective_from)


def sheet_of(scheme: Scheme, language: Language) -> Sheet:
    """The printed table with its notes."""
    words = RuleWords(language)
    sentences = NodeSentences(scheme, words)
    rows: list[SheetRow] = []
    _add_rows(scheme.score, (), sentences, rows)
    whole = sentences.own_rules(scheme.score)
    notes = Clauses(scheme, words).notes()
    if whole:
        notes = (SheetNotes(words.text("whole"), whole), *notes)
    return Sheet(
        title=scheme.title,
        facts=_facts(scheme, words),
        columns=tuple(words.text(column) for column in COLUMNS),
        rows=tuple(rows),
        notes=notes,
    )


def _add_rows(node: Node, above: tuple[SheetSection, ...], sentences: NodeSentences, rows: list[SheetRow]) -> None:
    for child in node.items:
        if child.is_leaf:
            rows.append(_row(child, above, sentences))
        else:
            section = SheetSection(
                id=child.id,
                title=child.title,
                notes=sentences.own_rules(child),
                basis=child.clause,
                only_leaves=all(one.is_leaf for one in child.items),
            )
            _add_rows(child, (*above, section), sentences, rows)


def _row(leaf: Node, above: tuple[SheetSection, ...], sentences: NodeSentences) -> SheetRow:
    words = sentences.words
    content = leaf.title
    if leaf.aliases:
        content = words.text("in_brackets", text=content, more=words.listed(leaf.aliases))
    return SheetRow(above, leaf.id, content, sentences.scoring(leaf), sentences.limit(leaf), leaf.clause)


def _facts(scheme: Scheme, words: RuleWords) -> tuple[str, ...]:
    start, end = scheme.effective_from.isoformat(), scheme.effective_to
    facts = [words.words.text("scheme", scheme=scheme.id)]
    if scheme.version:
        facts.append(words.words.text("version", version=scheme.version))
    if end is None:
        facts.append(words.text("in_force", start=start))
    else:
        facts.append(words.text("in_force_until", start=start, end=end.isoformat()))
    if scheme.source:
        facts.append(words.text("source", text=scheme.source))
    return tuple(facts)
