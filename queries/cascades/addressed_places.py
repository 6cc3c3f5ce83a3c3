"""Places that a task names as those which are to do it: 支持澄州市建设灯船基地 asks nothing of any other city."""

import re
from dataclasses import dataclass

from graph.store.protocol import Store
from graph.text import squeeze
from queries.cascades.known_policies import Known
from queries.catalog import find
from queries.question_rows import ask

# The title begins so: a clause further on asks something of one place beside what is asked of all.
_FRAME = re.compile(
    r"(?:积极|大力|全力|重点|继续|深入|稳步|扎实|加快|高水平|高标准){0,2}(?:支持|推动|推进|指导|鼓励|赋予|加快)"
)
_JOINED = ("、", "和", "与", "及")
# The list goes on with others, others take part, or what one place did is spread to all.
_MORE = re.compile(r"等|以外|之外|周边")
_SPREAD = re.compile("都市圈|城市群|经验|做法|成果|推广|复制|全[国省市区县]|各[地省市区县]")
_LONGEST, _SHORTEST = 12, 2


@dataclass(slots=True)
class AddressedPlaces:
    """Finds the places below a policy's own that the title of a task names; the graph's places are looked up once."""

    store: Store
    _named: dict[str, str] | None = None

    def elsewhere(self, title: str, upper: Known, lower: Known) -> str | None:
        """Return the names of the places that a task of `upper` is addressed to, None where that of `lower` is meant too."""
        if upper.place is None or lower.place is None:
            return None
        found = self._names(title, upper.place)
        if not found or any(_near(key, lower.place) for _, key in found):
            return None
        return "、".join(dict.fromkeys(name for name, _ in found))

    def _names(self, title: str, within: str) -> list[tuple[str, str]]:
        """Return the names and keys of the places that the title begins with (支持…); none where others may be meant too."""
        text = squeeze(title)
        frame = _FRAME.match(text)
        if frame is None or _SPREAD.search(text):
            return []
        found, at = [], frame.end()
        while place := self._place_at(text, at, within):
            found.append(place)
            at += len(place[0])
            if text[at : at + 1] not in _JOINED:
                break
            at += 1
        return [] if _MORE.match(text, at) else found

    def _place_at(self, text: str, at: int, within: str) -> tuple[str, str] | None:
        """Return the longest name of a place in that of key `within` which stands at `at`, with its key."""
        from graph.gazetteer import places

        for size in range(min(_LONGEST, len(text) - at), _SHORTEST - 1, -1):
            name = text[at : at + size]
            key = self._known().get(name)
            if key is None and (place := places.resolve(name, within)):
                key = place.code
            if key is not None and _below(key, within):
                return name, key
        return None

    def _known(self) -> dict[str, str]:
        if self._named is None:
            rows = ask(find("names_of_places"), self.store, {})
            # A short name may be a word as well (和平): of those only listed places are meant.
            self._named = {str(row["name"]): str(row["key"]) for row in rows if row["name"]}
        return self._named


def _below(key: str, within: str) -> bool:
    """Tell whether the place of a key lies in another; also of one of which no place above is known."""
    from graph.gazetteer import places

    place, other = places.by_key(key), places.by_key(within)
    if key == within or (other is not None and places.is_within(other, key)):
        return False
    return place is None or not places.ancestors(place) or places.is_within(place, within)


def _near(one: str, other: str) -> bool:
    """Tell whether two places are one or one lies in the other."""
    from graph.gazetteer import places

    if one == other:
        return True
    sides = ((places.by_key(one), other), (places.by_key(other), one))
    return any(place is not None and places.is_within(place, key) for place, key in sides)
