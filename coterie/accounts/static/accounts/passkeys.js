// Passkeys: the form names what the browser shall do, the server's options say with what.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const listed = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));

async function make({ publicKey: wish }) {
  const selection = {
    ...wish.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return navigator.credentials.create({
    publicKey: {
      ...wish,
      authenticatorSelection: selection,
      challenge: bytes(wish.challenge),
      user: { ...wish.user, id: bytes(wish.user.id) },
      excludeCredentials: listed(wish.excludeCredentials),
    },
  });
}

async function show({ publicKey: wish }) {
  return navigator.credentials.get({
    publicKey: {
      ...wish,
      challenge: bytes(wish.challenge),
      allowCredentials: listed(wish.allowCredentials),
    },
  });
}

function written(key) {
  const answer = key.response;
  const response = { clientDataJSON: text(answer.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[part]) response[part] = text(answer[part]);
  }
  return JSON.stringify({
    type: key.type,
    id: key.id,
    rawId: text(key.rawId),
    response,
    clientExtensionResults: key.getClientExtensionResults(),
  });
}

async function options(form) {
  const address = form.dataset.passkeyOptions;
  if (!address)
    return JSON.parse(form.querySelector('script[type="application/json"]').textContent);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`no passkey options: ${answer.status}`);
  return (await answer.json()).request_options;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = form.querySelector("[data-passkey-wrong]");
    wrong.hidden = true;
    try {
      const wish = await options(form);
      const key = form.dataset.passkey === "create" ? await make(wish) : await show(wish);
      form.elements.credential.value = written(key);
      form.submit();
    } catch {
      wrong.hidden = false;
    }
  });
}
