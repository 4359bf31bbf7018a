"""`points stats`: how large the log is, and what a computation of it costs on this machine."""

from __future__ import annotations

import time

import typer

from pointscli.cli import options as o
from pointscli.cli.world import World


def stats(
    context: typer.Context,
    month: o.MonthOption = None,
    quarter: o.QuarterOption = None,
    half: o.HalfOption = None,
    year: o.YearOption = None,
    as_of: o.AsOfOption = None,
    scheme: o.SchemeOption = None,
) -> None:
    """Size of the log, events a second and memory of a computation, and what became of every event: one line."""
    world: World = context.obj
    with world.boundary(), world.progress():
        period = o.one_period(month=month, quarter=quarter, half=half, year=year)
        began = time.perf_counter()
        from pointscli.app.question import Asked  # noqa: PLC0415  (help must not load the computation)
        from pointscli.app.stats import measure  # noqa: PLC0415  (the same)
        from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)

        workspace = open_workspace(world.workspace, world.sources)
        found = measure(workspace, Asked(world.today, period, scheme, o.one_day(as_of)))
        seconds = time.perf_counter() - began
        say, memory = world.translate, world.most_memory
        parts = [
            say("events in the log: {events} ({size} MB)").format(
                events=f"{found.events:,}", size=f"{found.bytes / 1e6:.1f}"
            ),
            say("{period} computed in {seconds} s: {rate} events a second").format(
                period=found.report.tally.period.label,
                seconds=f"{seconds:.1f}",
                rate=f"{found.events / seconds:,.0f}",
            ),
            say("at most {memory} MB of memory").format(memory=f"{memory / 1e6:,.0f}") if memory else "",
            ", ".join(f"{say(pile)} {count:,}" for pile, count in sorted(found.report.piles.items())),
        ]
        world.put("; ".join(filter(None, parts)) + "\n")
