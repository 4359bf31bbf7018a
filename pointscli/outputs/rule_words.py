"""The words in which a scheme is printed for members, in Chinese and English.

They follow the workspace's `language`, like the titles of published tables, and not the message catalogues.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pointscli.model.period import Kind
from pointscli.outputs.result_words import RESULT_WORDS
from pointscli.outputs.titles import Language, Words

WINDOWS: dict[Kind, tuple[str, str]] = {
    Kind.MONTH: ("每月", "a month"),
    Kind.QUARTER: ("每季度", "a quarter"),
    Kind.HALF: ("每半年", "a half year"),
    Kind.YEAR: ("全年", "a year"),
}
PERIODS: dict[Kind, tuple[str, str]] = {
    Kind.MONTH: ("月", "month"),
    Kind.QUARTER: ("季度", "quarter"),
    Kind.HALF: ("半年", "half year"),
    Kind.YEAR: ("年度", "year"),
}

RULE_WORDS: dict[str, tuple[str, str]] = {
    # -- the table
    "section": ("项目", "Section"),
    "content": ("内容", "Item"),
    "scoring": ("计分标准", "Points"),
    "limit": ("上限", "At most"),
    "basis": ("依据", "Basis"),
    "whole": ("总分", "Total"),
    "comma": ("，", "; "),
    "semicolon": ("；", "; "),
    "in_brackets": ("{text}（{more}）", "{text} ({more})"),
    "labelled": ("{label}：{text}", "{label}: {text}"),
    "quoted": ("“{text}”", "“{text}”"),
    # -- amounts
    "one_point": ("{n}分", "{n} point"),
    "points": ("{n}分", "{n} points"),
    "no_points": ("0分", "0 points"),
    "minus": ("扣{points}", "minus {points}"),
    "each_event": ("每次{points}", "{points} each"),
    "each_unit": ("每{unit}{points}", "{points} per {unit}"),
    "each_full": ("每满{n}{unit}{points}", "{points} for every full {n} {unit}"),
    "each_part": ("每{n}{unit}{points}，不足的按比例折算", "{points} for every {n} {unit}, parts in proportion"),
    "of_level": ("{level}{points}", "{level}: {points}"),
    "by_level": ("按级别：{rows}", "by level: {rows}"),
    "by_level_each": ("按级别，{each}：{rows}", "by level, {each}: {rows}"),
    "per_unit": ("每{unit}", "per {unit}"),
    "per_full": ("每满{n}{unit}", "for every full {n} {unit}"),
    "per_part": ("每{n}{unit}（不足的按比例）", "for every {n} {unit} (parts in proportion)"),
    "range": ("{low}至{high}分，由评定人确定", "{low} to {high} points, as the reviewers decide"),
    "range_minus": ("扣{low}至{high}分，由评定人确定", "minus {low} to {high} points, as the reviewers decide"),
    "step": ("每档{n}分", "in steps of {n}"),
    "below": ("不足{n}{unit}{points}", "below {n}{unit}: {points}"),
    "from_on": ("{n}{unit}起{points}", "from {n}{unit}: {points}"),
    "by_quantity": ("按数量：{rows}", "by quantity: {rows}"),
    "total_first": ("{window}累计{n}次{points}", "{n} in {window}: {points} in all"),
    "total_next": ("{n}次共{points}", "{n}: {points}"),
    "total_last": ("{n}次及以上共{points}", "{n} or more: {points}"),
    "total_only": ("{window}有一次及以上，共{points}", "one or more in {window}: {points} in all"),
    "by_total": (
        "{window}合计：{rows}；期满时结算，没有记录的按0计",
        "by the total of {window}: {rows}; settled when it is over, no record counts as 0",
    ),
    "percent": ("每次加起始分的{n}%", "{n}% of the points granted, each"),
    "percent_minus": ("每次扣起始分的{n}%", "minus {n}% of the points granted, each"),
    "percent_unit": ("每{unit}加起始分的{n}%", "{n}% of the points granted per {unit}"),
    "percent_unit_minus": ("每{unit}扣起始分的{n}%", "minus {n}% of the points granted per {unit}"),
    # -- what comes without an event
    "grant": ("{window}起始{points}", "{points} to begin with {window}"),
    "grant_by": ("{window}起始分按“{column}”：{rows}", "to begin with {window}, by {column}: {rows}"),
    "grant_default": ("其他{points}", "others {points}"),
    # -- limits
    "times": ("{window}最多计{n}次", "at most {n} counted {window}"),
    "free_one": ("{window}首次不计", "the first {window} is not counted"),
    "free": ("{window}前{n}次不计", "the first {n} {window} are not counted"),
    "max_quantity": ("一次最多按{n}{unit}计", "at most {n} {unit} at once"),
    "max": ("{window}不超过{points}", "at most {points} {window}"),
    "max_short": ("{window}{points}", "{points} {window}"),
    "min": ("{window}不低于{points}", "not below {points} {window}"),
    "min_minus": ("{window}最多扣{points}", "at most minus {points} {window}"),
    "used_up": ("扣完为止", "until they are used up"),
    "used_up_in": ("{window}扣完为止", "until they are used up {window}"),
    "weight": ("按{n}折算", "multiplied by {n}"),
    # -- combining
    "highest": ("{window}只取最高一次", "only the highest {window}"),
    "lowest": ("{window}只取最低一次", "only the lowest {window}"),
    "mean": ("{window}各次取平均", "the mean {window}"),
    "latest": ("{window}以最近一次为准", "the latest {window}"),
    "highest_matter": ("同一事项只取最高一次", "only the highest of one matter"),
    "lowest_matter": ("同一事项只取最低一次", "only the lowest of one matter"),
    "mean_matter": ("同一事项取平均", "the mean of one matter"),
    "latest_matter": ("同一事项以最近一次为准", "the latest of one matter"),
    # -- conditions of an event
    "split": ("多人共同完成的平均分摊", "shared equally among those who did it together"),
    "evidence": ("须附佐证", "evidence is required"),
    "counts_from": ("从“{stage}”起计分", "counts from “{stage}” on"),
    "ceiling": ("{window}“{what}”不超过{points}", "{what} at most {points} {window}"),
    "ceiling_score": ("{window}总分不超过{points}", "the score at most {points} {window}"),
}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """Phrases of one language, filled with numbers and names."""

    language: Language = "zh"

    def text(self, phrase: str, **args: object) -> str:
        """A phrase, filled."""
        return self._pick(RULE_WORDS.get(phrase) or RESULT_WORDS[phrase]).format(**args)

    def window(self, kind: Kind) -> str:
        """`每月`, `a month`."""
        return self._pick(WINDOWS[kind])

    def period(self, kind: Kind) -> str:
        """`月`, `month`."""
        return self._pick(PERIODS[kind])

    def amount(self, points: Decimal) -> str:
        """`2分`, `扣1分`."""
        if not points:
            return self.text("no_points")
        shown = self.text("one_point" if abs(points) == 1 else "points", n=number(abs(points)))
        return self.text("minus", points=shown) if points < 0 else shown

    def plain(self, points: Decimal) -> str:
        """Points with a sign in front where they are below 0: `-10分`."""
        return self.text("one_point" if abs(points) == 1 else "points", n=number(points))

    def clauses(self, parts: Iterable[str]) -> str:
        """Parts of a sentence, the empty ones left out."""
        return self.text("comma").join(part for part in parts if part)

    def listed(self, parts: Iterable[str]) -> str:
        """Words in one line: `甲、乙`."""
        return self.words.join([part for part in parts if part])

    @property
    def words(self) -> Words:
        """The titles of published tables in the same language."""
        return Words(self.language)

    def _pick(self, pair: tuple[str, str]) -> str:
        return pair[self.language == "en"]


def number(value: Decimal | Fraction) -> str:
    """A number as it is written by hand: no zeros at the end, a fraction as `1/3`."""
    if isinstance(value, Fraction):
        shown = Decimal(value.numerator) / value.denominator
        if Fraction(shown) != value:
            return f"{value.numerator}/{value.denominator}"
        value = shown
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
