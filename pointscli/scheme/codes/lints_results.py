"""Readers' findings about results and names."""

from __future__ import annotations

from pointscli.scheme.codes.examples import leaf, outcome, rules, table, warning

LINTS_RESULTS = table(
    warning(
        "P351",
        "step-unreachable",
        what="A grade or a number of stars that no score can have.",
        why="Members are promised what nobody can get.",
        how="Compare the lower bounds with the points and their bounds.",
        bad=rules("score: {max: 80, items: {a: {title: 甲, points: 1}}}\ngrades: {«»优秀: 90, 合格: 60, 不合格: null}"),
        good=rules("score: {max: 100, items: {a: {title: 甲, points: 1}}}\ngrades: {优秀: 90, 合格: 60, 不合格: null}"),
    ),
    warning(
        "P352",
        "step-shadowed",
        what="A grade or a number of stars for one single score.",
        why="A reader of the table would take it for a mistake, and it probably is one.",
        how="Move one of the two bounds.",
        bad=rules('grades: {优秀: ">90", «»良好: 90, 合格: null}'),
        good=rules("grades: {优秀: 90, 良好: 80, 合格: null}"),
    ),
    warning(
        "P353",
        "stars-reversed",
        what="Fewer stars need a higher score.",
        why="A reader of the table would take it for a mistake, and it probably is one.",
        how="Give more stars the higher bound.",
        bad=rules("stars: {5: 80, «»4: 90}"),
        good=rules("stars: {5: 90, 4: 80}"),
    ),
    warning(
        "P354",
        "no-lowest-grade",
        what="Scores below the lowest grade have no grade.",
        why="Their cell in the table stays empty, and nobody knows whether that is meant.",
        how="Add the lowest grade with null.",
        bad=rules("grades: {优秀: 90, «»合格: 60}"),
        good=rules("grades: {优秀: 90, 合格: 60, 不合格: null}"),
    ),
    warning(
        "P355",
        "gift-unreachable",
        what="A gift costs more than a year can bring.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Lower the cost, or check the bounds of the points.",
        bad=rules(
            "settle: year\n"
            "score: {max: 50, items: {a: {title: 甲, points: 1}}}\n"
            "redemption: {expires: year, gifts: {«»tv: {title: 电视, cost: 80}}}"
        ),
        good=rules(
            "settle: year\n"
            "score: {max: 50, items: {a: {title: 甲, points: 1}}}\n"
            "redemption: {expires: year, gifts: {cup: {title: 杯子, cost: 5}}}"
        ),
    ),
    warning(
        "P356",
        "where-contradicts",
        what="Conditions of an outcome that nobody meets together.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Check the signs and numbers.",
        bad=outcome('where: {score: [">= 9", «»"< 5"]}'),
        good=outcome('where: {score: [">= 5", "< 9"]}'),
    ),
    warning(
        "P357",
        "where-never-met",
        what="A condition that no points can meet.",
        why="The list stays empty for ever, and nobody knows why.",
        how="Compare the number with the points and their bounds.",
        bad=rules(
            "score: {max: 80, items: {a: {title: 甲, points: 1}}}\n"
            'outcomes: {best: {title: 优秀, where: {score: «»">= 90"}}}'
        ),
        good=rules(
            "score: {max: 100, items: {a: {title: 甲, points: 1}}}\n"
            'outcomes: {best: {title: 优秀, where: {score: ">= 90"}}}'
        ),
    ),
    warning(
        "P358",
        "only-without-members",
        what="The filter only lets in nobody whom members lets in.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Write values that members has too.",
        bad=rules("members: {kind: [正式党员]}\noutcomes: {best: {title: 优秀, top: 1, only: {«»kind: [发展对象]}}}"),
        good=rules(
            "members: {kind: [正式党员, 发展对象]}\noutcomes: {best: {title: 优秀, top: 1, only: {kind: [发展对象]}}}"
        ),
    ),
    warning(
        "P359",
        "where-against-except",
        what="An outcome asks for an item by which it excludes.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Delete the condition, or the name in except.",
        bad=outcome('where: {work: «»">= 1"}, except: [work]'),
        good=outcome('where: {work: ">= 1"}, except: [study]'),
    ),
    warning(
        "P360",
        "derive-constant",
        what="A derived column with the same number for everybody.",
        why="It takes part in every table and tells nobody apart; probably it names the wrong node.",
        how="Name a node whose points differ between members, or delete the column.",
        bad=rules("score: {items: {a: {title: 甲, points: -1}}}\nderive: {«»index: {title: 指数, of: a, to: 5}}"),
        good=rules("score: {items: {a: {title: 甲, points: 1}}}\nderive: {index: {title: 指数, of: a, to: 5}}"),
    ),
    warning(
        "P361",
        "similar-names",
        what="Two words differ only by width or blanks.",
        why="It looks right on the screen, but the program reads something else than the reader.",
        how="Write both alike.",
        bad=rules(
            "score: {items: {a: {title: 甲, dimension: 学习Ａ, points: 1}, "
            "b: {title: 乙, dimension: «»学习A, points: 1}}}"
        ),
        good=rules(
            "score: {items: {a: {title: 甲, dimension: 学习A, points: 1}, b: {title: 乙, dimension: 学习A, points: 1}}}"
        ),
    ),
    warning(
        "P362",
        "same-title",
        what="Two columns or lists have the same title.",
        why="It looks right on the screen, but the program reads something else than the reader.",
        how="Give each a title of its own.",
        bad=rules("outcomes: {a: {title: 优秀, top: 1}, b: {title: «»优秀, top: 2}}"),
        good=rules("outcomes: {a: {title: 优秀, top: 1}, b: {title: 良好, top: 2}}"),
    ),
    warning(
        "P363",
        "similar-ids",
        what="Two ids differ only by underscores.",
        why="A slip of the pen names the other one, and nothing tells.",
        how="Rename one of them.",
        bad=rules("score: {items: {a_1: {title: 甲, points: 1}, «»a1: {title: 乙, points: 2}}}"),
        good=rules("score: {items: {a1: {title: 甲, points: 1}, b1: {title: 乙, points: 2}}}"),
    ),
    warning(
        "P364",
        "plain-word",
        what="A word such as yes, no, on or off stands for a text without quotes.",
        why="This program keeps the text, but editors, scripts and other YAML readers change it.",
        how="Put it into quotes; points check --fix does so.",
        bad=leaf("points: {levels: {«»no: 0, 是: 1}}"),
        good=leaf('points: {levels: {"no": 0, 是: 1}}'),
    ),
    warning(
        "P365",
        "leading-zero",
        what="A number that begins with 0 stands for a text without quotes.",
        why="This program keeps the text, but editors, scripts and other YAML readers change it.",
        how="Put it into quotes; points check --fix does so.",
        bad=leaf("points: 1, clause: «»007"),
        good=leaf('points: 1, clause: "007"'),
    ),
    warning(
        "P366",
        "confirm-at-first",
        what="A nomination is confirmed at the stage where it begins.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Name the stage that a nomination must reach.",
        bad=outcome("top: 1, confirm: {at: «»a, stages: {a: 初评, b: 公示}}"),
        good=outcome("top: 1, confirm: {at: b, stages: {a: 初评, b: 公示}}"),
    ),
    warning(
        "P367",
        "stage-never-needed",
        what="Stages come after the one at which the outcome is confirmed.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Confirm at the last stage, or delete those behind it.",
        bad=outcome("top: 1, confirm: {at: b, stages: {a: 初评, b: 审核, «»c: 公示}}"),
        good=outcome("top: 1, confirm: {at: c, stages: {a: 初评, b: 审核, c: 公示}}"),
    ),
    warning(
        "P368",
        "review-idle",
        what="Every event counts from the first stage, so the review decides nothing.",
        why="A rule that never acts is usually a slip of the pen: the printed document says something else.",
        how="Name the stage from which an event counts, or write objection: suspended.",
        bad=rules("review: {stages: {a: 申报, b: 审核}, counts_from: «»a}"),
        good=rules("review: {stages: {a: 申报, b: 审核}, counts_from: b}"),
    ),
    warning(
        "P369",
        "derive-repeats",
        what="Two derived columns always show the same number.",
        why="A reader of the table would take it for a mistake, and it probably is one.",
        how="Delete one of the two, or correct of, to or within.",
        bad=rules("derive: {x: {title: 指数, of: work, to: 5}, «»y: {title: 系数, of: work, to: 5}}"),
        good=rules("derive: {x: {title: 指数, of: work, to: 5}, y: {title: 系数, of: study, to: 5}}"),
    ),
    warning(
        "P370",
        "full-width-comma",
        what="Several names are written as one, because Chinese commas stand between them.",
        why="The program looks for one name with a comma in it, which nobody has.",
        how="Separate them with half-width commas in brackets, or put a name with such a comma into quotes.",
        bad=rules("members: {kind: [«»正式党员，预备党员]}"),
        good=rules("members: {kind: [正式党员, 预备党员]}"),
    ),
)
