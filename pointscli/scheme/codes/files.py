"""Several files together: `extends` and versions."""

from __future__ import annotations

from pointscli.scheme.codes.examples import error, files, rules, table, warning

FILES = table(
    error(
        "P251",
        "missing-file",
        what="A file that is to be extended does not exist.",
        why="The program does not guess what is meant, so it computes nothing.",
        how="Check the spelling; the path is relative to this file.",
        bad=rules("extends: «»base.yaml"),
        good=files({"a": "extends: b.yaml\ntitle: 甲", "b": "scheme: other"}),
    ),
    error(
        "P252",
        "extends-outside",
        what="A file outside the workspace is to be extended.",
        why="Results would depend on files that nobody sees with the rules.",
        how="Copy the file into the workspace.",
        bad=rules("extends: «»../../b.yaml"),
        good=files({"a": "extends: b.yaml\ntitle: 甲", "b": "scheme: other"}),
    ),
    error(
        "P253",
        "extends-circle",
        what="Files extend each other in a circle.",
        why="The program does not guess what is meant, so it computes nothing.",
        how="Remove extends from one of them.",
        bad=rules("extends: «»a.yaml"),
        good=files({"a": "extends: b.yaml\ntitle: 甲", "b": "scheme: other"}),
    ),
    error(
        "P254",
        "nothing-to-remove",
        what="An inherited key is to be removed that does not exist.",
        why="Passed over in silence, it would change the scores of real people without anyone noticing.",
        how="Check the spelling, or write a value.",
        bad=files({"a": "extends: b.yaml\n«»raking: null", "b": "scheme: other"}),
        good=files({"a": "extends: b.yaml\nranking: null", "b": "scheme: other\nranking: {ties: dense}"}),
    ),
    error(
        "P255",
        "same-file-twice",
        what="Two files are the same byte for byte.",
        why="Passed over in silence, it would change the scores of real people without anyone noticing.",
        how="Delete one of the two.",
        bad=files({"a": "", "«»b": ""}),
        good=files({"a": "", "b": "scheme: other"}),
    ),
    error(
        "P321",
        "versions-overlap",
        what="Two versions of a scheme are in force on one day.",
        why="Between two readings the program would have to choose, and members are judged by the result.",
        how="End the earlier one before the later one begins.",
        bad=files({"a": "", "b": "effective: {from: «»2022-01-01}"}),
        good=files({"a": "effective: {from: 2021-01-01, to: 2021-12-31}", "b": "effective: {from: 2022-01-01}"}),
    ),
    error(
        "P322",
        "versions-settle",
        what="Two versions of a scheme are settled in different periods.",
        why="Scores are counted in whole settlement periods; anything else counts days twice or not at all.",
        how="Use the same settle, or another id for the scheme.",
        bad=files(
            {
                "a": "effective: {from: 2021-01-01, to: 2021-12-31}",
                "b": "effective: {from: 2022-01-01}\nsettle: «»month",
            }
        ),
        good=files({"a": "effective: {from: 2021-01-01, to: 2021-12-31}", "b": "effective: {from: 2022-01-01}"}),
    ),
    warning(
        "P323",
        "versions-hole",
        what="Between two versions there are days without a version in force.",
        why="An event dated in the hole is refused.",
        how="Begin the later version on the day after the earlier one ends.",
        bad=files({"a": "effective: {from: 2021-01-01, to: 2021-06-30}", "b": "effective: {from: «»2022-01-01}"}),
        good=files({"a": "effective: {from: 2021-01-01, to: 2021-12-31}", "b": "effective: {from: 2022-01-01}"}),
    ),
)
