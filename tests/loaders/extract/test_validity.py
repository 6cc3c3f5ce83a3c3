"""A policy's life: drafts, until when a text holds, what ends an older one, and which items carry out a policy by name."""

from datetime import date

import pytest

from graph.model import TAKEN_OVER, PolicyMention, Reading
from loaders.reading.document_reading import read_document
from tests.loaders.documents import text_document

PLAN = "澄州市渡口整修办法\n澄政发〔2024〕3号\n为整修渡口，制定本办法。\n一、主要任务\n（一）修好码头。{}\n（二）培训船员。培训船员200名。\n{}\n澄州市人民政府\n2024年3月1日\n"


def reading(item: str = "修缮码头12座。", end: str = "", title: str = "") -> Reading:
    text = PLAN.format(item, end)
    return read_document(text_document(text.replace("澄州市渡口整修办法", title) if title else text))


def cited(found: Reading, title: str) -> PolicyMention:
    return next(one for one in found.policies if one.title == title)


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("澄州市渡口整修办法（征求意见稿）", "draft"),
        ("澄州市渡口整修办法（草案）", "draft"),
        ("澄州市渡口整修办法（试行）", None),
    ],
)
def test_a_draft_says_so_in_its_title(title: str, status: str | None) -> None:
    assert reading(title=title).own[0].status == status


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("本办法自2024年5月1日起施行，有效期至2026年4月30日。", date(2026, 4, 30)),
        ("本办法自2024年5月1日起施行，有效期三年。", date(2027, 4, 30)),
        ("本办法自印发之日起施行，试行期2年。", date(2026, 2, 28)),
        ("本办法自2024年5月1日起施行。", None),
        ("承包合同有效期三年。", None),
    ],
)
def test_until_when_it_holds(end: str, last: date | None) -> None:
    own = reading(end=end).own[0]
    assert own.valid_to == last
    assert (last is None) == ("valid_to" not in own.spans)


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("本办法自印发之日起施行，《澄州市渡口管理办法》（澄政发〔2014〕5号）同时废止。", "repealed"),
        ("《澄州市渡口管理办法》（澄政发〔2014〕5号）、《澄州市船员规定》同时废止。", "repealed"),
        ("对《澄州市渡口管理办法》（澄政发〔2014〕5号）进行了修订。", "replaced"),
        ("《澄州市渡口管理办法》（澄政发〔2014〕5号）第五条停止执行。", None),
        ("其他事项按《澄州市渡口管理办法》（澄政发〔2014〕5号）办理。", None),
    ],
)
def test_what_it_ends(end: str, name: str | None) -> None:
    found = cited(reading(end=end), "澄州市渡口管理办法")
    assert [one for one in ("repealed", "replaced") if one in found.spans] == ([name] if name else [])


def test_an_older_text_of_the_same_title_is_ended_by_its_number() -> None:
    found = reading(end="原《澄州市渡口整修办法》（澄政发〔2014〕5号）同时废止。")
    assert cited(found, "澄州市渡口整修办法") is found.own[0]
    assert [one.doc_number for one in found.policies if "repealed" in one.spans] == ["澄政发〔2014〕5号"]


@pytest.mark.parametrize(
    ("item", "carried"),
    [
        ("落实《澜江省渡口条例》，修缮码头12座。", True),
        ("按照《澜江省渡口条例》要求，修缮码头12座。", True),
        ("推动《澜江省渡口条例》落地，修缮码头12座。", True),
        ("企业实施的修缮项目和《澜江省渡口条例》所说的码头可一并统计。", False),
        ("近年来，我市落实《澜江省渡口条例》，成效明显。", False),
    ],
)
def test_an_item_that_carries_out_a_policy_by_name(item: str, carried: bool) -> None:
    found = cited(reading(item), "澜江省渡口条例")
    assert found.role == "cites"
    assert (TAKEN_OVER in found.spans) == carried


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("为方便群众，依据《澜江省渡口条例实施意见》要求，在全市开展渡口整修。", "implements"),
        ("渡口整修后，乘客按照《澜江省渡口条例实施意见》购票。", "cites"),
    ],
)
def test_a_report_tells_what_is_carried_out_in_a_sentence_of_purpose(sentence: str, role: str) -> None:
    lead = "近日，澄州市人民政府印发《澄州市渡口整修实施方案》，自5月1日起施行。\n"
    found = read_document(text_document(f"澄州整修渡口\n{lead}{sentence}\n"))
    assert found.own[0].role == "reports_on"
    assert cited(found, "澜江省渡口条例实施意见").role == role
