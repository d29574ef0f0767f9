// A report being written: kept as it is typed, and one tap for what is usual.

const form = document.querySelector("form[data-keep]");
const PAUSE = 1500; // ms after the last key
let waiting = 0, running = false, again = false, pressed = null, unsaved = false;

function say(text) {
  const said = form.querySelector("[data-saved]");
  if (said) said.textContent = text;
}

// Parts of the page that follow from what was typed; not while somebody types in them.
function renew(parts) {
  for (const [id, html] of Object.entries(parts ?? {})) {
    const part = document.getElementById(id);
    if (part && !part.contains(document.activeElement)) part.innerHTML = html;
  }
}

async function keep() {
  if (!navigator.onLine) { say(form.dataset.offline); return; } // the phone keeps it as a draft
  if (running) { again = true; return; }
  running = true;
  unsaved = false;
  try {
    const response = await fetch(form.dataset.keep, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    const answer = await response.json();
    say(answer.said);
    if (response.ok) {
      form.elements.edition_seen.value = answer.edition;
      renew(answer.parts);
    }
  } catch {
    say(form.dataset.offline);
    unsaved = true;
  }
  running = false;
  if (pressed) form.requestSubmit(pressed);
  else if (again) { again = false; keep(); }
}

function later() {
  unsaved = true;
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE);
}

if (form) {
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  // Sending waits until what is being kept has arrived: else it would seem somebody else's.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    unsaved = again = false;
    if (!running || event.defaultPrevented) return; // the phone's outbox has taken it
    event.preventDefault();
    event.stopPropagation();
    pressed = event.submitter;
  });
  addEventListener("online", () => unsaved && later());
  // Whoever leaves in the middle of a word finds it again.
  addEventListener("pagehide", () => {
    if (unsaved) navigator.sendBeacon(form.dataset.keep, new FormData(form));
  });
  for (const button of form.querySelectorAll("[data-fill]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.fill);
      field.value = button.dataset.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  // Without a network the page itself fills in what it knows.
  for (const button of form.querySelectorAll("[name=fill]")) {
    button.addEventListener("click", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      for (const each of form.querySelectorAll(`[data-how=${button.value}]`)) {
        if (!document.getElementById(each.dataset.fill).value) each.click();
      }
    });
  }
  // Enter goes to the next field: a number must not send the whole report by accident.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox])")) return;
    event.preventDefault();
    const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")];
    fields[fields.indexOf(event.target) + 1]?.focus();
  });
}
