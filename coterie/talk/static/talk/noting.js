// [data-notes-from="/path/"] holds a box for a content note: once somebody goes there, it offers
// the notes that were used before. Without this it is a box like any other.

for (const part of document.querySelectorAll("[data-notes-from]")) {
  part.addEventListener("focusin", () => void offer(/** @type {HTMLElement} */ (part)), {
    once: true,
  });
}

/** @param {HTMLElement} part */
async function offer(part) {
  const answer = await fetch(String(part.dataset.notesFrom)).catch(() => null);
  if (answer?.ok) part.insertAdjacentHTML("beforeend", await answer.text());
}
