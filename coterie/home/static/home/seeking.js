// The search page: what was found can be chosen from its box. What a late answer would show, htmx
// drops.

import { choosing } from "../ui/js/choosing.js";

const box = /** @type {HTMLInputElement} */ (document.getElementById("q"));
const found = /** @type {HTMLElement} */ (document.getElementById("found"));

document.addEventListener("htmx:after:swap", choosing(box, found, "choices"));
