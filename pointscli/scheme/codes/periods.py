"""Dates and periods."""

from __future__ import annotations

from pointscli.scheme.codes.examples import error, outcome, rules, table, warning

PERIODS = table(
    error(
        "P301",
        "effective-reversed",
        what="A version ends before it begins.",
        why="The program does not guess what is meant, so it computes nothing.",
        how="Write the later date after to.",
        bad=rules("effective: {from: 2021-04-01, to: «»2021-03-31}"),
        good=rules("effective: {from: 2021-04-01, to: 2021-06-30}"),
    ),
    error(
        "P302",
        "effective-boundary",
        what="A version begins or ends inside a settlement period.",
        why="Scores are counted in whole settlement periods; anything else counts days twice or not at all.",
        how="Use the first and the last day of a settlement period.",
        bad=rules("effective: {from: «»2021-02-14}"),
        good=rules("effective: {from: 2021-01-01}"),
    ),
    error(
        "P303",
        "rollup-not-longer",
        what="The rollup names a period that is not longer than the settlement period.",
        why="Scores are counted in whole settlement periods; anything else counts days twice or not at all.",
        how="Delete it: it is computed anyway.",
        bad=rules("rollup: {«»month: sum, year: sum}"),
        good=rules("rollup: {year: sum}"),
    ),
    error(
        "P304",
        "rollup-through",
        what="A period is to be made of one that does not lie between.",
        why="Scores are counted in whole settlement periods; anything else counts days twice or not at all.",
        how="After of stands a period that is longer than the settlement period and shorter than the whole.",
        bad=rules("rollup: {half: sum, year: {of: «»month, by: sum}}"),
        good=rules("rollup: {half: sum, year: {of: half, by: sum}}"),
    ),
    error(
        "P305",
        "rollup-unnamed",
        what="A period is to be made of one that the rollup does not name.",
        why="The program does not guess what is meant, so it computes nothing.",
        how="Add the shorter period to rollup.",
        bad=rules("rollup: {year: {of: «»half, by: mean}}"),
        good=rules("rollup: {half: sum, year: {of: half, by: mean}}"),
    ),
    error(
        "P306",
        "carry-without-year",
        what="Points are carried into the next year, but no year's score is made.",
        why="The program does not guess what is meant, so it computes nothing.",
        how="Add year to rollup.",
        bad=rules("«»carry: {into: work}"),
        good=rules("rollup: {year: sum}\ncarry: {into: work}"),
    ),
    warning(
        "P307",
        "outcome-never",
        what="An outcome belongs to a period that is never made.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Add the period to rollup, or change the outcome's period.",
        bad=outcome("top: 1, period: «»year"),
        good=outcome("top: 1, period: quarter"),
    ),
)
