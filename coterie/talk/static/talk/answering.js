// To whom the words in a composer answer, said above its box and changed without leaving the page.

/**
 * @param {HTMLFormElement} form @param {string} id of the post, or of none
 * @param {HTMLElement | null} [by] the name that stands on the post
 */
export function answer(form, id, by = null) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("reply_to"));
  const line = /** @type {HTMLElement} */ (form.querySelector("[data-answering]"));
  const who = /** @type {HTMLElement} */ (form.querySelector("[data-answered]"));
  field.value = id;
  line.hidden = !id;
  who.textContent = by?.textContent ?? "";
  // A voice without a name has a word, and the page's stylesheet says it.
  delete who.dataset.word;
  if (by?.dataset.word) who.dataset.word = by.dataset.word;
  const box = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("source"));
  if (box.value) box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLFormElement} form */
export function answered(form) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem("reply_to")).value;
}
