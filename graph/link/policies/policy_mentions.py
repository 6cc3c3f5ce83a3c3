"""One mention of a policy as linking takes it: with its key and the key of its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.gazetteer.places import CENTRE, Place, ancestors, by_key, by_prefix, coin, find, is_ambiguous, is_within
from graph.identity import policy_key
from graph.link.policies.titles import parts
from graph.link.units.unit_identity import resolve_unit
from graph.model import Held, Level, PolicyMention, PolicyRole
from graph.text import squeeze

# 省科技厅关于…: an issuer named relative to the place of the document that cites it.
_RELATIVE_ISSUER = re.compile(r"(?:省|自治区|市|州|盟|县|区|旗)[\u4e00-\u9fff]")
_CENTRAL_WORDS = ("国务院", "中共中央", "中央", "国家", "全国", "最高人民")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention of a policy: `key` is its own key (`graph.identity.policy_key`), `place_key` its jurisdiction's.

    `place_key` is None where no place is printed; `issuers` are printed names; `document` is the document's name; `region` is the key of a
    place that it lies in, where a table says so; `issued` is the day of issue of a document's own policy.
    """

    document: str
    key: str
    doc_number: str | None
    title: str | None
    place_key: str | None
    issuers: tuple[str, ...]
    level: Level | None
    held: Held
    role: PolicyRole
    region: str | None = None
    issued: date | None = None


def place_of(mention: PolicyMention, own: Place | None) -> Place | None:
    """Return the jurisdiction of a mentioned policy: of its printed place, its issuers, or its title.

    `own` is the place of the document, which words such as 省人民政府 and 市政府 are relative to. None where
    nothing is printed: the document's own place is not taken for it.
    """
    if mention.place in ("中央", "国家", "全国"):
        return by_key(CENTRE)
    if mention.place:
        place = coin(mention.place, own)
        # 鼓楼区 alone may be any of four: a place that is not known is none.
        return None if is_ambiguous(place) else place
    for issuer in mention.issuers:
        unit = resolve_unit(issuer, None)
        if squeeze(issuer).startswith(_CENTRAL_WORDS) or unit.jurisdiction == CENTRE:
            return by_key(CENTRE)
        relative = resolve_unit(issuer, own)
        if relative.jurisdiction:
            return by_key(relative.jurisdiction)
    if mention.title:
        title = parts(mention.title)
        if title.place:
            return title.place
        for one in (own, *ancestors(own)) if own else ():
            if (title.issuers or title.core).startswith(one.name):
                return one
        first = title.issuers.split("、")[0]
        if _RELATIVE_ISSUER.match(first) and (where := resolve_unit(first, own).jurisdiction):
            return by_key(where)
    if mention.level == "central":
        return by_key(CENTRE)
    # 长住建发: of the several cities whose numbers begin so, the one that the document lies in.
    numbered = (
        by_prefix(mention.doc_number, own.code) if mention.doc_number and own and mention.role != "self" else None
    )
    return numbered if numbered and numbered.level != "central" else None


def home_of(mention: PolicyMention, others: Iterable[PolicyMention] = ()) -> Place | None:
    """Return the jurisdiction of a document's own policy; `others` are the policies that it names.

    A name that several places have (鼓楼区) is the one of them in the place that its number begins with, else in the
    place of a policy that it carries out, else of one that it cites; None where these tell nothing or two things.
    """
    if place := place_of(mention, None):
        return place
    found = find(mention.place) if mention.place else ()
    if len(found) < 2:
        return None
    told = sorted((one for one in others if one.role in ("implements", "cites")), key=lambda one: one.role == "cites")
    for clue in (by_prefix(mention.doc_number or ""), *(place_of(one, None) for one in told)):
        within = [one for one in found if is_within(one, clue.code)] if clue and clue.level != "central" else []
        if len(within) == 1:
            return within[0]
    return None


def number_fits(mention: PolicyMention, own: Place | None) -> bool:
    """Tell whether the first words of a document's own number may be of its place or its issuers.

    They do not where they are surely those of a listed place that neither lies on the line of `own` nor shares a
    character with the names there or with the issuers: such a number was printed by another body, or copied.
    """
    if not mention.doc_number or own is None:
        return True
    printed = by_prefix(mention.doc_number)
    if printed is None or is_within(printed, own.code) or is_within(own, printed.code):
        return True
    line = (own, *(one for one in ancestors(own) if one.level != "central"))
    names = "".join((*mention.issuers, *(one.name for one in line), *(one.number_prefix or "" for one in line)))
    return squeeze(mention.doc_number)[0] in squeeze(names)


def mention_of(document: str, mention: PolicyMention, own: Place | None) -> Mention:
    """Return the record that `resolve` takes, with key and place, of one mention in a document of the place `own`.

    The document's own policies are of its place where they print none; a number of their own that is surely another
    place's stands in no key.
    """
    place = place_of(mention, own) or (own if mention.role == "self" else None)
    fits = mention.role != "self" or number_fits(mention, place)
    number = mention.doc_number if fits else None
    return Mention(
        document=document,
        key=policy_key(number, place.code if place else None, mention.title, document),
        doc_number=mention.doc_number,
        title=mention.title,
        place_key=place.code if place else None,
        issuers=mention.issuers,
        level=mention.level,
        held=mention.held,
        role=mention.role,
        issued=mention.issued,
    )
