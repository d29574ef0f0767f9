// Signing in: show what one types as a password, and passkeys. Without this file both are absent.

const words = document.getElementById("door-words")?.dataset ?? {};

for (const input of document.querySelectorAll("input[data-showable]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline-secondary show-password";
  button.setAttribute("aria-controls", input.id);
  const draw = () => {
    const shown = input.type === "text";
    button.textContent = shown ? words.hide : words.show;
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    draw();
    input.focus();
  });
  const group = document.createElement("div");
  group.className = "input-group";
  input.replaceWith(group);
  group.append(input, button);
  input.form.addEventListener("submit", () => { input.type = "password"; });
  draw();
}

function complain(form, text) {
  const place = form.querySelector("[data-passkey-error]");
  place.textContent = text;
  place.hidden = !text;
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()).request_options;
}

async function ceremony(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey !== "create") return globalThis.webauthnJSON.get(options);
  // The device itself asks for the fingerprint or the screen lock: nothing else is needed to enter.
  const wanted = options.publicKey.authenticatorSelection ??= {};
  wanted.residentKey = wanted.userVerification = "required";
  wanted.requireResidentKey = true;
  return globalThis.webauthnJSON.create(options);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!globalThis.webauthnJSON?.supported()) {
    complain(form, words.unsupported);
    continue;
  }
  for (const part of form.querySelectorAll("[data-needs-passkey]")) part.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    complain(form, "");
    try {
      const credential = await ceremony(form);
      form.elements.namedItem("credential").value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      complain(form, error.name === "InvalidStateError" ? words.known : words.failed);
    }
  });
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.textContent = words.copied;
  });
}

for (const button of document.querySelectorAll("button[data-print-page]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
