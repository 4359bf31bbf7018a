"""The words of trends, in the workspace's language."""

from __future__ import annotations

from dataclasses import dataclass

from pointscli.model.period import Kind, Period
from pointscli.outputs.titles import Language, Words

TEXTS: dict[str, tuple[str, str]] = {
    "heading": ("{subject} 积分走势", "Points of {subject}"),
    "everybody": ("全体", "everybody"),
    "score": ("得分", "Score"),
    "rank": ("名次", "Rank"),
    "mean": ("平均", "Mean"),
    "group_mean": ("同组平均", "Mean of the group"),
    "change": ("名次变化", "Rank change"),
    "period": ("时期", "Period"),
    "count": ("人数", "Members"),
    "least": ("最低", "Least"),
    "lower": ("下四分位", "Lower quartile"),
    "median": ("中位数", "Median"),
    "upper": ("上四分位", "Upper quartile"),
    "greatest": ("最高", "Greatest"),
    "distribution": ("{period}得分分布", "Scores in {period}"),
    "people": ("人数", "Members"),
    "up": ("升{n}", "up {n}"),
    "down": ("降{n}", "down {n}"),
    "same": ("不变", "same"),
    "ranks": ("名次", "Ranks"),
}


@dataclass(frozen=True, slots=True)
class TrendWords:
    """Words of one language."""

    language: Language = "zh"

    def text(self, phrase: str, **args: object) -> str:
        """A fixed phrase, filled."""
        return TEXTS[phrase][self.language == "en"].format(**args)

    def period(self, period: Period) -> str:
        """A period's printed name."""
        return Words(self.language).period(period)

    def tick(self, period: Period) -> str:
        """A short name under an axis: `7月`, `Q3`."""
        nth = period.number % (12 // period.kind.size) + 1
        if period.kind is Kind.YEAR:
            return str(period.number)
        if period.kind is Kind.MONTH and self.language == "zh":
            return f"{nth}月"
        return {Kind.MONTH: f"{nth}", Kind.QUARTER: f"Q{nth}", Kind.HALF: f"H{nth}"}[period.kind]
