"""How the time of reading grows with a text: `python -m benchmarks.growth [CASE …]`, twice as much of it each time.

A case is a text of n parts that once took longer than its length (tables of many rows, lines of dashes, blanks, distinct
citations), or words that hardly fit a pattern, put where a document has a title, a list of units, a time or a table. What
grows with the text has a ratio of about 2; a line is marked where it is over 3. `python -m benchmarks.growth patterns`
tries every expression of every pattern file on repeated pieces of its own examples, `--slowest FOLDER` names the documents
of a folder that take longest, and those that take longest for their length.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from time import process_time

import loaders
from loaders.patterns.pattern_files import Pattern, load_patterns
from loaders.read.registry import known_suffixes, reader_for
from loaders.reading.document_reading import read_document, read_file

HEAD = "澜江省人民政府关于印发提质行动计划的通知\n澜政发〔2025〕8号\n"
TASK = "一、任务\n（一）整修。"
ROW = "推进第{}项渡口整修工作", "县交通局、县水利局", "2026年底"
SENTENCE = "完善基层便民服务网络，提升服务水平。"
# Shorter runs say nothing: the clock is too coarse.
_LEAST = 0.1
_STEEP = 3.0
# Four times as much cannot take long where so little was taken.
_NOTHING = 0.001
_SHORT = 1000
Made = tuple[str, str]


def _flat(count: int) -> Made:
    rows = "".join("\n".join((str(at), *ROW)).format(at) + "\n" for at in range(1, count + 1))
    return ".txt", f"{HEAD}{TASK}\n\n附件1\n重点任务清单\n序号\n重点任务\n责任单位\n完成时限\n{rows}"


def _piped(count: int) -> Made:
    rows = "".join(f"| {at} | {' | '.join(ROW).format(at)} |\n" for at in range(1, count + 1))
    return (
        ".md",
        f"{HEAD}附件1\n\n重点任务清单\n\n| 序号 | 重点任务 | 责任单位 | 完成时限 |\n| --- | --- | --- | --- |\n{rows}",
    )


def _page(count: int) -> Made:
    rows = "".join(f"<tr><td>{at}</td><td>{'</td><td>'.join(ROW).format(at)}</td></tr>" for at in range(1, count + 1))
    head = "<tr><td>序号</td><td>重点任务</td><td>责任单位</td><td>完成时限</td></tr>"
    return (
        ".html",
        f"<html><body><h1>{HEAD}</h1><p>附件1</p><p>重点任务清单</p><table>{head}{rows}</table></body></html>",
    )


def _spanning(count: int) -> Made:
    rows = "".join(f"<tr><td rowspan={count} colspan={count}>{at}</td><td>乙</td></tr>" for at in range(count))
    return ".html", f"<html><body><table>{rows}</table></body></html>"


def _notices(count: int) -> Made:
    one = "第{0}篇 澜江市人民政府关于印发第{0}号计划的通知\n澜政发〔2025〕{0}号\n" + TASK + "（责任单位：市财政局）\n"
    return ".txt", "".join(one.format(at) for at in range(1, count + 1))


def _prose(count: int) -> Made:
    signs = "一二三四五六七八九十"
    item = "（{1}）推进整修。到2026年底前整修{0}个渡口，完善服务网络，强化督促检查。（责任单位：市交通局）\n"
    heads = (f"{signs[at // 10 % 10]}、第{at}项\n{item.format(at, signs[at % 10])}" for at in range(count))
    return ".txt", HEAD + "".join(heads)


def _citations(count: int) -> Made:
    cited = "".join(f"按照《关于第{at}项工作的意见》（澜政发〔2019〕{at}号）" for at in range(count))
    return ".txt", f"{HEAD}{TASK}{cited}。\n"


def _itemised(count: int) -> Made:
    signs = "一二三四五六七八九十"
    word = [f"{one}{other}" for one, other in product("浮桥锚链木船江滩湿地苗圃", "整修勘测养护监理验收培训")]
    told = ("".join(word[(at * step + step) % len(word)] for step in (1, 5, 7)) for at in range(2 * count))
    plan = "".join(f"（{signs[at % 10]}）{next(told)}。推进{next(told)}。\n" for at in range(count // 2))
    rows = "".join(f"{at}\n{next(told)}\n县交通局\n2026年底\n" for at in range(1, count + 1))
    return ".txt", f"{HEAD}一、任务\n{plan}\n附件1\n重点任务清单\n序号\n重点任务\n责任单位\n完成时限\n{rows}"


def _repeated(count: int) -> Made:
    return ".html", f"<html><body><h1>{HEAD}</h1>{f'<p>{SENTENCE}</p>' * count}</body></html>"


def _nested(count: int) -> Made:
    return ".html", f"<html><body><h1>{HEAD}</h1>{f'<div>{SENTENCE}' * count}</body></html>"


def _lines(line: str) -> Callable[[int], Made]:
    return lambda count: (".txt", HEAD + f"{line}\n" * count)


def _inside(frame: str, words: str) -> Callable[[int], Made]:
    return lambda count: (".txt", HEAD + frame.replace("…", words * count))


CASES: dict[str, tuple[int, Callable[[int], Made]]] = {
    "rows one cell a line": (500, _flat),
    "rows of Markdown": (500, _piped),
    "rows of a page": (500, _page),
    "cells that span a page": (80, _spanning),
    "notices in one file": (300, _notices),
    "prose": (500, _prose),
    "rows that itemise measures": (200, _itemised),
    "citations": (500, _citations),
    "one paragraph repeated": (4000, _repeated),
    "nested elements": (1000, _nested),
    "lines of dashes": (4000, _lines("-" * 30)),
    "lines broken in mid-sentence": (4000, _lines("完善基层便民服务网络，提升服务水平，加快建设进度，强化")),
    "torn lines without a width": (2000, _lines("完善服务、")),
    "who is to do what": (500, _inside(TASK + "…。\n", "市文旅局会同市气象局要编排场次，")),
    "a list of who is to do it": (500, _inside(TASK + "…要编排场次。\n", "各镇政府、市文旅局，")),
    "brackets of who that never close": (500, _inside(TASK + "…\n", "各镇（街道")),
    "a list of who without an end": (500, _inside(TASK + "…\n", "市文旅局、市公安局等有关部门和各区")),
    "a row of tabs": (4000, lambda count: (".txt", HEAD + ("甲\t" * count + "\n") * 2)),
    "a row of pipes": (4000, lambda count: (".txt", HEAD + ("|" * count + "\n") * 2)),
    "blanks in an item": (8000, _inside(TASK + "整修…渡口。（责任单位：县…交通局）\n", " ")),
    "digits in an item": (8000, _inside(TASK + "整修…个。\n", "1")),
    "one character": (32000, _inside(TASK + "…\n", "各")),
    "Latin words with brackets": (4000, _inside(TASK + "…\n", "abc(pinyin)")),
}
FRAMES = {
    "title": f"澜江省人民政府关于印发…的通知\n{TASK}\n",
    "heading": f"{HEAD}一、任务\n（一）…。整修\n（二）整修。\n",
    "item": f"{HEAD}{TASK}…\n（二）整修。\n",
    "units": f"{HEAD}{TASK}（责任单位：…）\n（二）整修。\n",
    "time": f"{HEAD}{TASK}（责任单位：县交通局；完成时限：…）\n",
    "article": f"{HEAD}第一章 总则\n第一条 …\n第二条 整修。\n",
    "citation": f"{HEAD}根据《…》精神\n{TASK}《…》\n",
    "cell": f"{HEAD}附件1\n任务清单\n序号\n任务\n责任单位\n完成时限\n1\n整修\n…\n2026年\n",
    "end": f"{HEAD}{TASK}\n…",
}
_SIGNS = "各市局、，。（）《》：“”*-|\t\u30001一十年月号第前等和由①"
_WORDS = (
    "会同 牵头 负责 每年 关于 印发 附件 专栏 一是 （一） 1. 第一条 36个 1,111 百分之 2026年 2026年6月底前 到2026年， 三年内 "
    "责任单位： 完成时限： 市财政局、 〔2019〕 澜政发〔2019〕6号 abc(pinyin)"
)
PIECES = (*_SIGNS, *_WORDS.split())


def seconds(made: Made) -> float:
    """Return the processor time of reading a text of a format."""
    suffix, text = made
    data = text.encode()
    started = process_time()
    read_document(reader_for(Path(f"x{suffix}")).read(data, name="x", where="x", suffix=suffix))
    return process_time() - started


def told(name: str, runs: Iterable[tuple[int, float]]) -> bool:
    """Print one case with its times; return whether it grew faster than its text where that can be measured."""
    sizes, times = zip(*runs, strict=True)
    ratio = times[-1] / max(times[-2], 1e-6)
    steep = bool(times[-1] >= _LEAST and ratio > _STEEP)
    row = "  ".join(f"{size:>7,}: {time:7.3f} s" for size, time in zip(sizes, times, strict=True))
    print(f"{name:<34} {row}  ratio {ratio:4.1f}{'  STEEP' if steep else ''}", flush=True)
    return steep


def cases(wanted: Sequence[str]) -> int:
    """Time the cases, all or those named; return how many grew faster than their text."""
    chosen = wanted or list(CASES)
    steep = 0
    for name in chosen:
        count, make = CASES[name]
        steep += told(name, ((size, seconds(make(size))) for size in (count, count * 2, count * 4)))
    return steep


def pieces() -> int:
    """Time every piece in every frame; tell those that grew faster than their text, return how many there are."""
    steep = 0
    for (name, frame), piece in product(FRAMES.items(), PIECES):
        sizes = [2000 * factor // len(piece) for factor in (1, 2, 4)]
        runs = [(size, seconds((".txt", frame.replace("…", piece * size)))) for size in sizes]
        if _is_steep(runs):
            steep += told(f"{name} {piece!r}", runs)
    return steep


def patterns() -> int:
    """Time every expression on repeated pieces of its own examples; return how many grew faster than their text."""
    steep = 0
    for path in sorted(Path(loaders.__path__[0], "patterns").glob("*.toml")):
        for name, runs in steep_patterns(path.stem):
            steep += told(f"{path.stem} {name}", runs)
    return steep


def steep_patterns(stem: str) -> Iterator[tuple[str, list[tuple[int, float]]]]:
    """Yield the patterns of a file that take longer than repeated pieces of their examples are, with the times of each."""
    for pattern in load_patterns(stem):
        for piece in _of_examples(pattern):
            # What is this short is noise, and a clock may be wrong once: an expression is tried on some thousand characters.
            if _is_steep(_searched(pattern, piece)) and _is_steep(runs := _searched(pattern, piece)):
                yield pattern.name, runs
                break


def _is_steep(runs: Sequence[tuple[int, float]]) -> bool:
    return len(runs) > 1 and runs[-1][1] >= _LEAST and runs[-1][1] / max(runs[-2][1], 1e-6) > _STEEP


def _of_examples(pattern: Pattern) -> Iterator[str]:
    examples = [*pattern.finds, *pattern.skips]
    yield from sorted({*"".join(examples), " ", "\t", "1", "一", "、"})
    yield from (part for example in examples for part in (example, example[:-1], example[: len(example) // 2]) if part)


def _searched(pattern: Pattern, piece: str) -> list[tuple[int, float]]:
    runs = []
    for size in (4000, 8000, 16000):
        text = piece * (size // len(piece))
        started = process_time()
        if pattern.data.get("by") in ("match", "fullmatch"):
            pattern.regex.match(text)
        else:
            sum(1 for _ in pattern.regex.finditer(text))
        runs.append((size, process_time() - started))
        if runs[0][1] < _NOTHING:
            break
    return runs


def slowest(folder: Path, most: int = 10) -> None:
    """Print the documents of a folder that take longest to read, with milliseconds per 1,000 characters, and the sum."""
    times = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix in known_suffixes()):
        runs = []
        for _ in range(3):
            started = process_time()
            size = len(read_file(path).text)
            runs.append(process_time() - started)
        times.append((min(runs), size, path.relative_to(folder)))
    for seconds_taken, size, name in [*sorted(times, reverse=True)[:most], *_by_length(times, most)]:
        print(_document(seconds_taken, size, str(name)))
    print(_document(sum(one[0] for one in times), sum(one[1] for one in times), f"all {len(times):,}"))


def _by_length(times: Sequence[tuple[float, int, Path]], most: int) -> list[tuple[float, int, Path]]:
    """Return those that take longest for their length, short ones left out: what is read of them is their head."""
    return sorted((one for one in times if one[1] >= _SHORT), key=lambda one: one[0] / one[1], reverse=True)[:most]


def _document(seconds_taken: float, size: int, name: str) -> str:
    share = seconds_taken * 1e6 / max(size, 1)
    return f"{name:<34} {seconds_taken * 1000:9.1f} ms  {size:>9,} characters  {share:6.2f} ms per 1,000"


def main() -> None:
    """Measure what is asked for; leave with 1 where something grew faster than its text."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("case", nargs="*", help=f"cases ({', '.join(CASES)}), `pieces` or `patterns`; all without any")
    parser.add_argument("--slowest", metavar="FOLDER", type=Path, help="only name the slowest documents of a folder")
    asked = parser.parse_args()
    wanted = asked.case
    seconds(_flat(5))
    if asked.slowest:
        slowest(asked.slowest)
        return
    named = [one for one in wanted if one not in ("pieces", "patterns")]
    steep = cases(named) if named or not wanted else 0
    steep += pieces() if not wanted or "pieces" in wanted else 0
    steep += patterns() if not wanted or "patterns" in wanted else 0
    sys.exit(1 if steep else 0)


if __name__ == "__main__":
    main()
