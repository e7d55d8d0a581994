// <button data-copy="#id">: copies what the field holds and says so on the button.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = /** @type {HTMLInputElement | null} */ (
    document.querySelector(/** @type {HTMLElement} */ (button).dataset.copy ?? "")
  );
  if (source)
    button.addEventListener("click", () => copy(/** @type {HTMLElement} */ (button), source));
}

/** @param {HTMLElement} button @param {HTMLInputElement} source */
async function copy(button, source) {
  source.select?.();
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
  } catch {
    document.execCommand("copy");
  }
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  words.textContent = button.dataset.copied ?? "✓";
  button.setAttribute("aria-live", "polite");
  setTimeout(() => {
    words.textContent = before;
  }, 2_000);
}
