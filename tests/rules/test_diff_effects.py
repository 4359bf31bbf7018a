"""`points rules diff` with a log: what each part of a change does alone."""

# ruff: noqa: E501  (a table as it is printed)

from __future__ import annotations

from pathlib import Path

from tests.cli.running import good, write_csv

HEAD = "language: 1\nscheme: case\ntitle: 办法\neffective: {from: 2021-01-01}\nsettle: quarter\n"
OLD = """\
score:
  items:
    part: {title: 部分, items: {a: {title: 甲, points: 2}, b: {title: 乙, points: 1}, h: {title: 辛, points: 1}}}
    rest:
      title: 其他
      max: 3
      items: {c: {title: 丙, points: 3}, inner: {title: 内, items: {d: {title: 丁, points: 1}}}}
    gone: {title: 旧, items: {g: {title: 己, points: -1}}}
outcomes:
  low: {title: 末位, bottom: 1}
redemption: {from: [part], gifts: {cup: {title: 杯, cost: 5}}}
"""
NEW = """\
score:
  items:
    part: {title: 部分, items: {a: {title: 甲, points: 2}}}
    inner:
      title: 内
      items:
        d: {title: 丁, points: 1}
        rest:
          title: 其他
          max: 3
          items: {c: {title: 丙, points: 3}, b: {title: 乙, points: 1}}
    more: {title: 新, items: {e: {title: 戊, points: 4}, h: {title: 辛, points: 1}}}
outcomes:
  high: {title: 先进, where: {score: ">= 4"}}
redemption: {from: [part], gifts: {cup: {title: 杯, cost: 5}}}
"""
ROWS = ("M1 b", "M1 c", "M2 g", "M2 e", "M3 c", "M3 d")
TOLD = """\
2021Q1, as of 2021-03-31: of 3 members 2 gain and 1 lose points, 0 change rank, 2 cross a grade, a star or an outcome
these changes cannot be tried alone: rest.moved, h.moved
rows of the log left out: 1 by the old rules, 1 by the new ones

Member  Name  Score         Change  Rank  Crosses      Because of                                          Rules
------  ----  ------------  ------  ----  -----------  --------------------------------------------------  --------------------------
M1      甲1   4.00 → 3.00   -1.00   -                  b.moved -1.00, outcomes.high                        new.yaml:16,19
M3      甲3   3.00 → 4.00   +1.00   -     +high        inner.moved +1.00, more.added                       new.yaml:9,17
M2      甲2   -1.00 → 4.00  +5.00   -     +high; -low  more.added +4.00, gone.removed +1.00, outcomes.low  new.yaml:17 old.yaml:13,15
"""


def test_each_part_alone(tmp_path: Path) -> None:
    """What moves into itself turned inside out, or into a section that is new, cannot be tried alone."""
    for name, text in {"old": OLD, "new": NEW}.items():
        (tmp_path / f"{name}.yaml").write_text(HEAD + text, "utf-8")
    write_csv(tmp_path / "members.csv", [{"id": f"M{number}", "name": f"甲{number}"} for number in (1, 2, 3)])
    rows = [dict(zip(("member", "item"), row.split(), strict=True)) for row in ROWS]
    write_csv(tmp_path / "events.csv", [{"date": "2021-02-01", **row} for row in rows])
    text = good("-C", tmp_path, "rules", "diff", "old.yaml", "new.yaml", "--quarter", "2021Q1").text
    assert text.endswith(TOLD)
