"""Moments and sizes in a few words."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

BANDS = (10, 30, 100, 300, 1_000, 3_000, 10_000)


def when(moment: date | None) -> SafeString | str:
    """A <time> that says how long ago; scripts keep it true and put it into local time."""
    if moment is None:
        return ""
    if not isinstance(moment, datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), date_format(moment))
    iso = moment.astimezone(timezone.get_current_timezone()).isoformat(timespec="minutes")
    return format_html('<time datetime="{}" data-when>{}</time>', iso, ago(moment))


def times_words() -> str:
    """How short times are said: the server and the script that repaints them share these words."""
    return gettext("now|# min|# h|yesterday")


def ago(moment: datetime) -> str:
    """Now, 5 min, 3 h, yesterday, 4 March, 4 March 2025."""
    now = timezone.now()
    just, some_minutes, some_hours, _ = times_words().split("|")
    minutes = int((now - moment).total_seconds() // 60)
    if 0 <= minutes < 60:
        return some_minutes.replace("#", str(minutes)) if minutes else just
    if 60 <= minutes < 24 * 60:
        return some_hours.replace("#", str(minutes // 60))
    return day(timezone.localtime(moment).date(), timezone.localtime(now).date())


def day(then: date, today: date) -> str:
    """Yesterday, or the date, with its year only when it is another one."""
    if then == today - timedelta(days=1):
        return times_words().split("|")[3]
    if then.year == today.year:
        return date_format(then, "j F")
    return date_format(then, "j F Y")


def band(people: int) -> str:
    """How many people, in words that give no exact number away."""
    if people < BANDS[0]:
        return gettext("fewer than 10 people")
    for low, high in pairwise(BANDS):
        if people < high:
            return gettext("%(low)s to %(high)s people") % {"low": f"{low:,}", "high": f"{high:,}"}
    return gettext("more than 10,000 people")


def replies(count: int) -> str:
    """8 replies, 1 reply, no replies yet."""
    if not count:
        return gettext("no replies yet")
    return ngettext("%(n)d reply", "%(n)d replies", count) % {"n": count}
