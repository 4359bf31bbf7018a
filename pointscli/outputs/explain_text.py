"""An explanation as lines of text: the tree indented, amounts in one column, notes under what they belong to."""

from __future__ import annotations

import unicodedata

from pointscli.model.explanation import Explanation, Line
from pointscli.outputs.cells import visible
from pointscli.outputs.layout import flow, wrap
from pointscli.outputs.look import Look
from pointscli.outputs.rule_words import number

BOLD, DIM, YELLOW, OFF = "\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[0m"
AMOUNT_WIDTH = 9
LEAST = 24
"""Columns that a label gets at least."""


def render_text(explanation: Explanation, look: Look) -> str:
    """The whole, at most `look.width` wide where labels allow."""
    screen = _Screen(look)
    screen.flow(BOLD, explanation.heading)
    screen.flow(DIM, explanation.facts)
    for mark in explanation.marks:
        screen.put(YELLOW, mark)
    screen.flow(BOLD, explanation.result)
    for part in explanation.parts:
        screen.lines.append("")
        screen.put(BOLD, part.heading)
        for line in part.lines:
            screen.line(line)
    return "\n".join(line.rstrip() for line in screen.lines) + "\n"


class _Screen:
    """Lines of text with or without colour."""

    def __init__(self, look: Look) -> None:
        self.look, self.lines = look, list[str]()

    def measure(self, text: str) -> int:
        """Cells that a text takes."""
        return sum(self._cells(char) for char in text)

    def _cells(self, char: str) -> int:
        if unicodedata.combining(char):
            return 0
        wide = "WFA" if self.look.wide_ambiguous else "WF"
        return 2 if unicodedata.east_asian_width(char) in wide else 1

    def put(self, style: str, text: str) -> None:
        """A text, wrapped."""
        for piece in wrap(visible(text), self.look.width, self.measure):
            self.lines.append(self._styled(style, piece))

    def flow(self, style: str, items: tuple[str, ...]) -> None:
        """Items one after the other."""
        shown = [visible(item) for item in items if item]
        for piece in flow("", shown, "  ", self.look.width, self.measure) if shown else []:
            self.lines.append(self._styled(style, piece))

    def line(self, line: Line) -> None:
        """A line of the tree with its notes and sources."""
        indent = "  " * (line.depth + 1)
        room = max(self.look.width - len(indent) - AMOUNT_WIDTH - 2, LEAST)
        labels = wrap(visible(line.label), room, self.measure)
        style = BOLD if line.kind in ("period", "section") and not line.depth else ""
        for place, label in enumerate(labels):
            amount = number(line.amount) if line.amount is not None and place == len(labels) - 1 else ""
            gap = " " * (room - self.measure(label) + 2 + AMOUNT_WIDTH - len(amount)) if amount else ""
            self.lines.append(indent + self._styled(style, label + gap + amount))
        deeper = indent + "    "
        width = max(self.look.width - len(deeper), LEAST)
        facts = [visible(text) for text in (*line.notes[:1], *line.sources) if text]
        spaced = flow("", facts, "  ", width, self.measure) if facts else []
        steps = [piece for note in line.notes[1:] for piece in wrap(visible(note), width, self.measure)]
        self.lines += [deeper + self._styled(DIM, piece) for piece in spaced]
        self.lines += [deeper + piece for piece in steps]

    def _styled(self, style: str, text: str) -> str:
        return f"{style}{text}{OFF}" if style and self.look.colour else text
