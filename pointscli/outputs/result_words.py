"""The words for what follows from a scheme's scores: who is scored, ranking, lists, review, redemption."""

from __future__ import annotations

RESULT_WORDS: dict[str, tuple[str, str]] = {
    # -- facts above the table
    "in_force": ("自{start}起施行", "in force from {start}"),
    "in_force_until": ("施行期{start}至{end}", "in force from {start} to {end}"),
    "source": ("依据：{text}", "after: {text}"),
    # -- headings
    "who": ("计分对象", "Who is scored"),
    "settlement": ("结算", "Settlement"),
    "ranking": ("排名", "Ranking"),
    "grades": ("等次", "Grades"),
    "stars": ("星级", "Stars"),
    "derived": ("折算", "Derived columns"),
    "outcomes": ("结果运用", "Outcomes"),
    "review": ("审核", "Review"),
    "redemption": ("积分兑换", "Redemption"),
    "carry": ("结转", "Carried over"),
    # -- who is scored
    "everyone": ("花名册上的全体党员", "everyone on the roster"),
    "active_end": ("期末在册的", "on the roster at the end of the period"),
    "active_start": ("期初在册的", "on the roster at the start of the period"),
    "active_any": ("期内任何一天在册的", "on the roster on any day of the period"),
    "active_whole": ("期内始终在册的", "on the roster for the whole of the period"),
    # -- settlement
    "settled": ("按{period}结算", "settled by {period}"),
    "rolled_sum": ("{longer}分为各{shorter}之和", "a {longer} is the sum of its {shorter}s"),
    "rolled_mean": ("{longer}分为各{shorter}的平均", "a {longer} is the mean of its {shorter}s"),
    "rolled_last": ("{longer}分取最后一个{shorter}", "a {longer} is the last of its {shorter}s"),
    "decimals": ("保留{n}位小数", "{n} decimals"),
    "half_up": ("四舍五入", "ties rounded away from zero"),
    "half_even": ("四舍六入五成双", "ties rounded to even"),
    "down": ("多余位数舍去", "further places cut off"),
    # -- ranking
    "among_all": ("全体一起排名", "everyone is ranked together"),
    "among": ("按{columns}分别排名", "ranked within {columns}"),
    "competition": ("并列的名次相同，其后空出（1、1、3）", "equals share a rank and the next is left out (1, 1, 3)"),
    "dense": ("并列的名次相同，其后接续（1、1、2）", "equals share a rank and the next follows (1, 1, 2)"),
    "tie_break": ("总分相同的依次比{nodes}", "equal scores are decided by {nodes}, in this order"),
    "ranked_only": ("只排{who}", "only {who} are ranked"),
    # -- steps
    "reached": ("{n}分及以上", "{n} and above"),
    "above": ("高于{n}分", "above {n}"),
    "rest": ("其余", "all others"),
    "star": ("{n}星", "{n} stars"),
    # -- derived
    "derive": ("{title}：{of}÷{group}最高者×{n}", "{title}: {of} ÷ the largest of {group} × {n}"),
    "the_group": ("本组", "the group"),
    "everybody": ("全体", "everybody"),
    # -- outcomes
    "made_for": ("{periods}", "for each {periods}"),
    "top": ("{by}前{n}名", "the first {n} by {by}"),
    "bottom": ("{by}后{n}名", "the last {n} by {by}"),
    "top_named": ("按{by}由高到低：{groups}", "the first by {by}: {groups}"),
    "bottom_named": ("按{by}由低到高：{groups}", "the last by {by}: {groups}"),
    "places": ("{group}{n}名", "{group} {n}"),
    "share": ("不超过参评人数的{n}", "at most {n} of those ranked"),
    "within": ("按{columns}分别评定", "within {columns}"),
    "within_all": ("全体一起评定", "among all"),
    "except": ("有{items}的除外", "not with {items}"),
    "only": ("限{who}", "only {who}"),
    "ties_exclude": ("名额不够时并列的都不取", "equals who do not all fit are left out"),
    "action": ("措施：{text}", "action: {text}"),
    "confirm": ("经{stages}，到“{at}”确定", "by way of {stages}, settled at “{at}”"),
    "confirm_review": ("到“{at}”确定", "settled at “{at}”"),
    # -- review
    "stages": ("{stages}", "{stages}"),
    "arrow": (" → ", " → "),
    "counts": ("有异议期间照常计分", "an event under objection counts"),
    "suspended": ("有异议期间暂不计分", "an event under objection does not count"),
    # -- redemption
    "spend": ("可用于兑换：{nodes}", "can be spent: {nodes}"),
    "opens": ("{period}结束后开放兑换", "opens when the {period} is over"),
    "expires": ("开放当{period}内有效", "lapses at the end of the {period} in which it opens"),
    "never": ("长期有效", "never lapses"),
    "gift": ("{title}{points}", "{title}: {points}"),
    "stock": ("{gift}（{n}件）", "{gift} ({n} in stock)"),
    "carried": ("年度得分的{share}转入下一年“{node}”", "{share} of the year's score goes into next year's {node}"),
}
