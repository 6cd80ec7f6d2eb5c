from __future__ import annotations

import pytest

from tests.fake_telegram.entities import Entity, parse
from tests.fake_telegram.refusals import Refusal


@pytest.mark.parametrize(
    ("text", "mode", "seen", "entities"),
    [
        ("apa <b>adanya</b>", "", "apa <b>adanya</b>", ()),
        ("apa <b>adanya</b>", "HTML", "apa adanya", (Entity("bold", 4, 6),)),
        ("<i>a<u>b</u></i>", "html", "ab", (Entity("italic", 0, 2), Entity("underline", 1, 1))),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;", "HTML", '1 < 2 && 3 > 2 "', ()),
        ("&copy; &nbsp; & saja", "HTML", "&copy; &nbsp; & saja", ()),
        ("&#65;&#x42;", "HTML", "AB", ()),
        ("🙂<b>x</b>", "HTML", "🙂x", (Entity("bold", 2, 1),)),
        ('<a href="https://x.id/?a=1&amp;b=2">di sini</a>', "HTML", "di sini",
         (Entity("text_link", 0, 7, "https://x.id/?a=1&b=2"),)),
        ('<span class="tg-spoiler">x</span>', "HTML", "x", (Entity("spoiler", 0, 1),)),
        ("<b></b>x", "HTML", "x", ()),
        (r"*tebal* \_ \*", "MarkdownV2", "tebal _ *", (Entity("bold", 0, 5),)),
        ("__garis__ ~coret~ ||sembunyi||", "MarkdownV2", "garis coret sembunyi",
         (Entity("underline", 0, 5), Entity("strikethrough", 6, 5), Entity("spoiler", 12, 8))),
        ("`a.b` [x](https://x.id)", "MarkdownV2", "a.b x",
         (Entity("code", 0, 3), Entity("text_link", 4, 1, "https://x.id"))),
        ("*tebal* _miring_ a.b!", "Markdown", "tebal miring a.b!", (Entity("bold", 0, 5), Entity("italic", 6, 6))),
    ],
)  # fmt: skip
def test_parse_gives_the_text_and_its_marks(text: str, mode: str, seen: str, entities: tuple[Entity, ...]) -> None:
    assert parse(text, mode) == (seen, entities)


@pytest.mark.parametrize(
    ("text", "mode", "words"),
    [
        ("<b>x", "HTML", 'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "HTML", "can't parse entities: Unexpected end tag at byte offset 1"),
        ("<b>x</i>", "HTML",
         'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("é <p>x</p>", "HTML", 'can\'t parse entities: Unsupported start tag "p" at byte offset 3'),
        ("a < b", "HTML", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("a <b", "HTML", "can't parse entities: Unclosed start tag at byte offset 2"),
        ('<a href="x', "HTML", 'can\'t parse entities: Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", "HTML", 'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("a.b", "MarkdownV2",
         "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("*x", "MarkdownV2", "can't parse entities: Can't find end of Bold entity at byte offset 0"),
        ("a _b", "Markdown", "can't parse entities: Can't find end of the entity starting at byte offset 2"),
        ("x", "latex", "unsupported parse_mode"),
        ("x" * 32_769, "HTML", "text is too long"),
    ],
)  # fmt: skip
def test_parse_refuses_broken_marks_in_the_words_of_the_platform(text: str, mode: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(text, mode)
    assert refused.value.description == f"Bad Request: {words}"
