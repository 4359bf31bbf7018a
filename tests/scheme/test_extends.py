"""`extends`: what is merged, what is replaced, what is removed, and which chains of files are refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pointscli.model.period import Kind
from pointscli.model.problem import Place
from pointscli.scheme.load import load_schemes
from pointscli.scheme.types import Bound, FixedPrice, Scheme, walk
from tests.scheme.snippets import places

BASE = """\
language: 1
scheme: base
title: 基本办法
version: "1"
effective: {from: 2021-01-01}
settle: quarter
rollup: {year: sum}
score:
  max: 100
  items:
    study:
      title: 学习
      max: {quarter: 20}
      items:
        note: {title: 笔记, points: 1, max: 4}
        class: {title: 党课, points: 2, aliases: [上党课]}
    work: {title: 工作, points: 1}
ranking: {ties: dense, within: branch}
grades: {优秀: 90, 合格: null}
derive: {index: {title: 指数, of: work, to: 5}}
outcomes:
  best: {title: 最佳, period: quarter, top: 3}
  last: {title: 最后, period: quarter, bottom: 3}
redemption: {opens: quarter, gifts: {cup: {title: 杯子, cost: 5, stock: 1}, kettle: {title: 水壶, cost: 80}}}
"""
OWN = "scheme: own\ntitle: 本办法\neffective: {from: 2022-01-01}\n"


def write(folder: Path, files: dict[str, str]) -> list[Path]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [folder / name for name in files]


def own(folder: Path, text: str) -> Scheme:
    """The scheme of a file that extends the base by a text."""
    write(folder, {"rules/base.yaml": BASE, "rules/own.yaml": f"extends: base.yaml\n{OWN}{text}"})
    schemes, problems = load_schemes([folder / "rules/own.yaml"], folder)
    assert problems == []
    return schemes[0]


def test_what_is_not_given_is_inherited(tmp_path: Path) -> None:
    scheme = own(tmp_path, "")
    assert (scheme.id, scheme.title, str(scheme.effective_from), scheme.version) == ("own", "本办法", "2022-01-01", "1")
    assert [node.id for node in walk(scheme.score)] == ["score", "study", "note", "class", "work"]
    assert scheme.place == Place("rules/own.yaml", 1, 1)
    assert scheme.score.items[1].place == Place("rules/base.yaml", 17, 5)


def test_nodes_are_merged_by_key(tmp_path: Path) -> None:
    scheme = own(
        tmp_path,
        """\
score:
  max: 120
  items:
    study:
      max: {year: 60}
      items:
        note: {points: 3, max: null}
        class: null
        test: {title: 测试, points: 5}
""",
    )
    study, work = scheme.score.items
    assert scheme.score.bounds == (Bound(None, None, Decimal(120)),)
    assert study.title == "学习"
    assert [str(bound.window) for bound in study.bounds] == ["year"]
    assert [(node.id, node.title, node.points, node.bounds) for node in study.items] == [
        ("note", "笔记", FixedPrice(Decimal(3)), ()),
        ("test", "测试", FixedPrice(Decimal(5)), ()),
    ]
    assert (study.place, study.items[0].place) == (Place("rules/own.yaml", 8, 5), Place("rules/own.yaml", 11, 9))
    assert work.place.path == "rules/base.yaml"


def test_results_are_merged_by_id_and_replaced_whole(tmp_path: Path) -> None:
    scheme = own(
        tmp_path,
        """\
grades: {好: 80}
derive: {index: null, other: {title: 另一指数, of: study, to: 3}}
outcomes: {best: {title: 最好}, last: ~, talk: {title: 谈话, bottom: 1}}
redemption: {opens: month, gifts: {kettle: null, cup: {title: 大杯, cost: 6}}}
rollup: null
ranking: {ties: competition}
""",
    )
    assert [grade.name for grade in scheme.grades] == ["好"]
    assert [column.id for column in scheme.derive] == ["other"]
    assert [(outcome.id, outcome.title, outcome.top, outcome.period) for outcome in scheme.outcomes] == [
        ("best", "最好", None, ()),
        ("talk", "谈话", None, ()),
    ]
    assert scheme.redemption is not None
    assert [(gift.id, gift.title, gift.stock) for gift in scheme.redemption.gifts] == [("cup", "大杯", None)]
    assert scheme.redemption.opens is Kind.MONTH
    assert scheme.rollup == ()
    assert scheme.ranking is not None
    assert scheme.ranking.within == ()


def test_a_chain_of_files(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        {
            "shared/base.yaml": BASE,
            "rules/middle.yaml": "extends: ../shared/base.yaml\n"
            "scheme: middle\ntitle: 中\neffective: {from: 2021-01-01}\n"
            "score: {items: {work: {points: 2}, study: null}}\n",
            "rules/own.yaml": f"extends: ./middle.yaml\n{OWN}outcomes: null\n"
            "score: {items: {work: {title: 做事}}}\n",
        },
    )
    schemes, problems = load_schemes(paths, tmp_path)
    assert problems == []
    assert [(scheme.id, len(walk(scheme.score)), len(scheme.outcomes)) for scheme in schemes] == [
        ("base", 5, 2),
        ("middle", 2, 2),
        ("own", 2, 0),
    ]
    assert (schemes[2].score.items[0].title, schemes[2].score.items[0].points) == ("做事", FixedPrice(Decimal(2)))


def test_problems_of_the_base_are_told_once_and_in_its_file(tmp_path: Path) -> None:
    base = BASE.replace("max: 100", "maxx: 100").replace("points: 2", "points: 二")
    paths = write(
        tmp_path,
        {
            "base.yaml": base,
            "a.yaml": f"extends: base.yaml\n{OWN}score: {{maxy: 1}}\n",
            "b.yaml": f"extends: base.yaml\n{OWN}",
        },
    )
    schemes, problems = load_schemes(paths, tmp_path)
    assert schemes == []
    assert [(problem.name, problem.place) for problem in problems] == [
        ("unknown-key", Place("a.yaml", 5, 9)),
        ("unknown-key", Place("base.yaml", 9, 3)),
        ("bad-number", Place("base.yaml", 16, 36)),
    ]


def test_a_mistake_of_the_extending_file_stands_there(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        {
            "base.yaml": BASE,
            "own.yaml": "extends: base.yaml\n"
            "score: {items: {work: null, new: {points: 1}, gone: null, study: 5}}\nstars: null\n",
        },
    )
    _, problems = load_schemes(paths, tmp_path)
    assert [(problem.name, dict(problem.args).get("key"), problem.place) for problem in problems] == [
        ("unknown-name", None, Place("base.yaml", 20, 33)),
        ("missing-key", "effective", Place("own.yaml", 1, 1)),
        ("missing-key", "scheme", Place("own.yaml", 1, 1)),
        ("missing-key", "title", Place("own.yaml", 1, 1)),
        ("missing-key", "title", Place("own.yaml", 2, 29)),
        ("nothing-to-remove", "gone", Place("own.yaml", 2, 47)),
        ("wrong-type", None, Place("own.yaml", 2, 66)),
        ("nothing-to-remove", "stars", Place("own.yaml", 3, 1)),
    ]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("gone.yaml", "missing-file"),
        (".", "missing-file"),
        ("../../base.yaml", "extends-outside"),
        ("link.yaml", "extends-outside"),
        ("/etc/passwd", "bad-extends"),
        ("C:/base.yaml", "bad-extends"),
        ("..\\base.yaml", "bad-extends"),
        ('""', "bad-extends"),
        ("~", "bad-extends"),
        ("[base.yaml]", "bad-extends"),
        ("{a: b}", "bad-extends"),
        ("own.yaml", "extends-circle"),
        ("../rules/own.yaml", "extends-circle"),
    ],
)
def test_refused_paths(tmp_path: Path, path: str, name: str) -> None:
    root = tmp_path / "workspace"
    write(root, {"rules/own.yaml": f"extends: {path}\n{OWN}"})
    write(tmp_path, {"base.yaml": BASE})
    (root / "rules/link.yaml").symlink_to(tmp_path / "base.yaml")
    schemes, problems = load_schemes([root / "rules/own.yaml"], root)
    assert schemes == []
    assert places(problems) == [(name, 1, 10)]
    assert problems[0].text(problems[0].message) + problems[0].text(problems[0].hint)


def test_a_circle_is_told_in_every_file_of_it(tmp_path: Path) -> None:
    files = {
        "a.yaml": f"extends: b.yaml\n{OWN}",
        "b.yaml": f"# b\nextends: c.yaml\n{OWN}",
        "c.yaml": f"extends: a.yaml # c\n{OWN}",
    }
    _, problems = load_schemes(write(tmp_path, files), tmp_path)
    assert [(problem.name, problem.place) for problem in problems] == [
        ("extends-circle", Place("a.yaml", 1, 10)),
        ("extends-circle", Place("b.yaml", 2, 10)),
        ("extends-circle", Place("c.yaml", 1, 10)),
    ]


def test_an_unreadable_base_is_told(tmp_path: Path) -> None:
    paths = write(tmp_path, {"own.yaml": f"extends: base.yaml\n{OWN}", "base.yaml": "a: [\n"})
    schemes, problems = load_schemes(paths[:1], tmp_path)
    assert schemes == []
    assert [(problem.name, problem.place.path) for problem in problems] == [("yaml-syntax", "base.yaml")]


def test_paths_of_other_folders_are_shown_short(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        {
            "rules/own.yaml": f"extends: ../shared/base.yaml\n{OWN}",
            "shared/base.yaml": BASE.replace("max: 100", "max: 百"),
        },
    )
    _, problems = load_schemes(paths[:1], tmp_path)
    assert [problem.place for problem in problems] == [Place("shared/base.yaml", 9, 8)]
