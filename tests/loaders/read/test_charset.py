import pytest

from graph.errors import InputError
from loaders.read.limits import MAX_BYTES
from loaders.read.text.charset import decode

TEXT = "各县(市、区)人民政府,市政府各部门:现将行动方案印发给你们,请认真贯彻执行。"


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8"), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b'<html><head><meta charset="gb2312"></head>' + TEXT.encode("gbk"), "gb18030"),
    ],
)
def test_every_charset_gives_the_same_text(data: bytes, charset: str) -> None:
    text, found = decode(data, where="x.txt")
    assert text.endswith(TEXT)
    assert found == charset


def test_big5_is_not_taken_for_gb18030() -> None:
    long = "各縣政府應依據本計畫辦理行政院所屬各機關之工作人員與公共服務事項的推動,在一年內完成並報告。" * 8
    text, charset = decode(long.encode("big5"), where="x.txt")
    assert text == long
    assert "big5" in charset or charset in ("cp950", "big5hkscs")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("　　\n".encode(), "white space"),
        (bytes(range(256)) * 40, "x.txt"),
        ((TEXT * 3).encode("utf-8")[:-1], "ends inside a character"),
        ((TEXT * 3 + "年").encode("gb18030")[:-1], "ends inside a character"),
    ],
)
def test_bad_bytes_get_one_line_with_the_file(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        decode(data, where="x.txt")
    assert str(caught.value).startswith("x.txt: ")
    assert "\n" not in str(caught.value)


def test_a_file_over_the_size_is_refused() -> None:
    with pytest.raises(InputError, match="over the limit"):
        decode(b"a" * (MAX_BYTES + 1), where="x.txt")
