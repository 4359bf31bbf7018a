"""A trend as an SVG or PNG picture, with Chinese labels where the machine has a Chinese font."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pointscli.model.problem import UsageError
from pointscli.model.trend import Line, Trend
from pointscli.outputs.cells import visible
from pointscli.outputs.trend_chart import histogram
from pointscli.outputs.trend_tables import heading
from pointscli.outputs.trend_words import TrendWords

if TYPE_CHECKING:
    from pointscli.outputs.look import Look

FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "SimHei",
    "SimSun",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Noto Serif CJK SC",
    "FangSong",
)
"""Fonts with Chinese characters, the first one that is there is used."""
RED, GREY, BAND = "#b71c1c", "#757575", "#f3d9d6"
SIZE = (10.0, 5.6)


def render_image(trend: Trend, look: Look, kind: str) -> bytes:
    """The picture; the same trend and fonts give the same bytes."""
    try:
        import matplotlib as mpl  # noqa: PLC0415 - half a second, and only for pictures
    except ImportError:  # pragma: no cover (the package is always there in tests)
        raise UsageError(
            "pictures need a plotting library that is not installed", 'install it with: pip install "points[charts]"'
        ) from None
    mpl.use("Agg")
    from matplotlib import font_manager  # noqa: PLC0415 - the same
    from matplotlib.figure import Figure  # noqa: PLC0415 - the same

    # A font without a normal weight is shown all the same, and nobody needs to be told.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    known = {font.name for font in font_manager.fontManager.ttflist}
    fonts = [*(font for font in FONTS if font in known), "DejaVu Sans"]
    settings: Any = {
        "font.family": fonts,
        "axes.unicode_minus": False,
        "text.parse_math": False,  # a dollar sign in a name is no formula
        "svg.hashsalt": "points",
        "svg.fonttype": "none",
        "font.size": 11,
    }
    words = TrendWords(look.language)
    with mpl.rc_context(settings):
        ranked = not trend.scores and any(point.rank is not None for point in trend.lines[0].points)
        parts = 2 if trend.scores or ranked else 1
        figure = Figure(figsize=(SIZE[0], SIZE[1] + 2.6 * (parts - 1)), layout="constrained")
        axes = figure.subplots(parts, 1, squeeze=False, height_ratios=[2, 1][:parts])
        _draw_lines(axes[0][0], trend, words)
        if trend.scores:
            _draw_bars(axes[1][0], trend, words)
        elif ranked:
            _draw_ranks(axes[1][0], trend, words)
        figure.suptitle(f"{visible(heading(trend, words))}\n{visible(trend.title)}", fontsize=13)
        out = BytesIO()
        figure.savefig(out, format=kind, dpi=150, metadata={"Date": None} if kind == "svg" else {"Software": None})
    return out.getvalue()


def _draw_lines(axes: Any, trend: Trend, words: TrendWords) -> None:
    places = list(range(len(trend.periods)))
    axes.set_xticks(places, [words.tick(period) for period in trend.periods])
    axes.grid(axis="y", color="#e0e0e0")
    axes.set_ylabel(words.text("score"))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    if not trend.spreads:
        line = trend.lines[0]
        axes.plot(places, _heights(line.means), color=GREY, linestyle="--", label=words.text("group_mean"))
        scores = [point.score for point in line.points]
        axes.plot(places, _heights(scores), color=RED, marker="o", label=visible(line.name))
        _label_scores(axes, line)
        axes.margins(y=0.2)
    else:
        known = [(place, one) for place, one in zip(places, trend.spreads, strict=True) if one]
        at = [place for place, _ in known]
        axes.fill_between(
            at,
            [float(one.lower) for _, one in known],
            [float(one.upper) for _, one in known],
            color=BAND,
            label=f"{words.text('lower')} – {words.text('upper')}",
        )
        axes.plot(at, [float(one.median) for _, one in known], color=RED, marker="o", label=words.text("median"))
        axes.plot(at, [float(one.least) for _, one in known], color=GREY, linestyle=":", label=words.text("least"))
        axes.plot(
            at, [float(one.greatest) for _, one in known], color=GREY, linestyle="-", label=words.text("greatest")
        )
    axes.legend(frameon=False, loc="best")


def _label_scores(axes: Any, line: Line) -> None:
    """Each score on the side of its point where the group's mean is not."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - only for pictures

    for place, (point, mean) in enumerate(zip(line.points, line.means, strict=True)):
        if point.score is not None:
            below = mean is not None and mean > point.score
            axes.annotate(
                str(point.score),
                (place, float(point.score)),
                textcoords="offset points",
                xytext=(0, -16 if below else 9),
                ha="center",
                fontsize=9,
                path_effects=[withStroke(linewidth=3, foreground="white")],
            )


def _draw_ranks(axes: Any, trend: Trend, words: TrendWords) -> None:
    """The first place on top."""
    ranks = [point.rank for point in trend.lines[0].points]
    places = list(range(len(ranks)))
    axes.plot(places, _heights(ranks), color=RED, marker="s", drawstyle="default")
    for place, rank in zip(places, ranks, strict=True):
        if rank is not None:
            axes.annotate(str(rank), (place, rank), textcoords="offset points", xytext=(0, 8), ha="center", fontsize=9)
    axes.set_xticks(places, [words.tick(period) for period in trend.periods])
    axes.set_yticks([])
    axes.margins(y=0.35)
    axes.invert_yaxis()
    axes.set_ylabel(words.text("rank"))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _draw_bars(axes: Any, trend: Trend, words: TrendWords) -> None:
    bins = histogram(trend.scores)
    bars = axes.bar([text for text, _ in bins], [count for _, count in bins], color=RED, width=0.9)
    axes.bar_label(bars)
    axes.set_ylabel(words.text("people"))
    axes.set_title(words.text("distribution", period=words.period(trend.periods[-1])), fontsize=11)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _heights(values: Any) -> list[float]:
    """Positions on paper: nothing is computed from these floats."""
    return [float("nan") if value is None else float(value) for value in values]
