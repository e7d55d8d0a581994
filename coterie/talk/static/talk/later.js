// What waits for a time: a form speaks by the clock of this device, and so does a time that the
// server told by another clock.
// <fieldset data-own-zone="ISO, or nothing where no time is named yet">  <time data-due="Europe/Berlin">
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param {Element} part @param {string} name */
function field(part, name) {
  return /** @type {HTMLInputElement | null} */ (part.querySelector(`[name=later_${name}]`));
}

for (const part of document.querySelectorAll("[data-own-zone]")) {
  const [day, time, zone] = ["day", "time", "zone"].map((name) => field(part, name));
  if (!here || !day || !time || !zone) continue;
  const due = new Date(part.getAttribute("data-own-zone") ?? "");
  if (!Number.isNaN(due.getTime())) {
    const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
    day.value = `${due.getFullYear()}-${two(due.getMonth() + 1)}-${two(due.getDate())}`;
    time.value = `${two(due.getHours())}:${two(due.getMinutes())}`;
  }
  zone.value = here;
}

const spoken = document.documentElement.lang;
const words = new Intl.DateTimeFormat(
  navigator.languages.find((each) => each.startsWith(spoken)) ?? spoken,
  {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
);
for (const time of document.querySelectorAll("time[data-due]")) {
  const due = /** @type {HTMLTimeElement} */ (time);
  if (due.dataset.due === here || !here) continue;
  const city = here.split("/").pop()?.replaceAll("_", " ");
  due.textContent = `${words.format(new Date(due.dateTime))} (${city})`;
}
