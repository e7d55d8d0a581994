// Open sheets close with Escape, with a tap beside them, and when another one opens.

/** @param {Element | null} except */
function close(except = null) {
  for (const sheet of document.querySelectorAll("details[data-sheet][open]")) {
    if (sheet !== except) sheet.removeAttribute("open");
  }
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const sheet = target.closest("details[data-sheet]");
  const shade = sheet && target === sheet.querySelector(".sheet__body") && beside(event, target);
  close(shade ? null : sheet);
});

document.addEventListener("keydown", (event) => {
  const open = document.querySelector("details[data-sheet][open]");
  if (event.key !== "Escape" || !open) return;
  close();
  open.querySelector("summary")?.focus();
});

/** The shade round a sheet on phones is its shadow. @param {MouseEvent} event @param {Element} body */
function beside(event, body) {
  return event.clientY < body.getBoundingClientRect().top;
}
