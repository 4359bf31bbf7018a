"""The words of record cards and of the listing of who is scored, in the workspace's language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pointscli.model.derivation import Idle, Posting, Step
from pointscli.outputs.rule_words import number
from pointscli.outputs.titles import Language, Words

CARD_WORDS: dict[str, tuple[str, str]] = {
    # -- columns
    "row": ("行", "Row"),
    "date": ("日期", "Date"),
    "event": ("记录编号", "Event"),
    "section": ("事项", "Matter"),
    "item": ("项目", "Item"),
    "reason": ("事由", "Reason"),
    "evidence": ("依据", "Evidence"),
    "plus": ("加分", "Plus"),
    "minus": ("减分", "Minus"),
    "balance": ("累计", "Balance"),
    "by": ("记录人", "Recorded by"),
    "remark": ("备注", "Remark"),
    "scheme": ("方案", "Scheme"),
    "scored": ("计分时期", "Scored in"),
    "count": ("期数", "Periods"),
    "listed": ("列入", "Listed"),
    "ranked": ("排名", "Ranked"),
    "exempt": ("免考原因", "Exempt"),
    "since": ("起始日期", "Since"),
    "until": ("截止日期", "Until"),
    # -- the card
    "card": ("党员积分登记表", "Record card"),
    "of_member": ("姓名：{name}（{id}）", "Member: {name} ({id})"),
    "fact": ("{title}：{value}", "{title}: {value}"),
    "uncounted": ("未计分事项", "What did not count"),
    "sum": ("{period}小计", "{period}, sum"),
    "score": ("{period}总分", "{period}, score"),
    "not_listed": ("本期未列入（不在册或不计分）", "not listed in this period (not on the roster, or not scored)"),
    "quantity": ("数量{n}", "quantity {n}"),
    "in_brackets": ("{text}（{more}）", "{text} ({more})"),
    "grant": ("定期计入", "granted"),
    "total": ("按合计计分", "by the total"),
    # -- remarks
    "priced": ("计{n}分", "priced {n}"),
    "credited": ("实得{n}分", "credited {n}"),
    "max": ("{title}{window}上限{bound}", "at most {bound} for {title} in {window}"),
    "min": ("{title}{window}下限{bound}", "at least {bound} for {title} in {window}"),
    "ceiling": ("{title}{window}最高{bound}", "{title} limited to {bound} in {window}"),
    "weight": ("{title}按权重折算", "{title} is weighted"),
    "highest": ("{title}就高不重复", "only the highest of {title} counts"),
    "lowest": ("{title}取最低", "only the lowest of {title} counts"),
    "mean": ("{title}取平均", "the mean of {title} counts"),
    "latest": ("{title}取最近一次", "only the latest of {title} counts"),
    "objected": ("有异议待处理", "an objection is open"),
    "by_sum": ("{kind}之和：{terms}", "the sum of {kind}s: {terms}"),
    "by_mean": ("{kind}平均：{terms}", "the mean of {kind}s: {terms}"),
    "by_last": ("取最后一个{kind}：{terms}", "the last {kind}: {terms}"),
    # -- why an event did not count
    "later": ("晚于统计截止日", "dated after the as-of day"),
    "not active": ("当时不在计分范围内", "the member was not scored then"),
    "rejected": ("已驳回", "rejected"),
    "waiting": ("还在“{stage}”阶段，尚未计分", "still at the stage “{stage}”"),
    "under objection": ("有异议，暂不计分", "under an objection, which suspends it"),
    "free": ("在允许次数之内，不计分", "one of those allowed without points"),
    "beyond times": ("超过计分次数", "more of them than count"),
    "mark": ("只作登记，本身不计分", "a mark only, without points of its own"),
    "in_total": ("已计入期末合计", "counted in the total at the end"),
    # -- who is scored
    "roster": ("{period}计分对象", "Who is scored in {period}"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "nobody": ("没有方案对此类人员计分", "no scheme scores this kind of member"),
    "at_start": ("期初不在册，不列入本期", "not on the roster at the start: not listed"),
    "at_end": ("期末不在册，不列入本期", "not on the roster at the end: not listed"),
    "at_whole": ("并非始终在册，不列入本期", "not on the roster all the time: not listed"),
    "at_any": ("不列入本期", "not listed"),
    "unranked": ("方案不排名", "the scheme does not rank"),
    "was_in": ("此前在{branch}", "before that in {branch}"),
    "was": ("此前为{kind}", "before that {kind}"),
    "outside": ("不在排名范围", "outside the ranking"),
    # -- close, and awards as events
    "closing": ("{period}积分结转", "Carried over from {period}"),
    "awarding": ("{period}评定结果转记", "Awards of {period} as events"),
    "points": ("分值", "Points"),
    "level": ("级别", "Level"),
    "state": ("状态", "State"),
    "planned": ("拟写入", "to be written"),
    "written": ("已写入", "written"),
    "there": ("已有，不重复写入", "there already"),
    "left_out": ("下一年不计分，不结转", "not scored next year: nothing is carried"),
    "nothing": ("没有可结转的积分", "nothing to carry"),
    "refused": ("未转记：{why}", "left out: {why}"),
    "unknown": ("不在该方案的花名册上", "not on that roster"),
    "ambiguous": ("花名册上有同名的：{names}", "several bear the name: {names}"),
    "other_name": ("编号相同而姓名不同：{name}", "the same id is {name} there"),
    "not_accepted": ("当日不在该方案计分范围", "not scored by that scheme then"),
    "carried": ("上年积分结转：{period}{score}分×{share}", "carried over from {period}: {score} × {share}"),
    "carried_most": ("{text}，最高{most}分", "{text}, at most {most}"),
    "awarded": ("评为{title}（{period}）", "{title} ({period})"),
    "decision": ("{scheme}{period}评定结果", "{scheme}, outcomes of {period}"),
    "score_of": ("{scheme} {period}总分{score}", "{scheme}, score of {period}: {score}"),
    # -- shared
    "comma": ("，", ", "),
    "and": ("、", ", "),
    "to": ("{first}至{last}", "{first} to {last}"),
}

KIND_WORDS = {"month": ("月", "month"), "quarter": ("季度", "quarter"), "half": ("半年", "half year")}


@dataclass(frozen=True, slots=True)
class CardWords:
    """Texts of one language."""

    language: Language = "zh"

    def text(self, phrase: str, **args: object) -> str:
        """A phrase, filled; numbers as people write them."""
        shown = {name: number(value) if isinstance(value, Decimal) else value for name, value in args.items()}
        return CARD_WORDS[phrase][self.language == "en"].format(**shown)

    def fact(self, title: str, value: str) -> str:
        """`支部：一支部`; nothing where there is no value."""
        return self.text("fact", title=title, value=value) if value else ""

    def remark(self, posting: Posting) -> str:
        """What rules made of the price, where it is not what was credited; and an open objection."""
        parts = []
        if posting.priced != posting.credited:
            parts = [self.text("priced", n=posting.priced)]
            parts += dict.fromkeys(self._step(step) for step in posting.steps if step.came != step.went)
            parts.append(self.text("credited", n=posting.credited))
        if posting.source and posting.source.objected:
            parts.append(self.text("objected"))
        return self.text("comma").join(parts)

    def _step(self, step: Step) -> str:
        words = Words(self.language)
        window = words.period(step.window) if step.window else ""
        title = step.title or words.title("score")
        return self.text(step.did, title=title, window=window, bound="" if step.bound is None else step.bound)

    def why(self, idle: Idle) -> str:
        """Why an event posted nothing."""
        phrase: str = "in_total" if idle.why == "total" else idle.why
        objected = [self.text("objected")] if idle.source.objected and idle.why != "under objection" else []
        return self.text("comma").join([self.text(phrase, stage=idle.source.stage), *objected])

    def kind(self, kind: str) -> str:
        """A kind of period."""
        return KIND_WORDS[kind][self.language == "en"]
