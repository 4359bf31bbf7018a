"""An explanation in the formats that it has: text for a terminal or a file, Markdown, HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from pointscli.model.explanation import Explanation, Line
from pointscli.outputs.cells import visible
from pointscli.outputs.explain_text import render_text
from pointscli.outputs.look import Look
from pointscli.outputs.markdown_format import escaped
from pointscli.outputs.rule_words import number
from pointscli.outputs.suffixes import format_by_suffix

TEMPLATE = "explanation.html.j2"
SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".txt": "text", ".json": "json"}


def render_markdown(explanation: Explanation, look: Look) -> str:
    """Nested lists: what a member may be sent."""
    del look
    lines = [f"# {escaped(explanation.heading[0])}", "", escaped("  ".join(explanation.heading[1:])), ""]
    lines += [escaped("  ".join(explanation.facts)), ""]
    lines += [f"**{escaped(mark)}**\n" for mark in explanation.marks]
    lines += [f"**{escaped('  '.join(explanation.result))}**", ""]
    for part in explanation.parts:
        lines += [f"## {escaped(part.heading)}", ""]
        lines += [_bullet(line) for line in part.lines]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _bullet(line: Line) -> str:
    amount = "" if line.amount is None else f" **{number(line.amount)}**"
    notes = "".join(f"; {escaped(note)}" for note in line.notes)
    sources = "".join(f" `{visible(source).replace('`', ' ')}`" for source in line.sources)
    return f"{'  ' * line.depth}- {escaped(line.label)}{amount}{notes}{sources}"


def render_html(explanation: Explanation, look: Look) -> str:
    """One file that needs nothing else, every text of the workspace escaped."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - takes 50 ms, and the other formats do without

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["visible"] = visible
    environment.filters["number"] = number
    template = environment.from_string(files(__package__).joinpath(TEMPLATE).read_text("utf-8"))
    lang = "zh-CN" if look.language == "zh" else "en"
    return template.render(explanation=explanation, lang=lang) + "\n"


EXPLAIN_FORMATS: dict[str, Callable[[Explanation, Look], str]] = {
    "text": render_text,
    "markdown": render_markdown,
    "html": render_html,
}


def explain_format_of(path: Path) -> str:
    """The format that a file's suffix names."""
    return format_by_suffix(path, SUFFIXES)


def explain_text(name: str, explanation: Explanation, look: Look, *, to_file: bool) -> str:
    """The explanation in a format other than JSON."""
    shown = replace(look, to_file=True, colour=False, width=100) if to_file else look
    return EXPLAIN_FORMATS[name](explanation, shown)
