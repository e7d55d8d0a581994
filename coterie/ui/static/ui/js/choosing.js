// The arrows walk through what was found while the focus stays in the box; Enter opens it, Esc
// lets go of it.

/**
 * @param {HTMLInputElement} box @param {HTMLElement} found @param {string} name
 * @returns {() => void} to be called when something else was found
 */
export function choosing(box, found, name) {
  /** @type {HTMLElement | null} */
  let chosen = null;

  /** @returns {HTMLElement[]} */
  const hits = () => [...found.querySelectorAll("[data-hit]")];

  /** Lists become choices of the box, which they are as long as there is a script. */
  function dress() {
    choose(null);
    box.setAttribute("aria-expanded", String(hits().length > 0));
    const list = found.querySelector("[data-choices]");
    if (!list || !hits().length) return;
    list.id = name;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.labels?.[0]?.textContent ?? "");
    for (const part of list.querySelectorAll("section")) part.setAttribute("role", "group");
    for (const one of list.querySelectorAll("h2, ul, li")) one.setAttribute("role", "presentation");
    hits().forEach((hit, n) => {
      hit.id = `${name}-${n}`;
      hit.setAttribute("role", "option");
      hit.setAttribute("aria-selected", "false");
    });
  }

  /** @param {HTMLElement | null} hit */
  function choose(hit) {
    chosen?.setAttribute("aria-selected", "false");
    chosen = hit;
    if (!hit) return box.removeAttribute("aria-activedescendant");
    hit.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", hit.id);
    hit.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} by */
  function step(by) {
    const all = hits();
    const at = chosen ? all.indexOf(chosen) : by > 0 ? -1 : all.length;
    choose(all[at + by] ?? null);
  }

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-controls", name);
  box.setAttribute("aria-autocomplete", "list");
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      chosen.click();
    } else if (event.key === "Escape" && chosen) {
      event.preventDefault();
      choose(null);
    }
  });
  dress();
  return dress;
}
