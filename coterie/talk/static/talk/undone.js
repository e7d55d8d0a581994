// What was not out yet, or was being taken back, is shown as everybody sees it once it is due;
// and whoever undid a sending goes on writing where they were.

import { focusOn } from "../ui/js/undoing.js";

const LOOKS = [700, 2_000, 5_000];

document.addEventListener("cot-due", (event) => {
  const row = /** @type {HTMLElement} */ (event.target).closest(".talk-post");
  if (row) lookAgain(row, 0);
});

/** @param {Element} row @param {number} times */
function lookAgain(row, times) {
  if (times < LOOKS.length) setTimeout(() => look(row, times), LOOKS[times]);
}

/** @param {Element} row @param {number} times */
async function look(row, times) {
  const id = row.querySelector("article")?.id;
  const page = id ? await fetched(id) : undefined;
  const now = page?.getElementById(id ?? "")?.closest(".talk-post");
  if (!page || !now || now.querySelector("form[data-undo]")) return lookAgain(row, times + 1);
  // It was asked for by name, and is nothing to be looked for any more.
  now.classList.remove("talk-post--lit");
  const focused = row.contains(document.activeElement);
  for (const twin of document.querySelectorAll(`#${id}`)) {
    if (!row.contains(twin)) twin.closest(".talk-post")?.remove();
  }
  row.replaceWith(now);
  for (const told of page.querySelectorAll(".head__row"))
    document.querySelector(".head__row")?.replaceWith(told);
  document.dispatchEvent(new CustomEvent("times:new"));
  if (focused) focusOn(/** @type {HTMLElement} */ (now));
}

/** The page around a post as the server shows it now. @param {string} id */
async function fetched(id) {
  const at =
    document.querySelector("[data-follow]")?.getAttribute("data-follow") ?? location.pathname;
  try {
    const answer = await fetch(`${at}?at=${id.slice(2)}`);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return undefined;
  }
}

function writeOn() {
  const box = document.querySelector("#say textarea");
  if (!(box instanceof HTMLTextAreaElement && box.value)) return;
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

// Before the page is whole the browser goes to the fragment and takes the focus away again.
if (location.hash === "#say") addEventListener("load", () => setTimeout(writeOn));
