"""Where headings, annexes and articles begin and end in a line that holds a whole document without break or blank.

Items are parted by their numbers (loaders/structure/paragraphs.py); what no sign tells is where the heading of an item ends, and
where an annex or another article begins.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from graph.text import fold
from loaders.numbering import Marker, inner_candidates

# A whole document is longer, and has at least so many items of one sign.
_WHOLE, _ITEMS = 300, 3
# The first sentence of an item that ends sooner is its heading.
_RUN_IN = 40
_SHORTEST, _LONGEST = 4, 30
_STOP = re.compile(r"[。;:!?]")
_CLEAN = frozenset("。;:!?)]】〕》\"")
# The names of sections that hold one text: a heading ends behind them, where no more of it follows.
_NAME = (
    r"(?:(?:总体|指导|基本|工作|发展|主要|建设|活动|整治|目标|任务|实施|适用|整改|排查)(?:要求|思想|原则|目标|任务|范围|内容|思路|步骤|措施|时间|对象|重点|依据)"
    r"|(?:组织|工作|政策|要素|资金|人才|服务|机制|制度)?保障(?:措施)?|组织(?:领导|实施|机构|体系|形式)|(?:工作|职责|主要|部门)(?:要求|职责|职能|分工|安排|机构)"
    r"|成员单位|指标体系|(?:考核|评审|认定|申报|工作|评价|验收)(?:程序|流程|办法|方式|内容)|进度安排|时间安排|方法步骤|(?:有关|相关|几点|具体)要求|监督(?:检查|管理|考核)|总则|附则)"
)
_SECTION = re.compile(rf"{_NAME}(?:[和与及、](?:{_NAME}|目标|范围|原则|内容|要求|任务|步骤|措施|时间|对象))?")
_MORE_OF_IT = re.compile(r"[、,和与及的是。;:()要\d]|为(?!实现|了|贯彻|落实|确保|加强|切实|推进|做好)|方案|阶段|计划|体系|机制|措施|责任制|任务|分工|保障|落实|目标|原则|要求|清单|工作|管理|制度|并|以及")
# What a sentence begins with behind a heading that has a verb and an object: its subject, ground or means.
_SUBJECT = re.compile(
    r"各(?![类项种方自])|[省市区县镇乡州]级(?:层面|有关|各|部门)|(?:我|本)[省市区县镇乡州旗街]|(?<![-~至到])到?(?:19|20)\d\d年|(?<![可所足难得加予])以(?![及上下内来外后前])[\u4e00-\u9fff\"]{2,24}[为,]"
    r"|通过|按照|根据|依据|依托|围绕|聚焦|结合|针对|坚持以?|(?<![自缘事理])由(?![此于来])|成立|建立由|(?:国家|省|市|区|县|镇|州)[\u4e00-\u9fff]{1,12}?(?:局|委|办|厅|部门|政府|小组|中心|办公室)(?=要|应|负责|牵头|会同|统筹|按|根据|结合|建立|是|对|定期|组织|将|和|、)"
    r"|为(?:贯彻|落实|深入|进一步|切实|加强|确保|加快|推进|推动|促进)|要(?![求素点领件])|对(?![接标外口策台比照])|鼓励|支持(?!力)|将(?![来要])|在(?![线建校职岗于])"
)
_VERB = re.compile(
    r"(?:充分|大力|积极|切实|严格|认真|深入|进一步|全面|加快|加大|着力|定期|适时|加强|强化|建立|健全|完善|推进|推动|开展|实施|落实|提升|优化|深化|引导|整合|研究|制定|建设|构建|打造|组织|明确|发挥|利用|统一|配合|持续|凝聚|综合|指导|合理|有效|主动|优先|面向|立足|瞄准|扎实|稳步|逐步|培育|拓展|探索|扩大|增强|提高|促进|搭建|编制|设立|统筹|全[省市区县镇州])(?![,、])"
)
_NOUN = re.compile(r"建设|管理|组织实施|实施|落实|提升|引导|组织|培育|推广|(?:加快|推动|促进)发展")
_ARTICLE = re.compile(r"第([一二三四五六七八九十])篇")
_ANNEX = re.compile(r"(?<=[。日)单表案法度则》])附[ ]?件[ ]?(?:\d{1,2}|[一二三四五六七八九](?![级年月个项大]))?(?=[\u4e00-\u9fff\"《(])")
_LISTED = re.compile(r"附[ ]?件[ ]?:[ ]?(?:1[.、])?|(?<=[\u4e00-\u9fff)])[2-9][.、](?=[\u4e00-\u9fff\"《])")
_GENRE = re.compile(r"[^。,;:]{2,40}?(?:方案|办法|制度|名单|清单|目录|细则|规则|指标|标准|要点|[^代外]表)")
_TITLE = 60
# No document has more annexes, and no list of them is longer.
_MANY, _LIST = 40, 400
_HEAD = 250
_NUMBERED = re.compile(
    r"(?:通知|意见|决定|批复|方案|办法|函|规定|公告|通告|通报|计划|措施|要点)(?P<number>\(?[\u4e00-\u9fff]{1,8}[〔\[(]20\d\d[〕\])]第?\d{1,4}号\)?)(?=[\u4e00-\u9fff])"
)
_COPIES = re.compile(r"(?<=[。)日])(?:抄送|抄报|主题词)[ ]?:")
# A bracket that says who carries a task closes it.
_DUTY = re.compile(
    r"[(\[【〔][^()\[\]【】〔〕。]{0,40}(?:责任|牵头|配合|主办|承办|考核)(?:单位|部门)(?:[^()\[\]【】〔〕。]|\([^()。]{0,30}\)){1,160}[)\]】〕]"
    r"(?=[\u4e00-\u9fff\"](?!责任|牵头|配合))"
)
_QUOTED = re.compile(r"《([^《》]{6,60})》")
_DATED = r"[ ]{0,20}(?P<day>20\d\d年\d{1,2}月\d{1,2}日|二[〇零○][〇零○一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)(?:\((?:此件[^()]{2,10}|联系[^()]{2,40})\))?"
_SIGNED = re.compile(
    rf"(?<=[。)])(?P<organ>(?:中共)?[\u4e00-\u9fff]{{2,24}}(?:政府|办公厅|办公室|委员会|委|厅|局|部|党委|领导小组)){_DATED}"
)
_NUMERALS = "一二三四五六七八九十"


def cuts_without_breaks(text: str, start: int, end: int) -> list[int]:
    """Return where the line [start, end) is to be parted: nothing unless it holds a whole document of numbered items."""
    if end - start < _WHOLE:
        return []
    folded = fold(text[start:end])
    items = _items(folded)
    if not any(len([one for one in items if one.sign == sign]) >= _ITEMS for sign in ("cn", "cn_bracket", "number")):
        return []
    found = {*_heading_ends(folded, items), *_annexes(folded), *_articles(folded), *_head(folded), *_signatures(folded)}
    found.update(match.end() for match in _DUTY.finditer(folded))
    found.update(one.start for one in items if one.sign == "cn")
    return sorted(start + at for at in found if 0 < at < len(folded))


def _items(folded: str) -> list[Marker]:
    """Return the signs that begin or continue a numbering, behind the end of a sentence or of a heading."""
    running: dict[str, int] = {}
    found: list[Marker] = []
    for marker in inner_candidates(folded, 0, len(folded)):
        if marker.sign not in ("cn", "cn_bracket", "number") or (found and marker.start < found[-1].end):
            continue
        if marker.number not in (1, running.get(marker.sign, 0) + 1):
            continue
        behind_heading = bool(found) and 2 <= marker.start - found[-1].end <= _LONGEST and found[-1].rank < marker.rank
        if behind_heading or folded[marker.start - 1 : marker.start] in _CLEAN:
            running[marker.sign] = marker.number
            found.append(marker)
    return found


def _heading_ends(folded: str, items: Sequence[Marker]) -> Iterator[int]:
    ends = [*(one.start for one in items[1:]), len(folded)]
    stops = [_first_stop(folded, one.end, end) for one, end in zip(items, ends, strict=True)]
    bare = [stop - one.end > _RUN_IN for one, stop in zip(items, stops, strict=True)]
    for one, end, stop, most in zip(items, ends, stops, _mostly(items, bare), strict=True):
        if end - one.end <= _LONGEST:
            continue
        name = _SECTION.match(folded, one.end, end)
        if name and one.sign != "number" and not _MORE_OF_IT.match(folded, name.end()):
            yield name.end()
        elif most and (at := _heading_end(folded, one.end, min(end, stop))):
            yield at


def _first_stop(folded: str, start: int, end: int) -> int:
    stop = _STOP.search(folded, start, end)
    return stop.start() if stop else end


def _mostly(items: Sequence[Marker], bare: Sequence[bool]) -> list[bool]:
    """Return for each item whether most of the list that it stands in are bare; a list begins with its first number."""
    lists: list[list[int]] = []
    current: dict[str, int] = {}
    for at, one in enumerate(items):
        if one.number == 1 or one.sign not in current:
            current[one.sign] = len(lists)
            lists.append([])
        lists[current[one.sign]].append(at)
    most = [False] * len(items)
    for places in lists:
        flag = sum(bare[at] for at in places) * 2 > len(places)
        for at in places:
            most[at] = flag
    return most


def _heading_end(folded: str, start: int, end: int) -> int | None:
    """Return where the heading at `start` probably ends: before words said again, a subject, else a verb."""
    comma = folded.find(",", start, end)
    reach = min(end, start + _LONGEST, comma if comma >= start + _SHORTEST else end)
    places = [at for at in range(start + _SHORTEST, reach) if folded[at - 1] not in "、和与及的以为不并"]
    sure = next((at for at in places if _said_again(folded, start, at) or _SUBJECT.match(folded, at, end)), None)
    verb = next((at for at in places if at >= start + _SHORTEST + 2 and _VERB.match(folded, at, end)), None)
    if verb is None or (sure is not None and sure < verb):
        return sure
    # 加强平台建设推动…, 支持产业加快发展统筹…: a verb that ends the heading is a noun there.
    noun = _NOUN.match(folded, verb, end)
    begins = noun and (_VERB.match(folded, noun.end(), end) or _SUBJECT.match(folded, noun.end(), end))
    return noun.end() if noun and begins else verb


def _said_again(folded: str, start: int, at: int) -> bool:
    """Tell whether words at a place were just said, or are those that the heading begins with, its verb left out."""
    if any(folded[at - length : at] == folded[at : at + length] for length in range(2, min(8, at - start) + 1)):
        return True
    word = folded[at : at + 2]
    return at >= start + _SHORTEST + 2 and word in (folded[start : start + 2], folded[start + 2 : start + 4])


def _head(folded: str) -> Iterator[int]:
    """Yield where the number below a title begins and ends, and where the list of addressees ends."""
    number = _NUMBERED.search(folded, 0, _HEAD)
    if number is None:
        return
    yield from (number.start("number"), number.end("number"))
    to = folded.find(":", number.end(), number.end() + _HEAD)
    if to >= 0 and not _STOP.search(folded, number.end(), to):
        yield to + 1


def _signatures(folded: str) -> Iterator[int]:
    """Yield where a signature with its date or the list of copies stands, and where the title of a plan behind it ends."""
    yield from (match.start() for match in _COPIES.finditer(folded))
    quoted = {match[1] for match in islice(_QUOTED.finditer(folded, 0, _HEAD * 8), _MANY)}
    # The body that the title begins with signs, also behind the name of an annex.
    organ = folded[: max(folded.find("关于", 0, _TITLE), 0)]
    own = re.finditer(rf"(?P<organ>{re.escape(organ)}){_DATED}", folded) if organ else ()
    for match in (*_SIGNED.finditer(folded), *own):
        yield from (match.start("organ"), match.start("day"), match.end("day"), match.end())
        yield from (match.end() + len(title) for title in quoted if folded.startswith(title, match.end()))
    for title in quoted:
        for match in re.finditer(rf"(?<![《〈]){re.escape(title)}(?=为|根据|按照|依据|第一[章条]|一、)", folded):
            yield from match.span()


def _annexes(folded: str) -> Iterator[int]:
    listed: list[int] = []
    for match in islice(re.finditer(r"(?<=[。)])附[ ]?件[ ]?:", folded), _MANY):
        yield match.start()
        listed += [one.end() for one in _LISTED.finditer(folded, match.start(), match.start() + _LIST)]
    for match in islice(_ANNEX.finditer(folded), _MANY):
        yield from match.span()
        # The title is printed in the list under the text too.
        same = max((_shared(folded, at, match.end()) for at in listed if at < match.start()), default=0)
        genre = _GENRE.match(folded, match.end())
        if same >= _SHORTEST:
            yield match.end() + same
        elif genre:
            yield genre.end()


def _shared(folded: str, one: int, other: int) -> int:
    """Return how many characters are the same from two places on."""
    length = 0
    while length < _TITLE and other + length < len(folded) and folded[one + length] == folded[other + length]:
        length += 1
    return length


def _articles(folded: str) -> Iterator[int]:
    found: list[int] = []
    for match in _ARTICLE.finditer(folded):
        if _NUMERALS.find(match[1]) == len(found):
            found.append(match.start())
    return iter(found if len(found) > 1 else ())
