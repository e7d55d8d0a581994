// Keeps every <time data-when> true: "12 min" grows older, and days are those of the reader.

const MINUTE = 60_000;
const lang = document.documentElement.lang;
const language = lang === "en" ? "en-GB" : lang;
const words = (
  document.querySelector("meta[name=times]")?.getAttribute("content") ?? "now|# min|# h|yesterday"
).split("|");
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
const dayAndYear = new Intl.DateTimeFormat(language, {
  day: "numeric",
  month: "long",
  year: "numeric",
});
const full = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });

/** @param {Date} then @param {Date} now */
function said(then, now) {
  const minutes = Math.floor((now.getTime() - then.getTime()) / MINUTE);
  if (minutes >= 0 && minutes < 1) return words[0];
  if (minutes >= 1 && minutes < 60) return words[1].replace("#", String(minutes));
  if (minutes >= 60 && minutes < 24 * 60)
    return words[2].replace("#", String(Math.floor(minutes / 60)));
  if (Math.round((midnight(now) - midnight(then)) / (24 * 60 * MINUTE)) === 1) return words[3];
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
document.addEventListener("times:new", paint);
document.addEventListener("live:parts", paint);
setInterval(paint, MINUTE);
