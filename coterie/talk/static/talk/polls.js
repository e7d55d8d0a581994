// A poll is voted in where it stands, and its result is fetched anew when it may be another.
//
// What is broadcast of a poll is the same for everybody; one's own side (.ballot) comes beside the
// post, is put in the place of that, and outlives the post's being drawn anew.

const SPREAD = 2_500;

/** One's own side of the poll stands in the post. @param {ParentNode} item around the post */
export function dressPoll(item) {
  const own = item.querySelector(".ballot");
  const told = item.querySelector(".poll");
  if (own && told && own.previousElementSibling !== told) told.after(own);
}

/** The post has been drawn anew: the old one's side moves over, and is fetched once more.
 * @param {Element} old @param {Element} article */
export function carryPoll(old, article) {
  const own = /** @type {HTMLElement | null} */ (old.querySelector(".ballot"));
  const told = article.querySelector(".poll");
  if (!own || !told) return;
  const held = own.contains(document.activeElement) ? document.activeElement : null;
  told.after(own);
  queueMicrotask(() => /** @type {HTMLElement | null} */ (held)?.focus({ preventScroll: true }));
  // Not everybody in the same moment.
  setTimeout(() => void renew(own), Math.random() * SPREAD);
}

/** What came while the page was open has no side of one's own yet. @param {Element} article */
export function fetchPoll(article) {
  const told = /** @type {HTMLElement | null} */ (article.querySelector(".poll"));
  if (!told || article.querySelector(".ballot")) return;
  setTimeout(async () => {
    const fresh = await ask(told.dataset.poll ?? "");
    if (fresh && told.isConnected) told.after(fresh);
  }, Math.random() * SPREAD);
}

/** @param {HTMLElement} own */
async function renew(own) {
  const held = own.contains(document.activeElement);
  // Nobody's choice is taken from under their hands.
  const begun = own.querySelector("details[open], form:not(details form) :checked");
  if (begun || (held && document.activeElement?.closest("form"))) return;
  const fresh = await ask(own.dataset.ballot ?? "");
  if (!fresh || !own.isConnected) return;
  own.replaceWith(fresh);
  if (held) focusOn(fresh);
}

/** What can be done next, or why it was not done. @param {Element} fresh */
function focusOn(fresh) {
  const alert = fresh.querySelector("[role=alert]");
  alert?.setAttribute("tabindex", "-1");
  const next = /** @type {HTMLElement | null} */ (alert ?? fresh.querySelector("summary, a"));
  next?.focus({ preventScroll: true });
}

/** @param {string} path @param {RequestInit} [more] */
async function ask(path, more) {
  const answer = await fetch(path, { headers: { "X-Part": "1" }, ...more }).catch(() => null);
  if (!answer || (answer.status !== 200 && answer.status !== 422)) return null;
  const box = document.createElement("template");
  box.innerHTML = (await answer.text()).trim();
  const fresh = box.content.firstElementChild;
  return fresh?.classList.contains("ballot") ? fresh : null;
}

document.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const own = form.closest(".ballot");
  if (!own || event.defaultPrevented) return;
  event.preventDefault();
  const fresh = await ask(form.action, { method: "POST", body: new FormData(form) });
  // Whatever went wrong, the browser's own way says it in words.
  if (!fresh) return form.submit();
  own.replaceWith(fresh);
  focusOn(fresh);
});

for (const item of document.querySelectorAll(".talk-post, .chat-line")) dressPoll(item);
