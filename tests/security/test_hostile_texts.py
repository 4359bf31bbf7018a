"""Hostile texts in every place that takes a text: every output, read back by an independent reader, holds only text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.security.hostile import (
    ANYWHERE,
    CONTROLS,
    FILES,
    FIRST,
    PERIOD,
    STEERING,
    TEXTS,
    ident,
    write,
    write_hostile,
)
from tests.security.reading import read

ME = ident(FIRST)
TO_FILE = {
    f"{name} {suffix}": (suffix, *words)
    for name, words, suffixes in (
        ("tally", ("tally", *PERIOD), "csv html xlsx md json jsonl"),
        ("outcomes", ("outcomes", *PERIOD), "csv md"),
        ("explain", ("explain", "--", ME), "html md json"),
        ("card", ("card", "--", ME), "html xlsx csv"),
        ("roster", ("roster", *PERIOD), "csv md"),
        ("statement", ("balance", "--", ME), "csv html"),
        ("sheet", ("balance", "--sheet"), "html xlsx"),
        ("gifts", ("balance", "--gifts"), "csv"),
        ("waiting", ("review", "--list", "--objections"), "csv html"),
        ("trend", ("trend", "--", ident("mathtext")), "svg csv json"),
        ("rules", ("rules", "show"), "html md"),
    )
    for suffix in suffixes.split()
}
"""Output → suffix and command."""


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile(tmp_path_factory.mktemp("hostile") / "w")


@pytest.mark.parametrize("output", TO_FILE)
def test_an_output_is_only_text(output: str, space: Path, tmp_path: Path) -> None:
    suffix, *words = TO_FILE[output]
    at = words.index("--") if "--" in words else len(words)
    target = tmp_path / f"out.{suffix}"
    answer = run("-C", space, *words[:at], "-o", target, *words[at:])
    assert answer.code == 0, answer.err[-2000:]
    found = read(suffix, target.read_bytes())
    assert not found.wrong, sorted(set(found.wrong))


def shown(text: str, kind: str) -> str:
    """A text as a reader finds it; controls are shown or gone, blanks may be drawn together."""
    return text.removeprefix("'").strip() if kind == "csv" else text


@pytest.mark.parametrize("kind", ["csv", "html", "xlsx"])
def test_every_name_is_there(kind: str, space: Path, tmp_path: Path) -> None:
    """What is made harmless is not lost: the names as they were written."""
    target = tmp_path / f"out.{kind}"
    assert run("-C", space, "tally", *PERIOD, "-o", target).code == 0
    found = {text.strip() for text in read(kind, target.read_bytes()).texts}
    assert [text for text in ANYWHERE.values() if shown(text, kind) not in found] == []


AUDIENCES = {"wall": "", "web": "-web", "internal": "-internal"}
WITH = {"wall": "report", "web": "report", "internal": "cards,talks,report,commendation"}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_published_is_only_text(audience: str, tmp_path: Path) -> None:
    folder = write_hostile(tmp_path / "w")
    words = ("publish", *PERIOD, "--audience", audience, "--with", WITH[audience], "--by", ANYWHERE["script"])
    answer = run("-C", folder, *words)
    assert answer.code == 0, answer.err[-2000:]
    out = folder / "published" / "2021Q3" / f"hostile{AUDIENCES[audience]}"
    wrong = {}
    for path in sorted(out.iterdir()):
        found = read(path.suffix[1:], path.read_bytes())
        wrong[path.name] = sorted(set(found.wrong))
    assert not {name: one for name, one in wrong.items() if one}
    assert {"ranking.csv", "outcomes.csv", "notice.html", "notice.xlsx", "manifest.json"} <= set(wrong)


ON_A_TERMINAL = {
    "tally": ("tally", *PERIOD),
    "tally-table": ("tally", *PERIOD, "-f", "table"),
    "explain": ("explain", "--", ME),
    "why-not": ("explain", "--why-not", "best", "--", ME),
    "card": ("card", "-f", "table", "--", ME),
    "roster": ("roster", *PERIOD, "-f", "table"),
    "chart": ("trend", "--", ME),
    "waiting": ("review", "--list", "--objections"),
    "rules": ("rules", "show", "-f", "table"),
    "coverage": ("rules", "coverage", "--log"),
    "check": ("check",),
    "record": ("record", "-m", ME, "-i", "i1", "-d", "2021-07-09", "--reason", "".join(STEERING.values()), "--dry-run"),
    "review": (
        "review",
        "E1",
        "--dismiss",
        "--reason",
        STEERING["escape"],
        "--by",
        "书记",
        "--date",
        "2021-07-10",
        "--dry-run",
    ),
}
"""What people look at."""


@pytest.mark.parametrize("command", ON_A_TERMINAL)
def test_nothing_steers_a_terminal(command: str, space: Path) -> None:
    answer = run("-C", space, *ON_A_TERMINAL[command])
    assert answer.code in (0, 1), answer.err[-2000:]
    assert "Traceback" not in answer.err
    assert not CONTROLS & set(answer.text), sorted(CONTROLS & set(answer.text))
    assert not CONTROLS & set(answer.err), (sorted(CONTROLS & set(answer.err)), answer.err[-3000:])


BAD = STEERING["escape"] + STEERING["window-title"] + STEERING["right-to-left"] + "\x9b1m"
FAILING = {
    "workspace": ("-C", BAD, "tally"),
    "scheme": ("-C", ".", "tally", "--scheme", BAD),
    "member": ("-C", ".", "explain", BAD),
    "item": ("-C", ".", "record", "-m", "@SUM(1,1)", "-i", BAD, "-d", "2021-07-09", "--dry-run"),
    "date": ("-C", ".", "tally", "--as-of", BAD),
    "gift": ("-C", ".", "redeem", "@SUM(1,1)", BAD, "--by", "a"),
    "output": ("-C", ".", "tally", "-o", f"no/{BAD}.csv"),
    "explain-code": ("check", "--explain", BAD),
    "check-path": ("-C", ".", "check", BAD),
    "import": ("-C", ".", "import", BAD),
    "verify": ("-C", ".", "verify", BAD),
    "init": ("init", f"no/{BAD}", "--template", "community"),
    "template": ("init", "x", "--template", BAD),
}
"""Commands that say what they were given."""


@pytest.mark.parametrize("case", FAILING)
def test_what_a_command_was_given_steers_nothing(case: str, space: Path) -> None:
    words = [str(space) if word == "." else word for word in FAILING[case]]
    answer = run(*words)
    assert answer.code in (1, 2, 3), answer.text
    assert "Traceback" not in answer.err
    assert not CONTROLS & set(answer.text + answer.err), answer.err[-2000:]


REPORTS = {"github": "github", "junit": "xml", "sarif": "json", "gitlab": "json", "json": "json", "jsonl": "jsonl"}
REPORTS |= {"text": "txt", "concise": "txt"}


def write_wrong(folder: Path) -> Path:
    """Findings in files, cells and keys that are called as nothing should be."""
    write_hostile(folder)
    for number, (name, text) in enumerate(zip(FILES, TEXTS.values(), strict=False)):
        write(
            folder / "events" / f"{name}-2.csv",
            [["date", "member", "item"], ["2021-07-07", ME, f"无此项{text}{number}"]],
        )
        title = json.dumps(text)
        (folder / "rules" / f"{name}.yaml").write_text(f"language: 1\nscheme: s{number}\n{title}: 1\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_wrong(tmp_path_factory.mktemp("wrong") / "w")


@pytest.mark.parametrize("form", REPORTS)
def test_a_report_is_only_text(form: str, wrong: Path) -> None:
    answer = run("-C", wrong, "check", "-f", form)
    assert answer.code == 1
    found = read("github" if form == "github" else REPORTS[form], answer.out)
    assert not found.wrong, sorted(set(found.wrong))
    if form == "concise":  # a finding a line, whatever its file is called
        lines = answer.text.split("\n")[:-1]
        assert all(": error P" in line or ": warning P" in line or line.endswith("warnings") for line in lines), lines
    elif form not in ("text", "github", "junit"):
        assert any(ANYWHERE["script"] in text for text in found.texts) or form == "gitlab"


def test_a_baseline_of_such_findings(wrong: Path, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    assert run("-C", wrong, "check", "--write-baseline", path).code in (0, 1)
    assert not read("json", path.read_bytes()).wrong
    assert run("-C", wrong, "check", "--baseline", path).text.startswith("nothing wrong")
