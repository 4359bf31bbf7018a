"""The page of all findings (docs/findings.md): each kind with its text, a bad and a good example."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pointscli.model.code import Code
from pointscli.scheme.codes.examples import HEAD, MARK, SCORE

LONGEST = 2000
"""An example of more characters than this is shown cut."""
SHOWN = 60
LEFT_OUT = frozenset((*HEAD.values(), SCORE))
"""Lines of rule files that say nothing about the finding."""

FAMILIES = {
    "P1": "Bytes and YAML",
    "P2": "Structure and references of rule files",
    "P3": "Meaning of rule files",
    "P4": "Roster and log files",
    "P5": "Values and references in the log",
    "P6": "What only a reader of the data would notice",
    "P7": "Suppressions, tests, baselines, the audit file",
}
TITLE = "Findings"
INTRODUCTION = (
    "Everything that `points check` can say about your files, by code. A bad example shows with `«»` where the finding "
    "begins; the tests run all of them, the bad and the good. `points check --explain CODE` prints the same text. "
    "Of rule files, the keys that every one has are left out where they do not matter, and of the good example what "
    "stands in the bad one too."
)
ERROR, WARNING = "error", "warning"
BAD, GOOD = "Wrong:", "Right:"
WHY, HOW = "Why: ", "Mend it: "

Translate = Callable[[str], str]


def findings_page(codes: Iterable[Code], translate: Translate = str) -> str:
    """The page in Markdown; `translate` turns an English text into the page's language."""
    known = sorted(codes, key=lambda code: code.code)
    lines = [f"# {translate(TITLE)}", "", translate(INTRODUCTION), ""]
    lines += _contents(known, translate)
    family = ""
    for code in known:
        if code.code[:2] != family:
            family = code.code[:2]
            lines += [f"## {family}xx {translate(FAMILIES.get(family, TITLE))}", ""]
        lines += _section(code, translate)
    return "\n".join(lines).rstrip("\n") + "\n"


def _contents(codes: Iterable[Code], translate: Translate) -> list[str]:
    head = ["| | | |", "| --- | --- | --- |"]
    return [*head, *(_row(code, translate(code.what)) for code in codes), ""]


def _row(code: Code, what: str) -> str:
    return f"| [{code.code}](#{code.code.lower()}-{code.name}) | `{code.name}` | {what} |"


def _section(code: Code, translate: Translate) -> list[str]:
    severity = translate(ERROR if code.severity == "error" else WARNING)
    return [
        f"### {code.code} {code.name}",
        "",
        f"*{severity}* · {translate(code.what)}",
        "",
        translate(WHY) + translate(code.why),
        "",
        translate(HOW) + translate(code.how),
        "",
        translate(BAD),
        "",
        *_example(code.bad),
        translate(GOOD),
        "",
        *_example(_changed(code.bad, code.good)),
    ]


def _changed(bad: Mapping[str, str], good: Mapping[str, str]) -> Mapping[str, str]:
    """Of the good example, the lines that the bad one has not; whole files where that leaves none."""
    found = {}
    for name, text in good.items():
        before = set(bad.get(name, "").replace(MARK, "").split("\n"))
        if lines := [line for line in text.split("\n") if line not in before]:
            found[name] = "\n".join(lines) + "\n"
    return found or good


def _example(workspace: Mapping[str, str]) -> list[str]:
    """A small workspace, file by file; the file's name is left out where there is only one rule file."""
    lines = []
    for name, text in workspace.items():
        shown = f"{name}\n\n{_visible(text)}" if len(workspace) > 1 or not name.endswith("a.yaml") else _visible(text)
        lines += ["```text", *shown.rstrip("\n").split("\n"), "```", ""]
    return lines


def _visible(text: str) -> str:
    """The text with characters that cannot be seen, or printed, written out; a long one cut."""
    kept = "\n".join(line for line in text.split("\n") if line not in LEFT_OUT)
    text = kept if kept.strip() else text
    cut = f"{text[:SHOWN].rstrip()} …\n… {text[-SHOWN:].lstrip()}" if len(text) > LONGEST else text
    return "".join(one if one == "\n" or one.isprintable() else f"⟨U+{_point(one):04X}⟩" for one in cut)


def _point(one: str) -> int:
    """The code point; a byte that is no text is shown as the byte."""
    return ord(one) - 0xDC00 if 0xDC80 <= ord(one) <= 0xDCFF else ord(one)  # noqa: PLR2004  (escaped bytes)
