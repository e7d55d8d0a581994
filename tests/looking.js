// What is wrong with the page as it stands: run with axe loaded, answers a list of sentences.
// Light first, then dark as the theme switch makes it (only colours differ, so only they are judged);
// then each sheet, opened. What is closed and is no sheet is opened before anything is looked at.

async (rules) => {
  const root = document.documentElement;
  const wrong = [];
  const COLOURS = ["color-contrast", "link-in-text-block"];

  const named = (el) => el.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const say = (where, what, el) => wrong.push(`${where}: ${what}: ${named(el)}`);

  const run = async (where, place, runOnly) => {
    const found = await axe.run(place, { runOnly, preload: false, resultTypes: ["violations"] });
    for (const violation of found.violations)
      for (const node of violation.nodes)
        wrong.push(`${where}: ${violation.id}: ${node.html.slice(0, 140)} ${node.failureSummary}`);
  };

  const bothThemes = async (where, place) => {
    await run(`${where}, light`, place, { type: "tag", values: rules });
    root.dataset.theme = "dark";
    await run(`${where}, dark`, place, { type: "rule", values: COLOURS });
    delete root.dataset.theme;
  };

  const unseen = (el) =>
    el.closest(".hidden, .skip, [hidden], [inert], [aria-hidden=true]") !== null ||
    !el.checkVisibility({ visibilityProperty: true });

  /** Where a finger may land: the control, what labels it, or the layer it spreads over its row. */
  const reach = (el) => {
    const boxes = [el.getBoundingClientRect()];
    for (const label of el.labels ?? []) boxes.push(label.getBoundingClientRect());
    const spread = getComputedStyle(el, "::after");
    if (spread.content !== "none" && spread.position === "absolute") {
      const holder = getComputedStyle(el).position === "static" ? el.offsetParent : el;
      if (holder && spread.insetBlockStart === "0px") boxes.push(holder.getBoundingClientRect());
    }
    return {
      width: Math.max(...boxes.map((box) => box.width)),
      height: Math.max(...boxes.map((box) => box.height)),
    };
  };

  const inText = (el) =>
    el.matches("a") &&
    getComputedStyle(el).display === "inline" &&
    el.parentElement.textContent.trim().length > el.textContent.trim().length;

  const tooSmall = (where, place) => {
    const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    for (const el of place.querySelectorAll(controls)) {
      if (unseen(el) || inText(el)) continue;
      const aim = el.matches("button, summary, select, .button, [type=submit]") ? 44 : 24;
      const { width, height } = reach(el);
      if (width < aim - 0.5 || height < aim - 0.5)
        say(where, `${Math.round(width)}x${Math.round(height)} is smaller than ${aim}`, el);
    }
  };

  const scrolls = (el) => {
    for (let up = el; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };

  const sticksOut = (where) => {
    if (document.scrollingElement.scrollWidth > innerWidth)
      say(where, "scrolls sideways", document.body);
    const far = (el) => {
      const box = el.getBoundingClientRect();
      return box.width && el.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1);
    };
    for (const el of document.body.querySelectorAll("*"))
      if (far(el) && !far(el.parentElement) && !el.closest(".hidden, .skip, svg") && !scrolls(el))
        say(where, "sticks out", el);
  };

  /** What lies over a link takes the finger that was meant for it. */
  const covered = (where, place) => {
    const at = [scrollX, scrollY];
    for (const el of place.querySelectorAll("a[href], button:enabled, summary")) {
      if (unseen(el)) continue;
      el.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const [box] = el.getClientRects();
      const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (hit && !el.contains(hit)) say(where, `${named(hit)} lies over it`, el);
    }
    scrollTo(...at);
  };

  const look = async (where, place) => {
    sticksOut(where);
    tooSmall(where, place);
    await bothThemes(where, place);
  };

  covered("page", document.documentElement);
  for (const fold of document.querySelectorAll("details:not([data-sheet])")) fold.open = true;
  await look("page", document.documentElement);
  for (const sheet of document.querySelectorAll("details[data-sheet]")) {
    if (unseen(sheet)) continue;
    sheet.open = true;
    await look(`sheet ${sheet.id}`, sheet);
    sheet.open = false;
  }
  return wrong;
}
