"""What is shown before an event is recorded, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from pointscli.app.record_preview import Effect, Preview

Translate = Callable[[str], str]
_WHY = {
    "later": "it is dated after today",
    "not active": "the member is not scored then",
    "rejected": "it is rejected",
    "waiting": "it waits for the review",
    "under objection": "it is under objection",
    "free": "it is one of those allowed without points",
    "beyond times": "the item counts no more often in this period",
    "mark": "the item has no points of its own",
    "total": "the item counts by its total at the end of its window",
}
"""Why an event posts nothing."""


def preview_lines(preview: Preview, translate: Translate) -> Iterator[str]:
    """The item and how it is scored; for each member the price, the scores, and what is left under each maximum."""
    yield translate("{day} {item}: {scoring}").format(
        day=preview.day.isoformat(), item=preview.item, scoring=preview.scoring or "-"
    )
    if preview.errors:
        yield translate("no scores: errors in the log ({count}), see points check").format(count=preview.errors)
    for effect in preview.effects:
        yield _effect(effect, translate)
        for left in effect.left:
            yield "    " + translate("{title}, {window}: {left} left of {most}").format(
                title=left.title or translate("whole score"),
                window=left.window.label,
                left=_plain(left.left),
                most=_plain(left.most),
            )


def _effect(effect: Effect, translate: Translate) -> str:
    values = {
        "member": effect.member,
        "period": effect.period.label,
        "before": _plain(effect.before),
        "after": _plain(effect.after),
        "priced": _plain(effect.priced),
        "credited": _plain(effect.credited),
        "why": translate(_WHY[effect.why]) if effect.why else "",
    }
    if effect.priced is not None and effect.priced == effect.credited:
        message = "{member}: {credited} points; score of {period}: {before} → {after}"
    elif effect.priced is not None:
        message = "{member}: {priced} points, of which {credited} count; score of {period}: {before} → {after}"
    else:
        message = "{member}: no points now, {why}; score of {period}: {before} → {after}"
    return translate(message).format(**values)


def _plain(number: Decimal | None) -> str:
    return "-" if number is None else format(number, "f")
