"""Column titles and fixed words of published tables, in Chinese and English.

They follow the workspace's `language`, not the machine's locale, so they do not go through the message catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pointscli.model.period import Kind, Period

Language = Literal["zh", "en"]

TITLES: dict[str, tuple[str, str]] = {
    "rank": ("名次", "Rank"),
    "member": ("编号", "ID"),
    "name": ("姓名", "Name"),
    "branch": ("支部", "Branch"),
    "group": ("党小组", "Group"),
    "kind": ("类别", "Kind"),
    "score": ("总分", "Score"),
    "earned": ("得分", "Earned"),
    "grade": ("等次", "Grade"),
    "stars": ("星级", "Stars"),
    "outcomes": ("结果", "Outcomes"),
    "outcome": ("结果编号", "Outcome ID"),
    "title": ("结果", "Outcome"),
    "within": ("评比范围", "Ranked in"),
    "action": ("措施", "Action"),
    "reason": ("理由", "Reason"),
    "stage": ("阶段", "Stage"),
    "dimension": ("维度", "Dimension"),
    "period": ("时期", "Period"),
    "count": ("人数", "Members"),
    "mean": ("人均", "Mean"),
}

KINDS: dict[str, tuple[str, str]] = {
    "full": ("正式党员", "full member"),
    "probationary": ("预备党员", "probationary member"),
    "activist": ("入党积极分子", "activist"),
    "development_target": ("发展对象", "development target"),
    "applicant": ("入党申请人", "applicant"),
}

PHRASES: dict[str, tuple[str, str]] = {
    "scheme": ("方案 {scheme}", "scheme {scheme}"),
    "version": ("版本 {version}", "version {version}"),
    "as_of": ("截至 {date}", "as of {date}"),
    "decided": ("审核截至 {date}", "decisions up to {date}"),
    "people": ("共 {count} 人", "{count} members"),
    "listed": ("列出 {count} 人，共 {total} 人", "{count} of {total} members listed"),
    "preview": (
        "预览：从“{stage}”阶段起就计分，不作公布依据",
        'PREVIEW: events count from the stage "{stage}" on; not for publication',
    ),
    "partial": ("未定稿：有错误的记录已跳过，没有计分", "PARTIAL: records with errors were skipped and not counted"),
    "running": ("未定稿：本期到 {end} 才结束", "NOT FINAL: the period ends on {end}"),
    "objected": ("未定稿：有 {count} 条异议待处理", "NOT FINAL: {count} objections are open"),
    "objection_count": ("{count} 条", "{count}"),
    "objections": ("异议待处理", "Open objections"),
    "exempt": ("免考", "Exempt"),
    "unranked": ("-", "-"),
    "asked": ("名额 {asked}", "{asked} places"),
    "enlarged": ("名额 {asked}，并列取 {taken}", "{asked} places, {taken} taken because of ties"),
    "asked_each": ("名额各 {asked}", "{asked} places each"),
    "in_group": ("{group}：{text}", "{group}: {text}"),
    "action": ("措施：{action}", "Action: {action}"),
    "nominated": ("提名", "Nominated"),
    "nominated_at": ("提名（{stage}）", "nominated ({stage})"),
    "confirmed": ("已确定", "confirmed"),
    "counted": ("{title}（{count} 人）", "{title} ({count})"),
    "remark": ("{name}（{remark}）", "{name} ({remark})"),
    "no_rows": ("没有可列出的内容", "Nothing to list"),
    "hidden": (
        "窗口较窄，未显示：{columns}（--format csv 有全部列）",
        "Not shown, for lack of width: {columns} (--format csv has all columns)",
    ),
    "outcome_lists": ("评定结果", "Outcomes"),
    "scores": ("积分", "Scores"),
    "separator": ("、", ", "),
}

PERIODS: dict[Kind, tuple[str, str]] = {
    Kind.MONTH: ("{year}年{month}月", "{name} {year}"),
    Kind.QUARTER: ("{year}年第{numeral}季度", "{year} Q{nth}"),
    Kind.HALF: ("{year}年{half}半年", "{year} H{nth}"),
    Kind.YEAR: ("{year}年度", "{year}"),
}

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """The titles and words of one language."""

    language: Language = "zh"

    def title(self, column: str) -> str:
        """The title of a fixed column; the id itself if it is none."""
        return self._pick(TITLES.get(column, (column, column)))

    def kind(self, cell: str) -> str:
        """A member's kind: the known ones (either word) as printed, any other text as it stands."""
        for key, names in KINDS.items():
            if cell in (key, names[0]):
                return self._pick(names)
        return cell

    def text(self, phrase: str, **args: object) -> str:
        """A fixed phrase, filled."""
        return self._pick(PHRASES[phrase]).format(**args)

    def join(self, items: list[str]) -> str:
        """A list of words in one line."""
        return self.text("separator").join(items)

    def period(self, period: Period) -> str:
        """`2021年第三季度`, `2021 Q3`."""
        year, month = divmod(period.first_month, 12)
        nth = month // period.kind.size + 1
        return self._pick(PERIODS[period.kind]).format(
            year=year,
            month=month + 1,
            name=MONTHS[month],
            nth=nth,
            numeral="一二三四"[nth - 1] if period.kind is Kind.QUARTER else "",
            half="上下"[nth - 1] if period.kind is Kind.HALF else "",
        )

    def _pick(self, pair: tuple[str, str]) -> str:
        return pair[self.language == "en"]
