"""The printed names of one document turned into keys: its policies, units and groups of units."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.gazetteer.places import Place, by_key, resolve
from graph.identity import OF_DOCUMENT
from graph.link.policies.policy_mentions import home_of, mention_of
from graph.link.units.unit_identity import group, resolve_unit
from graph.model import PolicyMention, UnitMention


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitIdentity:
    """The unit, or group of units, that a printed name means: `jurisdiction` is a place's key or None.

    `stands_for` is set of a group only; a unit has `function` and `form` as far as they are known.
    """

    key: str
    name: str
    jurisdiction: str | None = None
    function: str | None = None
    form: str | None = None
    group: bool = False
    stands_for: str | None = None


class DocumentNames:
    """Turns the printed names of one document into keys; asked for its policies in printed order.

    It knows the gazetteers and the document, and no other document.
    """

    def __init__(self, document: str, policies: Sequence[PolicyMention] = ()) -> None:
        """Begin with no place known; `policies` are all that the document names."""
        self._document = document
        self._policies = policies
        self._home: Place | None = None
        self._unnamed = 0

    def policy(self, mention: PolicyMention) -> tuple[str, str | None]:
        """Return the key of a policy and of its place; names that follow are read in the last own one's place."""
        if mention.role in ("self", "reports_on"):
            self._home = home_of(mention, self._policies) or self._home
        named = mention_of(self._document, mention, self._home)
        if named.key.startswith(OF_DOCUMENT):
            # What has neither title nor number is one with nothing, also not with another text of its page.
            self._unnamed += 1
            if self._unnamed > 1:
                return f"{named.key}#{self._unnamed}", named.place_key
        return named.key, named.place_key

    def region(self, mention: PolicyMention) -> str | None:
        """Return the key of the place around that of a policy, where only that is known."""
        region = resolve(mention.region) if mention.region else None
        return region.code if region else None

    def unit(self, mention: UnitMention, place: str | None) -> UnitIdentity:
        """Return the unit, or the group of units, that a printed name means in a document of `place`."""
        home = by_key(place) if place else None
        if mention.collective:
            many = group(mention.surface, home, self._document)
            return UnitIdentity(
                key=many.key,
                name=many.name,
                jurisdiction=many.jurisdiction,
                group=True,
                stands_for=many.stands_for,
            )
        return self._one(mention.surface, home, mention.alias)

    def issuer(self, name: str, place: str | None) -> UnitIdentity:
        """Return the unit that an issuer's full name means."""
        return self._one(name, by_key(place) if place else None, None)

    def _one(self, name: str, home: Place | None, alias: str | None) -> UnitIdentity:
        unit = resolve_unit(name, home, alias, self._document)
        return UnitIdentity(
            key=unit.key, name=unit.name, jurisdiction=unit.jurisdiction, function=unit.function, form=unit.form
        )
