// <form data-leave> signs out: drafts go, and pages from before are never shown again,
// neither from the browser's memory nor in another tab.

const LEFT = "left-at";
const shownAt = Date.now();

function reloadIfLeft() {
  if (Number(localStorage.getItem(LEFT) ?? 0) > shownAt) location.reload();
}

function leave() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("draft:")) localStorage.removeItem(key);
  }
  localStorage.setItem(LEFT, String(Date.now()));
}

for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("submit", leave);
}

addEventListener("pageshow", (event) => {
  if (event.persisted) reloadIfLeft();
});
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") reloadIfLeft();
});
