"""Moments and sizes in a few words."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from coterie.ui.saying import per_language

BANDS = (10, 30, 100, 300, 1_000, 3_000, 10_000)


def when(moment: date | None) -> SafeString | str:
    """A <time> that says how long ago; scripts keep it true and put it into local time."""
    if moment is None:
        return ""
    if not isinstance(moment, datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), date_format(moment))
    local = moment.astimezone(timezone.get_current_timezone())
    # Without `format_html`, for a page has many: both parts are safe by themselves.
    iso, words = local.isoformat(timespec="minutes"), ago(local)
    return mark_safe(f'<time datetime="{iso}" data-when>{words}</time>')  # noqa: S308


def times_words() -> str:
    """How short times are said: the server and the script that repaints them share these words."""
    return gettext("now|# min|# h|yesterday")


def ago(moment: datetime) -> SafeString:
    """Now, 5 min, 3 h, yesterday, 4 March, 4 March 2025."""
    now = datetime.now(UTC)
    minutes = int((now - moment).total_seconds() // 60)
    if 0 <= minutes < 24 * 60:
        return _short(minutes)
    return day(moment.date(), now.astimezone(moment.tzinfo).date())


@per_language
def _short(minutes: int) -> SafeString:
    just, some_minutes, some_hours, _ = times_words().split("|")
    if minutes < 60:
        return escape(some_minutes.replace("#", str(minutes)) if minutes else just)
    return escape(some_hours.replace("#", str(minutes // 60)))


@per_language
def day(then: date, today: date) -> SafeString:
    """Yesterday, or the date, with its year only when it is another one."""
    if then == today - timedelta(days=1):
        return escape(times_words().split("|")[3])
    if then.year == today.year:
        return escape(date_format(then, "MONTH_DAY_FORMAT"))
    return escape(date_format(then, "DATE_FORMAT"))


def band(people: int) -> str:
    """How many people, in words that give no exact number away."""
    if people < BANDS[0]:
        return gettext("fewer than 10 people")
    for low, high in pairwise(BANDS):
        if people < high:
            return gettext("%(low)s to %(high)s people") % {
                "low": number_format(low, force_grouping=True),
                "high": number_format(high, force_grouping=True),
            }
    return gettext("more than 10,000 people")


@per_language
def replies(count: int) -> str:
    """8 replies, 1 reply, no replies yet."""
    if not count:
        return gettext("no replies yet")
    return ngettext("%(n)d reply", "%(n)d replies", count) % {"n": count}
