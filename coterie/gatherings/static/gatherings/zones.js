// Whoever reads in another time zone than the gathering's sees their own time first.
// <p data-when-there data-starts="…" data-ends="…" data-zone="Europe/Berlin" data-yours="{when}, your time">

const lang = document.documentElement.lang;
const language = lang === "en" ? "en-GB" : lang;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param {Date} then @param {string | undefined} timeZone */
function clock(then, timeZone) {
  const parts = { dateStyle: "short", timeStyle: "short" };
  return new Intl.DateTimeFormat(language, {
    .../** @type {Intl.DateTimeFormatOptions} */ (parts),
    timeZone,
  }).format(then);
}

/** @param {Date} starts @param {Date} ends */
function said(starts, ends) {
  const day = new Intl.DateTimeFormat(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
  });
  const time = new Intl.DateTimeFormat(language, { timeStyle: "short" });
  const last =
    day.format(starts) === day.format(ends)
      ? time.format(ends)
      : `${day.format(ends)}, ${time.format(ends)}`;
  return `${day.format(starts)}, ${time.format(starts)}–${last}`;
}

function paint() {
  for (const line of document.querySelectorAll("[data-when-there]:not(.has-yours)")) {
    const {
      starts = "",
      ends = "",
      zone,
      yours = "{when}",
    } = /** @type {HTMLElement} */ (line).dataset;
    const [first, last] = [new Date(starts), new Date(ends)];
    try {
      if (clock(first, zone) === clock(first, undefined)) continue;
    } catch {
      continue; // a zone that this browser does not know: the words of the server stand
    }
    const mine = document.createElement("strong");
    mine.className = "gather-when__yours";
    mine.textContent = yours.replace("{when}", said(first, last));
    line.prepend(mine);
    line.classList.add("has-yours");
  }
}

paint();
document.addEventListener("live:parts", paint);

// A new gathering most often is where its caller is.
const field = /** @type {HTMLInputElement | null} */ (
  document.querySelector("[data-own-zone] input[name=zone]")
);
if (field && field.value === "UTC" && here) field.value = here;
