"""Which units are one by a person's word: chains, contradictions, and which of them stays."""

from itertools import permutations
from pathlib import Path

import pytest

from graph.assemble.join import assigned
from graph.assemble.policy_rows import join_policies
from graph.assemble.unit_rows import join_units, moved_units
from graph.errors import InputError, UsageError
from graph.identity import link_key
from graph.link.decisions import Decisions, Word, decide_link, decide_policies, decide_units
from graph.link.units.same_units import SaidOfUnits, apart, chain, groups, moved
from graph.snapshot.snapshot import table_of

WATER, AFFAIRS, LAND = "990102:水利局", "990102:水务局", "990102:水土局"
UPPER, TOP = "990100:水利局", "990000:水利局"


def use(
    key: str, name: str, printed: str, function: str | None = "水利", place: str | None = "990102"
) -> dict[str, object]:
    return {
        "key": key,
        "name": name,
        "jurisdiction": place,
        "function": function,
        "form": "局",
        "is_group": False,
        "stands_for": None,
        "printed": printed,
    }


USES = [
    use(WATER, "云溪区水利局", "区水利局"),
    use(AFFAIRS, "云溪区水务局", "区水务局", None),
    use(LAND, "云溪区水土局", "水土局", None, None),
    use(UPPER, "澄州市水利局", "市水利局", place="990100"),
    use(TOP, "澜江省水利局", "省水利局", place="990000"),
    {**use("990102:各镇", "各镇", "各镇", None), "is_group": True},
]
KNOWN = {"a": True, "b": False, "c": True, "d": False}


def test_several_words_in_a_chain_make_one_group_in_whatever_order() -> None:
    words = [("a", "b"), ("b", "c"), ("c", "d")]
    for order in permutations(words):
        said: SaidOfUnits = dict.fromkeys(order, "same")
        assert groups(said) == [("a", "b", "c", "d")]
        assert moved(said, KNOWN) == {"b": "a", "c": "a", "d": "a"}


def test_what_the_gazetteer_knows_stays_then_the_first_key() -> None:
    assert moved({("b", "c"): "same"}, KNOWN) == {"b": "c"}
    assert moved({("b", "d"): "same"}, KNOWN) == {"d": "b"}
    assert moved({("a", "c"): "same"}, KNOWN) == {"c": "a"}


def test_units_that_are_not_in_the_graph_are_passed_over_and_still_join_others() -> None:
    assert moved({("a", "x"): "same"}, KNOWN) == {}
    assert moved({("a", "x"): "same", ("c", "x"): "same"}, KNOWN) == {"c": "a"}


def test_a_direct_no_holds_against_a_chain() -> None:
    said: SaidOfUnits = {("a", "b"): "same", ("b", "c"): "same", ("a", "c"): "not_same"}
    assert groups(said) == [("a", "b")]
    assert groups(dict(sorted(said.items(), reverse=True))) == [("a", "b")]
    assert apart(said, {"b": "a"}) == {("a", "c"), ("c", "a")}


def test_a_chain_is_told_from_the_one_to_the_other() -> None:
    said: SaidOfUnits = {("a", "b"): "same", ("b", "c"): "same", ("c", "d"): "not_same"}
    assert chain(said, ("c", "a")) == ["c", "b", "a"]
    assert chain(said, ("a", "d")) is None


def test_a_word_that_others_contradict_is_refused_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    decide_units(path, "a", "b", "same")
    decide_units(path, "c", "b", "same")
    with pytest.raises(UsageError, match=r"a and c are one by what was decided before \(a = b = c\)"):
        decide_units(path, "c", "a", "not_same")
    decide_units(path, "d", "a", "not_same")
    with pytest.raises(UsageError, match=r"makes a and d one \(a = b = c = d\)"):
        decide_units(path, "c", "d", "same")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    # A word on the same two units is only replaced.
    decide_units(path, "b", "a", "not_same")
    decide_units(path, "c", "d", "same")
    assert groups(Decisions.read(path).units) == [("b", "c", "d")]


def test_the_one_that_stays_has_the_names_the_place_and_the_counterparts_of_all() -> None:
    said: SaidOfUnits = {(WATER, AFFAIRS): "same", (AFFAIRS, LAND): "same"}
    stays = moved_units(USES, said)
    assert stays == {AFFAIRS: WATER, LAND: WATER}
    rows = join_units(USES, [], stays, said)
    units = {row["key"]: row for row in rows["Unit"]}
    assert set(units) == {WATER, UPPER, TOP}
    assert units[WATER]["printed_names"] == ["区水利局", "区水务局", "水土局"]
    assert (units[WATER]["other_keys"], units[WATER]["other_names"]) == (
        [AFFAIRS, LAND],
        ["云溪区水务局", "云溪区水土局"],
    )
    assert "other_keys" not in units[UPPER]
    assert [row["key"] for row in rows["UnitGroup"]] == ["990102:各镇"]


def test_what_the_one_that_stays_lacks_it_has_from_the_others() -> None:
    uses = [use("a:甲办", "甲办", "甲办", None, None), use("b:乙办", "乙办", "乙办", None, "330211")]
    [row] = join_units(uses, [], {"b:乙办": "a:甲办"}, {})["Unit"]
    assert (row["key"], row["function"], row["jurisdiction"]) == ("a:甲办", None, "330211")


def test_counterparts_of_what_moved_lead_to_what_stays_and_a_no_takes_them_away() -> None:
    low, high, odd = "330211:水利局", "330200:水利局", "330211:河道处"
    uses = [
        use(low, "区水利局", "区水利局", place="330211"),
        use(high, "市水利局", "市水利局", place="330200"),
        use(odd, "河道处", "河道处", None, "330211"),
    ]

    def links(said: SaidOfUnits) -> list[tuple[str, str]]:
        rows = join_units(uses, [], moved_units(uses, said), said)
        return [(row["source"], row["target"]) for row in rows["COUNTERPART_OF"]]

    assert links({}) == [(low, high)]
    assert links({(high, low): "not_same"}) == []
    assert links({(high, low): "same"}) == []
    assert links({(low, odd): "same"}) == [(low, high)]
    assert links({(low, odd): "same", (high, odd): "not_same"}) == []
    assert links({(high, odd): "same"}) == [(low, high)]


def test_issuers_that_are_one_issue_once() -> None:
    mention = {
        "document": "d",
        "order": 0,
        "role": "self",
        "key": "k",
        "title": "t",
        "issuer_keys": [AFFAIRS, UPPER, WATER],
        "held": "full",
        "jurisdiction": None,
        "rule": "r",
        "issuers": [],
        "addressees": [],
        "spans": '{"issuers": [[0, 1, "x"], [1, 2, "y"], [2, 3, "z"]]}',
    }
    row = mention | dict.fromkeys(
        (
            "doc_number",
            "genre",
            "level",
            "issued",
            "printed",
            "valid_from",
            "valid_to",
            "status",
            "endings",
            "taken_over",
            "period_start",
            "period_end",
        )
    )
    made = join_policies([row], [], {"d": (1, 1)}, {"d": "d"}, None, {AFFAIRS: WATER})
    assert [(one["target"], one["order"]) for one in made.rows["ISSUED_BY"]] == [(WATER, 1), (UPPER, 2)]
    proofs = [one["quote"] for one in made.rows["Evidence"] if one["subject"] == f"ISSUED_BY k -> {WATER}"]
    assert proofs == ["x", "y", "z"]


def test_a_link_keeps_its_key_and_finds_back() -> None:
    # A task's name may hold what parts a key.
    tasks = ["plan/1", "a -> b #2/1"]
    rows = [
        {
            "key": link_key("ASSIGNED_TO", task, AFFAIRS, order),
            "source": task,
            "target": AFFAIRS,
            "role": "lead",
            "surface": "区水务局",
            "order": order,
            "stated": True,
            "owner": "plan",
        }
        for order, task in enumerate(tasks, start=1)
    ]
    before = table_of("ASSIGNED_TO", rows)
    assert assigned(before, {}) is before
    assert assigned(before, {UPPER: TOP}) is before
    after = assigned(before, {AFFAIRS: WATER})
    assert after["target"].to_pylist() == [WATER, WATER]
    assert after["key"].equals(before["key"])
    assert assigned(after, {AFFAIRS: LAND})["target"].to_pylist() == [LAND, LAND]
    assert assigned(after, {}).equals(before)


def test_who_when_and_why_are_kept_and_change_no_digest(tmp_path: Path) -> None:
    bare, told = tmp_path / "bare.jsonl", tmp_path / "told.jsonl"
    word = Word(by="王磊", when="2026-03-01T08:00:00+00:00", why="2019 年合并")
    for path, said in ((bare, None), (told, word)):
        decide_link(path, "a/1", "b/1", "confirmed", said)
        decide_policies(path, "a", "b", "rejected", said)
        decide_units(path, "b", "a", "same", said)
    one, other = Decisions.read(bare), Decisions.read(told)
    assert one == other
    assert one.digest == other.digest
    assert set(other.words.values()) == {word}
    assert set(other.words) == {("links", "a/1", "b/1"), ("policies", "a", "b"), ("units", "a", "b")}
    assert set(one.words.values()) == {Word()}
    assert Word.now(by="", why="x").by is None
    decide_units(told, "a", "b", "none", word)
    assert ("units", "a", "b") not in Decisions.read(told).words


@pytest.mark.parametrize(
    "line",
    [
        '{"unit": "a", "other": "a", "judgement": "same"}',
        '{"unit": "a", "other": 1, "judgement": "same"}',
        '{"unit": "a", "other": "b", "judgement": "same", "by": 7}',
    ],
)
def test_a_line_on_units_that_says_nothing_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        Decisions.read(path)
