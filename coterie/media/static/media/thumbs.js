// <img data-thumbhash="…">: its colours are there before it is, also in what comes in later.

import { thumbHashToDataURL } from "./vendor/thumbhash.js";

/** @param {ParentNode} place */
function paint(place) {
  for (const each of place.querySelectorAll("img[data-thumbhash]")) {
    const picture = /** @type {HTMLImageElement} */ (each);
    const hash = picture.dataset.thumbhash ?? "";
    delete picture.dataset.thumbhash;
    if (picture.complete && picture.naturalWidth) continue;
    const bytes = Uint8Array.from(atob(hash), (letter) => letter.charCodeAt(0));
    picture.style.backgroundImage = `url(${thumbHashToDataURL(bytes)})`;
    picture.addEventListener("load", () => picture.style.removeProperty("background-image"));
  }
}

paint(document);
new MutationObserver((changes) => {
  if (changes.some((change) => change.addedNodes.length)) paint(document);
}).observe(document.body, { childList: true, subtree: true });
