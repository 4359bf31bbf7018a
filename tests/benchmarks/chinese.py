"""The report's words in Chinese."""

WORDS = {
    "command": "命令",
    "wall s": "实际秒数",
    "CPU s": "CPU 秒数",
    "MB": "内存 MB",
    "CPU beside": "CPU 之比",
    "events": "事件数",
    "members": "党员数",
    "bounded": "设上限的比例",
    "levels": "层数",
    "windows": "上限的周期",
    "tally by": "由谁计算",
    "wall ÷ faster of DuckDB, Polars": "实际时间 ÷ DuckDB、Polars 中较快者",
    "CPU ÷ the same": "CPU ÷ 同一者",
    "bare Python": "空的 Python",
    "bare Typer --help": "空的 Typer 程序 --help",
    "bare Typer --version": "空的 Typer 程序 --version",
    "completion": "命令补全",
    "DuckDB SQL, same imports": "手写 DuckDB SQL，载入同样的库",
    "DuckDB SQL": "手写 DuckDB SQL",
    "Polars": "手写 Polars",
    "pandas": "手写 pandas",
    "plain Python": "手写纯 Python",
    "points, Parquet": "points，Parquet",
    "DuckDB SQL, Parquet": "手写 DuckDB SQL，Parquet",
    "Polars, Parquet": "手写 Polars，Parquet",
    "points, packed log": "points，台账已打包",
    "Wall seconds against events": "耗时与事件数",
    (
        "Measured on {day}: {system}, {cores} cores, {memory:.0f} GiB, Python {python}, {libraries}. Whole processes, "
        "medians of {rounds} rounds in turn (at most 3 from a million events on). Only ratios within one table mean "
        "something on another machine."
    ): (
        "测于 {day}：{system}，{cores} 核，{memory:.0f} GiB，Python {python}，{libraries}。整个进程，各命令轮流"
        "运行 {rounds} 轮取中位数（一百万条以上最多 3 轮）。换一台机器，只有同一张表内的比值可以参照。"
    ),
}
