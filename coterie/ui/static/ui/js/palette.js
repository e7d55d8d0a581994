// Search over any page: one's own places until something is typed, then what the search page finds.

import { choosing } from "./choosing.js";
import { borrow, over } from "./over.js";

const PAUSE = 150;
const OWN = ".places .place, .quilt .quilt__row";

export async function open() {
  const form = await borrow("/search/", "#find");
  if (!form) return location.assign("/search/");
  const box = document.createElement("div");
  box.append(form, Object.assign(document.createElement("div"), { className: "found" }));
  for (const one of form.getAttributeNames().filter((name) => name.startsWith("hx-")))
    form.removeAttribute(one);
  form.id = "palette";
  form.querySelector("label")?.setAttribute("for", "palette-q");
  form.querySelector("label")?.setAttribute("id", "palette-title");
  form.querySelector("input")?.setAttribute("id", "palette-q");
  search(over(box, "palette-title"));
}

/** @param {HTMLElement} dialog */
function search(dialog) {
  const words = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const found = /** @type {HTMLElement} */ (dialog.querySelector(".found"));
  const dress = choosing(words, found, "palette-choices");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  let asked = new AbortController();
  const look = async () => {
    // What a late answer would show is no longer wanted.
    asked.abort();
    asked = new AbortController();
    const q = words.value.trim();
    if (q) await show(found, q, asked.signal);
    else found.replaceChildren(own());
    dress();
  };
  words.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(() => void look(), PAUSE);
  });
  // A browser would first empty the box.
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    words.closest("dialog")?.close();
  });
  void look();
  words.focus();
}

/** @param {HTMLElement} found @param {string} q @param {AbortSignal} signal */
async function show(found, q, signal) {
  const answer = await fetch(`/search/?${new URLSearchParams({ q })}`, {
    headers: { "HX-Request": "true" },
    signal,
  }).catch(() => null);
  if (!answer?.ok) return;
  const html = await answer.text();
  if (!signal.aborted) found.innerHTML = html;
}

/** The places of the frame, as choices. */
function own() {
  const choices = Object.assign(document.createElement("div"), { className: "found__choices" });
  const list = choices.appendChild(document.createElement("ul"));
  list.className = "found__list";
  for (const link of document.querySelectorAll(OWN)) {
    const row = /** @type {HTMLElement} */ (link.cloneNode(true));
    row.className = "found__row";
    row.dataset.hit = "";
    row.removeAttribute("aria-current");
    row.removeAttribute("data-live-mark");
    list.appendChild(document.createElement("li")).append(row);
  }
  choices.dataset.choices = "";
  return choices;
}
