// <… id="…" data-live-part="topic topic">: this part of the page is fetched anew, with all other
// parts of the page that listen, when something is different in one of its topics.

import { listen } from "./live.js";

const PAUSE = 300;
const SPREAD = 900;
const REST = 10_000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;
/** @type {Set<string>} */
const stale = new Set();

/** @param {string} topic */
function look(topic) {
  stale.add(topic);
  clearTimeout(soon);
  // Not everybody in the same moment.
  const rested = REST - (Date.now() - renewedAt);
  if (document.visibilityState === "visible")
    soon = setTimeout(renew, Math.max(PAUSE, rested) + Math.random() * SPREAD);
}

let renewedAt = 0;

async function renew() {
  const topics = [...stale];
  stale.clear();
  renewedAt = Date.now();
  const answer = await fetch(location.href, { headers: { "X-Part": "1" } }).catch(() => null);
  if (!answer?.ok) return;
  // What this page was about has moved on: somebody who waited is in.
  if (answer.redirected) return location.assign(answer.url);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const heard = (part.getAttribute("data-live-part") ?? "").split(" ");
    const other = fresh.getElementById(part.id);
    if (!other || part.contains(document.activeElement) || part.querySelector(":checked")) continue;
    if (topics.some((topic) => heard.includes(topic)) && other.innerHTML !== part.innerHTML)
      part.replaceChildren(...other.childNodes);
  }
  document.dispatchEvent(new CustomEvent("live:parts"));
}

/** @type {Set<string>} */
const topics = new Set();
for (const part of document.querySelectorAll("[data-live-part]")) {
  for (const topic of (part.getAttribute("data-live-part") ?? "").split(" "))
    if (topic) topics.add(topic);
}
for (const topic of topics) {
  let known = false;
  listen(topic, (message) => {
    // The first word is that we listen; every later one of that kind, that we had not for a while.
    if (message.k === "news" || (message.k === "on" && known)) look(topic);
    known = true;
  });
}
// <a data-live-mark="topic">: gets a mark when something is new there; nothing is fetched.
for (const link of document.querySelectorAll("[data-live-mark]:not([aria-current])")) {
  listen(link.getAttribute("data-live-mark") ?? "", (message) => {
    if (message.k === "news") link.classList.add("has-news");
  });
}
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && stale.size) void renew();
});
