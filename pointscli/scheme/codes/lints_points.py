"""Readers' findings about points and bounds."""

from __future__ import annotations

from pointscli.scheme.codes.examples import leaf, rules, table, warning

LINTS_POINTS = table(
    warning(
        "P331",
        "max-never-reached",
        what="An upper bound that the points below can never reach.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Compare the points with the printed total, or delete the bound.",
        bad=leaf("points: 2, times: 3, «»max: 10"),
        good=leaf("points: 2, times: 5, max: 10"),
    ),
    warning(
        "P332",
        "min-never-reached",
        what="A lower bound that the points below can never reach.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Compare the points with the printed total, or delete the bound.",
        bad=leaf("points: {count: [-1, -3]}, «»min: -10"),
        good=leaf("points: {count: [-1, -3, -10]}, min: -5"),
    ),
    warning(
        "P333",
        "points-beyond-bound",
        what="One event is worth more than the item may give in a whole window.",
        why="Every event is cut, so no member ever gets what the rule promises.",
        how="Raise the bound or lower the points.",
        bad=leaf("points: «»5, max: 3"),
        good=leaf("points: 3, max: 5"),
    ),
    warning(
        "P334",
        "max-above-section",
        what="An item's upper bound is above that of its section.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="An item cannot give more than its section: correct one of the two.",
        bad=rules("score: {items: {s: {title: 学习, max: 5, items: {a: {title: 党课, points: 1, «»max: 8}}}}}"),
        good=rules("score: {items: {s: {title: 学习, max: 8, items: {a: {title: 党课, points: 1, max: 5}}}}}"),
    ),
    warning(
        "P335",
        "grants-above-max",
        what="The grants below a node make more than its upper bound.",
        why="Nobody can ever have all that is granted.",
        how="Correct the grants or the bound.",
        bad=rules("score: {«»max: 9, items: {a: {title: 甲, grant: 6}, b: {title: 乙, grant: 4}}}"),
        good=rules("score: {max: 10, items: {a: {title: 甲, grant: 6}, b: {title: 乙, grant: 4}}}"),
    ),
    warning(
        "P336",
        "ceiling-too-high",
        what="A ceiling is not below what the node can reach anyway.",
        why="What looks like a sanction takes nothing away.",
        how="Write a lower ceiling, or name another node.",
        bad=rules(
            "score: {max: 10, items: {a: {title: 甲, points: 1}, b: {title: 乙, ceiling: {of: score, at: «»60}}}}"
        ),
        good=rules(
            "score: {max: 100, items: {a: {title: 甲, points: 1}, b: {title: 乙, ceiling: {of: score, at: 60}}}}"
        ),
    ),
    warning(
        "P337",
        "weight-zero",
        what="A weight of 0 leaves nothing of a node.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Write the weight that is meant, or delete the node.",
        bad=leaf("points: 1, weight: «»0"),
        good=leaf("points: 1, weight: 0.5"),
    ),
    warning(
        "P338",
        "never-scores",
        what="An item whose events are never worth anything.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Raise the limit that stops it, as the hint says.",
        bad=leaf("points: 1, times: 2, free: «»2"),
        good=leaf("points: 1, times: 3, free: 2"),
    ),
    warning(
        "P339",
        "items-exceed-section",
        what="All items of a section are bounded, and together make a little more than the section's bound.",
        why="A cap far below the sum is usual; a small excess looks as if the printed points were meant to add up.",
        how="Compare the numbers with the printed table, or say in a points: ignore comment that the cap is meant.",
        bad=rules(
            "score: {«»max: 20, items: {a: {title: 甲, points: 1, max: 10}, b: {title: 乙, points: 1, max: 11}}}"
        ),
        good=rules("score: {max: 20, items: {a: {title: 甲, points: 1, max: 10}, b: {title: 乙, points: 1, max: 10}}}"),
    ),
    warning(
        "P340",
        "unused-dimension",
        what="A dimension that no points carry, or that all points carry.",
        why="Sums by dimension show nothing for it, or nothing but the score.",
        how="Delete it, or give the other parts of the scheme dimensions of their own.",
        bad=rules(
            "score: {items: {s: {title: 学习, dimension: «»政治学习, items: {"
            "a: {title: 甲, dimension: 自学, points: 1}, b: {title: 乙, dimension: 集中学习, points: 1}}}}}"
        ),
        good=rules(
            "score: {items: {s: {title: 学习, dimension: 政治学习, items: {"
            "a: {title: 甲, dimension: 自学, points: 1}, b: {title: 乙, points: 1}}}}}"
        ),
    ),
    warning(
        "P341",
        "table-turns",
        what="The points of a table rise and then fall, or the reverse.",
        why="A member with more would get less: usually two rows were mixed up.",
        how="Check this row and the one before.",
        bad=leaf("points: {bands: {0: 0, 60: 3, 80: «»2}}"),
        good=leaf("points: {bands: {0: 0, 60: 2, 80: 3}}"),
    ),
    warning(
        "P342",
        "row-repeats",
        what="A row gives the same points as the one before.",
        why="A reader of the table would take it for a mistake, and it probably is one.",
        how="Delete the row, or correct one of the two numbers.",
        bad=leaf("points: {count: [-1, -3, «»-3]}"),
        good=leaf("points: {count: [-1, -3]}"),
    ),
    warning(
        "P343",
        "rows-out-of-order",
        what="The rows of a table, grades or stars are not in order.",
        why="A reader of the table would take it for a mistake, and it probably is one.",
        how="Write them from the smallest bound to the greatest, or the other way.",
        bad=leaf("points: {bands: {0: 0, 80: 2, «»60: 1}}"),
        good=leaf("points: {bands: {0: 0, 60: 1, 80: 2}}"),
    ),
    warning(
        "P344",
        "bands-begin-late",
        what="The bands have no row for small quantities.",
        why="An event below the first band is refused as an error.",
        how="Add the row 0: 0 if such an event is worth nothing.",
        bad=leaf("points: {«»bands: {60: 1, 80: 2}}"),
        good=leaf("points: {bands: {0: 0, 60: 1, 80: 2}}"),
    ),
    warning(
        "P345",
        "step-misses-end",
        what="Steps from the lower end never come to the upper end.",
        why="A reader of the table would take it for a mistake, and it probably is one.",
        how="Change step or to.",
        bad=leaf("points: {from: 1, to: «»5, step: 3}"),
        good=leaf("points: {from: 1, to: 5, step: 2}"),
    ),
    warning(
        "P346",
        "row-never-met",
        what="A row that no event can meet.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Raise max_quantity or times, or delete the row.",
        bad=leaf("points: {count: [-1, «»-3]}, times: 1"),
        good=leaf("points: {count: [-1, -3]}, times: 2"),
    ),
    warning(
        "P347",
        "percent-over-100",
        what="A percentage takes or gives more than everything.",
        why="A reader of the table would take it for a mistake, and it probably is one.",
        how="Write at most 100%, or points without a percent sign.",
        bad=leaf("grant: 10, points: «»-500%"),
        good=leaf("grant: 10, points: -5%"),
    ),
    warning(
        "P348",
        "percent-of-nothing",
        what="A percentage of grants in a scheme without grants.",
        why="It is always worth nothing.",
        how="Add a grant, or write points without a percent sign.",
        bad=leaf("points: «»-5%"),
        good=leaf("grant: 10, points: -5%"),
    ),
    warning(
        "P349",
        "deduction-adds",
        what="An item that deducts by its title adds points.",
        why="The minus sign was probably forgotten, and a breach would be rewarded.",
        how="Write a minus sign before the points, or change the title.",
        bad=rules("score: {items: {a: {title: 迟到扣分, points: «»2}}}"),
        good=rules("score: {items: {a: {title: 迟到扣分, points: -2}}}"),
    ),
    warning(
        "P350",
        "bonus-deducts",
        what="An item that adds by its title deducts points.",
        why="A reader of the table would take it for a mistake, and it probably is one.",
        how="Delete the minus sign, or change the title.",
        bad=rules("score: {items: {a: {title: 表彰加分, points: «»-2}}}"),
        good=rules("score: {items: {a: {title: 表彰加分, points: 2}}}"),
    ),
)
