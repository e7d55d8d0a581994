"""The elements say the same in both template engines, and say it right."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django_rust_templates import RustTemplates

from coterie.ui import drawing, icons, times
from coterie.ui.saying import per_language
from coterie.ui.tests.sampling import PAGES, SAMPLES, STRANGERS, AskForm, sample, template

TEMPLATES = PAGES.parents[1] / "templates"


def engine(backend):
    options = {**settings.TEMPLATES[0]["OPTIONS"], "context_processors": []}
    return backend({"NAME": backend.__name__, "DIRS": [], "APP_DIRS": True, "OPTIONS": options})


@pytest.fixture(scope="module")
def both():
    return engine(RustTemplates), engine(DjangoTemplates)


def render(engine, name, now):
    request = RequestFactory().get(f"/samples/{name}/")
    request.viewer = SimpleNamespace(signed_in=name not in STRANGERS)
    page = template(name, engine).render({**sample(name, now), "request": request}, request)
    # Masked anew each time.
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page)


@pytest.mark.parametrize("name", SAMPLES)
def test_both_engines_write_the_same_bytes(both, name):
    now = datetime.now(UTC)
    rust, django = (render(one, name, now) for one in both)
    assert rust == django
    assert "<main" in rust


@pytest.mark.parametrize("name", SAMPLES)
def test_no_sample_needs_an_inline_script_or_style(both, name):
    page = render(both[0], name, datetime.now(UTC))
    assert not re.search(r"<[^>]+ (style|on\w+)=", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_what_people_write_is_escaped(both):
    source = """{% persona name 3 note=name %}{% pill name %}{% seam name %}{% patch name 1 %}
        {% card name %}x{% endcard %}{% empty name name "sprout" "/" name %}{% submit name %}
        {% action "/" name %}{% back_bar "/" name %}{% tab "/" name %}
        {% sheet "a" name %}x{% endsheet %}"""
    for one in both:
        assert "<script" not in one.from_string(source).render(
            {"name": "<script>alert(1)</script>"}
        )


def test_privacy_is_always_said_in_words():
    assert "Public" in drawing.stamp("public")
    assert "Private" in drawing.stamp("private")
    assert "Secret" in drawing.stamp("secret")


def test_an_anonymous_voice_wears_the_same_bud_as_everybody():
    assert drawing.flower(None) == drawing.flower("")
    assert "/flower/" not in drawing.flower(None)
    assert "/flower/0.svg" in drawing.flower(0)


def test_every_icon_that_a_template_names_is_in_the_sprite():
    drawn = icons.names()
    sources = [page.read_text() for page in TEMPLATES.parents[1].glob("*/templates/**/*.html")]
    used = {name for page in sources for name in re.findall(r'{% icon "([\w-]+)"', page)}
    used |= {name for page in sources for name in re.findall(r'icon="([\w-]+)"', page)}
    assert used
    assert used <= drawn


def test_a_size_is_told_as_a_band():
    assert times.band(0) == "fewer than 10 people"
    assert times.band(10) == "10 to 30 people"
    assert times.band(299) == "100 to 300 people"
    assert times.band(1_000) == "1,000 to 3,000 people"
    assert times.band(2_000_000) == "more than 10,000 people"


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=12, seconds=5), "12 min"),
        (timedelta(hours=5, minutes=1), "5 h"),
    ],
)
def test_a_moment_is_told_as_how_long_ago(past, said):
    assert times.ago(datetime.now(UTC) - past) == said


def test_a_day_is_told_with_its_year_only_when_that_is_another_one():
    today = datetime(2026, 11, 23, tzinfo=UTC).date()
    assert times.day(today - timedelta(days=1), today) == "yesterday"
    assert times.day(today - timedelta(days=3), today) == "20 November"
    assert times.day(today - timedelta(days=400), today) == "19 October 2025"


def test_a_field_says_its_help_and_its_error_to_those_who_cannot_see(both):
    form = AskForm({"name": "x" * 50})
    html = both[0].from_string("{% field form.name %}").render({"form": form})
    for part in (
        'for="id_name"',
        'id="id_name_helptext"',
        'id="id_name_error"',
        'aria-invalid="true"',
    ):
        assert part in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "x" * 50 in html


def test_what_is_remembered_of_a_safe_name_is_not_said_of_one_that_must_be_escaped():
    for name in ("<b>moss</b>", "<b>ines</b>"):
        assert name in drawing.persona(mark_safe(name), 1)
        assert name not in drawing.persona(name, 1)


def test_words_are_remembered_apart_for_each_language():
    asked = []

    @per_language
    def said(number):
        asked.append(number)
        return f"{get_language()} {number}"

    for language in ("en", "de", "en", "de"):
        with override(language):
            assert said(3) == f"{language} 3"
    assert asked == [3, 3]
