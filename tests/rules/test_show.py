"""`points rules show`: shipped schemes as snapshots, sentences case by case, HTML that is safe and complete."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from pointscli.scheme.rule_files import scheme_paths
from tests.cli.running import ROOT, good, run
from tests.rules import whole_outputs

RULES = ROOT / "rules"
EXAMPLES = ROOT / "examples"
SNAPSHOTS: dict[str, tuple[str, ...]] = {
    "show-state-enterprise.txt": (str(RULES / "state-enterprise.yaml"), "--format", "plain"),
    "show-community.md": (str(RULES / "community.yaml"), "--format", "markdown"),
    "show-finance-bureau.html": (str(RULES / "finance-bureau.yaml"), "--format", "html"),
    "show-social-insurance.txt": (str(RULES / "social-insurance.yaml"), "--format", "plain"),
    "show-poverty-relief.txt": (str(RULES / "poverty-relief.yaml"),),
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_whole_table(name: str) -> None:
    whole_outputs.compare(name, good("rules", "show", *SNAPSHOTS[name]).text)


def test_snapshots_are_used() -> None:
    whole_outputs.prune("show-", [*SNAPSHOTS, "show-english.txt"])


def write_workspace(folder: Path, node: str, *, language: str = "zh", rest: str = "") -> Path:
    """A workspace whose scheme has one leaf with these settings."""
    (folder / "rules").mkdir(parents=True)
    (folder / "points.yaml").write_text(f"language: {language}\n", "utf-8")
    text = (
        "language: 1\nscheme: one\ntitle: 办法\neffective: {from: 2021-01-01}\nsettle: quarter\n"
        f"score:\n  items:\n    leaf: {{title: 项, {node}}}\n    other: {{title: 乙, points: 1}}\n{rest}"
    )
    (folder / "rules" / "one.yaml").write_text(text, "utf-8")
    return folder


SENTENCES: dict[str, tuple[str, str]] = {
    "points: 2, max: {month: 4, year: 12}": (
        "每次2分，每月不超过4分，全年不超过12分",
        "2 points each; at most 4 points a month; at most 12 points a year",
    ),
    "points: -1": ("每次扣1分", "minus 1 point each"),
    "points: 2, unit: 小时, max_quantity: 4": (
        "每小时2分，一次最多按4小时计",
        "2 points per 小时; at most 4 小时 at once",
    ),
    "points: 1, each: 500, unit: 元": ("每满500元1分", "1 point for every full 500 元"),
    "points: 1, each: 2, prorate: true, unit: 小时": (
        "每2小时1分，不足的按比例折算",
        "1 point for every 2 小时, parts in proportion",
    ),
    "points: {levels: {省: 8, 市: -4}}": ("按级别：省8分、市扣4分", "by level: 省: 8 points, 市: minus 4 points"),
    "points: {from: 1, to: 5, step: 0.5}": (
        "1至5分，由评定人确定，每档0.5分",
        "1 to 5 points, as the reviewers decide; in steps of 0.5",
    ),
    "points: {from: -3, to: -0.5}": (
        "扣0.5至3分，由评定人确定",
        "minus 0.5 to 3 points, as the reviewers decide",
    ),
    "points: {bands: {0: 0, 60: 1, 80: 2}}, unit: 分": (
        "按数量：不足60分0分、60分起1分、80分起2分",
        "by quantity: below 60 分: 0 points, from 60 分: 1 point, from 80 分: 2 points",
    ),
    "points: {count: [-1, -3, -5], per: year}": (
        "全年累计1次扣1分，2次共扣3分，3次及以上共扣5分",
        "1 in a year: minus 1 point in all; 2: minus 3 points; 3 or more: minus 5 points",
    ),
    "points: {total: {0: -2, 8: 0}}, unit: 学时": (
        "每季度合计：不足8学时扣2分、8学时起0分；期满时结算，没有记录的按0计",
        (
            "by the total of a quarter: below 8 学时: minus 2 points, from 8 学时: 0 points; "
            "settled when it is over, no record counts as 0"
        ),
    ),
    "points: {levels: {省: 8}}, each: 2, unit: 小时": (
        "按级别，每满2小时：省8分",
        "by level, for every full 2 小时: 省: 8 points",
    ),
    "points: {levels: {省: 8}}, each: 2, prorate: true": (
        "按级别，每2次（不足的按比例）：省8分",
        "by level, for every 2 times (parts in proportion): 省: 8 points",
    ),
    "points: {bands: {60: 1}}, unit: 分": ("按数量：60分起1分", "by quantity: from 60 分: 1 point"),
    "points: {count: [-2]}": ("每季度有一次及以上，共扣2分", "one or more in a quarter: minus 2 points in all"),
    "points: -5%": ("每次扣起始分的5%", "minus 5% of the points granted, each"),
    "grant: 5, points: -2, min: 0": (
        "每季度起始5分，每次扣2分，扣完为止",
        "5 points to begin with a quarter; minus 2 points each; until they are used up",
    ),
    "grant: {by: 单位, values: {甲: 100, 乙: 80}, default: 60, per: year}": (
        "全年起始分按“单位”：甲100分、乙80分、其他60分",
        "to begin with a year, by 单位: 甲: 100 points, 乙: 80 points, others 60 points",
    ),
    "points: 1, times: {month: 2}, free: 1, shared: split, evidence: required": (
        "每次1分，每季度首次不计，每月最多计2次，多人共同完成的平均分摊，须附佐证",
        (
            "1 point each; the first a quarter is not counted; at most 2 counted a month; "
            "shared equally among those who did it together; evidence is required"
        ),
    ),
    "points: {from: 0, to: 100}, combine: {mean: year}, weight: 1/3": (
        "0至100分，由评定人确定，全年各次取平均，按1/3折算",
        "0 to 100 points, as the reviewers decide; the mean a year; multiplied by 1/3",
    ),
    "points: 1, combine: {highest: matter}": (
        "每次1分，同一事项只取最高一次",
        "1 point each; only the highest of one matter",
    ),
    "ceiling: {of: score, at: 60, per: [quarter]}": ("每季度总分不超过60分", "the score at most 60 points a quarter"),
    "ceiling: {of: other, at: 0}": ("每季度“乙”不超过0分", "乙 at most 0 points a quarter"),
    "points: -1, min: {month: -3}": ("每次扣1分，每月最多扣3分", "minus 1 point each; at most minus 3 points a month"),
}


@pytest.mark.parametrize("node", SENTENCES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_sentence(node: str, language: str, tmp_path: Path) -> None:
    shown = good("-C", write_workspace(tmp_path / "w", node, language=language), "rules", "show", "-f", "markdown").text
    row = next(line for line in shown.splitlines() if line.startswith("| 项 "))
    assert row.split(" | ")[2].strip() == SENTENCES[node][language == "en"]


def test_the_language_is_the_workspaces(tmp_path: Path) -> None:
    folder = write_workspace(tmp_path / "w", "points: 2", language="en")
    whole_outputs.compare("show-english.txt", good("-C", folder, "rules", "show", env={"POINTS_LANG": "zh"}).text)


class Cells(HTMLParser):
    """Counts the cells of each row with the columns and rows that they take."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[tuple[int, int]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: int(value) for name, value in attrs if name in ("colspan", "rowspan") and value}
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append((said.get("colspan", 1), said.get("rowspan", 1)))


@pytest.mark.parametrize("path", scheme_paths(RULES), ids=lambda path: path.stem)
def test_html_is_one_rectangle(path: Path) -> None:
    page = good("rules", "show", path, "-f", "html").text
    cells = Cells()
    cells.feed(page)
    below: dict[int, int] = {}
    widths = []
    for number, row in enumerate(cells.rows):
        for columns, rows in row:
            for line in range(number, number + rows):
                below[line] = below.get(line, 0) + columns
        widths.append(below[number])
    assert len(set(widths)) == 1
    assert len(below) == len(cells.rows)
    assert "http:" not in page
    assert "<script" not in page


def test_html_escapes(tmp_path: Path) -> None:
    folder = write_workspace(tmp_path / "w", 'points: 1, clause: "<img src=x onerror=alert(1)>"')
    page = good("-C", folder, "rules", "show", "-f", "html").text
    assert "<img" not in page
    assert "&lt;img src=x" in page


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
def test_file(name: str, tmp_path: Path) -> None:
    answer = good("rules", "show", RULES / "community.yaml", "-o", tmp_path / name)
    assert answer.out == b""
    text = (tmp_path / name).read_text("utf-8")
    assert "每次2分，每月最多计4次" in text
    assert text.startswith({"a.html": "<!doctype html>", "a.md": "# ", "a.txt": "社区"}[name])


def test_of_a_workspace() -> None:
    several = run("-C", EXAMPLES / "social-insurance", "rules", "show")
    assert several.code == 2
    assert "social-insurance, social-insurance-activists" in several.err
    activists = good("-C", EXAMPLES / "social-insurance", "rules", "show", "social-insurance-activists").text
    assert activists.startswith("社保中心入党积极分子")
    relative = good("-C", EXAMPLES / "community", "rules", "show", "rules/community.yaml").text
    assert relative == good("-C", EXAMPLES / "community", "rules", "show", "community").text


NOTES = """\
rollup: {year: sum}
review: {stages: {new: 申报, done: 公示}, counts_from: done}
ranking: {ties: competition}
outcomes: {star: {title: 星级, top: 1, confirm: done}}
redemption: {opens: quarter, expires: never, gifts: {tissue: {title: 抽纸, cost: 4}}}
carry: {into: leaf, share: 1/3, max: 20}
"""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("到“公示”确定", "长期有效", "年度得分的1/3转入下一年“项”，全年不超过20分", "至2021-12-31")),
        (
            "en",
            (
                "settled at “公示”",
                "never lapses",
                "1/3 of the year's score goes into next year's 项; at most 20 points a year",
                "to 2021-12-31",
            ),
        ),
    ],
)
def test_notes(language: str, said: tuple[str, ...], tmp_path: Path) -> None:
    folder = write_workspace(tmp_path / "w", "points: 1", language=language, rest=NOTES)
    path = folder / "rules" / "one.yaml"
    path.write_text(
        path.read_text("utf-8").replace("{from: 2021-01-01}", "{from: 2021-01-01, to: 2021-12-31}"), "utf-8"
    )
    text = good("-C", folder, "rules", "show", "-f", "markdown").text
    assert [part for part in said if part not in text] == [], text


def test_a_carry_without_a_most(tmp_path: Path) -> None:
    rest = "rollup: {year: sum}\ncarry: {into: leaf, share: 20%}\n"
    folder = write_workspace(tmp_path / "w", "points: 1", rest=rest)
    assert good("-C", folder, "rules", "show", "-f", "markdown").text.rstrip().endswith("年度得分的20%转入下一年“项”")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing.yaml",), 3, "there is no such rule file"),
        (("nothing",), 2, "there is no scheme nothing"),
        ((str(RULES / "community.yaml"), "-o", "x.pdf"), 2, "the format of x.pdf is not known"),
    ],
)
def test_refusals(arguments: tuple[str, ...], code: int, said: str) -> None:
    answer = run("-C", EXAMPLES / "community", "rules", "show", *arguments)
    assert (answer.code, said in answer.err) == (code, True), answer.err


def test_a_broken_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("language: 1\n", "utf-8")
    answer = run("rules", "show", tmp_path / "x.yaml")
    assert answer.code == 1
    assert "missing-key" in answer.err
    (tmp_path / "rules").mkdir()
    (tmp_path / "x.yaml").rename(tmp_path / "rules" / "x.yaml")
    answer = run("-C", tmp_path, "rules", "show", "x")
    assert (answer.code, "missing-key" in answer.err) == (1, True)
