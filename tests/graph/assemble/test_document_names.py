"""Printed names of one document turned into keys: what has no name of its own, places of one name, numbers of others."""

from graph.assemble.document_names import DocumentNames
from graph.gazetteer.places import by_key
from graph.link.policies.policy_mentions import number_fits
from graph.model import PolicyMention, Span, UnitMention


def own(**said: object) -> PolicyMention:
    return PolicyMention(role="self", rule="test", held="full", **said)  # type: ignore[arg-type]


def cited(**said: object) -> PolicyMention:
    return PolicyMention(role="implements", rule="test", held="cited", **said)  # type: ignore[arg-type]


def test_what_has_neither_title_nor_number_is_known_by_its_document() -> None:
    names = DocumentNames("a")
    keys = [names.policy(own(title=None, place="宁波市"))[0] for _ in range(2)]
    assert keys == ["document:a", "document:a#2"]
    assert DocumentNames("b").policy(own(title=None, place="宁波市"))[0] == "document:b"


def test_two_districts_of_one_name_stay_two() -> None:
    plan = own(title="朝阳区花圃方案", place="朝阳区")
    north = DocumentNames("north", [plan, cited(title="长春市花圃行动方案", place="长春市")])
    south = DocumentNames("south", [plan, cited(title="北京市花圃行动方案", place="北京市")])
    assert [names.policy(plan)[1] for names in (north, south)] == ["220104", "110105"]
    unit = UnitMention(surface="区教育局", role="responsible", collective=False, span=Span(0, 4), rule="test")
    assert north.unit(unit, "220104").key != south.unit(unit, "110105").key


def test_the_number_tells_which_of_two_places_is_meant() -> None:
    plan = own(title="鼓楼区花圃方案", place="鼓楼区", doc_number="汴鼓政办〔2024〕4号")
    assert DocumentNames("a", [plan]).policy(plan)[1] == "410204"


def test_a_place_that_is_not_known_makes_no_two_documents_one() -> None:
    plan = own(title="朝阳区花圃方案", place="朝阳区")
    keys = {DocumentNames(name, [plan]).policy(plan) for name in ("a", "b")}
    assert keys == {("a:朝阳区花圃方案", None), ("b:朝阳区花圃方案", None)}
    assert len({DocumentNames(name).issuer("朝阳区教育局", None).key for name in ("a", "b")}) == 2


def test_a_number_of_another_place_is_in_no_key() -> None:
    plan = own(title="宁波市花圃方案", place="宁波市", doc_number="榕政办规〔2023〕9号")
    assert DocumentNames("a").policy(plan)[0] == "330200:宁波市花圃方案"
    assert not number_fits(plan, by_key("330200"))


def test_a_number_of_the_place_of_one_above_it_and_of_the_centre_fits() -> None:
    for number in (
        "甬政发〔2023〕9号",
        "浙政发〔2023〕9号",
        "镇政发〔2023〕9号",
        "国发〔2023〕9号",
        "某某函〔2023〕9号",
    ):
        plan = own(title="花圃方案", place="宁波市", doc_number=number)
        assert number_fits(plan, by_key("330200"))
        assert DocumentNames("a").policy(plan)[0] == number
