// <form data-undo="6.4">: so many seconds are left to undo. Counts them, then goes, and says
// so with the event `cot-due` to whatever it stands in.

const TICK = 200;

/** @param {HTMLFormElement} form */
function countDown(form) {
  const due = Date.now() + Number(form.dataset.undo) * 1_000;
  const seconds = form.querySelector("[data-seconds]");
  form.style.setProperty("--left", `${form.dataset.undo}s`);
  const timer = setInterval(() => {
    const left = Math.ceil((due - Date.now()) / 1_000);
    if (seconds) seconds.textContent = String(Math.max(left, 0));
    if (left > 0 && form.isConnected) return;
    clearInterval(timer);
    if (!form.dataset.sent) end(form);
  }, TICK);
}

/** @param {HTMLFormElement} form */
function end(form) {
  const place = form.parentElement;
  if (form.contains(document.activeElement)) focusOn(place);
  form.remove();
  place?.dispatchEvent(new CustomEvent("cot-due", { bubbles: true }));
}

/** Whoever stood on the button stands beside where it was. @param {HTMLElement | null} place */
export function focusOn(place) {
  place?.setAttribute("tabindex", "-1");
  place?.focus({ preventScroll: true });
}

for (const form of document.querySelectorAll("form[data-undo]"))
  countDown(/** @type {HTMLFormElement} */ (form));
