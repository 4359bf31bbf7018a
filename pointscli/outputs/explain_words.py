"""The words of explanations, in the workspace's language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pointscli.model.derivation import Ruling, Step
from pointscli.model.period import Period
from pointscli.outputs.rule_words import number
from pointscli.outputs.titles import Language, Words

TEXTS: dict[str, tuple[str, str]] = {
    # -- what came out
    "score": ("得分 {score}", "score {score}"),
    "whole": ("合计", "in all"),
    "no_score": ("本期未列入（不在册或不计分）", "not listed in this period (not on the roster, or not scored)"),
    "rank": ("第{rank}名（共{count}人）", "rank {rank} of {count}"),
    "rank_in": ("{group}第{rank}名（共{count}人）", "rank {rank} of {count} in {group}"),
    "unranked": ("不参加排名", "not ranked"),
    "exempt": ("免考：{why}", "exempt: {why}"),
    "behind": ("比第{rank}名少{gap}分", "{gap} behind rank {rank}"),
    "equal_behind": ("与第{rank}名同分，按{keys}排在其后", "level with rank {rank}, after it by {keys}"),
    "tied": ("与{names}并列", "tied with {names}"),
    "grade": ("等次 {grade}", "grade {grade}"),
    "grade_at": ("等次 {grade}（总分{sign}{at}）", "grade {grade} (score {sign} {at})"),
    "next_grade": ("再得{gap}分为{grade}", "{gap} more for {grade}"),
    "next_grade_above": ("再得超过{gap}分为{grade}", "more than {gap} more for {grade}"),
    "stars": ("{stars}星", "{stars} stars"),
    # -- headings
    "credits": ("{period}各项得分", "Credits in {period}"),
    "rollup": ("怎样算成{period}得分", "How {period} is made of them"),
    "outcomes": ("结果运用", "Outcomes"),
    "idle": ("没有计分的记录", "Events that earned nothing"),
    "why_not": ("{title}：计了什么，没计什么，为什么", "{title}: what counted, what did not, and why"),
    # -- lines
    "grant": ("{date} 自动计分", "{date} granted"),
    "total": ("{date} 按合计计分", "{date} by the total"),
    "posting": ("{date} {reason}", "{date} {reason}"),
    "quantity": ("{quantity}{unit}", "{quantity} {unit}"),
    "level": ("级别{level}", "level {level}"),
    "matter": ("同一事项：{matter}", "matter: {matter}"),
    "evidence": ("依据：{text}", "evidence: {text}"),
    "by": ("记录人：{text}", "recorded by {text}"),
    "event": ("编号{id}", "event {id}"),
    "objected": ("有异议待处理", "an objection is open"),
    # -- decisions
    "ruling": ("{date} {by}{did}{why}", "{date} {by}: {did}{why}"),
    "why": ("（{reason}）", " ({reason})"),
    "approve": ("同意", "approved"),
    "approve_to": ("同意，到“{stage}”阶段", "approved to “{stage}”"),
    "reject": ("驳回", "rejected"),
    "amend": ("更正{cells}", "amended {cells}"),
    "amended_cell": ("{column}{before}→{after}", "{column} {before}→{after}"),
    "object": ("提出异议", "objected"),
    "dismiss": ("异议不成立，维持", "objection dismissed"),
    "column_quantity": ("数量", "quantity"),
    "column_level": ("级别", "level"),
    "column_points": ("分值", "points"),
    # -- what rules did
    "max": (
        "{title}{window}累计{gross}，超过上限{bound}：{came} → {went}",
        "{title}, {window}: {gross} in all, above the most of {bound}: {came} → {went}",
    ),
    "max_absorbed": (
        "{title}{window}先冲抵超出上限{bound}的部分：{came} → {went}",
        "{title}, {window}: first taken from what was above the most of {bound}: {came} → {went}",
    ),
    "min": (
        "{title}{window}累计{gross}，低于下限{bound}：{came} → {went}",
        "{title}, {window}: {gross} in all, below the least of {bound}: {came} → {went}",
    ),
    "min_absorbed": (
        "{title}{window}先补足低于下限{bound}的部分：{came} → {went}",
        "{title}, {window}: first made up for what was below the least of {bound}: {came} → {went}",
    ),
    "ceiling": (
        "{title}{window}因有此类事项最高{bound}：{came} → {went}",
        "{title}, {window}: at most {bound} after such an event: {came} → {went}",
    ),
    "weight": ("{title}按权重折算：{came} → {went}", "{title}, weighted: {came} → {went}"),
    "highest": ("{title}只取最高一次：{came} → {went}", "{title}: only the highest counts: {came} → {went}"),
    "lowest": ("{title}只取最低一次：{came} → {went}", "{title}: only the lowest counts: {came} → {went}"),
    "mean": ("{title}取平均：{came} → {went}", "{title}: the mean counts: {came} → {went}"),
    "latest": ("{title}只取最近一次：{came} → {went}", "{title}: only the latest counts: {came} → {went}"),
    # -- why an event earned nothing
    "later": ("晚于统计截止日", "dated after the as-of day"),
    "not active": ("当时不在计分范围内", "the member was not scored then"),
    "rejected": ("已驳回", "rejected"),
    "waiting": ("还在“{stage}”阶段，未到计分阶段", "still at the stage “{stage}”, before the one that counts"),
    "under objection": ("有异议，暂不计分", "under an objection, which suspends it"),
    "free": ("在允许的次数之内，不计分", "one of those allowed without points"),
    "beyond times": ("超过计分次数", "more of them than count"),
    "mark": ("只作登记，本身不计分", "a mark only, without points of its own"),
    "total_idle": ("计入{title}的合计", "counted in the total of {title}"),
    # -- rollup
    "mean_of": ("{periods}的平均：({terms}) ÷ {n}", "the mean of {periods}: ({terms}) ÷ {n}"),
    "sum_of": ("{periods}之和：{terms}", "the sum of {periods}: {terms}"),
    "last_of": ("取最后一个：{term}", "the last of them: {term}"),
    "rolled_ceiling": ("因有限制总分的事项，最高{score}", "an event bounds it to {score}"),
    "rounded": ("按{decimals}位小数公布为{score}", "published with {decimals} decimals as {score}"),
    # -- outcomes
    "on": ("{title}：列入（{reason}）", "{title}: listed ({reason})"),
    "nominated": ("{title}：已提名，现在“{stage}”阶段", "{title}: nominated, at the stage “{stage}”"),
    "off": ("{title}：未列入", "{title}: not listed"),
    "met": ("符合：{text}", "met: {text}"),
    "unmet": ("不符合：{text}", "not met: {text}"),
    "off_unlisted": ("本期未列入计分名单", "not listed in this period"),
    "off_period": ("本时期不评，只按{kinds}评", "not drawn up for this period, only for a {kinds}"),
    "off_exempt": ("免考或不参加排名", "exempt or not ranked"),
    "off_only": ("只面向{who}", "only for {who}"),
    "off_except": ("有{items}", "there is {items}"),
    "off_places": (
        "{by}未进入名额内（名额{asked}，取到{last}）",
        "outside the {asked} places by {by} (taken down to {last})",
    ),
    "off_tied": (
        "{by}与名额内最后一人同为{last}（名额{asked}），按{keys}排在其后",
        "level at {last} with the last of the {asked} places by {by}, after it by {keys}",
    ),
    "off_rejected": ("提名未获通过", "the nomination was rejected"),
    "off_other": ("排序在名额之外", "outside the places"),
    # -- why not an item
    "no_event": ("本期没有涉及该党员的{title}记录", "no {title} event of the period names the member"),
    "room": ("{title}{window}：已计{total}，上限{max}", "{title}, {window}: {total} counted, at most {max}"),
    "room_left": (
        "{title}{window}：已计{total}，上限{max}，还可计{left}",
        "{title}, {window}: {total} counted, at most {max}, {left} left",
    ),
    "comma": ("，", ", "),
    "and": ("、", ", "),
}


@dataclass(frozen=True, slots=True)
class ExplainWords:
    """Sentences of explanations in one language."""

    language: Language = "zh"

    def text(self, phrase: str, **args: object) -> str:
        """A phrase, filled; numbers as people write them."""
        shown = {name: number(value) if isinstance(value, Decimal) else value for name, value in args.items()}
        return TEXTS[phrase][self.language == "en"].format(**shown)

    def period(self, period: Period) -> str:
        """A period's printed name."""
        return Words(self.language).period(period)

    def step(self, step: Step) -> str:
        """What a rule did to a posting."""
        phrase: str = step.did
        if step.did == "max" and step.came < 0:
            phrase = "max_absorbed"
        elif step.did == "min" and step.came > 0:
            phrase = "min_absorbed"
        window = self.period(step.window) if step.window else ""
        values = {"gross": step.gross, "bound": step.bound, "came": step.came, "went": step.went}
        shown = {name: value for name, value in values.items() if value is not None}
        return self.text(phrase, title=step.title or Words(self.language).title("score"), window=window, **shown)

    def ruling(self, one: Ruling) -> str:
        """A decision: when, who, what, why."""
        cells = self.text("and").join(
            self.text("amended_cell", column=self.text(f"column_{column}"), before=before or "-", after=after)
            for column, before, after in one.amended
        )
        phrase = "approve_to" if one.decision == "approve" and one.stage else one.decision
        did = self.text(phrase, stage=one.stage, cells=cells)
        why = self.text("why", reason=one.reason) if one.reason else ""
        return self.text("ruling", date=one.date.isoformat(), by=one.by, did=did, why=why)

    def joined(self, parts: list[str]) -> str:
        """Parts of a sentence."""
        return self.text("comma").join(part for part in parts if part)
