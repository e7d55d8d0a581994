#!/usr/bin/env python3
"""Gathers what the code says into coterie/locale/*/LC_MESSAGES/django.po; `make words` runs it.

In Python alone, with Babel: nobody needs gettext's programs. A catalogue is sorted and names
neither lines nor dates, so that two people's words merge.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "coterie"
LOCALE = PACKAGE / "locale"
TEMPLATES = {".html", ".txt"}

KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "worded": None,
}
"""What gettext's functions are called here; a house test looks for other names."""

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals};\\n"

"""


def sources() -> Iterator[Path]:
    """Everything that may say something to somebody: code and templates, without tests."""
    for file in sorted(PACKAGE.rglob("*")):
        if "tests" not in file.relative_to(PACKAGE).parts and file.suffix in {".py", *TEMPLATES}:
            yield file


def sentences() -> Iterator[tuple[Path, Any, str | None]]:
    """Where what is said, and in which context; a sentence with a plural is a pair."""
    for file in sources():
        for _line, sentence, _comments, context in extract(
            "python", BytesIO(_as_python(file).encode()), keywords=KEYWORDS
        ):
            yield file, sentence, context


def said() -> Catalog:
    """Every sentence of the code, without a translation."""
    template = Catalog()
    for _file, sentence, context in sentences():
        template.add(sentence, context=context)
    return template


def _as_python(file: Path) -> str:
    text = file.read_text()
    if file.suffix not in TEMPLATES:
        return text
    from django.utils.translation.template import templatize

    # Python would read what is indented as blocks.
    return "\n".join(line.strip() for line in templatize(text).splitlines())


def catalogue(language: str) -> Catalog:
    """The words of this language as they stand in the repository."""
    file = _file(language)
    return read_po(BytesIO(file.read_bytes() if file.exists() else b""), locale=language)


def languages() -> list[str]:
    """Those that have a folder."""
    return sorted(each.name for each in LOCALE.iterdir() if each.is_dir())


def gather(language: str) -> int:
    """The catalogue holds what the code says and nothing else; how many sentences are open.

    What is new stays empty: a guess would be shown to people.
    """
    words = catalogue(language)
    words.update(said(), no_fuzzy_matching=True)
    out = BytesIO()
    write_po(
        out, words, width=0, no_location=True, omit_header=True, sort_output=True,
        ignore_obsolete=True,
    )  # fmt: skip
    head = HEADER.format(language=language, plurals=words.plural_forms.rstrip(";"))
    _file(language).parent.mkdir(parents=True, exist_ok=True)
    _file(language).write_text(head + out.getvalue().decode().strip() + "\n")
    return sum(1 for each in words if each.id and not is_whole(each))


def is_whole(message: Any) -> bool:
    """Whether each form of it is said."""
    forms = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(forms) and not message.fuzzy


def _file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coterie.config.settings")
    os.environ.setdefault("COTERIE_DATA", tempfile.mkdtemp(prefix="coterie-words-"))
    import django

    django.setup()
    for language in sys.argv[1:] or languages():
        left = gather(language)
        print(f"{language}: {left} to translate" if left else f"{language}: complete")


if __name__ == "__main__":
    main()
