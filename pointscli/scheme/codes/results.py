"""Grades, stars and outcomes."""

from __future__ import annotations

from pointscli.scheme.codes.examples import error, outcome, rules, table

RESULTS = table(
    error(
        "P311",
        "duplicate-step",
        what="Two grades or stars begin at the same bound.",
        why="Between two readings the program would have to choose, and members are judged by the result.",
        how="Give each a lower bound of its own.",
        bad=rules("grades: {优秀: 2, «»良好: 2.0, 合格: null}"),
        good=rules("grades: {优秀: 3, 良好: 2, 合格: null}"),
    ),
    error(
        "P312",
        "top-and-bottom",
        what="An outcome takes from both ends.",
        why="Between two readings the program would have to choose, and members are judged by the result.",
        how="Make two outcomes of it.",
        bad=outcome("top: 1, «»bottom: 1"),
        good=outcome("top: 1"),
    ),
    error(
        "P313",
        "groups-without-within",
        what="Places are given to groups, but the list is not divided into groups.",
        why="The program does not guess what is meant, so it computes nothing.",
        how="Add within with the roster column of the groups.",
        bad=outcome("«»top: {一支部: 1}"),
        good=outcome("top: {一支部: 1}, within: branch"),
    ),
)
