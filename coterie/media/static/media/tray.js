// <div data-tray="/c/…/media/"> in a form: photos are picked, pasted or dropped, go up one after
// the other while one goes on writing, and wait in the tray with a place for words about them.
// Without this script the form brings them as plain files.

const LATER = 2_000;
const TRIES = 5;

/** The files of photos that were chosen on this page. @type {WeakMap<HTMLElement, File>} */
const files = new WeakMap();

/**
 * The photos of a form go elsewhere on the page, also those still on their way up; the tray is
 * empty. `tray:arrived` and `tray:lost` tell at each what became of it.
 * @param {HTMLFormElement} form @returns {HTMLElement[]}
 */
export function takeOut(form) {
  const tray = trayOf(form);
  if (!tray) return [];
  const all = items(tray);
  for (const each of all) each.remove();
  settle(tray);
  say(tray, "");
  return all;
}

/** One that got lost goes up once more. @param {HTMLFormElement} form @param {HTMLElement} item */
export function sendAgain(form, item) {
  const [tray, file] = [trayOf(form), files.get(item)];
  if (tray && file) queue = queue.then(() => send(tray, item, file, TRIES));
}

/** What was taken out stands in the tray again, as it was chosen. @param {HTMLFormElement} form @param {HTMLElement[]} all */
export function putBack(form, all) {
  const tray = trayOf(form);
  for (const item of all) {
    const file = files.get(item);
    const [, alt] = item.querySelectorAll("input");
    if (tray && file) add(tray, [file], alt?.value);
  }
}

/** @param {HTMLFormElement} form */
function trayOf(form) {
  return /** @type {HTMLElement | null} */ (form.querySelector("[data-tray]"));
}

for (const tray of document.querySelectorAll("[data-tray]"))
  take(/** @type {HTMLElement} */ (tray));

/** @param {HTMLElement} tray */
function take(tray) {
  const form = tray.closest("form");
  const picker = tray.querySelector("input[type=file]");
  if (!(form && picker instanceof HTMLInputElement)) return;
  // From here on no file travels with the form itself, nor with a draft of it.
  picker.removeAttribute("name");
  tray.querySelector(".tray__plain summary")?.addEventListener("click", (event) => {
    event.preventDefault();
    picker.click();
  });
  picker.addEventListener("change", () => {
    add(tray, [...(picker.files ?? [])]);
    picker.value = "";
  });
  form.addEventListener("paste", (event) => {
    const files = photos(event.clipboardData);
    if (files.length) event.preventDefault();
    add(tray, files);
  });
  const field = /** @type {HTMLElement} */ (form.closest("[data-drop]") ?? form);
  field.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("is-over");
  });
  for (const end of ["dragleave", "drop"])
    field.addEventListener(end, () => form.classList.remove("is-over"));
  field.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    add(tray, [...event.dataTransfer.files]);
  });
  form.addEventListener("submit", (event) => wait(tray, event), { capture: true });
  form.addEventListener("reset", () => {
    for (const each of items(tray)) each.remove();
    settle(tray);
  });
  tray.addEventListener("click", (event) => arrange(tray, event));
  settle(tray);
}

/** @param {DataTransfer | null} brought */
function photos(brought) {
  return [...(brought?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}

/** @param {HTMLElement} tray @returns {HTMLElement[]} */
function items(tray) {
  return [...tray.querySelectorAll(".tray__photo")].map(
    (each) => /** @type {HTMLElement} */ (each),
  );
}

/** @param {HTMLElement} tray @param {File[]} chosen @param {string} [words] */
function add(tray, chosen, words = "") {
  say(tray, "");
  for (const file of chosen) {
    if (items(tray).length >= Number(tray.dataset.trayMost)) {
      say(tray, tray.dataset.trayFull ?? "");
      break;
    }
    const item = empty(tray);
    files.set(item, file);
    item.querySelectorAll("input")[1].value = words;
    preview(item, file);
    tray.querySelector(".tray__photos")?.append(item);
    queue = queue.then(() => send(tray, item, file, TRIES));
  }
  settle(tray);
}

/** What was chosen is seen before it is up, where the browser can open it. @param {HTMLElement} item @param {File} file */
async function preview(item, file) {
  const picture = /** @type {HTMLImageElement} */ (item.querySelector("img"));
  const sheet = document.createElement("canvas");
  sheet.width = sheet.height = 144;
  try {
    const photo = await createImageBitmap(file);
    const scale = 144 / Math.min(photo.width, photo.height);
    const [width, height] = [photo.width * scale, photo.height * scale];
    sheet.getContext("2d")?.drawImage(photo, (144 - width) / 2, (144 - height) / 2, width, height);
    photo.close();
    if (!picture.hasAttribute("src")) picture.src = sheet.toDataURL("image/webp");
  } catch {
    // The server may open what this browser cannot.
  }
}

/** One at a time: a phone's line is narrow, and the first photo is there sooner. */
let queue = Promise.resolve();

/** @param {HTMLElement} tray @returns {HTMLElement} */
function empty(tray) {
  const template = /** @type {HTMLTemplateElement} */ (tray.querySelector("template"));
  const item = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  return /** @type {HTMLElement} */ (item.firstElementChild);
}

/**
 * @param {HTMLElement} tray @param {HTMLElement} item @param {File} file @param {number} tries
 * @returns {Promise<void>}
 */
async function send(tray, item, file, tries) {
  if (!item.isConnected) return;
  const { status, told } = await put(tray, item, file);
  if (status === 201) return arrived(tray, item, told);
  if ((status === 503 || status === 0) && tries > 1) {
    await new Promise((go) => setTimeout(go, LATER));
    return send(tray, item, file, tries - 1);
  }
  const why = told.sentence ?? tray.dataset.trayLost ?? "";
  tellOf(item, "lost", why);
  if (!tray.contains(item)) return;
  item.remove();
  say(tray, why);
  settle(tray);
}

/** @param {HTMLElement} item @param {string} what @param {string} detail */
function tellOf(item, what, detail) {
  item.dispatchEvent(new CustomEvent(`tray:${what}`, { detail }));
}

/**
 * @param {HTMLElement} tray @param {HTMLElement} item @param {File} file
 * @returns {Promise<{ status: number, told: Record<string, string> }>}
 */
function put(tray, item, file) {
  const thread = /** @type {HTMLProgressElement} */ (item.querySelector("progress"));
  const body = new FormData();
  body.append("photo", file);
  return new Promise((done) => {
    // fetch tells nobody how much of a body has gone.
    const line = new XMLHttpRequest();
    line.open("POST", tray.dataset.tray ?? "");
    line.setRequestHeader("X-CSRFToken", token(tray));
    line.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) thread.value = event.loaded / event.total;
    });
    line.upload.addEventListener("load", () => thread.removeAttribute("value"));
    line.addEventListener("loadend", () => done({ status: line.status, told: read(line) }));
    line.send(body);
  });
}

/** @param {XMLHttpRequest} line @returns {Record<string, string>} */
function read(line) {
  try {
    return JSON.parse(line.responseText);
  } catch {
    return line.status === 413 ? { sentence: line.responseText.trim() } : {};
  }
}

/** @param {HTMLElement} tray @param {HTMLElement} item @param {Record<string, string>} told */
function arrived(tray, item, told) {
  item.querySelector("progress")?.remove();
  const picture = /** @type {HTMLImageElement} */ (item.querySelector("img"));
  picture.src = told.small;
  const [id, alt] = item.querySelectorAll("input");
  id.value = told.id;
  id.name = "photo";
  alt.name = `alt.${told.id}`;
  item.dataset.photo = told.path;
  tellOf(item, "arrived", told.id);
  if (!tray.contains(item)) return;
  settle(tray);
  noteDraft(tray);
}

/** @param {HTMLElement} tray @param {MouseEvent} event */
function arrange(tray, event) {
  const button = /** @type {HTMLElement | null} */ (event.target)?.closest("button");
  const item = /** @type {HTMLElement | null} */ (button?.closest(".tray__photo") ?? null);
  if (!(button && item)) return;
  const other = { earlier: item.previousElementSibling, later: item.nextElementSibling };
  const way = button.dataset.way ?? "";
  if (way === "earlier") other.earlier?.before(item);
  else if (way === "later") other.later?.after(item);
  else drop(tray, item);
  settle(tray);
  if (way !== "away") button.focus();
}

/** @param {HTMLElement} tray @param {HTMLElement} item */
function drop(tray, item) {
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  const path = item.dataset.photo;
  const photo = item.querySelector("input[name=photo]");
  // What hangs on something already goes when the form is sent, and only by its name.
  if (!path && photo instanceof HTMLInputElement) tray.append(named("photo_off", photo.value));
  if (path) fetch(`${path}removal/`, { method: "POST", headers: { "X-CSRFToken": token(tray) } });
  const box = next?.querySelector("input:not([type=hidden])") ?? tray.querySelector("summary");
  /** @type {HTMLElement | null} */ (box)?.focus();
  noteDraft(tray);
}

/** @param {string} name @param {string} value */
function named(name, value) {
  const box = document.createElement("input");
  Object.assign(box, { type: "hidden", name, value });
  return box;
}

/** The draft of the form holds these photos. @param {HTMLElement} tray */
function noteDraft(tray) {
  tray.dispatchEvent(new Event("input", { bubbles: true }));
}

/** What is still on its way up goes along: the form waits for it. @param {HTMLElement} tray @param {SubmitEvent} event */
function wait(tray, event) {
  if (!tray.querySelector("progress")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const form = /** @type {HTMLFormElement} */ (event.target);
  queue.then(() => {
    // Whoever reads that a photo did not get through decides anew.
    if (!tray.querySelector(".tray__said")?.textContent) form.requestSubmit(event.submitter);
  });
}

/** A photo needs no words beside it; the first cannot move on, the last not back. @param {HTMLElement} tray */
function settle(tray) {
  const all = items(tray);
  const words = tray.closest("form")?.querySelector("textarea[name=source]");
  if (words instanceof HTMLTextAreaElement) words.required = !all.length;
  for (const [place, item] of all.entries()) {
    const [earlier, later] = item.querySelectorAll("button");
    earlier.disabled = place === 0;
    later.disabled = place === all.length - 1;
  }
}

/** @param {HTMLElement} tray @param {string} sentence */
function say(tray, sentence) {
  const place = tray.querySelector(".tray__said");
  if (place) place.textContent = sentence;
}

/** @param {HTMLElement} tray */
function token(tray) {
  const kept = tray.closest("form")?.querySelector("input[name=csrfmiddlewaretoken]");
  return kept instanceof HTMLInputElement ? kept.value : "";
}
