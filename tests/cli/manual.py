"""Writes docs/cli.md and docs/cli.zh.md from the help of the commands and from the catalogue.

ZHENGMAI_REGENERATE=1 python -m pytest tests/cli/test_manual.py
"""

import sys

HEAD = {
    "en": (
        "# The command line",
        "Made of `zhengmai --help` by `tests/cli/manual.py`; do not edit. Chinese: [cli.zh.md](cli.zh.md).",
        "## Exit codes",
        {
            0: "done",
            1: "unexpected fault",
            2: "wrong usage",
            3: "not found, or several matches",
            4: "some inputs failed, the rest is done",
            5: "findings (`build --strict`)",
            6: "the graph cannot be reached",
            130: "interrupted",
        },
        "## Questions",
        "Every question of `zhengmai ask`; `!` marks a parameter that must be given.",
        ("question", "asks", "parameters", "columns"),
    ),
    "zh": (
        "# 命令行",
        "由 `tests/cli/manual.py` 依据 `zhengmai --help` 生成，请勿手工修改。English: [cli.md](cli.md)。",
        "## 退出码",
        {
            0: "完成",
            1: "意外错误",
            2: "用法有误",
            3: "找不到，或有多个匹配",
            4: "部分输入失败，其余完成",
            5: "有待核内容（`build --strict`）",
            6: "图谱无法使用",
            130: "已中断",
        },
        "## 问题目录",
        "`zhengmai ask` 的全部问题；`!` 表示必填参数。",
        ("问题", "所问", "参数", "列"),
    ),
}


def manual(language: str) -> str:
    """Return the manual in one language; the process must have been started in it."""
    from typer.testing import CliRunner

    from cli.main import COMMANDS, application
    from queries.catalog import catalogue

    app = application()
    title, made, exits, codes, questions, intro, headings = HEAD[language]
    parts = [title, made, _fenced(CliRunner().invoke(app, ["--help"], prog_name="zhengmai").stdout)]
    for name in COMMANDS:
        result = CliRunner().invoke(app, [name, "--help"], prog_name="zhengmai")
        parts += [f"## zhengmai {name}", _fenced(result.stdout)]
    rows = [f"| {code} | {said} |" for code, said in codes.items()]
    parts += [exits, "\n".join(["| | |", "| --- | --- |", *rows]), questions, intro]
    lines = ["| " + " | ".join(headings) + " |", "|" + " --- |" * len(headings)]
    for query in catalogue().values():
        if not query.inner:
            params = " ".join(f"`{one.name}:{one.takes}{'!' if one.required else ''}`" for one in query.params)
            listed = " ".join(f"`{name}`" for name in query.names)
            lines.append(f"| `{query.name}` | {query.question(language)} | {params} | {listed} |")
    return "\n\n".join([*parts, "\n".join(lines)]) + "\n"


def _fenced(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return f"```text\n{lines}\n```"


if __name__ == "__main__":
    sys.stdout.buffer.write(manual(sys.argv[1]).encode("utf-8"))
