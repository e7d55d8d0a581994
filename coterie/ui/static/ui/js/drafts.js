// What is typed into [data-draft="key"] stays on this device until it is sent.
// The key names the place and the persona, so that no draft turns up under another name.

const PREFIX = "draft:";

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
  box.form?.addEventListener("submit", () => sessionStorage.setItem("sending", key));
}

/** A page without the words that were sent shows that they arrived. */
function forget() {
  const key = sessionStorage.getItem("sending");
  if (!key) return;
  sessionStorage.removeItem("sending");
  if (!document.querySelector("[aria-invalid], .field__wrong, .sorry")) localStorage.removeItem(key);
}

try {
  forget();
  for (const box of document.querySelectorAll("[data-draft]")) {
    keep(/** @type {HTMLTextAreaElement} */ (box));
  }
  document.querySelector("form[data-leave]")?.addEventListener("submit", () => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  });
} catch {
  // Storage is switched off: the form works as it is.
}
