// <form data-theme-form> with radios named theme (light, dark, or empty for the system's choice).

const form = /** @type {HTMLFormElement | null} */ (
  document.querySelector("form[data-theme-form]")
);

form?.addEventListener("change", () => {
  const theme = String(new FormData(form).get("theme") ?? "");
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const age = theme ? 31_536_000 : 0;
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
});
