// The forms about the PIN: what the server takes is kept on the phone, which then can ask by itself.

import { check, forget, keep } from "./lock.js";

const able = globalThis.isSecureContext && globalThis.indexedDB;
const works = { open, set, remove };

for (const form of document.querySelectorAll("form[data-pin]")) {
  if (!able) continue;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    await works[form.dataset.pin](form);
    button.disabled = false;
  });
}

/** What the server says, or null where it can't be reached. */
async function ask(form) {
  const headers = { Accept: "application/json" };
  // The page may be older than the sign-in: the cookie knows the word the form should carry.
  const word = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (word) headers["X-CSRFToken"] = word;
  const body = new FormData(form);
  if (word) body.delete("csrfmiddlewaretoken");
  try {
    // A kept page was asked for with the way back in its own address.
    const answer = await fetch(form.getAttribute("action").split("?")[0] + location.search, { method: "POST", body, headers });
    if (answer.redirected) return { state: "moved", next: answer.url };
    return answer.ok ? await answer.json() : { state: "failed" };
  } catch {
    return null;
  }
}

function tell(form, text) {
  const place = form.querySelector("[data-told]");
  place.textContent = text;
  place.hidden = false;
  form.elements.pin.value = "";
  form.elements.pin.focus();
}

/** Only a page of ours. */
function wayBack() {
  const wanted = new URL(new URLSearchParams(location.search).get("next") ?? "/", location.origin);
  return wanted.origin === location.origin ? wanted.href : "/";
}

async function open(form) {
  const pin = form.elements.pin.value;
  const said = await ask(form);
  if (!said) return offline(form, pin);
  if (said.state === "wrong") return tell(form, said.told);
  if (said.state === "failed") return form.submit();
  if (said.state === "open") await keep(pin, said.after);
  if (said.state === "ended") await forget();
  location.replace(said.next);
}

async function offline(form, pin) {
  const { right, left } = await check(pin);
  if (right) location.replace(wayBack());
  else tell(form, left ? form.dataset.wrong.replace("#", left) : form.dataset.spent);
}

async function set(form) {
  const said = await ask(form);
  if (said?.state !== "set") return form.submit(); // the page says what is wrong
  await keep(form.elements.pin.value, said.after);
  location.replace(said.next);
}

async function remove(form) {
  await forget();
  form.submit();
}
