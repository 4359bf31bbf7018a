"""The words of balances, statements and counter sheets, in Chinese and English: the workspace's language."""

from __future__ import annotations

from dataclasses import dataclass

from pointscli.outputs.titles import Language, Words

BALANCE_WORDS: dict[str, tuple[str, str]] = {
    # -- titles of tables
    "balances": ("{scheme} 兑换积分余额（{day}）", "{scheme}: balances on {day}"),
    "statement": ("{scheme} 兑换积分明细 {member}（{day}）", "{scheme}: statement of {member}, {day}"),
    "gifts": ("{scheme} 礼品库存（{day}）", "{scheme}: gifts in stock on {day}"),
    "sheet": ("积分兑换登记表", "Redemption sheet"),
    # -- columns
    "opened": ("已开放", "Open"),
    "spent": ("已兑换", "Spent"),
    "balance": ("余额", "Balance"),
    "opening": ("待开放", "To open"),
    "opens": ("开放日期", "Opens"),
    "lapses": ("有效期至", "Lapses after"),
    "date": ("日期", "Date"),
    "matter": ("摘要", "Entry"),
    "plus": ("增加", "Plus"),
    "minus": ("减少", "Minus"),
    "gift": ("礼品编号", "Gift ID"),
    "gift_title": ("礼品", "Gift"),
    "cost": ("所需积分", "Points"),
    "stock": ("库存", "Stock"),
    "redeemed": ("已兑换", "Redeemed"),
    "left": ("剩余", "Left"),
    "take": ("兑换礼品", "Gift taken"),
    "count": ("数量", "Count"),
    "sign": ("本人签字", "Signature"),
    "by": ("经办人", "Handled by"),
    # -- entries
    "earned": ("{window}积分", "points of {window}"),
    "unopened": ("{window}积分（尚未开放）", "points of {window} (not open yet)"),
    "taken": ("兑换{gift} {cost} × {count}", "{gift} {cost} × {count}"),
    "remark": ("{text}（{more}）", "{text} ({more})"),
    "lapsed": ("到期未用，失效", "lapsed unspent"),
    "overdrawn": ("到期，多用部分不再结转", "over, what was overdrawn is not carried on"),
    # -- the sheet
    "price": ("{gift} {cost}分", "{gift} {cost}"),
    "price_left": ("{gift}{cost}分，余{left}件", "{gift} {cost}: {left} left"),
    "price_free": ("{gift}{cost}分", "{gift} {cost}"),
    "on": ("余额截至{day}", "balances on {day}"),
    "until": ("有效期至{day}", "points lapse after {day}"),
    "nobody": ("（未填支部）", "(no branch)"),
}


@dataclass(frozen=True, slots=True)
class BalanceWords:
    """The words of one language."""

    language: Language

    def __call__(self, key: str, **args: object) -> str:
        """A word, filled."""
        text = BALANCE_WORDS[key][self.language == "en"]
        return text.format(**args) if args else text

    @property
    def words(self) -> Words:
        """The titles that all tables share."""
        return Words(self.language)
