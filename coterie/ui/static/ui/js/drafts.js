// What is typed into [data-draft="key"] stays on this device until it is sent.
// The key names the place and the persona, so that no draft turns up under another name.

const PREFIX = "draft:";
const SENDING = "sending";

/** @param {HTMLInputElement | HTMLTextAreaElement} box */
function keep(box) {
  const key = PREFIX + box.dataset.draft;
  const kept = localStorage.getItem(key);
  if (kept && !box.value) {
    box.value = kept;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  box.addEventListener("input", () => {
    if (box.value) localStorage.setItem(key, box.value);
    else localStorage.removeItem(key);
  });
  box.form?.addEventListener("submit", () => {
    sessionStorage.setItem(SENDING, JSON.stringify([...sending(), key]));
  });
}

/** @returns {string[]} */
function sending() {
  return JSON.parse(sessionStorage.getItem(SENDING) ?? "[]");
}

/** The page after sending shows no fault: what was sent has arrived. */
function forget() {
  const keys = sending();
  sessionStorage.removeItem(SENDING);
  if (document.querySelector("[aria-invalid], .field__wrong, .sorry")) return;
  for (const key of keys) localStorage.removeItem(key);
}

try {
  forget();
  for (const box of document.querySelectorAll("[data-draft]"))
    keep(/** @type {HTMLTextAreaElement} */ (box));
} catch {
  // Storage is switched off: the form works as it is.
}
