// Keeps every <time data-when> true: "12 min" grows older, and hours are those of the reader.

const MINUTE = 60_000;
const language = document.documentElement.lang;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
const dayAndYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });
const full = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });

/** @param {Date} then @param {Date} now */
function said(then, now) {
  const minutes = Math.floor((now.getTime() - then.getTime()) / MINUTE);
  if (minutes >= 0 && minutes < 60) return relative.format(-minutes, "minute");
  if (minutes >= 60 && minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), "hour");
  const days = Math.round((midnight(now) - midnight(then)) / (24 * 60 * MINUTE));
  if (days === 1) return relative.format(-1, "day");
  return (then.getFullYear() === now.getFullYear() ? day : dayAndYear).format(then);
}

/** @param {Date} moment */
function midnight(moment) {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

function paint() {
  const now = new Date();
  for (const time of document.querySelectorAll("time[data-when]")) {
    const then = new Date(/** @type {HTMLTimeElement} */ (time).dateTime);
    time.textContent = said(then, now);
    time.setAttribute("title", full.format(then));
  }
}

paint();
setInterval(paint, MINUTE);
