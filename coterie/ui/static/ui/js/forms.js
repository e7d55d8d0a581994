// A form is sent once, however often its button is pressed; long answers get the room they need.

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.dataset.sent) return event.preventDefault();
  if (form.method === "get") return undefined;
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  return undefined;
});

// Back from the next page: the form may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete (/** @type {HTMLFormElement} */ (form).dataset.sent);
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

/** @param {HTMLTextAreaElement} box */
function grow(box) {
  box.style.blockSize = "auto";
  box.style.blockSize = `${box.scrollHeight + 2}px`;
}

if (!CSS.supports("field-sizing", "content")) {
  for (const box of document.querySelectorAll("textarea[data-grow]")) {
    const area = /** @type {HTMLTextAreaElement} */ (box);
    area.addEventListener("input", () => grow(area));
    grow(area);
  }
}

// A press on a button of a composer leaves the focus in its words: the bar below it would come
// back and move the button away under the finger.
document.addEventListener("mousedown", (event) => {
  const pressed = /** @type {Element} */ (event.target).closest(":is(button, summary)");
  const composer = pressed?.closest(".composer");
  if (composer?.contains(document.activeElement)) event.preventDefault();
});
