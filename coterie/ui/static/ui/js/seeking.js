// `/` goes to the search box: the one of the page, the one of the frame, or the search page.
// <body data-single-keys="off"> turns it off, as every single key.

const IN_WORDS = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  const at = /** @type {Element} */ (event.target);
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return;
  if (event.defaultPrevented || at.closest(IN_WORDS)) return;
  if (document.body.dataset.singleKeys === "off") return;
  const boxes = /** @type {HTMLInputElement[]} */ ([
    ...document.querySelectorAll("#q, input[data-seek]"),
  ]);
  const seen = boxes.find((one) => one.checkVisibility());
  const way = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".bar__seek"));
  if (!seen && !way) return;
  event.preventDefault();
  if (seen) seen.select();
  if (seen) seen.focus();
  else way?.click();
});
