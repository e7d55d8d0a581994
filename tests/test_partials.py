"""Law 7: what is broadcast is the same for everybody, so nothing in it may depend on who reads."""

import re

import pytest

from tests.house import ROOT

pytestmark = pytest.mark.house

MARK = "A broadcast partial"
"""Stands in the first comment of a template that is sent to many readers at once."""
ONES_OWN = re.compile(
    r"\{%\s*(?:translate|trans|blocktranslate|blocktrans|language|csrf_token|when|get_current_language)\b"
    r"|\{\{\s*(?:request|csp_nonce|viewer|perms|messages|LANGUAGE_CODE)\b|<form\b|<button\b|<input\b|nonce="
)


def broadcast() -> dict[str, str]:
    """The templates that are broadcast, by name."""
    found = {}
    for file in ROOT.glob("coterie/*/templates/**/*.html"):
        text = file.read_text()
        if MARK in text.split("{% endcomment %}")[0][:400]:
            found[str(file.relative_to(ROOT))] = text
    return found


def test_a_broadcast_partial_holds_nothing_that_is_ones_own():
    for name, text in broadcast().items():
        body = text.split("{% endcomment %}", 1)[-1]
        assert not ONES_OWN.findall(body), name


def test_posts_are_broadcast():
    assert "coterie/talk/templates/talk/_post.html" in broadcast()


@pytest.mark.parametrize(
    "planted", ['{% translate "Edit" %}', "<button>x</button>", "{{ request.viewer }}", "<form>"]
)
def test_a_planted_control_or_word_is_seen(planted):
    assert ONES_OWN.findall(planted)
