"""The fixed words of the papers that go with a notice, in the workspace's language."""

from __future__ import annotations

from dataclasses import dataclass

from pointscli.outputs.titles import Language

PAPER_TEXTS: dict[str, tuple[str, str]] = {
    # -- headings
    "report": ("{period}积分情况通报", "Report on points, {period}"),
    "commendation": ("{period}表彰名单", "Commendations of {period}"),
    "talk": ("谈话提醒通知单", "Notice of a talk"),
    "talks": ("{period}谈话提醒通知单", "Notices of talks, {period}"),
    "card": ("党员积分登记表", "Record card"),
    "cards": ("{period}党员积分登记表", "Record cards, {period}"),
    "numbered": ("{numeral}、{heading}", "{nth}. {heading}"),
    # -- the report
    "overall": ("总体情况", "Overall"),
    "by_branch": ("各支部情况", "By branch"),
    "by_column": ("各项得分情况", "By part of the score"),
    "by_dimension": ("各维度情况", "By dimension"),
    "by_grade": ("等次分布", "Grades"),
    "by_stars": ("星级分布", "Stars"),
    "movement": ("名次变化", "Movement of ranks"),
    "risen": ("名次上升较多的", "Rose most"),
    "fallen": ("名次下降较多的", "Fell most"),
    "results": ("评定结果", "Outcomes"),
    "objections": ("异议处理情况", "Objections"),
    "events": ("记录情况", "Events"),
    "open": ("未决事项", "What is open"),
    "members": ("计分人数", "Members"),
    "mean": ("平均分", "Mean"),
    "most": ("最高分", "Greatest"),
    "least": ("最低分", "Least"),
    "mean_before": ("上期平均分", "Mean before"),
    "change": ("比上期", "Change"),
    "members_before": ("上期人数", "Members before"),
    "part": ("项目", "Part"),
    "rank_now": ("本期名次", "Rank now"),
    "rank_before": ("上期名次", "Rank before"),
    "score_now": ("本期得分", "Score now"),
    "score_before": ("上期得分", "Score before"),
    "up": ("上升 {count}", "up {count}"),
    "down": ("下降 {count}", "down {count}"),
    "compared": ("上期为{period}。", "The period before is {period}."),
    "no_period_before": (
        "没有可比的上期：{period}不在本方案施行期内，或没有记录。",
        "Nothing to compare with: in {period} the scheme was not in force, or there are no events.",
    ),
    "no_movement": ("与上期相比，名次没有变化。", "No rank differs from the period before."),
    "counted_only": ("本名单只公布人数。", "Only the number of this list is published."),
    "no_results": ("本期没有评定名单。", "There are no outcome lists of this period."),
    "nobody": ("无", "nobody"),
    "nothing_open": ("没有未决事项。", "Nothing is open."),
    "without": ("未评", "None"),
    # -- objections
    "raised": ("提出", "Raised"),
    "dismissed": ("维持原记录", "Record upheld"),
    "amended": ("更正", "Amended"),
    "rejected_after": ("撤销原记录", "Record struck out"),
    "pending": ("待处理", "Open"),
    "no_objections": (
        "对本期记录和名单没有提出异议。",
        "No objection was raised against events or lists of this period.",
    ),
    "decision": ("处理结果", "Decision"),
    "number": ("件数", "Number"),
    # -- events
    "pile": ("记录的去向", "What became of them"),
    "times": ("人次", "Entries"),
    "credited": ("已计分", "Counted"),
    "capped": ("已达上限或并入其他事项，未增加分值", "Made nothing of by a bound or a better event"),
    "later": ("晚于统计截止日，未计分", "Dated after the as-of day: not counted"),
    "not active": ("当时不在计分范围，未计分", "The member was not scored then: not counted"),
    "rejected": ("已驳回，未计分", "Rejected: not counted"),
    "waiting": ("还在审核中，未计分", "Waiting for review: not counted"),
    "under objection": ("有异议，暂不计分", "Under objection: suspended"),
    "free": ("在允许次数之内，不计分", "Among those allowed without points"),
    "beyond times": ("超过计分次数，未计分", "More than count: not counted"),
    "mark": ("只作登记，不计分", "Marks without points"),
    "total": ("计入期末合计", "Counted in a total"),
    "unlisted": ("本人未列入本期名单，未公布", "The member is not listed in this period: not published"),
    "refused": ("有错误，已跳过", "With errors: left out"),
    "in_all": ("合计", "In all"),
    "entries_note": (
        "一条记录涉及几人的，按几人次计。",
        "An event that names several members is an entry for each.",
    ),
    # -- commendation
    "commended": (
        "根据《{title}》和{period}积分结果，下列同志列入名单，予以公布。",
        "By {title} and the points of {period}, the following members are commended.",
    ),
    "none_commended": ("{period}没有列入表彰名单的党员。", "No member is on a list of commendation for {period}."),
    "place": ("序号", "No."),
    "basis": ("评定依据", "Figures"),
    "action": ("措施：{action}", "Action: {action}"),
    "list_count": ("{title}（{count}人）", "{title} ({count})"),
    "still_nominated": (
        "另有{count}人已提名，尚在审核中，未列入。",
        "{count} more are nominated and still under review: not listed.",
    ),
    # -- talks
    "dear": ("{name}同志：", "To {name}:"),
    "listed": (
        "根据《{title}》和{period}积分结果，你列入“{list}”（{reason}）。",
        "By {title} and the points of {period}, you are on the list “{list}” ({reason}).",
    ),
    "measure": ("按规定应采取的措施：{action}。", "The rules provide for: {action}."),
    "please": (
        "请按约定时间参加谈话。对积分有不同意见的，可以在谈话时提出。",
        "Please come to the talk at the time agreed. If you object to your points, you may say so there.",
    ),
    "none_to_talk": ("{period}没有需要谈话提醒的党员。", "Nobody is to be spoken to for {period}."),
    "deducted": ("扣分事项", "Points taken"),
    "no_deductions": ("本期没有扣分。", "No points were taken in this period."),
    "parts": ("各项得分", "Parts of the score"),
    "own": ("本人", "Own"),
    "mean_in": ("{group}平均", "Mean of {group}"),
    "mean_all": ("全体平均", "Mean of all"),
    "gap": ("差距", "Difference"),
    "room": ("还可得分的项目（供谈话参考）", "Where points are left (for the talk)"),
    "gained": ("已得", "Gained"),
    "cap": ("上限", "Most"),
    "left": ("还可得", "Left"),
    "more_deductions": ("另有 {count} 笔，见登记表。", "{count} more: see the record card."),
    "talk_notes": ("谈话记录", "Notes of the talk"),
    "answer": ("本人意见和改进打算", "The member's answer"),
    "talker": ("谈话人", "Spoken to by"),
    "talked_at": ("谈话时间", "Time"),
    "talked_where": ("谈话地点", "Place"),
    "talked": ("本人签字", "Member's signature"),
    # -- who
    "rank_of": ("第{rank}名（共{count}人）", "{rank} of {count}"),
    "unranked": ("不参加排名", "not ranked"),
    "stars_of": ("{stars}星", "{stars}"),
    "exempt": ("免考", "Exempt"),
    "checked": ("本人核对", "Checked by the member"),
}
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Words of one language."""

    language: Language = "zh"

    def text(self, phrase: str, **args: object) -> str:
        """A fixed phrase, filled."""
        return PAPER_TEXTS[phrase][self.language == "en"].format(**args)

    def numbered(self, nth: int, heading: str) -> str:
        """`一、总体情况`."""
        return self.text("numbered", numeral=_NUMERALS[nth - 1], nth=nth, heading=heading)
