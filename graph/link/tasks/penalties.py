"""Chapters of penalties: they repeat the duties that they punish and set none, so nothing carries them out."""

import re

_PENALTIES = re.compile("法律[责責]任|[罚罰][则則]")


def punishing(heading: str | None) -> bool:
    """Tell whether what stands under a heading punishes.

    >>> punishing("第八章 法律责任"), punishing("压实安全责任"), punishing(None)
    (True, False, False)
    """
    return bool(_PENALTIES.search(heading or ""))
