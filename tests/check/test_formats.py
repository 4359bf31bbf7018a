"""Whole outputs as files in snapshots/. POINTS_UPDATE_SNAPSHOTS=1 writes them anew and removes those not used."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from pointscli.app.findings import read_lines
from pointscli.model.problem import Edit
from pointscli.outputs.findings.excerpt import display_width, excerpt
from pointscli.outputs.findings.finding import Beside, Finding, Findings, Rule, Spot
from pointscli.outputs.findings.formats import FORMATS

FOLDER = Path(__file__).parent / "snapshots"
UPDATE = os.environ.get("POINTS_UPDATE_SNAPSHOTS") == "1"
LINES = [
    "score:",
    "  items:",
    "    talk: {title: 党课（支部）, points: ２}  # 😀",
    "    visit: {title: 走访, points: 5, max: 3}",
    "\ttab\u202e",
]
RULES = "rules/党员 积分.yaml"
FOUND = (
    Finding(
        code="P207",
        name="bad-number",
        severity="error",
        spot=Spot(RULES, 3, 35, (3, 36)),
        message="２ is not written as a number",
        hint="write 2 (half-width digits)",
        fix=(Edit((3, 35), (3, 36), "2"),),
        fingerprint="a1",
    ),
    Finding(
        code="P301",
        name="points-over-max",
        severity="warning",
        spot=Spot(RULES, 4, 32, (4, 33)),
        message="one event earns 5, and max is 3: 100% lost, or more\r\nalways",
        hint="raise max, or lower points",
        related=(
            Beside(Spot(RULES, 4, 40, (4, 41)), "max is set here"),
            Beside(Spot("points.yaml"), "and settings"),
        ),
        fingerprint="b2",
    ),
    Finding("P401", "no-header", "error", Spot("members.xlsx", 1), "no header, 100%: none", fingerprint="c3"),
    Finding("P401", "no-header", "error", Spot("members.xlsx", 1), "no header, 100%: none", fingerprint="c3"),
    Finding("P402", "bad-text", "error", Spot(RULES, 5, 2, (7, 1)), "\x1b[31m<&\u202e]]>\x00", fingerprint="d4"),
)
KINDS = {"P207": Rule("P207", "bad-number", "error", "What.", "Why.", "How.")}
ALL = Findings(
    FOUND,
    rest=2,
    errors=6,
    warnings=1,
    fixable=1,
    lines=lambda path: LINES if path == RULES else (),
    rules=KINDS,
    version="1.2.3",
)
NONE = Findings((), files=3)
SUFFIXES = {"text": "txt", "concise": "txt", "github": "txt", "junit": "xml"}
CASES: dict[str, tuple[str, Findings]] = {
    **{f"{name}.{SUFFIXES.get(name, 'json')}": (name, ALL) for name in FORMATS},
    **{f"{name}-none.{SUFFIXES.get(name, 'json')}": (name, NONE) for name in FORMATS},
    "text-colour.txt": ("text", replace(ALL, colour=True)),
}


@pytest.mark.parametrize("name", CASES)
def test_output(name: str) -> None:
    form, findings = CASES[name]
    text = FORMATS[form](findings)
    path = FOLDER / name
    if UPDATE:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert text.encode() == path.read_bytes()


def test_every_snapshot_is_used() -> None:
    unused = {path.name for path in FOLDER.iterdir()} - set(CASES)
    if UPDATE:
        for name in unused:
            (FOLDER / name).unlink()
        unused = set()
    assert not unused


CARETS: dict[str, tuple[str, int, int, str, str]] = {
    "ascii": ("max: 3", 6, 7, "max: 3", "     ^"),
    "under Chinese": ("title: 党课", 8, 10, "title: 党课", "       ^^^^"),
    "after Chinese": ("{党课: 3}", 6, 7, "{党课: 3}", " " * 7 + "^"),
    "emoji": ("😀 x", 3, 4, "😀 x", "   ^"),
    "combining": ("e\u0301 x", 4, 5, "e\u0301 x", "  ^"),
    "a tab": ("\tx", 2, 3, " x", " ^"),
    "a full-width space": ("a:\u3000b", 3, 4, "a:\u3000b", "  ^^"),
    "the end of a line": ("abc", 4, 5, "abc", "   ^"),
    "far behind the end": ("abc", 40, 41, "abc", "   ^"),
}


@pytest.mark.parametrize("name", CARETS)
def test_carets(name: str) -> None:
    line, column, end, shown, carets = CARETS[name]
    assert excerpt(Spot("x", 1, column, (1, end)), [line]) == [shown, carets]


@pytest.mark.parametrize("column", [1, 60, 150, 399, 400])
def test_a_long_line_is_cut_around_the_finding(column: int) -> None:
    line = "党" * 199 + "x" + "y" * 200
    shown, carets = excerpt(Spot("x", 1, column, (1, column + 1)), [line])
    assert display_width(shown) <= 115
    at = display_width(carets) - len(carets.strip())
    before = next(i for i in range(len(shown) + 1) if display_width(shown[:i]) == at)
    assert shown[before] == line[column - 1]


@pytest.mark.parametrize(("column", "end"), [(0, 0), (1, 2), (500_000, 500_001), (1, 900_000), (1_000_000, 1_000_001)])
def test_a_line_of_a_million_characters_takes_no_longer(column: int, end: int) -> None:
    shown = excerpt(Spot("x", 1, column, (1, end)), ["1," * 500_000])
    assert all(display_width(line) <= 240 for line in shown)
    assert shown[0].replace("…", "").replace("1,", "").strip("1,") == ""


def _of_sarif(text: str) -> list[tuple[str, int, str]]:
    from urllib.parse import unquote  # noqa: PLC0415

    (run,) = json.loads(text)["runs"]
    rules = run["tool"]["driver"]["rules"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    return [
        (unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"], rules[result["ruleIndex"]]["name"])
        for place, result in zip(places, run["results"], strict=True)
    ]


READERS: dict[str, Callable[[str], list[tuple[str, int, str]]]] = {
    "json": lambda text: [(row["path"], row["line"], row["name"]) for row in json.loads(text)],
    "jsonl": lambda text: [(row["path"], row["line"], row["name"]) for row in map(json.loads, text.splitlines())],
    "gitlab": lambda text: [
        (row["location"]["path"], row["location"]["lines"]["begin"], row["check_name"].split("/")[1])
        for row in json.loads(text)
    ],
    "sarif": _of_sarif,
    "junit": lambda text: [
        (case.get("file") or "", int(case.get("line") or 0), (case.get("name") or "").split(":")[0])
        for case in ET.fromstring(text).iter("testcase")  # noqa: S314  (our own output)
    ],
    "concise": lambda text: [
        (line.split(":")[0], int(line.split(":")[1]), line.split("[")[1].split("]")[0])
        for line in text.splitlines()
        if "[" in line
    ],
}


@pytest.mark.parametrize("name", READERS)
def test_all_formats_have_the_same_findings(name: str) -> None:
    expected = sorted((one.spot.path, one.spot.line, one.name) for one in FOUND)
    assert sorted(READERS[name](FORMATS[name](ALL))) == expected


def test_sarif_says_what_readers_need() -> None:
    log = json.loads(FORMATS["sarif"](ALL))
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert " " not in uri
        assert not uri.startswith("/")


SARIF_SCHEMA = FOLDER.parent / "sarif-2.1.0.json"
"""The schema published for SARIF 2.1.0 (OASIS), unchanged as the npm package @microsoft/sarif-multitool-linux 5.7.0
(licence: MIT) carries it in package/sarif-2.1.0.json."""


@pytest.mark.parametrize("findings", [ALL, NONE, replace(ALL, rules={}, version="")], ids=["all", "none", "bare"])
def test_sarif_follows_the_published_schema(findings: Findings) -> None:
    schema = json.loads(SARIF_SCHEMA.read_text("utf-8"))
    validator = Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(json.loads(FORMATS["sarif"](findings)))] == []
    assert not validator.is_valid({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]})


def test_github_lines_are_escaped_and_few() -> None:
    many = replace(ALL, found=FOUND[:1] * 30 + FOUND[1:2], errors=30, warnings=1, rest=0)
    lines = FORMATS["github"](many).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 10 + ["::warning"]
    assert "21" in lines[9]
    assert "100%25 lost, or more%0D%0Aalways%0A" in lines[10]
    odd = replace(FOUND[0], spot=Spot("a,b:c%.yaml", 1))
    assert "file=a%2Cb%3Ac%25.yaml," in FORMATS["github"](Findings((odd,), errors=1))


def test_a_finding_of_a_whole_file_has_no_line() -> None:
    whole = Findings((Finding("P101", "unreadable-file", "error", Spot("a.yaml"), "cannot be read"),), errors=1)
    assert FORMATS["github"](whole) == "::error title=P101 unreadable-file,file=a.yaml::cannot be read\n"


def test_a_related_place_in_another_file_is_shown_under_its_name() -> None:
    one = replace(FOUND[0], related=(Beside(Spot("rules/b.yaml", 2, 3, (2, 8)), "the other one stands here"),))
    texts = {RULES: LINES, "rules/b.yaml": ["score:", "  items:"]}
    shown = FORMATS["text"](Findings((one,), errors=1, lines=lambda path: texts[path])).splitlines()
    at = shown.index("  ::: rules/b.yaml:2:3")
    assert shown[at + 1 : at + 3] == ["2 |   items:", "  |   ----- the other one stands here"]


def test_a_file_outside_the_sources_has_a_uri_of_its_own() -> None:
    outside = replace(FOUND[0], spot=Spot("/家/rules/a b.yaml", 1, 3))
    log = json.loads(FORMATS["sarif"](Findings((outside,), errors=1)))
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "file:///%E5%AE%B6/rules/a%20b.yaml"},
        "region": {"startLine": 1, "startColumn": 3},
    }


def test_nothing_steers_a_terminal() -> None:
    for name in FORMATS:
        text = FORMATS[name](ALL)
        assert not {"\x1b", "\u202e", "\x00"} & set(text), name


def test_lines_of_a_file_that_is_gone_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    assert list(read_lines(path)) == []
    path.write_text("a: 1\nb: 2\n", "utf-8")
    assert list(read_lines(path))[:2] == ["a: 1", "b: 2"]
