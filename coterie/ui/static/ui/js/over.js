// A part of another page, shown over this one.

/** @param {string} path @param {string} part @returns {Promise<HTMLElement | null>} */
export async function borrow(path, part) {
  const answer = await fetch(path).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  await Promise.all([...page.querySelectorAll("link[rel=stylesheet]")].map(dress));
  return page.querySelector(part);
}

/** What it looks like comes with it. @param {Element} link */
function dress(link) {
  const href = link.getAttribute("href");
  if (document.querySelector(`link[rel=stylesheet][href="${href}"]`)) return undefined;
  const own = /** @type {HTMLLinkElement} */ (document.importNode(link));
  return new Promise((done) => {
    own.onload = own.onerror = done;
    document.head.append(own);
  });
}

/**
 * Escape, a click beside it and its own button close it; who opened it stands where they stood.
 *
 * @param {HTMLElement} content @param {string} title
 */
export function over(content, title) {
  document.querySelector("dialog.over[open]")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "over";
  dialog.setAttribute("aria-labelledby", title);
  dialog.append(document.importNode(content, true));
  for (const only of dialog.querySelectorAll("[data-over]")) only.removeAttribute("hidden");
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
