"""Items that set no duty, so that nothing carries them out: chapters of penalties, meanings of words, lists of grounds."""

import re

from graph.text import fold, squeeze

_PENALTIES = re.compile("法律[責责]任|[罚罰][则則]")
_MEANING = re.compile(r"(?:【[^】]{1,12}】)?(?P<name>[^。;]{2,60}?)[,:]?(?:是指|系指|指的是)(?![南标数挥导])")
_OF_TEXT = re.compile(r"(?:本|前款|上述|《[^》]+》)[^。;]{0,20}所称[^。;]{2,60}?[,:]?(?:是指|系指|指|包括)")
# Who has to do something, may or may not, or gets something: then the item sets a duty beside the meaning of a word.
_DUTY = re.compile(
    r"应|须|必需|不得|严禁|禁止|负责|可以(?![^,。;]{1,8}的)|享受|给予|予以|实行|制度(?:,|:)?(?:是|系)指|(?<![主需重必])要(?![求素件点约领项])"
)
# What is left over is done by other rules: 其他事项按照《渡口管理办法》执行.
_BY_OTHERS = re.compile(
    r"[^。;]{0,24}(?:其他|其余|未尽|未作规定|未明确)[^。;《]{0,16}(?:均|仍|继续)?(?:按照?|依照|依据)[^。;]{2,60}(?:执行|办理|处理)"
)
_CITED = re.compile(r"《[^》]*》|[((〔][^))〕]*[))〕]|第[一二三四五六七八九十百零\d]+[条款项]")
_GROUNDS = re.compile(
    r"[^\u4e00-\u9fff]|(?:设定|划分|制定|政策|法律|主要|编制)?(?:依据|根据)|相关|有关|文件|法规|规定|及|和|等"
)


def punishing(heading: str | None) -> bool:
    """Tell whether what stands under a heading punishes: it repeats the duties that it punishes and sets none.

    >>> punishing("第八章 法律责任"), punishing("压实安全责任"), punishing(None)
    (True, False, False)
    """
    return bool(_PENALTIES.search(heading or ""))


def explaining(text: str | None) -> bool:
    """Tell whether an item only says what a word means, or only names the documents that it rests on or leaves the rest to.

    >>> explaining("本意见所称灯船，是指载有航标灯的船。"), explaining("灯船是指载灯的船，应当每年检验。")
    (True, False)
    >>> explaining("设定依据：《渡口管理办法》（2019年修订）第三条。"), explaining("清点灯船，编号造册。")
    (True, False)
    """
    said = squeeze(fold(text or ""))
    if "《" in said and not _GROUNDS.sub("", _CITED.sub("", said)):
        return True
    if _BY_OTHERS.fullmatch(said.rstrip("。;")):
        return True
    return bool(_MEANING.match(said) or _OF_TEXT.match(said)) and not _DUTY.search(said)
