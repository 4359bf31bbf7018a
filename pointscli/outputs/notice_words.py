"""The fixed words of published documents, in the workspace's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pointscli.outputs.titles import Language

TEXTS: dict[str, tuple[str, str]] = {
    "month": ("{period}积分公示", "Points of {period}"),
    "quarter": ("{period}积分通报", "Points of {period}"),
    "half": ("{period}积分通报", "Points of {period}"),
    "year": ("{period}积分公示", "Points of {period}"),
    "draft": ("未定稿", "DRAFT"),
    "waiting": ("未定稿：有 {count} 条记录还在审核中", "NOT FINAL: {count} events wait for review"),
    "nominated": ("未定稿：有 {count} 项提名还在审核中", "NOT FINAL: {count} nominations wait for review"),
    "amended": ("更正：{reason}", "AMENDED: {reason}"),
    # -- signature block
    "prepared_by": ("制表人", "Prepared by"),
    "reviewed_by": ("审核人", "Reviewed by"),
    "notice_period": ("公示期", "Posted from – to"),
    "phone": ("监督电话", "Telephone for questions"),
    "date": ("日期", "Date"),
    # -- tables
    "details": ("加分、扣分明细", "Credits with reasons"),
    "day": ("日期", "Date"),
    "section": ("类别", "Section"),
    "item": ("项目", "Item"),
    "reason": ("事由", "Reason"),
    "evidence": ("依据", "Evidence"),
    "priced": ("标准分", "Priced"),
    "points": ("计分", "Points"),
    "note": ("说明", "Note"),
    "granted": ("自动计分", "granted"),
    "totalled": ("按合计计分", "by the total"),
    "by_branch": ("各支部情况", "By branch"),
    "by_dimension": ("各维度情况", "By dimension"),
    "distribution": ("得分分布", "Distribution of scores"),
    "branches": ("各支部平均分", "Mean score by branch"),
    "members_unit": ("{count}人", "{count} members"),
    "list_count": ("{title}（{count} 人）", "{title} ({count})"),
    "code": ("校验码", "Check code"),
    "checkpoint": ("台账编码", "Record code"),
    "code_note": (
        "任何人都可以用 points verify --against {code} 核对本表",
        "anybody can check this table: points verify --against {code}",
    ),
    "exempt": ("免考：{why}", "exempt: {why}"),
    "exempt_only": ("免考", "exempt"),
    "objected": ("{count} 条异议待处理", "{count} objections are open"),
    "no_details": ("本期没有加分、扣分", "no credits in this period"),
    "all": ("全体", "All"),
    "changes": ("更正内容", "What changed"),
    "before": ("更正前", "Before"),
    "after": ("更正后", "After"),
    "figure": ("栏目", "Column"),
    "sort_hint": ("点列名可排序，点姓名可看明细", "Click a heading to sort, a name for the details"),
    "action": ("措施：{action}", "Action: {action}"),
    "sort_only": ("点列名可排序", "Click a heading to sort"),
    "show_all": ("展开全部明细", "Show all details"),
    "large": ("按 A3 放大打印", "Print large, on A3"),
    "bounds": ("{lower} ～ {upper}：{count} 人", "{lower} – {upper}: {count}"),
    "steps": ("每 {step} 分一段，含下限", "in steps of {step}, lower bounds included"),
    "seal": ("（盖章）", "(seal)"),
}


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """Words of one language."""

    language: Language = "zh"

    def text(self, phrase: str, **args: object) -> str:
        """A fixed phrase, filled."""
        return TEXTS[phrase][self.language == "en"].format(**args)

    def bare(self, marks: Sequence[str]) -> str:
        """Marks in one sentence, without the word that each begins with."""
        mark = ": " if self.language == "en" else "："
        return ("; " if self.language == "en" else "；").join(one.partition(mark)[2] or one for one in marks)
