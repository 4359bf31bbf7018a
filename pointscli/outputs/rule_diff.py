"""The difference of two versions of a scheme as text, and as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Callable

from pointscli.model.rule_change import ChangeKind, Direction, Effects, Moved, RuleChange, RuleDiff
from pointscli.outputs.cells import visible
from pointscli.outputs.markdown_format import escaped

Translate = Callable[[str], str]
Rows = list[list[str]]
_MARKS = {Direction.LOOSENS: "+", Direction.TIGHTENS: "-", Direction.CHANGES: "~", Direction.NEUTRAL: " "}


def diff_text(diff: RuleDiff, translate: Translate) -> str:
    """Lines for a terminal or a log."""
    said = _Said(diff, translate)
    parts = [visible(f"{diff.old} → {diff.new}"), said.summary(diff)]
    if diff.changes:
        rows = [[_MARKS[change.direction], *said.row(change)] for change in diff.changes]
        parts.append(_table([["", *said.change_titles()], *rows], "simple"))
    if diff.effects:
        parts.append("\n".join(said.effect_lines(diff.effects)))
        if diff.effects.moved:
            parts.append(_table([said.moved_titles(), *map(said.moved, diff.effects.moved)], "simple"))
    return "\n\n".join(parts) + "\n"


def diff_markdown(diff: RuleDiff, translate: Translate) -> str:
    """A comment for a pull request."""
    said = _Said(diff, translate)
    parts = ["### " + escaped(f"{diff.old} → {diff.new}"), escaped(said.summary(diff))]
    if diff.changes:
        parts.append(_pipes([said.change_titles(), *map(said.row, diff.changes)]))
    if diff.effects:
        parts += ["\n".join(f"- {escaped(line)}" for line in said.effect_lines(diff.effects))]
        if diff.effects.moved:
            parts.append(_pipes([said.moved_titles(), *map(said.moved, diff.effects.moved)]))
    return "\n\n".join(parts) + "\n"


class _Said:
    """Words in the language of messages."""

    def __init__(self, diff: RuleDiff, translate: Translate) -> None:
        self.translate, self.places = translate, diff.places()

    def summary(self, diff: RuleDiff) -> str:
        if not diff.changes:
            return self.translate("the two say the same")
        counts = {str(one): diff.count(one) for one in Direction}
        template = "{loosens} loosen, {tightens} tighten, {neutral} neutral"
        if diff.count(Direction.CHANGES):
            template = "{loosens} loosen, {tightens} tighten, {changes} go either way, {neutral} neutral"
        return self.translate(template).format(**counts)

    def change_titles(self) -> list[str]:
        return [self.translate(title) for title in ("Effect", "Rule", "Setting", "Old", "New", "Line")]

    def row(self, change: RuleChange) -> list[str]:
        rule = f"{change.id} {change.title}" if change.title and change.title != change.id else change.id
        old, new = change.old or "-", change.new or "-"
        setting = change.key if change.kind is ChangeKind.CHANGED else " ".join((change.key, self._kind(change.kind)))
        return [
            self.translate(str(change.direction)),
            visible(rule) or self.translate("the file"),
            visible(setting.strip()),
            visible(old),
            visible(new),
            _lines(change),
        ]

    def _kind(self, kind: ChangeKind) -> str:
        return self.translate("({kind})").format(kind=self.translate(str(kind)))

    def effect_lines(self, effects: Effects) -> list[str]:
        gain = sum(one.change > 0 for one in effects.moved)
        lose = sum(one.change < 0 for one in effects.moved)
        ranks = sum(one.ranks[0] != one.ranks[1] for one in effects.moved)
        cross = sum(one.crosses for one in effects.moved)
        template = (
            "{period}, as of {day}: of {members} members {gain} gain and {lose} lose points, "
            "{ranks} change rank, {cross} cross a grade, a star or an outcome"
        )
        counts = {"members": effects.members, "gain": gain, "lose": lose, "ranks": ranks, "cross": cross}
        lines = [self.translate(template).format(period=effects.period, day=effects.as_of, **counts)]
        if effects.moved and not effects.attributed:
            lines.append(self.translate("there are too many changes to try each alone: causes are not told"))
        if effects.alone:
            parts = ", ".join(effects.alone)
            lines.append(self.translate("these changes cannot be tried alone: {parts}").format(parts=parts))
        if any(effects.refused):
            template = "rows of the log left out: {old} by the old rules, {new} by the new ones"
            lines.append(self.translate(template).format(old=effects.refused[0], new=effects.refused[1]))
        return [visible(line) for line in lines]

    def moved_titles(self) -> list[str]:
        titles = ("Member", "Name", "Score", "Change", "Rank", "Crosses", "Because of", "Rules")
        return [self.translate(title) for title in titles]

    def moved(self, one: Moved) -> list[str]:
        change = f"{one.change:+f}" if one.change else "0"
        because = ", ".join(f"{part} {change:+f}" if change else part for part, change in one.because)
        return [
            visible(one.member),
            visible(one.name),
            _pair(*one.scores),
            change,
            _pair(*one.ranks),
            visible("; ".join(self._crossings(one))),
            visible(because),
            visible(self._rules(one)),
        ]

    def _rules(self, one: Moved) -> str:
        """The lines behind the causes, each file named once: `rules/a.yaml:40,75`."""
        lines: dict[str, list[str]] = {}
        for part, _ in one.because:
            for place in self.places.get(part, ()):
                lines.setdefault(place.path, []).append(str(place.line))
        return " ".join(f"{path}:{','.join(dict.fromkeys(numbers))}" for path, numbers in lines.items())

    def _crossings(self, one: Moved) -> list[str]:
        found = []
        if one.grades[0] != one.grades[1]:
            found.append(_pair(*one.grades))
        if one.stars[0] != one.stars[1]:
            found.append(self.translate("stars {pair}").format(pair=_pair(*one.stars)))
        return [*found, *(f"+{name}" for name in one.gained), *(f"-{name}" for name in one.lost)]


def _pair(old: object, new: object) -> str:
    shown = ["-" if value is None else str(value) for value in (old, new)]
    return shown[0] if old == new else " → ".join(shown)


def _lines(change: RuleChange) -> str:
    return _pair(*(place.line if place else None for place in (change.old_place, change.new_place)))


def _table(rows: Rows, style: str) -> str:
    from tabulate import tabulate  # noqa: PLC0415 - takes 60 ms, and JSON does without

    rule, title, *body = tabulate(rows, tablefmt=style, disable_numparse=True).split("\n")
    return "\n".join(line.rstrip() for line in (title, rule, *body[:-1]))


def _pipes(rows: Rows) -> str:
    head, *body = [[escaped(cell) for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
