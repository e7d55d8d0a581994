"""What a page says of itself: title, words, picture. Hostile bytes in, plain text out."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain, islice
from urllib.parse import quote, urljoin

import nh3

from coterie.pure.markup.words import shortened

MOST_TITLE, MOST_WORDS = 160, 240
TITLES = ("og:title", "twitter:title")
WORDS = ("og:description", "twitter:description", "description")
PICTURES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
ENCODINGS = re.compile(
    r"utf-(8|8-sig|16|16-le|16-be)|cp125\d|cp932|iso8859-\d+|koi8-[ru]|shift_jis|euc_(jp|kr)"
    r"|iso2022_jp|gbk|gb2312|gb18030|big5|tis-620"
)
"""Those of Python's that are nothing but ways to write letters."""
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
"""Signs that turn the direction of what follows."""
QUOTED = r"\"[^\"]{0,4000}+\"|'[^']{0,4000}+'"
TELLING = re.compile(
    rf"<meta[\s/](?:{QUOTED}|[^'\"<>]){{0,600}}+>|<title[^<>]{{0,200}}+>[^<]{{0,2000}}+</title",
    re.IGNORECASE,
)
SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
MOST_TAGS, MOST_READ = 200, 100_000
"""So many tags are read, and so many characters of them."""
# The parser that also stands before every post: in Rust, by the rules of browsers. It leaves
# well-formed tags, and of those only what we read below.
HEAD = nh3.Cleaner(
    tags={"title", "meta"},
    clean_content_tags={"script", "style"},
    attributes={"meta": {"property", "name", "content"}},
    strip_comments=True,
    link_rel=None,
)


@dataclass(frozen=True)
class Glimpse:
    """What can be shown of a page; `picture` is an address, or nothing."""

    title: str
    words: str
    picture: str


def glimpse(body: bytes, *, charset: str, address: str) -> Glimpse:
    """What this page says of itself; a page that says nothing has no title."""
    head = Head()
    head.feed(HEAD.clean("".join(telling(decoded(body, charset)))))
    head.close()
    title = told(first(head.said, TITLES) or head.title, MOST_TITLE)
    picture = first(head.said, PICTURES)
    return Glimpse(
        title=title,
        words=told(first(head.said, WORDS), MOST_WORDS),
        picture=urljoin(address, ascii_of(picture)) if picture else "",
    )


def telling(page: str) -> Iterator[str]:
    """The tags that tell something, in their order: a browser's parser gets no more than these.

    It would take minutes over a megabyte of tags that nobody closes.
    """
    before, *scripts = SCRIPT.split(page)
    outside = "".join(
        [before, *chain.from_iterable(SCRIPT_END.split(each, 1)[1:] for each in scripts)]
    )
    read = 0
    for tag in islice(TELLING.finditer(outside), MOST_TAGS):
        read += len(tag[0])
        if read > MOST_READ:
            return
        yield tag[0] if tag[0].endswith(">") else f"{tag[0]}>"


class Head(HTMLParser):
    """Reads what is left after cleaning: the first of each thing said counts."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A meta says something; a title begins."""
        self._in_title = tag == "title" and not self.title
        given = dict(attrs)
        name = (given.get("property") or given.get("name") or "").strip().lower()
        if tag == "meta" and name and (given.get("content") or "").strip():
            self.said.setdefault(name, str(given["content"]))

    def handle_endtag(self, tag: str) -> None:
        """Whatever ended, it was not inside a title."""
        self._in_title = False

    def handle_data(self, data: str) -> None:
        """Words of the title; all others are none of ours."""
        if self._in_title:
            self.title += data


def first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if name in said), "")


def told(text: str, most: int) -> str:
    """On one line, with nothing in it that has no shape or turns its neighbours round."""
    plain = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in STEERING.sub("", text[: most * 10])
        if unicodedata.category(c) != "Cs"
    )
    return shortened(" ".join(plain.split()), most)


def ascii_of(address: str) -> str:
    """The address with everything encoded that does not belong into one."""
    return quote(address.strip(), safe="!#$%&'()*+,/:;=?@[]~")


def decoded(body: bytes, charset: str) -> str:
    """The page as text: by what the server says, then the page, then how most are written."""
    declared = DECLARED.search(body[:4096])
    for name in (bom_of(body), charset, declared[1].decode("ascii") if declared else "", "utf-8"):
        found = known(name)
        if found:
            return body.decode(found, "replace")
    return ""


def bom_of(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if body.startswith(codecs.BOM_UTF8) else ""


def known(name: str) -> str:
    """Python's name for it, if it is an encoding of text and of nothing else."""
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    # What calls itself Latin-1 on the web is its larger sister.
    found = "cp1252" if found in ("iso8859-1", "ascii") else found
    return found if ENCODINGS.fullmatch(found) else ""
